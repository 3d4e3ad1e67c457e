"""Whoever was invited by us answers: it is noted, and nobody is asked anything."""

from email.utils import parseaddr

from mailagent.core.appointment import Kept, PartStat
from mailagent.core.audit import Entry
from mailagent.core.case import Case
from mailagent.core.letter import Notice
from mailagent.core.meeting import Attendee, meeting_of
from mailagent.core.people import Person
from mailagent.core.post import Thread
from mailagent.core.reading import Kind, Reading
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction

_COMES = frozenset({PartStat.ACCEPTED, PartStat.TENTATIVE})


async def note_guest(
    office: Office, tx: Transaction, case: Case, mail: KeptMessage, reading: Reading
) -> bool:
    """Whether it was no more than a yes. A no is a case: somebody has to decide what follows."""
    answered = _answered(mail, reading)
    if answered is None:
        return False
    uid, attendee = answered
    kept = await tx.note_guest(uid, attendee.address, PartStat(attendee.answer))
    if kept is None:
        return False
    details = {"uid": uid, "guest": attendee.address, "answer": attendee.answer}
    await tx.audit(Entry(actor="agent", what="meeting.guest", case=case.id, details=details))
    people = await tx.people()
    is_ours = any(person.address(attendee.address) for person in people)
    reader = people[0] if people else None
    if not is_ours and reader is not None:  # our own calendar says that it has the entry
        await _tell(office, tx, case, reader, kept, attendee)
    return True


def _answered(mail: KeptMessage, reading: Reading) -> tuple[str, Attendee] | None:
    """The meeting, and who comes: only who answers for themselves is believed."""
    if reading.kind is not Kind.MEETING_REQUEST:
        return None
    meeting = meeting_of(reading)
    told = meeting.object
    if told is None or told.method != "REPLY" or len(meeting.attendees) != 1:
        return None
    attendee = meeting.attendees[0]
    sender = parseaddr(mail.sender)[1].lower()
    comes = attendee.answer in {one.value for one in _COMES}
    return (told.uid, attendee) if comes and sender == attendee.address else None


async def _tell(
    office: Office, tx: Transaction, case: Case, reader: Person, kept: Kept, attendee: Attendee
) -> None:
    one = kept.appointment
    facts = (
        ("from", attendee.name or attendee.address),
        ("draft", one.title),
        ("when", f"{one.start.astimezone(reader.zone):%Y-%m-%d %H:%M}"),
    )
    thread = Thread(subject=one.title, ref=case.ref)
    about = f"guest/{case.id}"
    await notify(office, tx, reader, Note(Notice.COMES, about, facts, thread=thread, case=case.id))
