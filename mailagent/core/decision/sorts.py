"""`this is a newsletter`, `not a newsletter`, `this is a bill`: what a mail is, in phrases."""

from mailagent.core.decision.text import Text, meanings
from mailagent.core.decision.types import Command, ShownAs

NAME = "kind"


def sorts(text: Text) -> Command | None:
    """What the person says that it is; None where they say anything else, or more."""
    if text.shown.kind is not ShownAs.DRAFT:
        return None
    named = meanings(text.verbs.kinds)
    found = text.phrase(text.start, frozenset(named))
    code = text.ending(found.end) if found else None
    if found is None or code is None:
        return None
    return Command(name=NAME, argument=named[found.phrase][0], code=code)
