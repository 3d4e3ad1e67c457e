"""The meetings of these days, and the drafts that are made around them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from mailagent.core.appointment import Appointment, Kept, PartStat
from mailagent.core.meetings.agendas import DatedMeeting, MeetingMail
from mailagent.core.people import Person
from mailagent.core.post import owner_of
from mailagent.core.reading import Kind, Reading
from mailagent.ports.begin import begin_work, derived, made_document
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction
from parsers.meeting.taken import dates_between
from parsers.meeting.written import events_of

_BACK, _AHEAD = timedelta(days=3), timedelta(days=10)  # over a weekend and holidays


async def meetings_around(office: Office, tx: Transaction) -> tuple[DatedMeeting, ...]:
    """What we entered and somebody from outside comes to; nothing where no rule asks for it."""
    if not office.around:
        return ()
    now, people = office.clock.now(), await tx.people()
    found: list[DatedMeeting] = []
    for kept in await tx.appointments(now - _BACK, now + _AHEAD):
        if kept.until is None and not kept.appointment.free:
            ours = {office.company.ops_address}
            for one in _dates(kept.appointment, now - _BACK, now + _AHEAD):
                guests = _outside(one, people, ours)
                if guests:
                    found.append(await _dated(tx, kept, one, guests))
    return tuple(found)


async def draft_around(office: Office, tx: Transaction, duty: MeetingMail) -> None:
    """A case of its own, once for each date; its mail is approved like any other."""
    meeting, owner = duty.meeting, owner_of((), await tx.people(), "")
    said = {
        "mail": str(duty.mail),
        "recipient": ", ".join(meeting.guests),
        "topic": meeting.title,
        "points": "\n".join(duty.points),
        "place": meeting.place,
        "language": meeting.language or (owner.language if owner else ""),
        "uid": meeting.uid,
        "start": meeting.start.isoformat(),
        "end": meeting.end.isoformat(),
        "zone": owner.zone.key if owner else meeting.zone,
        "in_reply_to": meeting.message_id,
    }
    fields = {name: derived(value, "the calendar") for name, value in said.items() if value}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason="the calendar")
    content = duty.model_dump_json().encode()
    name = f"{duty.mail} {meeting.title} {meeting.start:%Y-%m-%d}"
    document = made_document(name, "application/json", content)
    await begin_work(office, tx, "agendas", duty.slot, document, content, reading)


def _dates(one: Appointment, first: datetime, last: datetime) -> Iterator[Appointment]:
    if not one.repeats:
        yield one
        return
    for event in dates_between(events_of(one), first, last):
        moment = event.recurrence_id or event.start
        if moment is not None:
            yield one.date(moment)


def _outside(
    one: Appointment, people: list[Person] | tuple[Person, ...], ours: set[str]
) -> tuple[str, ...]:
    """Who comes and is none of us; who declined does not come."""
    invited = [*one.guests, *([one.organizer] if one.organizer else [])]
    return tuple(
        dict.fromkeys(
            guest.address
            for guest in invited
            if guest.answer is not PartStat.DECLINED
            and guest.address not in ours
            and not any(person.address(guest.address) for person in people)
        )
    )


async def _dated(
    tx: Transaction, kept: Kept, one: Appointment, guests: tuple[str, ...]
) -> DatedMeeting:
    case = await tx.case(kept.case) if kept.case else None
    reading = await tx.reading(case.id) if case else None
    message = await tx.message(case.message) if case else None
    return DatedMeeting(
        case=kept.case,
        uid=one.uid,
        start=one.start,
        end=one.end,
        zone=one.zone,
        title=one.title,
        place=one.place or one.link,
        guests=guests,
        language=reading.text("language") if reading else "",
        message_id=message.message_id if message else "",
    )
