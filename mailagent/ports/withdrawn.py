"""An invitation that its own sender took back, or sent anew, before anybody answered it."""

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.meeting import CalendarObject, Meeting
from mailagent.core.post import Thread
from mailagent.core.reading import Reading
from mailagent.ports.inquiries import is_open
from mailagent.ports.meetings import invitation_of, is_same_voice, replaces
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction


async def take_back_older(
    office: Office, tx: Transaction, case: Case, mail: KeptMessage, reading: Reading
) -> bool:
    """What waits of an older version can be answered no more; whether nothing else is to do."""
    meeting = invitation_of(reading)
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


async def _older(
    tx: Transaction, case: Case, mail: KeptMessage, meeting: Meeting, told: CalendarObject
) -> list[Case]:
    """Of the same meeting and the same sender."""
    found: list[Case] = []
    for one in await tx.waiting_from("meetings", mail.sender):
        before = invitation_of(await tx.reading(one.id))
        if before is None or before.object is None or one.id == case.id:
            continue
        same = await is_same_voice(tx, mail, meeting, one, before)
        if not same or not replaces(told, before.object):
            continue
        if await is_open(tx, one):  # what was begun is asked about until its end is known
            found.append(one)
    return found
