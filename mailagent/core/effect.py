"""The ledger of effects: the intent is committed before the call, the outcome after it."""

from enum import StrEnum

from mailagent.core.capability import Outcome, Payload
from mailagent.core.proposal import Action
from mailagent.core.said import Said
from mailagent.core.value import Value, sha256


class EffectState(StrEnum):
    """How far an action's execution got."""

    INTENDED = "intended"  # committed; whether the call was made, nobody knows yet
    DONE = "done"
    FAILED = "failed"  # certainly nothing happened, and it never will
    UNKNOWN = "unknown"  # only the owner can tell
    AGAIN = "again"  # the owner looked: it did not happen and is to be tried once more
    SKIPPED = "skipped"  # the owner does not want it any more


# Nothing is to be done about these any more.
OVER = frozenset({EffectState.DONE, EffectState.SKIPPED})
# And these wait for a word: happened, retry or skip.
STUCK = frozenset({EffectState.UNKNOWN, EffectState.FAILED})


class Effect(Value):
    """The execution of one action."""

    key: str
    case: int
    version: int
    number: int
    payload: Payload
    state: EffectState
    outcome: Outcome | None = None
    detail: str = ""  # for the log
    why: Said | None = None  # it did not work, for people


def effect_key(company: str, case: int, version: int, action: Action) -> str:
    """The idempotency key: the same for the same approved action for ever."""
    return sha256(f"{company}/{case}/{version}/{action.number}".encode())[:32]


def outside_name(key: str) -> str:
    """What the mail of an action is called in the outbox."""
    return f"outside/{key}"
