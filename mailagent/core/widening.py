"""What a person could let go by itself: proposed from what they approved so far."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mailagent.core.modes import Mode, Ruled, Scope
from mailagent.core.money import Money
from mailagent.core.standing import HOLD_HOURS, standable
from mailagent.core.value import Value

# So many of a kind in a row, the latest ones, approved as they were shown.
ENOUGH = 20
_A_DAY = 5


class Decided(Value):
    """One that its person decided, as far as it says how well the agent did."""

    case: int
    scope: Scope
    person: str
    vendor: str
    signed_by: str
    capabilities: frozenset[str]
    money: Money | None = None
    unchanged: bool  # approved in its first version, all of it, and never found fault with


def widening(
    latest_first: Iterable[Decided], rows: Sequence[Ruled], may: Mapping[str, frozenset[str]]
) -> dict[str, Any] | None:
    """What to propose: of the kind that there is most of; None: nothing is proven."""
    groups: dict[tuple[object, ...], list[Decided]] = {}
    for one in latest_first:
        key = (str(one.scope), one.person, one.vendor.casefold(), one.signed_by)
        groups.setdefault(key, []).append(one)
    proven = [group for group in groups.values() if _is_proven(group, rows, may)]
    best = max(proven, key=len, default=None)
    return _wish(best[:ENOUGH]) if best else None


def _is_proven(
    group: Sequence[Decided], rows: Sequence[Ruled], may: Mapping[str, frozenset[str]]
) -> bool:
    last, scope = group[:ENOUGH], group[0].scope
    allowed = set(standable(scope.task, may.get(scope.task, ())))
    light = all(one.capabilities and one.capabilities <= allowed for one in last)
    given = [row for row in rows if row.mode is Mode.STANDING and row.scope.covers(scope)]
    covered = any(row.vendor.casefold() in ("", group[0].vendor.casefold()) for row in given)
    named = (
        bool(group[0].vendor and group[0].signed_by)
        and len({m.currency for one in last if (m := one.money)}) < 2
    )
    enough = len(last) == ENOUGH and all(one.unchanged for one in last)
    return enough and light and named and not covered


def _wish(last: Sequence[Decided]) -> dict[str, Any]:
    """No wider than what was approved: this vendor, this signature, these actions, this much."""
    first, money = last[0], [one.money for one in last if one.money]
    return {
        "scope": first.scope,
        "mode": Mode.STANDING,
        "before": Mode.APPROVE,
        "vendor": first.vendor,
        "signed_by": first.signed_by,
        "most": max(money, key=lambda one: one.amount) if money else None,
        "a_day": _A_DAY,
        "hold_hours": HOLD_HOURS,
        "capabilities": tuple(sorted(frozenset().union(*(one.capabilities for one in last)))),
        "seen": len(last),
        "person": first.person,
    }
