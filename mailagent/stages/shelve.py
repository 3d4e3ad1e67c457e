"""Shelve: the mail moves to the folder that shows how its cases stand."""

from mailagent.core.case import PARKED, SETTLED, folder_of
from mailagent.core.errors import MailboxRefused, MailboxUnavailable
from mailagent.core.job import Job
from mailagent.core.message import Disposition
from mailagent.ports import Office, Stale

# Messages without cases; `documents` goes by its cases.
_FOLDERS = {
    Disposition.DECISION: SETTLED,
    Disposition.REQUEST: SETTLED,
    Disposition.PARKED: PARKED,
}


async def shelve(office: Office, job: Job) -> None:
    """The folder is a hint for people; the truth is in the store."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
        states = await tx.case_states(kept.id)
    if kept.disposition is Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is not sorted yet")
    by_itself = _FOLDERS.get(kept.disposition)
    folder = by_itself if by_itself and not states else folder_of(states)
    if kept.place.folder == folder or kept.mailbox != office.mailbox.name:
        return  # there already; or begun by a routine, and no mail at all
    try:
        place = await office.mailbox.move(kept.place, folder, kept.message_id)
    except MailboxRefused as error:  # a new password mends it: no reason to forget the mail
        raise MailboxUnavailable(error.what) from error
    office.probe("shelve: moved")
    if place is None:  # a person took it away; that is theirs to do
        return
    async with office.store.begin(office.company.id) as tx:
        await tx.moved(kept.id, place)
    office.probe("shelve: committed")
