"""The same figures by a second, plain way: from what became of the cases, not from the log."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tests.history.lives import Life


def of_week(everything: Iterable[Life], monday: date, task: str = "") -> Counter[str]:
    """All that happened in one week; of one task, or of all."""
    n: Counter[str] = Counter()

    def then(at: datetime) -> bool:
        return monday <= at.date() < monday + timedelta(days=7)

    for life in everything:
        if task and life.task != task:
            continue
        if then(life.came):
            _came(n, life)
        if then(life.decided_at):
            _decided(n, life)
        if life.ending == "done" and then(life.done_at):
            _done(n, life)
    return +n


def _came(n: Counter[str], life: Life) -> None:
    n["received"] += 1
    n["kind:invoice"] += 1
    n["proposed"] += 1
    n["mails"] += 1
    n["model_cost"] += life.micros
    n["escalated"] += life.escalated
    n["doubtful"] += not life.sure
    for name in life.failed:
        n[f"failed:{name}"] += 1


def _decided(n: Counter[str], life: Life) -> None:
    n["ignored"] += life.expired
    if life.ending == "open":
        return
    if life.standing:
        n["standing"] += 1
        n["standing:EUR"] += life.cents * 10
        return
    n["decided"] += 1
    n["words"] += life.typed
    n["mails"] += bool(life.changed)
    if life.ending == "rejected":
        n["rejected"] += 1
        n["caught"] += bool(life.failed)
        n["caught:EUR"] += life.cents * 10 if life.failed else 0
        return
    n["approved"] += 1
    n["values"] += life.values
    n["corrected"] += bool(life.changed)
    n["values_changed"] += len(life.changed)


def _done(n: Counter[str], life: Life) -> None:
    n["done"] += 1
    n["done:EUR"] += life.cents * 10
    n["turnaround"] += int((life.done_at - life.came).total_seconds())
    n["calls"] += life.calls
    n["call_errors"] += life.call_errors
    n["mails"] += 1
    n["incidents"] += life.incident
    n["undone"] += life.undone
    n["checked"] += bool(life.spot)
    n["checked_right"] += life.spot == "right"
    if life.spot == "wrong" and (life.standing or not life.changed):
        n["corrected"] += 1
        n["values_changed"] += 1
