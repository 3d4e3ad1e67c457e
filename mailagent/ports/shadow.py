"""Shadow: what its owner did is seen somewhere, and compared with what would have been proposed."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr

from mailagent.core.audit import Entry
from mailagent.core.meeting import meeting_of
from mailagent.core.message import Message
from mailagent.core.reading import Kind, Reading
from mailagent.core.shadow import ANSWERED, Compared, Did, Foreseen, Way, compared, meant
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction


async def compare(tx: Transaction, things: Iterable[Did]) -> list[tuple[Foreseen, Compared]]:
    """Out of the books or the bank; each case once."""
    open_, found = list(await tx.foreseen()), []
    for did in things:
        one = meant(did, open_)
        if one is not None and (made := await _note(tx, one, did)):
            found.append((one, made))
            open_.remove(one)
    return found


async def compare_copy(tx: Transaction, message: Message) -> bool:
    """One of our people answers by themselves what lies in shadow, with us in copy."""
    names = [name for name in (message.in_reply_to, *message.references) if name]
    if not names or not await _is_ours(tx, message.sender_address):
        return False
    found = await tx.foreseen(message_ids=names[-20:])
    for one in found:
        await _note(tx, one, Did(way=Way.COPY))
    return bool(found)


async def compare_answer(tx: Transaction, mail: KeptMessage, reading: Reading) -> bool:
    """The answer that their own calendar sent, with us in copy."""
    told = meeting_of(reading).object if reading.kind is Kind.MEETING_REQUEST else None
    if told is None or told.method != "REPLY":
        return False
    sender = parseaddr(mail.sender)[1].lower()
    mine = [one for one in meeting_of(reading).attendees if one.address == sender]
    if len(mine) != 1 or not await _is_ours(tx, sender):
        return False
    found = await tx.foreseen(uid=told.uid)
    for one in found:
        await _note(tx, one, Did(way=Way.INVITATION, answer=mine[0].answer))
    return bool(found)


async def compare_calendars(office: Office, invitations: Sequence[Foreseen]) -> None:
    """What one of our people answered in the calendar itself; it is read with nothing open."""
    for one in invitations:
        guests = await office.calendars.guests_of(one.uid)
        async with office.store.begin(office.company.id) as tx:
            people = await tx.people()
            ours = [guest for guest in guests if any(p.address(guest.address) for p in people)]
            said = {guest.answer for guest in ours} & ANSWERED
            if len(said) == 1:  # two who answered otherwise are compared with nothing
                await _note(tx, one, Did(way=Way.CALENDAR, answer=said.pop()))


async def _is_ours(tx: Transaction, address: str) -> bool:
    return any(person.address(address) for person in await tx.people())


async def _note(tx: Transaction, one: Foreseen, did: Did) -> Compared | None:
    made = compared(did, one)
    if not await tx.keep_compared(one.case, made):
        return None
    details = {"task": one.task, "way": made.way, "outcome": made.outcome}
    if made.differs:
        details["differs"] = ", ".join(made.differs)
    await tx.audit(Entry(actor="agent", what="shadow.compared", case=one.case, details=details))
    return made
