"""A hold is let go."""

from mailagent.core.appointment import Kept
from mailagent.core.audit import Entry
from mailagent.core.payloads.meetings import DeleteAppointment
from mailagent.ports.office import Office


async def release(office: Office, kept: Kept) -> None:
    """In a transaction of its own, whose first step is the calendar: nobody waits for that."""
    one = kept.appointment
    action = DeleteAppointment(calendar=kept.calendar, appointment=one, until=kept.until)
    details = {"calendar": kept.calendar, "uid": one.uid, "start": one.start.isoformat()}
    async with office.store.begin(office.company.id) as tx:
        key = f"released/{kept.key}"
        await office.systems["calendar"].perform(tx, kept.case, action, key)
        entry = Entry(actor="agent", what="hold.released", case=kept.case or None, details=details)
        await tx.audit(entry)
