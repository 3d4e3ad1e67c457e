"""One version of a proposal, sent to one person."""

from datetime import datetime, timedelta
from enum import StrEnum

from mailagent.core.value import Value

# A token expires, a case does not: it returns in the brief with a fresh one.
LIFETIME = timedelta(days=7)


class DraftState(StrEnum):
    """Only an open draft can be answered."""

    OPEN = "open"
    USED = "used"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    FROZEN = "frozen"


class Draft(Value):
    """What was sent to whom, and until when an answer counts."""

    id: int
    case: int
    version: int
    ref: str
    person: str
    token_hash: str
    digest: str
    issued_at: datetime
    expires_at: datetime
    state: DraftState = DraftState.OPEN
