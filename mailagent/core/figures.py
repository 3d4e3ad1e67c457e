"""How good the agent was: counted from the audit log alone, so that anybody can count again.

A fold: an entry and what is known of its case give counts, each of a task and a week. Counted on
from where it stopped or anew from the first entry, the sums are the same.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from mailagent.core.modes import ONLY_SHOWN
from mailagent.core.spot import Found
from mailagent.core.value import Value

# Money is counted in thousandths: no currency has more places.
_PARTS = 1000
_ESCALATED = "needs_owner"
# Counted otherwise than before: what was counted by another number is counted anew.
FOLD = 6
# A reading below this is one that somebody has to look at closely.
_SURE = 0.8


class Noted(NamedTuple):
    """What the count needs of an entry."""

    at: datetime
    what: str
    actor: str
    case: int | None
    details: Mapping[str, Any]


class CaseFacts(Value):
    """What is remembered of a case while it is counted."""

    task: str = ""
    received_at: datetime | None = None
    values: int = 0
    changed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    proposed: bool = False
    escalated: bool = False
    undoing: bool = False


class Count(NamedTuple):
    """So many more of something."""

    task: str  # empty: of no task
    week: date  # its Monday
    name: str
    n: int


class Figures(Value):
    """What was counted of one task, or of all, over some weeks."""

    counts: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return self.counts.get(name, 0)

    def rate(self, name: str, of: str) -> float | None:
        """The share; None where there was nothing to count."""
        return min(1.0, self[name] / self[of]) if self[of] else None

    def each(self, name: str, of: str) -> float | None:
        """So many for one; None where there was none."""
        return self[name] / self[of] if self[of] else None

    @property
    def completion(self) -> float | None:
        """Cases that ended done, of those that came."""
        return self.rate("done", "received")

    @property
    def approval(self) -> float | None:
        """Approved, of what was decided."""
        return self.rate("approved", "decided")

    @property
    def correction(self) -> float | None:
        """Approved only after a change, of what was approved."""
        return self.rate("corrected", "approved")

    @property
    def escalation(self) -> float | None:
        """Cases that the agent could not go on with by itself."""
        return self.rate("escalated", "received")

    @property
    def tool_errors(self) -> float | None:
        """Calls to a system that failed, or whose outcome nobody knew."""
        return self.rate("call_errors", "calls")

    @property
    def untouched(self) -> float | None:
        """Values that were right as they were read."""
        changed = self.rate("values_changed", "values")
        return None if changed is None else 1 - changed

    @property
    def turnaround(self) -> timedelta | None:
        """From its arrival until it was done, on average."""
        seconds = self.each("turnaround", "done")
        return None if seconds is None else timedelta(seconds=seconds)

    @property
    def mails_per_decision(self) -> float | None:
        """What it cost its people to be asked."""
        return self.each("mails", "decided")

    @property
    def doubtful(self) -> float | None:
        """What was proposed on a reading that is not sure."""
        return self.rate("doubtful", "proposed")

    @property
    def overridden(self) -> float | None:
        """Decided otherwise than it was proposed."""
        if not self["decided"]:
            return None
        return min(1.0, (self["rejected"] + self["corrected"]) / self["decided"])

    @property
    def model_cost(self) -> Decimal:
        """What the model was paid, in its own currency."""
        return Decimal(self["model_cost"]) / (_PARTS * _PARTS)

    def money(self, name: str = "done") -> dict[str, Decimal]:
        """By currency."""
        prefix = f"{name}:"
        return {
            key.removeprefix(prefix): Decimal(n) / _PARTS
            for key, n in sorted(self.counts.items())
            if key.startswith(prefix) and n
        }


def fold(facts: CaseFacts, noted: Noted) -> tuple[CaseFacts, list[Count]]:
    """What is known of the case afterwards, and what was counted."""
    after = _learned(facts, noted)
    week = week_of(noted.at)
    return after, [Count(after.task, week, name, n) for name, n in _counts(facts, noted)]


def recount(entries: Iterable[Noted]) -> dict[tuple[str, date, str], int]:
    """The whole log at once, in memory: what the incremental count has to equal."""
    cases: dict[int | None, CaseFacts] = {}
    sums: dict[tuple[str, date, str], int] = {}
    for noted in entries:
        cases[noted.case], counts = fold(_of(cases, noted.case), noted)
        for task, week, name, n in counts:
            sums[task, week, name] = sums.get((task, week, name), 0) + n
    return sums


def summed(counts: Iterable[Count]) -> Figures:
    """Over the tasks and weeks that they are of."""
    sums: dict[str, int] = {}
    for one in counts:
        sums[one.name] = sums.get(one.name, 0) + one.n
    return Figures(counts=sums)


def week_of(at: datetime) -> date:
    """The Monday of its week, in UTC: the log knows no other zone."""
    return at.date() - timedelta(days=at.weekday())


def _of(cases: Mapping[int | None, CaseFacts], case: int | None) -> CaseFacts:
    return (cases.get(case) if case else None) or CaseFacts()


def _learned(facts: CaseFacts, noted: Noted) -> CaseFacts:
    details = noted.details
    changes: dict[str, Any] = {}
    match noted.what:
        case "case.received":
            changes = {"received_at": noted.at}
        case "case.read":
            changes = {"task": details.get("task", facts.task)}
        case "case.proposed":
            first = {} if facts.proposed else {"failed": tuple(details.get("failed", ()))}
            changes = {
                "task": details.get("task", facts.task),
                "proposed": True,
                "values": details.get("values", 0),
                "money": tuple(details.get("money", ())),
                "escalated": facts.escalated or _is_stuck(details),
                **first,
            }
        case "case.revised":
            changes = {"changed": (*sorted({*facts.changed, *details.get("changed", ())}),)}
        case "case.stuck":
            changes = {"escalated": True}
        case "case.undo":
            changes = {"undoing": True}
        case "case.done":
            changes = {"undoing": False}
    return facts.model_copy(update=changes) if changes else facts


def _counts(facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    what, details = noted.what, noted.details
    kind, _, outcome = what.partition(".")
    if kind in _OF_CASES:
        return _OF_CASES[kind](facts, noted)
    if kind == "effect" and outcome in ("done", "failed", "unknown"):
        return [("calls", 1), *([("call_errors", 1)] if outcome != "done" else [])]
    if kind == "decision" and noted.actor != "unproven":
        return [("words", int(details.get("typed", 0)))]
    if kind == "model":
        cost = str(details.get("cost", 0)).partition(" ")[0]  # "0.001550 USD"
        return [("model_cost", int(Decimal(cost) * _PARTS * _PARTS))]
    simple = {"mail.sent": "mails", "draft.expired": "ignored", "incident.opened": "incidents"}
    simple |= {"task.offered": "offered"}
    if what == "mail.sent" and details.get("kind") == "outside":
        return []
    return [(simple[what], 1)] if what in simple else []


_ONCE = {"case.undo": "undone", "case.shadowed": "shadowed"}


def _of_case(facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    counts: list[tuple[str, int]] = []
    match noted.what:
        case "case.read" if not facts.task:
            counts = [("received", 1), (f"kind:{noted.details.get('kind', 'other')}", 1)]
        case "case.proposed" if not facts.proposed:
            counts = _proposed(facts, noted)
        case "case.stuck" if not facts.escalated:
            counts = [("escalated", 1)]
        case "case.approve" | "case.standing":
            counts = _approved(facts) if noted.what == "case.approve" else _by_itself(facts)
        case "case.rejected":
            caught = [("caught", 1), *_money("caught", facts.money)] if facts.failed else []
            counts = [("decided", 1), ("rejected", 1), *caught]
        case "case.undo" | "case.shadowed":
            counts = [(_ONCE[noted.what], 1)]
        case "case.done" if not facts.undoing:
            counts = _done(facts, noted)
    return counts


def _proposed(facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    stuck = _is_stuck(noted.details) and not facts.escalated
    failed = [(f"failed:{name}", 1) for name in noted.details.get("failed", ())]
    doubtful = [("doubtful", 1)] if noted.details.get("confidence", 1) < _SURE else []
    return [("proposed", 1), *doubtful, *failed, *([("escalated", 1)] if stuck else [])]


def _is_stuck(details: Mapping[str, Any]) -> bool:
    """Its owner has to say more than a word; what is only shown has no power, and asks nothing."""
    return details.get("to") == _ESCALATED and ONLY_SHOWN not in details.get("rules", ())


def _approved(facts: CaseFacts) -> list[tuple[str, int]]:
    counts = [("decided", 1), ("approved", 1), ("values", facts.values)]
    if facts.changed:
        counts += [("corrected", 1), ("values_changed", min(len(facts.changed), facts.values))]
    return counts


def _by_itself(facts: CaseFacts) -> list[tuple[str, int]]:
    """Nobody decided it: a standing approval covered it."""
    return [("standing", 1), *_money("standing", facts.money)]


def _of_spot(facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    """Said again it is not counted again; what was wrong all the same is a correction."""
    found, before = Found(noted.what.partition(".")[2]), noted.details.get("before")
    right = (found is Found.RIGHT) - (before == Found.RIGHT)
    wrong = (found is Found.WRONG) - (before == Found.WRONG)
    counts = [("checked", 0 if before else 1), ("checked_right", right)]
    if not facts.changed:
        counts += [("corrected", wrong), ("values_changed", wrong if facts.values else 0)]
    return [(name, n) for name, n in counts if n]


def _done(facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    since = facts.received_at or noted.at
    took = int((noted.at - since).total_seconds())
    return [("done", 1), ("turnaround", took), *_money("done", facts.money)]


def _money(name: str, money: Iterable[str]) -> list[tuple[str, int]]:
    parts = [one.partition(" ") for one in money]
    return [(f"{name}:{currency}", int(Decimal(n) * _PARTS)) for n, _, currency in parts]


def _of_shadow(_facts: CaseFacts, noted: Noted) -> list[tuple[str, int]]:
    """What its owner did without us: as it was foreseen, otherwise, or not to be compared."""
    differs = filter(None, str(noted.details.get("differs", "")).split(", "))
    outcome = noted.details.get("outcome", "seen")
    return [(f"shadow_{outcome}", 1), *((f"shadow_differs:{name}", 1) for name in differs)]


_OF_CASES = {"case": _of_case, "spot": _of_spot, "shadow": _of_shadow}
