"""One version of a proposal, sent to one person."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from mailagent.core.case import Case
from mailagent.core.people import Person
from mailagent.core.token import Token, new_token
from mailagent.core.value import Value

# So many replies that carry a draft's own token and fail freeze it.
MOST_FAILURES = 5
# A token expires, a case does not: it returns in the brief with a fresh one.
LIFETIME = timedelta(days=7)
_FRIDAY = 4


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
    case: int = 0  # 0: a brief, which is about several
    version: int
    ref: str
    person: str
    token_hash: str
    digest: str
    issued_at: datetime
    expires_at: datetime
    state: DraftState = DraftState.OPEN
    left_out: tuple[int, ...] = ()  # of the shown actions, by the answer that used it
    choice: str = ""  # of the shown alternatives, likewise
    failures: int = 0  # replies that carried its token and were not, or not enough, its person's

    @property
    def is_brief(self) -> bool:
        """Whether its token covers several cases; each has a draft of its own beside it."""
        return not self.case


def live_draft(drafts: Sequence[Draft], person: str, now: datetime) -> Draft | None:
    """The draft that this person can answer now."""
    live = [d for d in drafts if d.person == person and d.state is DraftState.OPEN]
    return next((draft for draft in live if now < draft.expires_at), None)


def lifetime(person: Person, now: datetime, *, pays: bool = False) -> datetime:
    """Until when an answer counts; what releases money is asked again the sooner."""
    return _end_of_next_working_day(person, now) if pays else now + LIFETIME


def _end_of_next_working_day(person: Person, now: datetime) -> datetime:
    day = now.astimezone(person.zone).date() + timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    midnight = datetime.combine(day + timedelta(days=1), time(), person.zone)
    return midnight.astimezone(UTC)


def new_draft(
    case: Case, version: int, digest: str, person: Person, now: datetime, *, pays: bool = False
) -> tuple[Draft, Token]:
    """A draft of a version for a person, and the token that only its mail will know."""
    token = new_token(digest)
    draft = Draft(
        id=0,  # given by the store
        case=case.id,
        version=version,
        ref=case.ref,
        person=person.id,
        token_hash=token.hash,
        digest=digest,
        issued_at=now,
        expires_at=lifetime(person, now, pays=pays),
    )
    return draft, token
