"""The one grammar: what a person's own words say about what they were shown.

    [greeting] verb [code] [reference] [argument] [courtesy]

It is closed: an Execute comes only from a text of which every word was recognised. Everything
else is a change (Revise), a Command, or Unclear, and none of these releases anything.
"""

from mailagent.core.decision.fields import shown_fields
from mailagent.core.decision.grammar import understand
from mailagent.core.decision.told import blank, told
from mailagent.core.decision.types import (
    Command,
    Decision,
    Execute,
    FieldType,
    Items,
    One,
    Revise,
    Shown,
    ShownAs,
    ShownField,
    ShownItem,
    Unclear,
    Verb,
)
from mailagent.core.decision.verbs import Verbs, verbs_from

__all__ = [
    "Command",
    "Decision",
    "Execute",
    "FieldType",
    "Items",
    "One",
    "Revise",
    "Shown",
    "ShownAs",
    "ShownField",
    "ShownItem",
    "Unclear",
    "Verb",
    "Verbs",
    "blank",
    "shown_fields",
    "told",
    "understand",
    "verbs_from",
]
