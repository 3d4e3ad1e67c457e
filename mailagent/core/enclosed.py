"""One of our own papers that goes out with an answer: found by its kind in what is filed.

A paper is ours where it names our company as its party, or where its owner filed it as one that may
be sent. What is sensitive is never found, and nothing goes out that the draft does not name.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from mailagent.core.bridge import Enclosing
from mailagent.core.reading import Kind
from mailagent.core.triage import Topic
from mailagent.core.value import Value

SENDABLE = "sendable"  # the tag of papers that may go out with answers
NONE = frozenset({"none", "no", "nothing", "keine", "keins", "nichts"})
# What each request is answered with.
_WANTED = {
    Topic.TAX_FORM: (Kind.TAX_PAPER, Kind.FORM),
    Topic.CERTIFICATE: (Kind.CERTIFICATE, Kind.INSURANCE_PAPER),
}
KINDS = tuple(kind for kinds in _WANTED.values() for kind in kinds)


class SendPaper(Enclosing):
    """Answer somebody outside with a paper of ours that is on file. Nothing takes it back."""

    capability: Literal["mail.paper"] = "mail.paper"


class AskOwnPapers(Value):
    """Which papers of ours are on file, and the one of this name?"""

    asks: Literal["files.ours"] = "files.ours"
    company: str
    named: str = ""  # words of its name, as its owner typed them


class OwnPaper(Value):
    """A paper of ours."""

    name: str
    path: str
    kind: Kind
    content: str  # sha256
    media_type: str
    valid_until: date | None = None


class OwnPapers(Value):
    """Those that may go out, the last filed first."""

    answers: Literal["files.ours"] = "files.ours"
    papers: tuple[OwnPaper, ...] = ()
    named: OwnPaper | None = None


def wanted_by(topic: Topic | None, papers: Iterable[OwnPaper], today: date) -> OwnPaper | None:
    """The last one that answers such a request and still holds."""
    kinds = _WANTED.get(topic, ()) if topic else ()
    holds = [one for one in papers if one.valid_until is None or one.valid_until >= today]
    return next((one for kind in kinds for one in holds if one.kind is kind), None)


def is_answered_by_paper(topic: Topic | None) -> bool:
    """Whether a paper is what they ask for."""
    return topic in _WANTED
