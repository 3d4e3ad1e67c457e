"""What no task takes: the owner is asked, and nothing can happen by itself."""

from mailagent.core.document import Origin
from mailagent.core.people import Company
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.question import Question
from mailagent.core.reading import Kind, Reading
from mailagent.core.said import Said, say
from mailagent.core.task import Task, Work
from mailagent.core.triage import seems


def asks(_reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Nothing."""
    return ()


def propose(work: Work) -> Proposal:
    """A question, with what is known."""
    named = work.subject or work.case.document.name
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=named,
        reading=work.reading,
        checks=work.reading.checks,
        question=_question(work.reading),
        notes=seems(work.look) if work.case.document.origin is Origin.BODY else (),
    )


# What readers say of a file that they do not open, and what its owner is told.
_SAID = {"password": "locked", "a kind that is not opened": "packed", "old office": "old"}


def _question(reading: Reading) -> Said:
    """What cannot be opened says why; what is locked, how to get it."""
    if reading.kind is not Kind.UNREADABLE:
        return say("other.unknown")
    said = next((key for mark, key in _SAID.items() if mark in reading.reason), "unreadable")
    return say(f"other.{said}")


TASK = Task(
    name="other",
    kinds=frozenset(Kind),
    may=frozenset(),
    asks=asks,
    propose=propose,
)
