"""The ways to answer, each with all that then happens: what is written, entered and let go."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailagent.core.appointment import (
    Appointment,
    Guest,
    Itip,
    Method,
    PartStat,
)
from mailagent.core.capability import Payload, SendMail
from mailagent.core.meeting import Attendee, Slot
from mailagent.core.meetings.entries import called_off, entered, gone, held, released
from mailagent.core.meetings.scene import Scene, guest_of
from mailagent.core.payloads.meetings import (
    AnswerInvitation,
    CancelInvitation,
    CounterInvitation,
    Invite,
    OfferTimes,
)
from mailagent.core.proposal import Action, Alternative

WORDS = {
    "en": {"accept": "accept", "decline": "decline", "offer": "offer", "other": "other"},
    "de": {"accept": "zusagen", "decline": "absagen", "offer": "anbieten", "other": "andere"},
}
_SUBJECTS = {
    PartStat.ACCEPTED: {"en": "Accepted", "de": "Zugesagt", "fr": "Accepté", "es": "Aceptado",
                        "it": "Accettato", "nl": "Geaccepteerd", "pt": "Aceite"},
    PartStat.DECLINED: {"en": "Declined", "de": "Abgesagt", "fr": "Refusé", "es": "Rechazado",
                        "it": "Rifiutato", "nl": "Geweigerd", "pt": "Recusado"},
    PartStat.TENTATIVE: {"en": "Proposed: another time", "de": "Vorschlag: andere Zeit",
                         "fr": "Proposition : autre horaire", "es": "Propuesta: otra hora",
                         "it": "Proposta: altro orario", "nl": "Voorstel: andere tijd",
                         "pt": "Proposta: outra hora"},
}  # fmt: skip


def way(label: str, *payloads: Payload) -> Alternative:
    """One of the ways; the numbers are given when it is shown."""
    return Alternative(
        label=label, actions=tuple(Action(number=n, payload=p) for n, p in enumerate(payloads, 1))
    )


def numbered(*payloads: Payload) -> tuple[Action, ...]:
    """What happens in any case."""
    return tuple(Action(number=n, payload=p) for n, p in enumerate(payloads, 1))


def word(scene: Scene, name: str) -> str:
    """What is answered for a way, in the person's language."""
    return WORDS[scene.work.person.language][name]


# -- of an invitation


def invited(scene: Scene, answer: PartStat | None = None) -> Appointment:
    """The meeting of the calendar object, as it stands in our calendar."""
    told = scene.invitation
    if told.start is None or told.end is None:
        raise ValueError("the meeting has no time")
    mine = scene.me.address
    guests = [guest_of(one) for one in scene.meeting.attendees if one.address != mine]
    me = scene.me.model_copy(update={"answer": answer or PartStat.NEEDS_ACTION})
    return scene.appointment(
        told.start,
        told.end,
        uid=told.uid,
        sequence=told.sequence,
        all_day=told.all_day,
        zone=told.zone or scene.rules.zone,
        rules=told.rules,
        recurrence_id=told.recurrence_id,
        organizer=guest_of(scene.meeting.organizer),
        guests=(*guests[:50], me),
    )


def accept(scene: Scene) -> tuple[Payload, ...]:
    """They hear that we come, and it stands in the calendar."""
    entry = invited(scene, PartStat.ACCEPTED)
    when = scene.writer.when(entry.start, entry.end)
    reply = AnswerInvitation(
        **_to_organizer(scene, PartStat.ACCEPTED),
        text=scene.writer.about("accept", title=scene.title, when=when),
        itip=_spoken(scene, Method.REPLY, entry, PartStat.ACCEPTED),
        taken_back=scene.writer.about("decline", title=scene.title, when=when),
        taken_back_subject=_subject(scene, PartStat.DECLINED),
    )
    if scene.invitation.recurrence_id is None:
        return (reply, *entered(scene, entry))
    series = scene.series
    written = entered(scene, series.with_date(entry)) if series else ()
    return (reply, *written, *released(scene))


def counter(scene: Scene, start: datetime, end: datetime) -> tuple[Payload, ...]:
    """They are asked for another time, which is held meanwhile."""
    was = invited(scene, PartStat.TENTATIVE)
    now = was.at(start, end)
    writer = scene.writer
    mail = CounterInvitation(
        **_to_organizer(scene, PartStat.TENTATIVE),
        text=writer.about(
            "counter", when=writer.when(was.start, was.end), other=writer.when(start, end)
        ),
        itip=_spoken(scene, Method.COUNTER, now, PartStat.TENTATIVE),
    )
    if scene.invitation.recurrence_id is None:
        return (mail, held(scene, now))
    # The series stays as it is until they agree: the other time is held beside it.
    alone = {"uid": scene.invitation.hold, "recurrence_id": None}
    return (mail, held(scene, now.model_copy(update=alone)))


def decline(scene: Scene) -> tuple[Payload, ...]:
    """They hear that we do not come; what stood in the calendar goes."""
    entry = invited(scene, PartStat.DECLINED)
    when = scene.writer.when(entry.start, entry.end)
    reason = scene.work.reading.text("reason")
    mail = AnswerInvitation(
        **_to_organizer(scene, PartStat.DECLINED),
        text=scene.writer.about("decline", reason, title=scene.title, when=when),
        itip=_spoken(scene, Method.REPLY, entry, PartStat.DECLINED, reason),
    )
    return (mail, *gone(scene))


# -- of a mail in words


def agree(scene: Scene, start: datetime, end: datetime) -> tuple[Payload, ...]:
    """Everybody is invited, it stands in the calendar, and what else was held is let go."""
    uid = own_uid(scene)
    kept = scene.past.kept
    sequence = kept.appointment.sequence + 1 if kept else 0
    ops = scene.work.company.ops_address
    me = Guest(address=scene.work.person.main_address, name=scene.work.person.name)
    guests = tuple(guest_of(one, PartStat.NEEDS_ACTION) for one in scene.others)
    entry = scene.appointment(
        start,
        end,
        uid=uid,
        sequence=sequence,
        organizer=Guest(address=ops, name=scene.work.person.name),
        guests=(*guests, me.model_copy(update={"answer": PartStat.ACCEPTED})),
    )
    mails = (_invitation(scene, entry),) if guests else ()
    return (*mails, *entered(scene, entry), *released(scene, uid))


def _invitation(scene: Scene, entry: Appointment) -> Invite:
    writer = scene.writer
    when = writer.when(entry.start, entry.end)
    return Invite(
        **_to_asker(scene),
        text=writer.about("agree", when=when),
        itip=Itip(method=Method.REQUEST, appointment=entry),
        taken_back=writer.about("cancel", title=scene.title, when=when),
        taken_back_subject=called_off(scene),
    )


def offer(scene: Scene, slots: Sequence[tuple[datetime, datetime]]) -> tuple[Payload, ...]:
    """They choose one of these; all are held meanwhile."""
    writer = scene.writer
    lines = "\n".join(f"  {n}. {writer.when(*slot)}" for n, slot in enumerate(slots, 1))
    until = scene.hold_until()
    said = writer.phrases.found if scene.meeting.by_us else writer.phrases.offer
    first = said.format(person=writer.person)
    mail = OfferTimes(
        **_to_asker(scene),
        text=writer.letter(
            f"{first}\n\n{lines}", writer.phrases.held.format(until=writer.day(until))
        ),
        slots=tuple(Slot(start=start, end=end) for start, end in slots),
    )
    holds = (
        held(scene, scene.appointment(start, end, uid=f"{_round(scene)}-{n}.{own_uid(scene)}"))
        for n, (start, end) in enumerate(slots, 1)
    )
    return (mail, *holds)


def regret(scene: Scene) -> tuple[Payload, ...]:
    """A polite no, in words."""
    text = scene.writer.about("regret", scene.work.reading.text("reason"), title=scene.title)
    return (SendMail(**_to_asker(scene), text=text), *gone(scene))


def call_off(scene: Scene) -> tuple[Payload, ...]:
    """A meeting that we invited to is cancelled, and goes out of the calendar."""
    if scene.past.kept is None:
        return ()
    was = _kept(scene)
    now = was.model_copy(update={"sequence": was.sequence + 1})
    when = scene.writer.when(was.start, was.end)
    mail = CancelInvitation(
        **_to_guests(scene, was),
        subject=called_off(scene),
        text=scene.writer.about("cancel", title=was.title, when=when),
        itip=Itip(method=Method.CANCEL, appointment=now),
    )
    return (mail, *gone(scene))


def move(scene: Scene, start: datetime, end: datetime) -> tuple[Payload, ...]:
    """A meeting of ours takes place then instead: all guests hear of it."""
    was = _kept(scene)
    later = {"sequence": was.sequence + 1}
    now = _told_of(scene, was).at(start, end).model_copy(update=later)
    entry = was.with_date(now) if now.recurrence_id else now
    when = scene.writer.when(start, end)
    update = Invite(
        **_to_guests(scene, was),
        subject=scene.title,
        text=scene.writer.about("update", title=was.title, when=when),
        itip=Itip(method=Method.REQUEST, appointment=now),
        taken_back=scene.writer.about("cancel", title=was.title, when=when),
        taken_back_subject=called_off(scene),
    )
    return (update, *entered(scene, entry))


def keep(scene: Scene) -> tuple[Payload, ...]:
    """A guest asked for another time, and it stays as it is."""
    was = _told_of(scene, _kept(scene))
    asker = scene.meeting.requester.address
    mail = CancelInvitation(
        to=asker,
        subject=scene.title,
        text=scene.writer.about("kept", title=was.title,
                                when=scene.writer.when(was.start, was.end)),
        in_reply_to=scene.work.message_id,
        first=scene.is_first(asker),
        itip=Itip(method=Method.DECLINECOUNTER, appointment=was),
    )  # fmt: skip
    return (mail,)


def _told_of(scene: Scene, kept: Appointment) -> Appointment:
    """The entry, or the date of it that the message is about."""
    date = scene.invitation.recurrence_id
    return kept.date(date) if date is not None and kept.repeats else kept


def _kept(scene: Scene) -> Appointment:
    if scene.past.kept is None:
        raise ValueError("nothing is known of this meeting")
    return scene.past.kept.appointment


def _to_guests(scene: Scene, was: Appointment) -> dict[str, Any]:
    ours = {scene.work.company.ops_address}
    guests = [
        one.address
        for one in was.guests
        if one.address not in ours and not scene.work.person.address(one.address)
    ]
    to, *cc = guests or [scene.asker.address]
    return {"to": to, "cc": tuple(cc), "first": any(map(scene.is_first, guests))}  # fmt: skip


def own_uid(scene: Scene) -> str:
    """The same for all versions of a case."""
    case = scene.work.case
    return f"{case.ref.lower()}-{case.id}@{scene.work.company.domain}"


def _round(scene: Scene) -> str:
    return f"hold-{scene.work.version}"


def _subject(scene: Scene, answer: PartStat) -> str:
    words = _SUBJECTS[answer]
    return f"{words.get(scene.writer.language, words['en'])}: {scene.title}"


def _to_organizer(scene: Scene, answer: PartStat) -> dict[str, Any]:
    organizer: Attendee = scene.meeting.organizer
    return {
        "to": organizer.address,
        "subject": _subject(scene, answer),
        "in_reply_to": scene.work.message_id,
        "first": scene.is_first(organizer.address),
    }


def _to_asker(scene: Scene) -> dict[str, Any]:
    others = [one.address for one in scene.others if one.address != scene.asker.address]
    if scene.meeting.by_us:  # who asked us to find a time stays in the talk
        others.append(scene.work.person.main_address)
    subject = scene.work.subject or scene.title
    return {
        "to": scene.asker.address,
        "cc": tuple(others),
        "subject": subject if subject.lower().startswith("re:") else f"Re: {subject}"[:200],
        "in_reply_to": scene.work.message_id,
        "first": any(scene.is_first(one) for one in (scene.asker.address, *others)),
    }


def _spoken(
    scene: Scene, method: Method, entry: Appointment, answer: PartStat, reason: str = ""
) -> Itip:
    return Itip(
        method=method,
        appointment=entry,
        attendee=scene.me.model_copy(update={"answer": answer}),
        sent_by=scene.work.company.ops_address,
        comment=reason,
    )
