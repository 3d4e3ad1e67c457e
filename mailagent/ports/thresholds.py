"""How the tasks do, and what is done and said when one of them steps down."""

from mailagent.core.audit import Entry
from mailagent.core.figures import week_of
from mailagent.core.letter import Notice
from mailagent.core.modes import AGENT, Mode, Scope
from mailagent.core.post import Thread, owner_of
from mailagent.core.routine import Watch
from mailagent.core.thresholds import (
    Crossing,
    Mark,
    Watched,
    first_watched,
    stepped_down,
    title,
    weeks_of,
)
from mailagent.ports.figures import counted
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.standing import mode_for, narrow
from mailagent.ports.store import Transaction


async def watched(office: Office, tx: Transaction) -> tuple[Watched, ...]:
    """Every task of the list that is on; none while the count is behind."""
    if not await counted(tx):
        return ()
    counts = await tx.figures(first_watched(week_of(office.clock.now())))
    marks = await tx.marks()
    found = []
    for task in sorted(set(office.modes) & set(office.tasks)):
        mode = await mode_for(office, tx, Scope(task=task))
        one = Watched(
            task=task,
            powerful=mode.rank >= Mode.APPROVE.rank,
            weeks=weeks_of(task, counts),
            mark=marks.get(task, Mark()),
        )
        found.append(one)
    return tuple(found)


async def watch(office: Office, tx: Transaction, duty: Watch) -> None:
    """Keeps what is not held against the task; steps down where too much goes wrong."""
    await tx.keep_mark(duty.task, duty.mark)
    if duty.crossing is not None:
        await _step_down(office, tx, duty.task, duty.crossing)


async def _step_down(office: Office, tx: Transaction, task: str, crossing: Crossing) -> None:
    """To suggest, until a person gives it power again; whoever is asked about it hears why."""
    about = f"stepped-down/{task}/{office.clock.now().isoformat()}"
    scope = Scope(task=task)
    gone = await narrow(office, tx, scope, Mode.SUGGEST, AGENT, why=crossing.measure, key=about)
    details = crossing.model_dump(mode="json") | {"task": task}
    await tx.audit(Entry(actor=AGENT, what="task.stepped_down", details=details))
    person = owner_of(office.approvers.get(task, ()), await tx.people(), "")
    if person is None:
        return
    told = stepped_down(
        task,
        crossing,
        ended=[row.name for row in gone],
        asked=person.name,
        technical=_technical_contact(office, task),
    )

    thread = Thread(subject=title(task, person.language))
    await notify(office, tx, person, Note(Notice.STEPPED_DOWN, about, told, thread=thread))


def _technical_contact(office: Office, task: str) -> str:
    card = next((card for card in office.cards if card.name == task), None)
    return card.technical_contact if card else ""
