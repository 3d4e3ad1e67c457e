"""An invitation that its own sender took back, or sent anew, before anybody answered it."""

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.meeting import CalendarObject, Meeting, meeting_of
from mailagent.core.post import Thread
from mailagent.core.reading import Kind, Reading
from mailagent.ports.inquiries import is_open
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction


async def take_back_older(
    office: Office, tx: Transaction, case: Case, mail: KeptMessage, reading: Reading
) -> bool:
    """What waits of an older version can be answered no more; whether nothing else is to do."""
    meeting = _invitation(reading)
    if meeting is None or meeting.object is None:
        return False
    older = await _older(tx, case, mail, meeting, meeting.object)
    asked = {d.person for one in older for d in await tx.open_drafts(one.id)}
    for one in older:
        await tx.supersede_drafts(one.id)
        entry = Entry(actor="agent", what="meeting.withdrawn", details={"by": case.ref})
        await tx.advance(one, State.REJECTED, entry, Job(stage=Stage.SHELVE, subject=one.message))
    is_all = meeting.object.method == "CANCEL" and await tx.appointment(meeting.object.uid) is None
    if not older or not is_all:
        return False
    for person in sorted(asked):
        thread = Thread(subject=meeting.topic, ref=case.ref)
        facts = (("from", mail.sender), ("draft", older[0].title))
        about = f"withdrawn/{case.id}/{person}"
        note = Note(Notice.WITHDRAWN, about, facts, thread=thread, case=case.id)
        await notify(office, tx, await tx.person(person), note)
    return True


def _invitation(reading: Reading) -> Meeting | None:
    if reading.kind is not Kind.MEETING_REQUEST:
        return None
    meeting = meeting_of(reading)
    told = meeting.object
    return meeting if told and told.uid and told.method in ("CANCEL", "REQUEST", "") else None


async def _older(
    tx: Transaction, case: Case, mail: KeptMessage, meeting: Meeting, told: CalendarObject
) -> list[Case]:
    """Of the same meeting and the same sender: nobody else takes an invitation back."""
    found: list[Case] = []
    for one in await tx.waiting_from("meetings", mail.sender):
        before = _invitation(await tx.reading(one.id))
        if before is None or before.object is None or before.organizer != meeting.organizer:
            continue
        same_proof = (await tx.message(one.message)).signed_by == mail.signed_by
        if not same_proof or one.id == case.id or not _replaces(told, before.object):
            continue
        if await is_open(tx, one):  # what was begun is asked about until its end is known
            found.append(one)
    return found


def _replaces(told: CalendarObject, before: CalendarObject) -> bool:
    """All of it, or the one date that the older one was about."""
    dates = (None, before.recurrence_id) if told.method == "CANCEL" else (before.recurrence_id,)
    newer = told.sequence >= before.sequence
    is_one = told.uid == before.uid and before.method != "CANCEL"
    return is_one and newer and told.recurrence_id in dates
