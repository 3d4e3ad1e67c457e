"""Policy: a table of rules. Every hit is recorded, the strictest verdict wins, the default asks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from mailagent.core.capability import RecordBill, SendMail
from mailagent.core.circumstances import Circumstances
from mailagent.core.enclosed import SendPaper
from mailagent.core.money import Money, exceeds
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Kind
from mailagent.core.value import Value
from mailagent.core.vendor import plain


class Verdict(IntEnum):
    """What it takes to go on, ordered by strictness."""

    STANDING = 0
    ASK = 1
    CODE = 2
    TWO_PEOPLE = 3
    FORBID = 4


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NOWHERE = Circumstances()
# What a task notes of somebody it never dealt with.
_FIRST = frozenset({"bill.first"})


class Condition(Value):
    """When a rule hits. All that is given must hold; what is not given is not looked at."""

    task: str | None = None
    capability: str | None = None
    check_failed: str | None = None  # the name of a check, or "any"
    amount_over: Money | None = None
    kind: Kind | None = None  # of document
    vendor: str | None = None  # its name; case and marks do not matter
    new: bool | None = None  # nobody we dealt with before
    confidence_under: float | None = Field(default=None, gt=0, le=1)  # of the least sure value
    sender: str | None = None  # an address, or @ and a domain
    person: str | None = None  # who is asked
    weekday: tuple[Weekday, ...] | None = None  # where that person lives
    failing: int | None = Field(default=None, ge=1)  # the last so many calls for it failed

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set:
            raise ValueError("a rule needs at least one condition under `when`")
        return self

    def holds(self, proposal: Proposal, found: Circumstances = _NOWHERE) -> bool:
        """Whether this proposal is meant."""
        return all(
            (
                self.task in (None, proposal.task),
                self.kind in (None, proposal.reading.kind),
                self.new in (None, is_new(proposal)),
                self.person in (None, found.person),
                self.weekday is None or found.weekday in self.weekday,
                self._vendor_holds(proposal),
                self._confidence_holds(proposal),
                self._sender_holds(found),
                self._failing_holds(proposal, found),
                self._capability_holds(proposal),
                self._check_holds(proposal),
                self._amount_holds(proposal),
            )
        )

    def _vendor_holds(self, proposal: Proposal) -> bool:
        if self.vendor is None:
            return True
        booked = [
            a.payload.vendor for a in proposal.all_actions if isinstance(a.payload, RecordBill)
        ]
        return plain(self.vendor) in {
            plain(n) for n in (*booked, proposal.reading.text("seller_name"))
        }

    def _confidence_holds(self, proposal: Proposal) -> bool:
        if self.confidence_under is None:
            return True
        sure = [field.confidence for field in proposal.reading.fields.values()]
        return min([proposal.reading.confidence, *sure]) < self.confidence_under

    def _sender_holds(self, found: Circumstances) -> bool:
        wanted = (self.sender or "").lower()
        if not wanted.startswith("@"):
            return self.sender is None or wanted == found.sender
        domains = {found.sender.rpartition("@")[2], found.signed_by}
        return any(d == wanted[1:] or d.endswith(f".{wanted[1:]}") for d in domains)

    def _failing_holds(self, proposal: Proposal, found: Circumstances) -> bool:
        if self.failing is None:
            return True
        wanted = {action.payload.capability for action in proposal.all_actions}
        return max((found.failing.get(name, 0) for name in wanted), default=0) >= self.failing

    def _capability_holds(self, proposal: Proposal) -> bool:
        wanted = self.capability
        return wanted is None or any(a.payload.capability == wanted for a in proposal.all_actions)

    def _check_holds(self, proposal: Proposal) -> bool:
        failed = {check.name for check in proposal.failed_checks}
        if self.check_failed is None:
            return True
        return bool(failed) if self.check_failed == "any" else self.check_failed in failed

    def _amount_holds(self, proposal: Proposal) -> bool:
        limit = self.amount_over
        if limit is None:
            return True
        # A limit in one currency says nothing of another: what cannot be compared counts as over.
        return any(m.currency != limit.currency or m > limit for m in amounts(proposal))


class Rule(Value):
    """One row of the table."""

    name: str
    when: Condition
    verdict: Verdict
    why: str = Field(min_length=1)

    @field_validator("verdict", mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return Verdict[given.upper().replace(" ", "_")]
        except KeyError:
            names = ", ".join(v.name.lower().replace("_", " ") for v in Verdict)
            raise ValueError(f"{given!r} is no verdict; one of: {names}") from None


class Judgement(Value):
    """The verdict, and every rule that hit."""

    verdict: Verdict
    hits: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    around: Circumstances = _NOWHERE  # in which it was judged
    standing: int = 0  # the row of the policy that lets it go without a word; 0: none does
    hold_hours: int = 0  # after it was shown


def amounts(proposal: Proposal) -> tuple[Money, ...]:
    """The money that a proposal speaks of."""
    return tuple(
        Money(amount=abs(a.payload.total or Decimal(0)), currency=a.payload.currency)
        for a in proposal.all_actions
        if isinstance(a.payload, RecordBill)
    )


def judge(
    proposal: Proposal,
    rules: Iterable[Rule],
    limit: Money | None = None,
    found: Circumstances = _NOWHERE,
    *,
    covered: bool = False,
) -> Judgement:
    """What the policy says of a proposal. A rule never changes what it judges.

    `limit` is that of the person who is asked: what is over it is heavy. `covered` says that a
    standing approval speaks of it, given by a person in a reply; without one a table that says
    `standing` lets nothing go by itself.
    """
    rules = (*rules, *_limit(limit))
    hits = [rule for rule in rules if rule.when.holds(proposal, found)]
    least = Verdict.STANDING if covered else Verdict.ASK
    verdict = max([least, *(rule.verdict for rule in hits)])
    if proposal.heavy:
        verdict = max(verdict, Verdict.CODE)
    return Judgement(
        verdict=verdict,
        hits=tuple(rule.name for rule in hits),
        why=tuple(rule.why for rule in hits if rule.verdict == verdict),
        around=found,
    )


def weighed_for(judgement: Judgement, proposal: Proposal, limit: Money | None) -> Judgement:
    """As somebody else is asked, for whose limit it was not weighed: over it, it needs a code."""
    light = judgement.verdict < Verdict.CODE
    if not light or limit is None or not exceeds(amounts(proposal), limit):
        return judgement
    return judgement.model_copy(update={"verdict": Verdict.CODE, "why": (), "standing": 0})


def is_new(proposal: Proposal) -> bool:
    """Whether it is about somebody we never dealt with."""
    noted = any(getattr(note, "key", "") in _FIRST for note in proposal.notes)
    mails = (a.payload for a in proposal.all_actions if isinstance(a.payload, SendMail | SendPaper))
    return noted or any(mail.first for mail in mails)


def _limit(limit: Money | None) -> tuple[Rule, ...]:
    if limit is None:
        return ()
    why = f"It is over your limit of {limit}."
    over = Condition(amount_over=limit)
    return (Rule(name="limit-of-the-person", when=over, verdict=Verdict.CODE, why=why),)


class Judged(NamedTuple):
    """A proposal of the past, and what was said of it."""

    case: str  # as people call it
    proposal: Proposal
    judgement: Judgement


class Differs(NamedTuple):
    """A proposal that other rules judge otherwise."""

    case: str
    version: int
    before: Verdict
    after: Verdict
    rules: tuple[str, ...]  # that hit now


class Trial(NamedTuple):
    """What a changed table would have said."""

    judged: int
    differ: tuple[Differs, ...]

    @property
    def moves(self) -> dict[tuple[Verdict, Verdict], int]:
        """How often which verdict became which."""
        counted: dict[tuple[Verdict, Verdict], int] = {}
        for one in self.differ:
            move = (one.before, one.after)
            counted[move] = counted.get(move, 0) + 1
        return counted


def tried(
    past: Iterable[Judged], rules: Iterable[Rule], limits: Mapping[str, Money | None]
) -> Trial:
    """Other rules on what was proposed before, in the circumstances of then."""
    table, judged, differ = tuple(rules), 0, []
    for one in past:
        judged += 1
        found = one.judgement.around
        covered = bool(one.judgement.standing)
        now = judge(one.proposal, table, limits.get(found.person), found, covered=covered)
        if now.verdict != one.judgement.verdict:
            verdicts = (one.judgement.verdict, now.verdict)
            differ.append(Differs(one.case, one.proposal.version, *verdicts, now.hits))
    return Trial(judged, tuple(differ))
