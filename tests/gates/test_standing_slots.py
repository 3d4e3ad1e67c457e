"""A standing approval inside a talk about times: one that was offered is entered, nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailagent.core.case import State
from mailagent.core.inquiry import InquiryState
from mailagent.core.meeting import Intent, Meeting
from mailagent.core.meetings.slots import ENTERS
from mailagent.core.modes import Scope
from mailagent.core.reply import Claim
from mailagent.core.standing import standable
from mailagent.ports import come_back
from tests.desk import GOOD, Desk, open_desk, reply_mail
from tests.gates.test_standing import after, app_of, code, proposed
from tests.render.parts import body, opened
from tests.stages.test_meetings import JO, busy, entries, in_words, mail, reading_of, sent, told

pytestmark = pytest.mark.slow

GIVEN = {
    "scope": Scope(task="meetings"),
    "most": None,
    "capabilities": tuple(sorted(ENTERS)),
}
# The desk's clock says Friday 20 November, noon; offered are Monday, Tuesday and Wednesday.
THURSDAY = datetime(2026, 11, 26, 14, tzinfo=UTC)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def offered(desk: Desk, *, standing: bool = True) -> None:
    """Three times are offered with approval, by somebody who gave their word beforehand."""
    if standing:
        draft, app = await proposed(desk, **GIVEN), await app_of(desk)
        said = f"approve {code(app, desk)}"
        await desk.take_in(reply_mail(draft, said, date=desk.clock.now()))
    desk.keys.records["s._domainkey.alvarez.test"] = GOOD
    await desk.take_in(
        mail(in_words(told(THURSDAY)), claims=(Claim(domain="alvarez.test", selector="s"),))
    )
    await desk.take_in(reply_mail(desk.draft(), "offer", date=desk.clock.now()))
    assert len([one for one in await entries(desk) if one[2]]) == 3


async def answered(desk: Desk, verdict: str, *numbers: int, sender: str = JO.address) -> None:
    """What they write back, as it was read."""
    said = Meeting(intent=Intent.PROPOSAL_ANSWER, requester=JO, verdict=verdict, numbers=numbers)
    async with desk.begin() as tx:
        (case,) = [one for one in await desk.cases() if one.task == "meetings"]
        inquiry = await tx.inquiry(case.id)
        assert inquiry is not None
        told_us = {
            "state": InquiryState.ANSWERED,
            "answered_by": sender,
            "answer": "as they wrote it",
            "until": None,
            "reading": reading_of(said),
        }
        await come_back(desk.office, tx, inquiry.model_copy(update=told_us))
    await desk.engine.drain()


async def booked(desk: Desk) -> list[str]:
    return [when for _, when, held in await entries(desk) if not held]


async def test_a_time_that_was_offered_and_is_taken_is_entered(desk: Desk) -> None:
    await offered(desk)
    await answered(desk, "accepted", 2)
    draft = desk.draft()
    assert draft.judgement.standing == 1
    shown = " ".join(body(opened(draft), "plain").split())
    assert "\u201ctue 9\u201d goes ahead by itself 4 hours after this mail (S-1" in shown
    await after(desk, 3.9)
    assert await booked(desk) == []
    await after(desk, 0.2)
    assert await booked(desk) == ["Tue 09:00"]
    assert [one for one in await entries(desk) if one[2]] == []
    assert "The invitation is attached" in sent(desk)[-1].text
    (entry,) = await desk.entries("case.standing")
    assert entry.details["row"] == "S-1"
    assert entry.details["choice"]


@pytest.mark.parametrize(
    ("verdict", "numbers", "sender"),
    [
        ("unclear", (2,), JO.address),
        ("accepted", (1, 2), JO.address),
        ("counter", (), JO.address),
        ("none", (), JO.address),
        ("accepted", (2,), "mallory@alvarez.test"),
    ],
)
async def test_everything_else_is_asked(
    desk: Desk, verdict: str, numbers: tuple[int, ...], sender: str
) -> None:
    await offered(desk)
    await answered(desk, verdict, *numbers, sender=sender)
    await after(desk, 48)
    assert await booked(desk) == []
    assert await desk.entries("case.standing") == []


async def test_without_a_word_beforehand_it_is_asked(desk: Desk) -> None:
    await offered(desk, standing=False)
    await answered(desk, "accepted", 2)
    await after(desk, 48)
    assert await booked(desk) == []
    assert (await desk.cases())[0].state is State.PROPOSED


async def test_a_time_that_is_taken_by_something_else_meanwhile_is_asked(desk: Desk) -> None:
    await offered(desk)
    await answered(desk, "accepted", 2)
    await busy(desk, datetime(2026, 11, 24, 9, tzinfo=UTC))
    await after(desk, 4.1)
    assert await desk.entries("case.standing") == []


def test_what_can_be_given_for_talks_and_what_cannot() -> None:
    may = {"calendar.put", "calendar.invite", "calendar.delete", "calendar.reply", "mail.send"}
    assert standable("meetings", may) == tuple(sorted(ENTERS))
    assert standable("bills", may) == ()
