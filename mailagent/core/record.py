"""What the audit log keeps of a proposal, a decision and an effect.

Figures are computed from these alone, so they are plain: names, numbers and money; what people
wrote and what would be done in full is sealed (`sealing`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mailagent.core.capability import Payload, RecordBill, ReleasePayments
from mailagent.core.decision import Command, Decision, Execute
from mailagent.core.money import Money
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal


def proposed(
    proposal: Proposal,
    judgement: Judgement,
    made: str,
    versions: Mapping[str, str],
    asked: Iterable[str] = (),
) -> dict[str, Any]:
    """A version: on what grounds, by which versions of everything, and what the rules say.

    `asked`: what was asked of books and calendars before it was made.
    """
    reading = proposal.reading
    return {
        "digest": made,
        "title": proposal.title,
        "asked": sorted(set(asked)),
        "task": proposal.task,
        "kind": reading.kind,
        "confidence": reading.confidence,
        "values": len(reading.fields),
        "capabilities": sorted({a.payload.capability for a in proposal.all_actions}),
        "money": [_spelled(m) for a in proposal.actions if (m := money_of(a.payload))],
        "verdict": judgement.verdict.name.lower(),
        "rules": judgement.hits,
        **({"standing": f"S-{judgement.standing}"} if judgement.standing else {}),
        "checks": [check.name for check in proposal.checks],
        "failed": [check.name for check in proposal.failed_checks],
        "sources": sorted(proposal.contents()),
        "versions": dict(versions),
    }


def decided(decision: Decision, own: str) -> dict[str, Any]:
    """What was said, in a word, and how many words it cost."""
    match decision:
        case Execute():
            says = f"execute {decision.verb}"
        case Command():
            says = f"command {decision.name}"
        case _:
            says = decision.says
    return {"says": says, "typed": len(own.split())}


def effected(payload: Payload) -> dict[str, Any]:
    """An effect: which capability, and how much money it speaks of."""
    money = money_of(payload)
    return {"capability": payload.capability, **({"money": _spelled(money)} if money else {})}


def money_of(payload: Payload) -> Money | None:
    """The money that an action speaks of."""
    match payload:
        case RecordBill():
            return Money(amount=payload.total, currency=payload.currency)
        case ReleasePayments():
            totals = payload.run.totals()
            if len(totals) == 1:
                return Money(amount=next(iter(totals.values())), currency=next(iter(totals)))
    return None


def _spelled(money: Money) -> str:
    return f"{money.amount} {money.currency}"
