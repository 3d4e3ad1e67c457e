"""Policy: a table of rules. Every hit is recorded, the strictest verdict wins, the default asks."""

from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum
from typing import Any

from pydantic import Field, field_validator, model_validator

from mailagent.core.capability import RecordBill
from mailagent.core.money import Money
from mailagent.core.proposal import Proposal
from mailagent.core.value import Value


class Verdict(IntEnum):
    """What it takes to go on, ordered by strictness."""

    STANDING = 0
    ASK = 1
    CODE = 2
    TWO_PEOPLE = 3
    FORBID = 4


class Condition(Value):
    """When a rule hits. All that is given must hold; what is not given is not looked at."""

    task: str | None = None
    capability: str | None = None
    check_failed: str | None = None  # the name of a check, or "any"
    amount_over: Money | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set:
            raise ValueError("a rule needs at least one condition under `when`")
        return self

    def holds(self, proposal: Proposal) -> bool:
        """Whether this proposal is meant."""
        return all(
            (
                self.task in (None, proposal.task),
                self._capability_holds(proposal),
                self._check_holds(proposal),
                self._amount_holds(proposal),
            )
        )

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


def amounts(proposal: Proposal) -> tuple[Money, ...]:
    """The money that a proposal speaks of."""
    return tuple(
        Money(amount=abs(a.payload.total or Decimal(0)), currency=a.payload.currency)
        for a in proposal.all_actions
        if isinstance(a.payload, RecordBill)
    )


def judge(proposal: Proposal, rules: Iterable[Rule], limit: Money | None = None) -> Judgement:
    """What the policy says of a proposal. A rule never changes what it judges.

    `limit` is that of the person who is asked: what is over it is heavy.
    """
    rules = (*rules, *_limit(limit))
    hits = [rule for rule in rules if rule.when.holds(proposal)]
    verdict = max((rule.verdict for rule in hits), default=Verdict.ASK)
    if proposal.heavy:
        verdict = max(verdict, Verdict.CODE)
    return Judgement(
        verdict=verdict,
        hits=tuple(rule.name for rule in hits),
        why=tuple(rule.why for rule in hits if rule.verdict == verdict),
    )


def _limit(limit: Money | None) -> tuple[Rule, ...]:
    if limit is None:
        return ()
    why = f"It is over your limit of {limit}."
    over = Condition(amount_over=limit)
    return (Rule(name="limit-of-the-person", when=over, verdict=Verdict.CODE, why=why),)
