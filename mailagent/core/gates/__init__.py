"""When a reply counts: ten pure gates, and all must pass."""

from mailagent.core.gates.author import Author, author, claimed_author
from mailagent.core.gates.context import (
    MOST_KEYS,
    Candidate,
    Choice,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    chosen,
    key_names,
    sender,
    token_hashes,
)
from mailagent.core.gates.items import ItemVerdicts, judge_item
from mailagent.core.gates.judge import Verdicts, judge_reply
from mailagent.core.gates.request import Admission, admit
from mailagent.core.gates.weight import Lack, is_pinned_to_code

__all__ = [
    "MOST_KEYS",
    "Admission",
    "Author",
    "Candidate",
    "Choice",
    "Context",
    "Gate",
    "ItemVerdicts",
    "Lack",
    "Pass",
    "Refusal",
    "Ruling",
    "Verdicts",
    "admit",
    "author",
    "chosen",
    "claimed_author",
    "is_pinned_to_code",
    "judge_item",
    "judge_reply",
    "key_names",
    "sender",
    "token_hashes",
]
