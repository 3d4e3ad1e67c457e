"""What the owner is shown of a meeting: its title, its checks, the day around it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailagent.core.appointment import DayPlan, Span
from mailagent.core.availability import Rejection
from mailagent.core.circumstances import address_in
from mailagent.core.meeting import Use
from mailagent.core.meetings.scene import Scene
from mailagent.core.meetings.vouched import is_vouched_for
from mailagent.core.proposal import Alternative, Proposal, Purpose
from mailagent.core.reading import Check, tested
from mailagent.core.said import Said

NAME = "meetings"
Times = Sequence[tuple[datetime, datetime]]


def proposal(
    scene: Scene,
    clashes: Sequence[Rejection],
    *,
    notes: Sequence[Said] = (),
    wanted: Times = (),
    offered: Times = (),
    **more: Any,
) -> Proposal:
    work = scene.work
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=NAME,
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
        *_vouched(scene),
        tested(name, ok=hard is None, what=said, when=when),
        tested("calendars_read", ok=not unread, unread=unread),
        tested(
            "not_over",
            ok=not past or len(past) < len(times),
            when=scene.spelled(past[0].start) if past else "",
        ),
    )


def _vouched(scene: Scene) -> tuple[Check, ...]:
    """Of what touches a meeting that stands already."""
    if scene.meeting.object is None or scene.past.kept is None:
        return ()
    sender = address_in(scene.work.sender)
    return (tested("meeting_vouched", ok=is_vouched_for(scene), sender=sender),)


def _title(scene: Scene, clashes: Sequence[Rejection], wanted: Times) -> str:
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
    wanted: Times,
    offered: Times,
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


def distinct(made: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """No two are answered with the same words."""
    found: dict[str, Alternative] = {}
    for one in made:
        found.setdefault(one.label, one)
    return tuple(found.values())


def ask(scene: Scene, what: Said) -> Proposal:
    work = scene.work
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=NAME,
        purpose=Purpose.ASK,
        title=_title(scene, [], []),
        reading=work.reading,
        checks=work.reading.checks,
        question=what,
    )
