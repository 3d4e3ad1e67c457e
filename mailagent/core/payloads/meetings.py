"""What can be done about a meeting: entries in calendars, and messages to whom it concerns."""

from datetime import datetime
from typing import Any, Literal

from mailagent.core.appointment import Appointment, Itip, Method, PartStat
from mailagent.core.meeting import Slot
from mailagent.core.value import Value
from mailagent.core.written import Written


class PutAppointment(Value):
    """Write an entry into a calendar, or hold its time until somebody answers."""

    capability: Literal["calendar.put"] = "calendar.put"
    calendar: str  # its name in the settings
    appointment: Appointment
    until: datetime | None = None  # a hold is released then
    before: Appointment | None = None  # what stands there under this UID
    undoes: bool = False  # it takes something back, which is the end of it


class DeleteAppointment(Value):
    """Take an entry out of a calendar."""

    capability: Literal["calendar.delete"] = "calendar.delete"
    calendar: str
    appointment: Appointment
    until: datetime | None = None  # it was a hold
    undoes: bool = False


class CalendarMail(Written):
    """A mail that programs understand as well as people."""

    itip: Itip
    taken_back: str = ""  # the text of the mail that takes this one back; empty: nothing does
    taken_back_subject: str = ""


class AnswerInvitation(CalendarMail):
    """Tell whoever invites whether we come."""

    capability: Literal["calendar.reply"] = "calendar.reply"


class CounterInvitation(CalendarMail):
    """Ask whoever invites for another time."""

    capability: Literal["calendar.counter"] = "calendar.counter"


class Invite(CalendarMail):
    """Invite, or tell what has changed about a meeting of ours."""

    capability: Literal["calendar.invite"] = "calendar.invite"


class CancelInvitation(CalendarMail):
    """Call a meeting of ours off."""

    capability: Literal["calendar.cancel"] = "calendar.cancel"


class OfferTimes(Written):
    """Offer times in words; an answer belongs to the same case."""

    capability: Literal["calendar.offer"] = "calendar.offer"
    slots: tuple[Slot, ...]


def delete(put: PutAppointment) -> PutAppointment | DeleteAppointment | None:
    """What takes an entry out again, or puts back what it replaced."""
    if put.undoes:
        return None
    if put.before is not None:
        later = put.before.model_copy(update={"sequence": put.appointment.sequence + 1})
        return PutAppointment(
            calendar=put.calendar, appointment=later, before=put.appointment, undoes=True
        )
    return DeleteAppointment(
        calendar=put.calendar, appointment=put.appointment, until=put.until, undoes=True
    )


def put_back(gone: DeleteAppointment) -> PutAppointment | None:
    """What was deleted, as it stood."""
    if gone.undoes:
        return None
    return PutAppointment(
        calendar=gone.calendar, appointment=gone.appointment, until=gone.until, undoes=True
    )


def take_back_answer(answer: AnswerInvitation) -> AnswerInvitation | None:
    """Who accepted can decline. A decline stays one: to come after all is a new decision."""
    attendee = answer.itip.attendee
    if not answer.taken_back or attendee is None:
        return None
    declined = attendee.model_copy(update={"answer": PartStat.DECLINED})
    return AnswerInvitation(
        **_mail_back(answer), itip=answer.itip.model_copy(update={"attendee": declined})
    )


def call_off(invitation: Invite) -> CancelInvitation | None:
    """A meeting that was invited to is cancelled."""
    if not invitation.taken_back:
        return None
    was = invitation.itip.appointment
    now = was.model_copy(update={"sequence": was.sequence + 1})
    return CancelInvitation(
        **_mail_back(invitation), itip=Itip(method=Method.CANCEL, appointment=now)
    )


def _mail_back(mail: CalendarMail) -> dict[str, Any]:
    return {
        "to": mail.to,
        "cc": mail.cc,
        "subject": mail.taken_back_subject or mail.subject,
        "text": mail.taken_back,
        "in_reply_to": mail.in_reply_to,
        "first": False,
    }
