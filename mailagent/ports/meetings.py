"""What several stages do about a meeting."""

from mailagent.core.case import Case
from mailagent.core.circumstances import address_in
from mailagent.core.inquiry import InquiryState
from mailagent.core.meeting import CalendarObject, Meeting, meeting_of
from mailagent.core.question import AskMeeting, KnownMeeting
from mailagent.core.reading import Kind, Reading
from mailagent.ports.store import KeptMessage, Transaction


async def known_meeting(tx: Transaction, asked: AskMeeting) -> KnownMeeting:
    """The entry of this UID, who brought it, the times that are held, and what was written back."""
    inquiry = await tx.inquiry(asked.case) if asked.case else None
    held = {one.appointment.uid: one for one in await tx.held_for(asked.case)} if asked.case else {}
    beside = await tx.appointment(asked.beside) if asked.beside else None
    if beside is not None and beside.until is not None:
        held[asked.beside] = beside
    kept = await tx.appointment(asked.uid) if asked.uid else None
    mail = await _mail_of(tx, kept.case) if kept and kept.case else None
    return KnownMeeting(
        kept=kept,
        brought_by=address_in(mail.sender) if mail else "",
        vouched_by=mail.signed_by if mail else "",
        called_off=await _is_called_off(tx, asked),
        held=tuple(held.values()),
        answer=inquiry.reading if inquiry else None,
        silent=inquiry is not None and inquiry.state is InquiryState.SILENT,
    )


def invitation_of(reading: Reading) -> Meeting | None:
    """An invitation, a new version of one, or its end."""
    if reading.kind is not Kind.MEETING_REQUEST:
        return None
    meeting = meeting_of(reading)
    told = meeting.object
    return meeting if told and told.uid and told.method in ("CANCEL", "REQUEST", "") else None


def replaces(told: CalendarObject, before: CalendarObject) -> bool:
    """All of it, or the one date that the older one was about."""
    dates = (None, before.recurrence_id) if told.method == "CANCEL" else (before.recurrence_id,)
    newer = told.sequence >= before.sequence
    is_one = told.uid == before.uid and before.method != "CANCEL"
    return is_one and newer and told.recurrence_id in dates


async def is_same_voice(
    tx: Transaction, mail: KeptMessage, meeting: Meeting, other: Case, of: Meeting
) -> bool:
    """Sender, organizer and proof: nobody else takes an invitation back."""
    sent = await tx.message(other.message)
    same = (sent.sender, sent.signed_by) == (mail.sender, mail.signed_by)
    return same and of.organizer == meeting.organizer


async def _is_called_off(tx: Transaction, asked: AskMeeting) -> bool:
    """Mails may come in another order than they were written."""
    if not asked.case or not asked.uid:
        return False
    case = await tx.case(asked.case)
    mail, meeting = await tx.message(case.message), invitation_of(await tx.reading(case.id))
    if meeting is None or meeting.object is None or meeting.object.method == "CANCEL":
        return False
    for one in await tx.about_meeting(asked.uid, case.message):
        other = invitation_of(await tx.reading(one.id))
        if other is None or other.object is None or other.object.method != "CANCEL":
            continue
        if replaces(other.object, meeting.object) and await is_same_voice(
            tx, mail, meeting, one, other
        ):
            return True
    return False


async def _mail_of(tx: Transaction, case: int) -> KeptMessage:
    return await tx.message((await tx.case(case)).message)
