"""Work to be done later, and the stages that do it."""

from datetime import datetime
from enum import IntEnum, StrEnum

from mailagent.core.retry import PATIENT, Retry
from mailagent.core.value import Value


class Stage(StrEnum):
    """The stations of a mail's way that run as jobs."""

    LISTEN = "listen"
    SORT = "sort"
    READ = "read"
    INQUIRE = "inquire"
    OUTSIDER = "outsider"
    PROPOSE = "propose"
    DECIDE = "decide"
    EXECUTE = "execute"
    SEND = "send"
    SHELVE = "shelve"
    ROUTINE = "routine"
    ENROL = "enrol"
    BRIEF = "brief"
    RECEIPT = "receipt"
    HANDBACK = "handback"
    LEARN = "learn"


class Lane(IntEnum):
    """Who goes first: a burst of bills never delays a word from the owner."""

    DECISIONS = 0
    MAIL = 1
    DOCUMENTS = 2
    TIDYING = 3


LANES: dict[Stage, Lane] = {
    Stage.DECIDE: Lane.DECISIONS,
    Stage.EXECUTE: Lane.DECISIONS,
    Stage.SEND: Lane.MAIL,
    Stage.LISTEN: Lane.MAIL,  # a request; behind it may be a document, so not before decisions
    Stage.ENROL: Lane.MAIL,
    Stage.SORT: Lane.DOCUMENTS,
    Stage.READ: Lane.DOCUMENTS,
    Stage.OUTSIDER: Lane.DOCUMENTS,
    Stage.INQUIRE: Lane.MAIL,  # somebody has just asked for it
    Stage.PROPOSE: Lane.DOCUMENTS,
    Stage.RECEIPT: Lane.DECISIONS,
    Stage.BRIEF: Lane.DOCUMENTS,
    Stage.HANDBACK: Lane.DOCUMENTS,
    Stage.ROUTINE: Lane.DOCUMENTS,
    Stage.SHELVE: Lane.TIDYING,
    Stage.LEARN: Lane.TIDYING,
}

# Only Transient errors are tried again, and those for as long as it takes.
RETRIES: dict[Stage, Retry] = dict.fromkeys(Stage, PATIENT)


# Their subject is a case.
ABOUT_CASES = frozenset({Stage.READ, Stage.INQUIRE, Stage.PROPOSE, Stage.EXECUTE})

# The version of a SORT job that looks into an answer for documents.
ENCLOSED = 1


class Job(Value):
    """One stage's work on one subject (a message, a case, a mail of ours), once per version."""

    stage: Stage
    subject: int
    version: int = 0
    routine: str = ""  # the routine's name, where the stage is ROUTINE; whose brief, for BRIEF
    not_before: datetime | None = None
