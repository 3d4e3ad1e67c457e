"""What is written into calendars, held in them, and taken out: ours, and the person's own."""

from collections.abc import Iterable

from mailagent.core.appointment import Appointment, Copied, Guest, Itip, Kept, Method
from mailagent.core.capability import Payload
from mailagent.core.meetings.scene import Scene
from mailagent.core.payloads.meetings import (
    CancelInvitation,
    DeleteAppointment,
    Invite,
    PutAppointment,
)

_CANCELLED = {"en": "Cancelled", "de": "Abgesagt", "fr": "Annulé", "es": "Cancelado",
              "it": "Annullato", "nl": "Geannuleerd", "pt": "Cancelado"}  # fmt: skip


def entered(scene: Scene, entry: Appointment) -> tuple[Payload, ...]:
    """Into the calendar; where that can be written to by mail only, an invitation goes there."""
    kept = scene.past.kept
    same = kept is not None and kept.appointment.uid == entry.uid
    own = scene.known.invites
    copied = Copied(to=own, at=scene.now) if own else None
    put = PutAppointment(
        calendar=kept.calendar if kept and same else scene.known.writes,
        appointment=entry.model_copy(update={"copied": copied}),
        before=kept.appointment if kept and same and not kept.until else None,
    )
    return (put, *_to_own_calendar(scene, entry))


def held(scene: Scene, entry: Appointment) -> PutAppointment:
    """Tentative, until somebody answers or its time is over."""
    kept = scene.past.kept
    same = kept is not None and kept.appointment.uid == entry.uid
    return PutAppointment(
        calendar=scene.known.writes,
        appointment=entry.model_copy(update={"tentative": True}),
        until=scene.hold_until(),
        before=kept.appointment if kept and same else None,
    )


def gone(scene: Scene) -> tuple[Payload, ...]:
    """What we wrote into a calendar is taken out: the entry, and what is held for this case.

    Of a series only the date that it is about.
    """
    kept = {one.appointment.uid: one for one in scene.past.held}
    date = scene.meeting.object.recurrence_id if scene.meeting.object else None
    series = scene.series if date else None
    if scene.past.kept is not None and (date is None or scene.past.kept.until):
        kept[scene.past.kept.appointment.uid] = scene.past.kept
    taken_out = (
        DeleteAppointment(calendar=one.calendar, appointment=one.appointment, until=one.until)
        for one in kept.values()
    )
    if series and date:
        return (*taken_out, *entered(scene, series.without_date(date)))
    own = _out_of_own_calendar(scene, kept.values())
    return (*taken_out, *own)


def released(scene: Scene, but: str = "") -> tuple[Payload, ...]:
    """What was held meanwhile is free again."""
    return tuple(
        DeleteAppointment(calendar=one.calendar, appointment=one.appointment, until=one.until)
        for one in scene.past.held
        if one.appointment.uid != but
    )


def _to_own_calendar(scene: Scene, entry: Appointment) -> tuple[Payload, ...]:
    """From us, since only who invites can invite: its answer tells that the calendar has it."""
    if not scene.known.invites:
        return ()
    when = scene.writer.when(entry.start, entry.end)
    mail = Invite(
        to=scene.known.invites,
        subject=scene.title,
        text=f"{scene.title}\n{when}\n",
        first=False,
        itip=Itip(method=Method.REQUEST, appointment=_as_copied(scene, entry)),
        taken_back=scene.writer.about("cancel", title=scene.title, when=when),
        taken_back_subject=called_off(scene),
    )
    return (mail,)


def _out_of_own_calendar(scene: Scene, gone_: Iterable[Kept]) -> tuple[Payload, ...]:
    """Where an invitation put it there, only its cancellation takes it out."""
    return tuple(
        CancelInvitation(
            to=one.appointment.copied.to,
            subject=called_off(scene),
            text=scene.writer.about(
                "cancel",
                title=one.appointment.title,
                when=scene.writer.when(one.appointment.start, one.appointment.end),
            ),
            first=False,
            itip=Itip(method=Method.CANCEL, appointment=_as_copied(scene, one.appointment)),
        )
        for one in gone_
        if one.appointment.copied is not None
    )


def _as_copied(scene: Scene, one: Appointment) -> Appointment:
    """As it was sent to the person's own calendar: from us, to them alone."""
    ops = Guest(address=scene.work.company.ops_address, name=scene.work.company.assistant_name)
    to = one.copied.to if one.copied else scene.known.invites
    people = {"organizer": ops, "guests": (Guest(address=to, name=scene.work.person.name),)}
    dates = tuple(date.model_copy(update=people) for date in one.changed)
    return one.model_copy(update={**people, "changed": dates})


def called_off(scene: Scene) -> str:
    return f"{_CANCELLED.get(scene.writer.language, _CANCELLED['en'])}: {scene.title}"
