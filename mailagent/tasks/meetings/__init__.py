"""Meetings: the request beside the calendar. A conflict is shown, and never decided."""

from datetime import UTC, datetime, timedelta

from mailagent.core import revision
from mailagent.core.appointment import DayPlan, utc
from mailagent.core.meeting import meeting_of
from mailagent.core.meetings.scene import scene_of
from mailagent.core.people import Company
from mailagent.core.proposal import Proposal
from mailagent.core.question import (
    Answer,
    AskCalendars,
    AskCorrespondent,
    AskMeeting,
    KnownCalendars,
    Question,
)
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.task import Task, Work
from mailagent.tasks.meetings import invitations, words
from mailagent.tasks.meetings.shown import NAME

_MOST_ASKED = 20  # people of one meeting that we look up
_LONGEST = 24 * 60  # minutes

__all__ = ["TASK"]


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
        AskMeeting(uid=told.uid if told else "", beside=told.hold if told else ""),
        *(AskCorrespondent(address=one) for one in asked[:_MOST_ASKED]),
    )


def propose(work: Work) -> Proposal:
    """By what it is: a calendar object, or words."""
    scene = scene_of(work)
    return words.answered(scene) if scene.meeting.object is None else invitations.answered(scene)


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
    name=NAME,
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
