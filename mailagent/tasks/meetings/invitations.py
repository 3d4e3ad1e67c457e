"""Calendar objects: an invitation, and what became of one."""

from collections.abc import Callable, Sequence
from datetime import datetime

from mailagent.core.appointment import PartStat, utc
from mailagent.core.availability import Rejection, search
from mailagent.core.meeting import Intent
from mailagent.core.meetings import entries, ways
from mailagent.core.meetings.scene import Scene
from mailagent.core.meetings.vouched import BY_GUESTS
from mailagent.core.proposal import Proposal
from mailagent.core.said import Said, say
from mailagent.tasks.meetings.shown import ask, distinct, proposal
from parsers.meeting.taken import dates_between
from parsers.meeting.written import event_of


def answered(scene: Scene) -> Proposal:
    """By its method."""
    if not scene.invitation.uid or not scene.invitation.start or not scene.invitation.end:
        return ask(scene, say("meeting.broken"))
    if host := _other_host(scene):
        return ask(scene, say("meeting.another_host", host=host))
    if scene.meeting.intent is Intent.CANCELLATION:
        return _cancelled(scene)
    answer = _BY_METHOD.get(scene.invitation.method)
    return answer(scene) if answer else _invitation(scene)


def _invitation(scene: Scene) -> Proposal:
    if scene.past.called_off:
        return ask(scene, say("meeting.called_off"))
    if _known_sequence(scene) > scene.invitation.sequence:
        return ask(scene, say("meeting.older"))
    clashes = _clashes(scene)
    offered = _others(scene, clashes)
    made = [
        ways.way(ways.word(scene, "accept"), *ways.accept(scene)),
        *(ways.way(scene.label(start), *ways.counter(scene, start, end)) for start, end in offered),
        ways.way(ways.word(scene, "decline"), *ways.decline(scene)),
    ]
    notes = [*_changed(scene), *_repeats(scene)]
    return proposal(scene, clashes, alternatives=distinct(made), notes=notes, offered=offered)


def _other_host(scene: Scene) -> str:
    """Who invited is who changes a meeting and calls it off: whoever else says so, by its name."""
    kept = scene.past.kept
    host = kept.appointment.organizer.address if kept and kept.appointment.organizer else ""
    says = scene.meeting.organizer.address or scene.meeting.requester.address
    by_guests = scene.invitation.method in BY_GUESTS
    return host if host and host != says and not by_guests else ""


def _known_sequence(scene: Scene) -> int:
    """Of the version that we have: of a date of a series, that of this date."""
    kept, date = scene.past.kept, scene.invitation.recurrence_id
    if kept is None:
        return -1
    return (kept.appointment.date(date) if date and scene.series else kept.appointment).sequence


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
    if not clashes or told.rules or told.all_day or told.start is None:
        return ()
    found = search(
        scene.wish().model_copy(update={"windows": ()}), scene.rules, scene.busy, scene.now
    )
    return found.slots


def _changed(scene: Scene) -> list[Said]:
    kept, date = scene.past.kept, scene.invitation.recurrence_id
    if date is not None:
        same = utc(date) == utc(scene.invitation.start or date)
        return [] if same else [say("meeting.moved", before=scene.spelled(date))]
    if kept is None:
        return []
    if utc(kept.appointment.start) == utc(scene.invitation.start or scene.now):
        return [say("meeting.agreed")] if kept.until else []
    key = "meeting.asked_for" if kept.until else "meeting.moved"
    return [say(key, before=scene.spelled(kept.appointment.start))]


def _repeats(scene: Scene) -> list[Said]:
    if scene.invitation.recurrence_id is not None:
        return [say("meeting.one_of_series" if scene.series else "meeting.series_unknown")]
    return [say("meeting.series")] if scene.invitation.rules else []


def _cancelled(scene: Scene) -> Proposal:
    """It goes out of the calendar, where we put it there."""
    if _known_sequence(scene) > scene.invitation.sequence:
        return ask(scene, say("meeting.older"))
    taken_out = entries.gone(scene)
    if not taken_out:
        return ask(scene, say("meeting.cancelled_unknown"))
    one_date = scene.invitation.recurrence_id is not None and scene.series is not None
    notes = [say("meeting.date_cancelled" if one_date else "meeting.cancelled")]
    return proposal(scene, [], actions=ways.numbered(*taken_out), notes=notes)


def _countered(scene: Scene) -> Proposal:
    """A guest of ours asks for another time."""
    kept = scene.past.kept
    start, end = scene.invitation.start, scene.invitation.end
    if kept is None or start is None or end is None:
        return _unknown(scene)
    why = scene.objection(start, end)
    moved = ways.way(scene.label(start), *ways.move(scene, start, end))
    keep = ways.way(ways.word(scene, "decline"), *ways.keep(scene))
    before = scene.invitation.recurrence_id if scene.series else None
    notes = [say("meeting.countered", before=scene.spelled(before or kept.appointment.start))]
    return proposal(scene, [why] if why else [], alternatives=(moved, keep), notes=notes)


def _let_go(scene: Scene) -> Proposal:
    """A guest does not come, or our own suggestion was declined."""
    declined = any(one.answer == PartStat.DECLINED for one in scene.meeting.attendees)
    if scene.past.kept is None or (scene.invitation.method == "REPLY" and not declined):
        return _unknown(scene)
    key = "meeting.guest_declined" if scene.invitation.method == "REPLY" else "meeting.not_moved"
    return proposal(scene, [], actions=ways.numbered(*entries.gone(scene)), notes=[say(key)])


def _unknown(scene: Scene) -> Proposal:
    """It answers an invitation that we know nothing of."""
    return ask(scene, say("meeting.unknown"))


def _published(scene: Scene) -> Proposal:
    """An entry that asks for no answer."""
    entry = ways.invited(scene)
    actions = ways.numbered(*entries.entered(scene, entry))
    return proposal(scene, _clashes(scene), actions=actions, notes=[say("meeting.published")])


_BY_METHOD: dict[str, Callable[[Scene], Proposal]] = {
    "CANCEL": _cancelled,
    "COUNTER": _countered,
    "DECLINECOUNTER": _let_go,
    "REPLY": _let_go,
    "REFRESH": _unknown,
    "PUBLISH": _published,
}
