"""Meetings: the request beside the calendar. A conflict is shown, and never decided."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mailagent.core import revision
from mailagent.core.appointment import DayPlan, PartStat, Span, utc
from mailagent.core.availability import Found, Rejection, search
from mailagent.core.meeting import Intent, Use, meeting_of
from mailagent.core.meetings import ways
from mailagent.core.meetings.answered import agreed_slots, is_refused
from mailagent.core.meetings.scene import Scene, scene_of
from mailagent.core.people import Company
from mailagent.core.proposal import Alternative, Proposal, Purpose
from mailagent.core.question import (
    Answer,
    AskCalendars,
    AskCorrespondent,
    AskMeeting,
    KnownCalendars,
    Question,
)
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import Said, say
from mailagent.core.task import Task, Work
from parsers.meeting.taken import dates_between
from parsers.meeting.written import event_of

_MOST_ASKED = 20  # people of one meeting that we look up
_MOST_WAYS = 3  # times that they named and that are offered by themselves
_MOST_NOTES = 4
_LONGEST = 24 * 60  # minutes


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """What is taken, what we know of this meeting, and whether we wrote to these people."""
    meeting = meeting_of(reading)
    people = {one.address for one in (meeting.organizer, meeting.requester, *meeting.attendees)}
    asked = sorted(one for one in people if "@" in one and one != company.ops_address)
    told = meeting.object
    times = [time.start for time in meeting.times]
    times += [told.start] if told and told.start else []
    return (
        AskCalendars(around=tuple(utc(time) for time in times)),
        AskMeeting(uid=told.uid if told else ""),
        *(AskCorrespondent(address=one) for one in asked[:_MOST_ASKED]),
    )


def propose(work: Work) -> Proposal:
    """By what it is: an invitation, what became of one, or words."""
    scene = scene_of(work)
    if scene.meeting.object is None:
        return _in_words(scene)
    if not scene.invitation.uid or not scene.invitation.start or not scene.invitation.end:
        return _ask(scene, say("meeting.broken"))
    if scene.meeting.intent is Intent.CANCELLATION:
        return _cancelled(scene)
    answer = _BY_METHOD.get(scene.invitation.method)
    return answer(scene) if answer else _invitation(scene)


# -- calendar objects


def _invitation(scene: Scene) -> Proposal:
    kept = scene.past.kept
    if kept is not None and kept.appointment.sequence > scene.invitation.sequence:
        return _ask(scene, say("meeting.older"))
    clashes = _clashes(scene)
    offered = _others(scene, clashes)
    made = [
        ways.way(ways.word(scene, "accept"), *ways.accept(scene)),
        *(ways.way(scene.label(start), *ways.counter(scene, start, end)) for start, end in offered),
        ways.way(ways.word(scene, "decline"), *ways.decline(scene)),
    ]
    notes = [*_changed(scene), *_repeats(scene)]
    return _proposal(scene, clashes, alternatives=_distinct(made), notes=notes, offered=offered)


def _clashes(scene: Scene) -> list[Rejection]:
    """Of every date within sight: what repeats may be free today and taken next week."""
    entry = ways.invited(scene)
    if entry.all_day:
        return []
    last = scene.now + scene.rules.horizon
    dates = dates_between([event_of(entry)], utc(entry.start), max(last, utc(entry.end)))
    found = (scene.objection(one.start, one.end) for one in dates if one.start and one.end)
    return [one for one in found if one is not None]


def _others(scene: Scene, clashes: Sequence[Rejection]) -> tuple[tuple[datetime, datetime], ...]:
    """Other times, where theirs is taken; a whole series is not moved in one go."""
    told = scene.invitation
    if not clashes or told.rules or told.recurrence_id or told.all_day or told.start is None:
        return ()
    found = search(
        scene.wish().model_copy(update={"windows": ()}), scene.rules, scene.busy, scene.now
    )
    return found.slots


def _changed(scene: Scene) -> list[Said]:
    kept = scene.past.kept
    if kept is None:
        return []
    if utc(kept.appointment.start) == utc(scene.invitation.start or scene.now):
        return [say("meeting.agreed")] if kept.until else []
    key = "meeting.asked_for" if kept.until else "meeting.moved"
    return [say(key, before=scene.spelled(kept.appointment.start))]


def _repeats(scene: Scene) -> list[Said]:
    if scene.invitation.recurrence_id is not None:
        return [say("meeting.one_of_series")]
    return [say("meeting.series")] if scene.invitation.rules else []


def _cancelled(scene: Scene) -> Proposal:
    """It goes out of the calendar, where we put it there."""
    taken_out = ways.gone(scene)
    if not taken_out:
        return _ask(scene, say("meeting.cancelled_unknown"))
    return _proposal(scene, [], actions=ways.numbered(*taken_out), notes=[say("meeting.cancelled")])


def _countered(scene: Scene) -> Proposal:
    """A guest of ours asks for another time."""
    kept = scene.past.kept
    start, end = scene.invitation.start, scene.invitation.end
    if kept is None or start is None or end is None:
        return _unknown(scene)
    why = scene.objection(start, end)
    moved = ways.way(scene.label(start), *ways.move(scene, start, end))
    keep = ways.way(ways.word(scene, "decline"), *ways.keep(scene))
    notes = [say("meeting.countered", before=scene.spelled(kept.appointment.start))]
    return _proposal(scene, [why] if why else [], alternatives=(moved, keep), notes=notes)


def _let_go(scene: Scene) -> Proposal:
    """A guest does not come, or our own suggestion was declined."""
    declined = any(one.answer == PartStat.DECLINED for one in scene.meeting.attendees)
    if scene.past.kept is None or (scene.invitation.method == "REPLY" and not declined):
        return _unknown(scene)
    key = "meeting.guest_declined" if scene.invitation.method == "REPLY" else "meeting.not_moved"
    return _proposal(scene, [], actions=ways.numbered(*ways.gone(scene)), notes=[say(key)])


def _unknown(scene: Scene) -> Proposal:
    """It answers an invitation that we know nothing of."""
    return _ask(scene, say("meeting.unknown"))


def _published(scene: Scene) -> Proposal:
    """An entry that asks for no answer."""
    entry = ways.invited(scene)
    actions = ways.numbered(*ways.entered(scene, entry))
    return _proposal(scene, _clashes(scene), actions=actions, notes=[say("meeting.published")])


_BY_METHOD: dict[str, Callable[[Scene], Proposal]] = {
    "CANCEL": _cancelled,
    "COUNTER": _countered,
    "DECLINECOUNTER": _let_go,
    "REPLY": _let_go,
    "REFRESH": _unknown,
    "PUBLISH": _published,
}


# -- words


def _in_words(scene: Scene) -> Proposal:
    if not scene.asker.address:
        return _ask(scene, say("meeting.nobody"))
    match scene.meeting.intent:
        case Intent.CANCELLATION if scene.past.kept or scene.past.held:
            return _proposal(scene, [], actions=ways.numbered(*ways.gone(scene)),
                             notes=[say("meeting.cancelled")])  # fmt: skip
        case Intent.CANCELLATION | Intent.MENTION:
            return _ask(scene, say(f"meeting.{scene.meeting.intent}"))
        case Intent.CONFIRMATION:
            return _confirmed(scene)
    return _answered(scene) if scene.past.answer is not None else _requested(scene)


def _confirmed(scene: Scene) -> Proposal:
    """It is said to stand: into the calendar, and nobody is written to."""
    agreed = [t for t in scene.meeting.told(Use.AGREED, Use.OFFERED) if t.is_exact and t.is_clear]
    if len(agreed) != 1:
        return _ask(scene, say("meeting.which"))
    start = agreed[0].start
    end = scene.until(start)
    entry = scene.appointment(start, end, uid=ways.own_uid(scene))
    why = scene.objection(start, end)
    actions = ways.numbered(*ways.entered(scene, entry))
    return _proposal(scene, [why] if why else [], actions=actions, wanted=[(start, end)])


def _requested(scene: Scene) -> Proposal:
    """The times that they named, those that we could offer, or no."""
    named = scene.named()
    objections = [why for slot in named if (why := scene.objection(*slot))]
    free = [slot for slot in named if scene.objection(*slot) is None]
    found = search(scene.wish(), scene.rules, scene.busy, scene.now)
    made = [
        ways.way(scene.label(start), *ways.agree(scene, start, end))
        for start, end in (free or named)[:_MOST_WAYS]
    ]
    if found.slots:
        made.append(ways.way(ways.word(scene, "offer"), *ways.offer(scene, found.slots)))
    made.append(ways.way(ways.word(scene, "decline"), *ways.regret(scene)))
    clashes = [] if free else objections
    notes = [*_why_not(scene, objections if free else []), *_nothing_free(scene, found)]
    return _proposal(scene, clashes, alternatives=_distinct(made), notes=notes,
                     wanted=(free or named)[:1], offered=found.slots)  # fmt: skip


def _answered(scene: Scene) -> Proposal:
    """To times that we offered: the one they take, or what they say instead."""
    slots = agreed_slots(scene)
    if is_refused(scene):
        notes = [say("meeting.none_suits")]
        released = ways.way(ways.word(scene, "decline"), *ways.gone(scene))
        again = search(scene.wish(), scene.rules, scene.busy, scene.now).slots
        made = [ways.way(ways.word(scene, "offer"), *ways.offer(scene, again))] if again else []
        return _proposal(scene, [], alternatives=(*made, released), notes=notes, offered=again)
    if not slots:
        return _requested(scene)
    clashes = [why for slot in slots if (why := scene.objection(*slot))]
    made = [ways.way(scene.label(start), *ways.agree(scene, start, end)) for start, end in slots]
    made.append(ways.way(ways.word(scene, "decline"), *ways.regret(scene)))
    return _proposal(scene, clashes, alternatives=_distinct(made), wanted=slots[:1],
                     notes=[say("meeting.taken")])  # fmt: skip


def _why_not(scene: Scene, objections: Sequence[Rejection]) -> list[Said]:
    """Of times that they named beside a good one."""
    return [
        one.why.model_copy(update={"gaps": {**one.why.gaps, "when": scene.spelled(one.start)}})
        for one in objections[:_MOST_NOTES]
    ]


def _nothing_free(scene: Scene, found: Found) -> list[Said]:
    if found.slots:
        return []
    return [say("meeting.nothing_free"), *_why_not(scene, found.rejected)]


# -- what all have in common


def _proposal(
    scene: Scene,
    clashes: Sequence[Rejection],
    *,
    notes: Sequence[Said] = (),
    wanted: Sequence[tuple[datetime, datetime]] = (),
    offered: Sequence[tuple[datetime, datetime]] = (),
    **more: Any,
) -> Proposal:
    work = scene.work
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_title(scene, clashes, wanted),
        reading=work.reading,
        checks=(*work.reading.checks, *_checks(scene, clashes)),
        notes=tuple(notes),
        plan=_plan(scene, wanted, offered),
        **more,
    )


def _checks(scene: Scene, clashes: Sequence[Rejection]) -> tuple[Check, ...]:
    """A conflict first: it is what a person has to decide."""
    hard = next(iter(clashes), None)
    said = hard.why.gaps.get("what", "") if hard else ""
    when = scene.spelled(hard.start) if hard else ""
    name = "calendar_free" if not hard or hard.by else "in_hours"
    unread = "; ".join(scene.known.unread)
    times = [time for time in scene.meeting.times if time.use is not Use.DEADLINE]
    past = [time for time in times if time.is_exact and time.start < scene.now]
    return (
        tested(name, ok=hard is None, what=said, when=when),
        tested("calendars_read", ok=not unread, unread=unread),
        tested(
            "not_over",
            ok=not past or len(past) < len(times),
            when=scene.spelled(past[0].start) if past else "",
        ),
    )


def _title(
    scene: Scene, clashes: Sequence[Rejection], wanted: Sequence[tuple[datetime, datetime]]
) -> str:
    """`J. Alvarez, Thu 3 Dec 14:00: clashes with Board call`."""
    who = scene.asker.name or scene.asker.address
    start = wanted[0][0] if wanted else _told_start(scene)
    clock = scene.meeting.object is None or not scene.invitation.all_day
    named = ", ".join(filter(None, (who, scene.spelled(start, clock=clock) if start else "")))
    what = clashes[0].by.what if clashes and clashes[0].by else ""
    with_what = {"en": "clashes with", "de": "gleichzeitig mit"}[scene.work.person.language]
    return f"{named}: {with_what} {what}"[:150] if what else f"{named}: {scene.title}"[:150]


def _told_start(scene: Scene) -> datetime | None:
    if scene.meeting.object is not None:
        return scene.invitation.start
    named = scene.named()
    return named[0][0] if named else None


def _plan(
    scene: Scene,
    wanted: Sequence[tuple[datetime, datetime]],
    offered: Sequence[tuple[datetime, datetime]],
) -> DayPlan | None:
    """The day of the time that it is about."""
    told = scene.meeting.object
    times = list(wanted)
    if told and told.start and told.end and not told.all_day:
        times = [(told.start, told.end), *times]
    times = times or list(scene.named()[:1])
    if not times or (told and told.method == "CANCEL"):
        return None
    asked = [Span(start=s, end=e, what=scene.title, kind="wanted") for s, e in times]
    ours = [Span(start=s, end=e, what="", kind="offered") for s, e in offered
            if (s, e) not in times]  # fmt: skip
    day = times[0][0].astimezone(scene.rules.tz)
    spans = scene.spans(day, [*asked, *ours])
    return DayPlan(day=day.date(), zone=scene.rules.zone, spans=spans)


def _distinct(made: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """No two are answered with the same words."""
    found: dict[str, Alternative] = {}
    for one in made:
        found.setdefault(one.label, one)
    return tuple(found.values())


def _ask(scene: Scene, what: Said) -> Proposal:
    work = scene.work
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=_title(scene, [], []),
        reading=work.reading,
        checks=work.reading.checks,
        question=what,
    )


def doubts(proposal: Proposal, answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    """Whether what was free when it was shown is taken by now."""
    known = next((one for one in answers if isinstance(one, KnownCalendars)), None)
    plan = proposal.plan
    if known is None or plan is None:
        return ()
    taken = {(utc(one.start), one.what) for one in plan.spans}
    wanted = [one for one in plan.spans if one.kind == "wanted"]
    uids = {getattr(a.payload, "appointment", None) for a in proposal.all_actions}
    own = {one.uid for one in uids if one is not None}
    new = [
        one
        for one in known.busy
        for slot in wanted
        if one.start < utc(slot.end) and utc(slot.start) < one.end
        and one.uid not in own
        and (utc(one.start), one.what) not in taken
        and not _began_before(one.start, plan)
    ]  # fmt: skip
    return (tested("calendar_free", ok=not new, what=new[0].what if new else "", when=""),)


def _began_before(start: datetime, plan: DayPlan) -> bool:
    """What covers the whole day was drawn from its midnight on."""
    day = datetime.combine(plan.day, datetime.min.time(), UTC)
    return start < day - timedelta(hours=14)


def minutes(text: str) -> str:
    """A length: 45, or `45 minutes`."""
    number = text.strip().split(" ")[0].removesuffix("min").removesuffix("m")
    if not number.isdecimal() or not 0 < int(number) <= _LONGEST:
        raise ValueError("is no length in minutes")
    return number


TASK = Task(
    name="meetings",
    kinds=frozenset({Kind.MEETING_REQUEST}),
    may=frozenset(
        {"calendar.put", "calendar.delete", "calendar.reply", "calendar.counter"}
        | {"calendar.invite", "calendar.cancel", "calendar.offer", "mail.send"}
    ),
    asks=asks,
    propose=propose,
    doubts=doubts,
    edits={
        "duration": minutes,
        "topic": revision.words,
        "place": revision.words,
        "reason": revision.sentences,
    },
)
