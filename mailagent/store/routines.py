"""What the clock looks at: reminders, schedules, and whether everything is somewhere."""

from datetime import datetime

from sqlalchemy import and_, func, not_, select, true

from mailagent.core.case import ENDS, WAITS, State
from mailagent.core.job import Job
from mailagent.core.message import Disposition
from mailagent.core.routine import Counts, Reminder
from mailagent.store.chain import Chain
from mailagent.store.tables import cases, messages, pauses, reminders, schedules


class Routines(Chain):
    """The store's side of the routines."""

    async def due_reminders(self, day: str) -> list[Reminder]:
        """Set reminders whose day has come."""
        found = await self.all(
            self.rows(reminders, reminders.c.state == "set", reminders.c.day <= day)
        )
        fields = Reminder.model_fields
        return [Reminder.model_validate({n: getattr(row, n) for n in fields}) for row in found]

    async def reminder_sent(self, reminder: int) -> None:
        """It is done with."""
        await self.run(self.change(reminders, reminders.c.id == reminder).values(state="sent"))

    async def reconcile(self, before: datetime) -> Counts:
        """The count of everything, and what stands still since `before`."""
        by: dict[str, int] = {}
        for table, column in ((messages, "disposition"), (cases, "state")):
            name = table.c[column]
            counted = select(name, func.count().label("n")).group_by(name)
            found = await self.all(counted.where(table.c.company == self.company))
            by |= {f"{table.name} {row[0]}": row.n for row in found}
        return (await self.standing(before)).model_copy(update={"by": by})

    async def standing(self, before: datetime) -> Counts:
        """What should have moved on since `before`; costs nothing for what is over."""
        unsorted = self.rows(
            messages,
            messages.c.disposition == Disposition.ARRIVED,
            messages.c.received_at < before,
        )
        paused = [row.task for row in await self.all(self.rows(pauses))]
        held_back = true() if "" in paused else cases.c.task.in_(paused)
        waits = and_(cases.c.state == State.READ, held_back)
        standing = self.rows(
            cases, cases.c.state.not_in([*ENDS, *WAITS]), cases.c.changed_at < before, not_(waits)
        )
        return Counts(
            by={},
            unsorted=tuple(row.id for row in await self.all(unsorted)),
            standing=tuple(row.ref for row in await self.all(standing)),
        )

    async def tick(self, name: str, now: datetime, following: datetime, job: Job) -> bool:
        """Fires a routine if its slot is open; one fire per slot, however many ask."""
        row = await self.one(self.rows(schedules, schedules.c.name == name))
        if row is None:
            result = await self.run(self.add_or_keep(schedules, name=name, next_at=following))
        else:
            result = await self.run(
                self.change(
                    schedules,
                    schedules.c.name == name,
                    schedules.c.next_at == row.next_at,
                    schedules.c.next_at <= now,
                ).values(next_at=following)
            )
        if result.rowcount != 1 or row is None:
            return False
        await self.defer(job)
        return True
