"""What became of each case of a year, drawn from a seed; and the entries that tell of it.

The lives are what is true. Counting them needs no audit log, so figures can be compared with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

TASKS = ("bills", "bills", "bills", "contracts", "meetings", "other")
CHECKS = ("duplicate", "bank_account", "totals_add_up")


class Told(NamedTuple):
    """An entry before it is in a chain."""

    at: datetime
    actor: str
    what: str
    case: int | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Life:
    """One case from its mail to its end."""

    case: int
    task: str
    came: datetime
    ending: str  # done, rejected, open
    decided_at: datetime
    done_at: datetime
    values: int
    changed: tuple[str, ...]
    failed: tuple[str, ...]
    cents: int  # of a bill, in euros
    escalated: bool
    sure: bool
    expired: bool
    call_errors: int
    calls: int
    typed: int
    micros: int  # what the model cost, in millionths
    incident: bool
    undone: bool
    standing: bool  # covered by a standing approval: nobody said a word
    spot: str  # right, wrong, or nobody looked again

    @property
    def ref(self) -> str:
        return f"H{self.case:07d}"

    @property
    def state(self) -> str:
        return {"done": "done", "rejected": "rejected", "open": "ignored"}[self.ending]


def lives(count: int, first: datetime, last: datetime, seed: int) -> list[Life]:
    """So many cases, spread over the working hours between two days."""
    drawn, days = Random(seed), (last - first).days
    came = sorted(
        first + timedelta(days=drawn.randrange(days), seconds=drawn.randrange(6 * 3600, 18 * 3600))
        for _ in range(count)
    )
    return [_life(drawn, number, at) for number, at in enumerate(came, 1)]


def _life(drawn: Random, case: int, came: datetime) -> Life:
    task = drawn.choice(TASKS)
    ending = drawn.choices(("done", "rejected", "open"), (86, 10, 4))[0]
    decided = came + timedelta(seconds=drawn.randrange(60, 3 * 86_400))
    calls = drawn.randrange(1, 4) if ending == "done" else 0
    done = ending == "done"
    return Life(
        case=case,
        task=task,
        came=came,
        ending=ending,
        decided_at=decided,
        done_at=decided + timedelta(seconds=drawn.randrange(1, 30)),
        values=drawn.randrange(4, 12),
        changed=tuple(sorted(drawn.sample(("total", "due", "book_to"), drawn.randrange(1, 3))))
        if drawn.random() < 0.08
        else (),
        failed=(drawn.choice(CHECKS),) if drawn.random() < 0.06 else (),
        cents=drawn.randrange(1_000, 500_000) if task == "bills" else 0,
        escalated=drawn.random() < 0.03,
        sure=drawn.random() > 0.05,
        expired=drawn.random() < 0.05,
        call_errors=drawn.randrange(2) if done and drawn.random() < 0.04 else 0,
        calls=calls,
        typed=drawn.randrange(1, 12),
        micros=drawn.randrange(500, 9_000) if drawn.random() < 0.2 else 0,
        incident=done and drawn.random() < 0.01,
        undone=done and drawn.random() < 0.01,
        standing=done and drawn.random() < 0.1,
        spot=drawn.choice(("right", "right", "wrong")) if done and drawn.random() < 0.02 else "",
    )


def told(life: Life) -> Iterator[Told]:
    """The entries of one case, each at its time."""
    yield from _until_it_was_asked(life)
    at, by = life.decided_at, "ann"
    if life.expired:
        yield _by_agent(life, at, "draft.expired", draft=life.case)
    if life.ending == "open":
        return
    if life.standing:
        yield _by_agent(life, at, "case.standing", row="S-1")
        yield from _until_it_was_done(life)
        return
    if life.changed:
        yield Told(at, by, "case.revised", life.case, {"changed": [*life.changed]})
        yield _proposed(life, at, version=2)
        yield _by_agent(life, at, "mail.sent", kind="draft")
    says = "execute approve" if life.ending == "done" else "execute reject"
    yield Told(at, by, "decision.execute", life.case, {"says": says, "typed": life.typed})
    if life.ending == "rejected":
        yield Told(at, by, "case.rejected", life.case, {})
        return
    yield Told(at, by, "case.approve", life.case, {})
    yield from _until_it_was_done(life)


def _until_it_was_asked(life: Life) -> Iterator[Told]:
    at = life.came
    yield _by_agent(life, at, "case.received", document="x" * 64)
    if life.micros:
        cost = f"{life.micros // 10**6}.{life.micros % 10**6:06d}"
        yield _by_agent(life, at, "model.answered", cost=cost)
    yield _by_agent(life, at, "case.read", kind="invoice", task=life.task)
    yield _proposed(life, at, version=1)
    yield _by_agent(life, at, "mail.sent", kind="draft")


def _until_it_was_done(life: Life) -> Iterator[Told]:
    at = life.done_at
    for n in range(life.call_errors):
        yield _by_agent(life, at, "effect.unknown", key=f"{life.case}/{n}")
    for n in range(life.calls - life.call_errors):
        yield _by_agent(life, at, "effect.done", key=f"{life.case}/{n}")
    yield _by_agent(life, at, "case.done")
    yield _by_agent(life, at, "mail.sent", kind="receipt")
    if life.incident:
        yield Told(at, "ann", "incident.opened", life.case, {})
    if life.undone:
        yield Told(at, "ann", "case.undo", life.case, {})
        yield _by_agent(life, at, "case.done")
    if life.spot:
        yield Told(at, "ann", f"spot.{life.spot}", life.case, {"before": None})


def _proposed(life: Life, at: datetime, *, version: int) -> Told:
    money = f"{life.cents // 100}.{life.cents % 100:02d} EUR"
    return _by_agent(
        life,
        at,
        "case.proposed",
        to="needs_owner" if life.escalated else "proposed",
        version=version,
        task=life.task,
        values=life.values,
        confidence=0.97 if life.sure else 0.6,
        failed=[*life.failed],
        money=[money] if life.cents else [],
        rules=["default"],
        versions={"code": "1.0", "policy": "0123456789abcdef"},
    )


def _by_agent(life: Life, at: datetime, what: str, **details: Any) -> Told:
    return Told(at.astimezone(UTC), "agent", what, life.case, details)
