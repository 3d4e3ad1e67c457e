"""In shadow: what the owner did by themselves is seen, compared once, and told in the digest."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.calendar.desk import CalendarDesk, Plan
from mailagent.core.appointment import Guest, PartStat
from mailagent.core.case import State
from mailagent.core.errors import MailboxUnavailable
from mailagent.core.figures import summed
from mailagent.core.message import Attachment, Message
from mailagent.core.modes import Mode
from mailagent.core.shadow import Did, Foreseen, Way
from mailagent.ports.shadow import compare
from mailagent.store.calendar import OWN, embedded_calendar
from mailagent.testing import FakeCalendar, FakeClock
from tests.desk import Desk, bill_mail, open_desk
from tests.stages.test_away import ticks
from tests.stages.test_meetings import ANN, invitation, mail, reading_of
from tests.values import NOW, appointment, person

COMPARED = "shadow.compared"
MODES = {"bills": Mode.SHADOW}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, modes=MODES) as made:
        await made.take_in(bill_mail())
        yield made


async def foreseen(desk: Desk) -> Foreseen:
    async with desk.begin() as tx:
        (one,) = await tx.foreseen()
    found: Foreseen = one
    return found


def as_booked(one: Foreseen, **changes: Any) -> Did:
    given = {"vendor": one.vendor, "number": one.number, "total": one.total}
    return Did(way=Way.BOOKS, **{**given, **changes})


async def counted(desk: Desk) -> dict[str, int]:
    async with desk.begin() as tx:
        while await tx.count_on():
            pass
        sums = summed(one for one in await tx.figures() if one.task == "bills")
    return {name: n for name, n in sums.counts.items() if name.startswith("shadow")}


async def test_the_books_of_the_owner_are_compared_once(desk: Desk) -> None:
    one = await foreseen(desk)
    assert one.total
    things = [as_booked(one, total=one.total + Decimal(1)), as_booked(one)]
    async with desk.begin() as tx:
        ((case, found),) = await compare(tx, things)
    assert (case.case, found.differs) == (1, ("total",))
    async with desk.begin() as tx:
        assert await compare(tx, things) == []
    (entry,) = await desk.entries("shadow.compared")
    assert entry.details == {
        "task": "bills",
        "way": "books",
        "outcome": "other",
        "differs": "total",
    }
    assert await counted(desk) == {"shadowed": 1, "shadow_other": 1, "shadow_differs:total": 1}
    assert desk.post.sent == []


def their_mail(**changes: Any) -> bytes:
    given = {
        "subject": "Re: Your bill",
        "sender": "Ann <ann@corp.test>",
        "sender_address": "ann@corp.test",
        "to": ("bills@acme.test",),
        "cc": ("ops@corp.test",),
        "message_id": "<a1@corp.test>",
        "in_reply_to": "<bill-1@acme.test>",
        "text": "Paid today, thanks.",
    }
    return Message(**{**given, **changes}).model_dump_json().encode()


async def test_their_own_answer_with_us_in_copy_is_seen_and_asks_nothing(desk: Desk) -> None:
    await desk.take_in(their_mail())
    assert await counted(desk) == {"shadowed": 1, "shadow_seen": 1}
    assert (await desk.case()).state is State.REJECTED  # no case of its own
    assert desk.post.sent == []


@pytest.mark.parametrize(
    "changes",
    [
        {"in_reply_to": "<another@acme.test>"},
        {"sender": "X <x@evil.test>", "sender_address": "x@evil.test"},
        {"to": ("ops@corp.test",), "cc": ()},
    ],
)
async def test_nobody_else_and_nothing_else_is_compared(
    desk: Desk, changes: dict[str, Any]
) -> None:
    await desk.take_in(their_mail(**changes))
    assert await desk.entries("shadow.compared") == []


@pytest.mark.parametrize(("answer", "outcome"), [("ACCEPTED", "same"), ("DECLINED", "other")])
async def test_an_invitation_that_their_own_calendar_answered_is_compared(
    tmp_path: Path, answer: str, outcome: str
) -> None:
    async with open_desk(tmp_path, modes={"meetings": Mode.SHADOW}) as desk:
        await desk.take_in(mail(invitation()))
        theirs = ANN.model_copy(update={"answer": answer})
        said = reading_of(invitation("REPLY", attendees=(theirs,))).model_dump_json().encode()
        file = Attachment(name="reply.ics", media_type="text/calendar", content=said)
        await desk.take_in(their_mail(in_reply_to="", to=("jo@alvarez.test",), attachments=(file,)))
        (entry,) = await desk.entries("shadow.compared")
        assert (entry.details["way"], entry.details["outcome"]) == ("invitation", outcome)
        assert desk.post.sent == []


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"ann": PartStat.ACCEPTED}, "same"),
        ({"ann": PartStat.DECLINED}, "other"),
        ({"ann": PartStat.NEEDS_ACTION}, ""),  # not yet: it is looked at again
        ({"ann": PartStat.ACCEPTED, "ben": PartStat.DECLINED}, ""),  # whose word counts?
        ({"jo": PartStat.ACCEPTED}, ""),  # none of ours
    ],
)
async def test_what_was_answered_in_the_calendar_itself_is_seen_there(
    tmp_path: Path, answers: dict[str, PartStat], outcome: str
) -> None:
    work, away = FakeCalendar("work"), FakeCalendar("away")
    clock = FakeClock(NOW)
    calendars = CalendarDesk(Plan(OWN, OWN), embedded_calendar, {"away": away, "work": work}, clock)
    given: dict[str, Any] = {"modes": {"meetings": Mode.SHADOW}, "calendars": calendars}
    people = (person(), person("ben"))
    async with open_desk(tmp_path, people=people, **given) as desk:
        await desk.take_in(mail(invitation()))
        guests = tuple(Guest(address=f"{who}@corp.test", answer=a) for who, a in answers.items())
        await work.put(appointment(uid=(await foreseen(desk)).uid, guests=guests))
        away.faults.add(MailboxUnavailable("it is away"))
        for _ in range(2):
            await ticks(desk, "shadow")
        found = [(e.details["way"], e.details["outcome"]) for e in await desk.entries(COMPARED)]
        assert found == ([("calendar", outcome)] if outcome else [])
        assert desk.post.sent == []
