"""The agent's own policy: what somebody wants it to do by itself, to be approved with a code."""

from decimal import Decimal

from mailagent.core.modes import Mode, Scope
from mailagent.core.money import Money
from mailagent.core.payloads.policy import WidenPolicy
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import Question
from mailagent.core.reading import Kind, Reading
from mailagent.core.said import say
from mailagent.core.task import Task, Work

_TITLE = {
    "en": "Let {scope} go to {mode}{vendor}",
    "de": "{scope} auf {mode} stellen{vendor}",
}


def asks(_reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Nothing: all of it was said, or counted."""
    return ()


def propose(work: Work) -> Proposal:
    """One effect, the heaviest there is."""
    wider = _wider(work.reading)
    seen = work.reading.text("seen")
    notes = (say("widen.evidence", n=seen),) if seen else ()
    of_talks = wider.scope.task == "meetings"  # a standing one enters what was offered, no more
    limits = say("widen.slots" if of_talks else "widen.never")
    covers = (limits,) if wider.mode is Mode.STANDING else ()
    title = _TITLE[work.person.language].format(
        scope=wider.scope, mode=wider.mode, vendor=f", {wider.vendor}" if wider.vendor else ""
    )
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=title[:200],
        reading=work.reading,
        actions=(Action(number=1, payload=wider),),
        notes=(*notes, *covers),
        alone=True,
        unasked=bool(seen),
    )


def _wider(reading: Reading) -> WidenPolicy:
    kind, most = reading.text("kind"), reading.text("most")
    return WidenPolicy(
        scope=Scope(task=reading.text("task"), kind=Kind(kind) if kind else None),
        mode=Mode(reading.text("mode")),
        before=Mode(reading.text("before")),
        vendor=reading.text("vendor"),
        signed_by=reading.text("signed_by"),
        most=Money(amount=Decimal(most), currency=reading.text("currency")) if most else None,
        a_day=int(reading.text("a_day") or 0),
        hold_hours=int(reading.text("hold_hours") or 0),
        capabilities=tuple(reading.text("capabilities").split()),
    )


TASK = Task(
    name="policy",
    kinds=frozenset(),
    may=frozenset({"policy.widen"}),
    asks=asks,
    propose=propose,
)
