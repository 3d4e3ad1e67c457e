"""Meetings: the request beside the calendar. A conflict is shown, and never decided."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from mailagent.core import revision
from mailagent.core.appointment import Busy, DayPlan, overlap, utc
from mailagent.core.meeting import meeting_of
from mailagent.core.meetings.letters import language
from mailagent.core.meetings.scene import scene_of
from mailagent.core.payloads.meetings import PutAppointment
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
from mailagent.core.reading import Check, Kind, Reading
from mailagent.core.said import say
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
    """Whether what was free when it was shown is taken by now.

    A time that is held was found free, whatever day it is on. Any other stood in the day that was
    shown, with all that was known to be there.
    """
    known = next((one for one in answers if isinstance(one, KnownCalendars)), None)
    if known is None:
        return ()
    puts = [a.payload for a in proposal.actions if isinstance(a.payload, PutAppointment)]
    own = {put.appointment.uid for put in puts}
    others = [one for one in known.busy if one.uid not in own]
    holds = [put.appointment for put in puts if put.until]
    taken = [one for one in others if any(overlap(h.start, h.end, one) for h in holds)]
    new = [*_new_in(proposal.plan, others)] if proposal.plan else []
    return (_free("slot_free", taken), _free("calendar_free", new))


def _free(name: str, taken: Sequence[Busy]) -> Check:
    why = say("why.slot_free", what=taken[0].what or "?") if taken else None
    return Check(name=name, ok=not taken, why=why)


def _new_in(plan: DayPlan, busy: Sequence[Busy]) -> Iterator[Busy]:
    """What was not in the day when it was shown, and lies where the meeting was to be."""
    shown = {(utc(one.start), one.what) for one in plan.spans}
    wanted = [one for one in plan.spans if one.kind == "wanted"]
    for one in busy:
        meets = any(overlap(slot.start, slot.end, one) for slot in wanted)
        known = (utc(one.start), one.what) in shown or _began_before(one.start, plan)
        if meets and not known:
            yield one


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
        "language": language,
        "topic": revision.words,
        "place": revision.words,
        "reason": revision.sentences,
    },
)
