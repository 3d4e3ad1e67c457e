"""What a person typed above a document that they sent in: an edit of the proposal, nothing else."""

from mailagent.core.decision.grammar import understand
from mailagent.core.decision.text import Text
from mailagent.core.decision.types import Command, Execute, Items, Revise, Shown
from mailagent.core.decision.verbs import Verbs
from mailagent.core.revision import Heard


def heard_above(
    own: str, own_html: str | None, shown: Shown, verbs: Verbs
) -> tuple[Heard, dict[str, str]]:
    """What it changes. Nothing was shown yet, so nothing can be approved with it."""
    match understand(own, own_html, shown, verbs):
        case Revise(edits=edits) if edits:
            return Heard.CHANGED, edits
        case Execute() | Command() | Items():
            return Heard.TOO_EARLY, {}
    return Heard.NOT_UNDERSTOOD, {}


def says_nothing(own: str, names: tuple[str, ...], verbs: Verbs) -> bool:
    """`FYI`, `see attached, thanks`: there is nothing to be understood in it."""
    text = Text(own, Shown(ref="", names=names), verbs)
    empty = verbs.enclosed | verbs.fillers | verbs.objects | verbs.greetings | verbs.numbers
    at = text.start
    while at < len(text):
        found = text.phrase(at, empty)
        end = text.courtesies(found.end if found else at)
        if end == at:
            return False
        at = end
    return True
