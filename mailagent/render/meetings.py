"""Meetings, as a person sees them: what is done about one, what was read of it, and its day."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeGuard
from zoneinfo import ZoneInfo

from mailagent.core.appointment import Appointment, DayPlan, Span
from mailagent.core.capability import Payload
from mailagent.core.meeting import Meeting, Told, meeting_of
from mailagent.core.payloads.meetings import (
    AnswerInvitation,
    CalendarMail,
    DeleteAppointment,
    PutAppointment,
)
from mailagent.core.reading import Reading
from mailagent.render.foreign import clean, cleaned
from mailagent.render.words import Words

_POINT = timedelta(minutes=1)
_MOST = 6  # times or people that are listed
_MARKS = {"busy": "", "tentative": " (?)", "wanted": " <<", "offered": ""}

Line = tuple[str, str, str]  # name, label, value


def of_meeting(
    payload: PutAppointment | DeleteAppointment | CalendarMail, words: Words
) -> tuple[str, dict[str, str]]:
    """The variant of the phrase, and what fills its gaps."""
    if isinstance(payload, PutAppointment):
        date = _date_of_series(payload)
        if date is not None:
            variant = "_date_gone" if date in payload.appointment.gone else "_date"
            return variant, _entry(payload.calendar, payload.appointment.date(date), words)
        until = words.day_of(payload.until) if payload.until else ""
        once = "_day" if payload.appointment.free else ""
        variant = "_hold" if until else "_again" if payload.before else once
        return variant, {"until": until, **_entry(payload.calendar, payload.appointment, words)}
    if isinstance(payload, DeleteAppointment):
        variant = "_hold" if payload.until else ""
        return variant, _entry(payload.calendar, payload.appointment, words)
    attendee = payload.itip.attendee
    answers = isinstance(payload, AnswerInvitation) and attendee is not None
    variant = f"_{attendee.answer.value.lower()}" if answers and attendee else ""
    first = "_first" if payload.first else ""
    return variant + first, {
        "to": clean(payload.to, 80),
        **_entry("", payload.itip.appointment, words),
    }


def is_hold(payload: Payload) -> TypeGuard[PutAppointment | DeleteAppointment]:
    """A time that is held until somebody answers, or let go again."""
    return isinstance(payload, PutAppointment | DeleteAppointment) and payload.until is not None


def of_several(holds: Sequence[PutAppointment | DeleteAppointment], words: Words) -> dict[str, str]:
    """What fills the gaps where several are held alike."""
    values = [of_meeting(one, words)[1] for one in holds]
    return {**values[0], "times": ", ".join(one["when"] for one in values)}


def _date_of_series(put: PutAppointment) -> datetime | None:
    """The one date that changes; None where the whole entry is written."""
    was, now = put.before, put.appointment
    if was is None or not now.repeats or put.undoes:
        return None
    gone = [at for at in now.gone if at not in was.gone]
    changed = [one.recurrence_id for one in now.changed if one not in was.changed]
    return next((at for at in (*changed, *gone) if at is not None), None)


def _entry(calendar: str, one: Appointment, words: Words) -> dict[str, str]:
    when = words.day_of(one.start) if one.all_day else span(one.start, one.end, words)
    return {"when": when, **cleaned(calendar=calendar, title=one.title)}


def span(start: datetime, end: datetime, words: Words) -> str:
    """3 Dec 14:00-14:30, by the person's own clock; a point in time is 14:00 alone."""
    if end - start <= _POINT:
        return words.moment(start)
    last = words.moment(end)
    same = words.day_of(start) == words.day_of(end)
    till = last.removeprefix(words.day_of(end)).strip() if same else last
    return f"{words.moment(start)}\u2013{till}"


def meeting_lines(reading: Reading, words: Words) -> Iterator[Line]:
    """What was read of a meeting, one line each."""
    meeting = meeting_of(reading)
    for name, value in (
        ("requester", _person(meeting)),
        ("topic", reading.text("topic")),
        ("attendees", ", ".join(one.name or one.address for one in meeting.attendees[:_MOST])),
        ("times", "; ".join(_told(one, words) for one in meeting.times[:_MOST])),
        ("duration", f"{reading.text('duration')} min" if reading.text("duration") else ""),
        ("place", reading.text("place")),
        ("link", meeting.link),
        ("zone", meeting.zone),
        ("language", words.either(f"language.{reading.text('language')}", "")),
        ("reason", reading.text("reason")),
    ):
        if value:
            yield name, words.either(f"label.{name}", name), clean(value)


def _person(meeting: Meeting) -> str:
    one = meeting.organizer if meeting.object else meeting.requester
    one = one if one.address or one.name else meeting.requester
    return " ".join(filter(None, (one.name, f"({one.address})" if one.name else one.address)))


def _told(one: Told, words: Words) -> str:
    use = words.either(f"use.{one.use}", "")
    said = words.day_of(one.start) if one.grain == "day" else span(one.start, one.end, words)
    doubt = " (?)" if one.unclear else ""
    return f"{use} {said}{doubt}".strip()


def plan_lines(plan: DayPlan, words: Words) -> Iterator[Line]:
    """The day in words: what the picture shows."""
    label = words("plan.label", day=words.day(plan.day))
    for at, one in enumerate(plan.spans):
        yield "plan", "" if at else label, clean(f"{_clock(one, plan)}  {_what(one, words)}", 80)
    if not plan.spans:
        yield "plan", label, words("plan.empty")


def _what(one: Span, words: Words) -> str:
    named = one.what or words(f"plan.{one.kind}")
    return f"{named}{_MARKS[one.kind]}"


def _clock(one: Span, plan: DayPlan) -> str:
    zone = ZoneInfo(plan.zone)
    return f"{one.start.astimezone(zone):%H:%M}\u2013{one.end.astimezone(zone):%H:%M}"
