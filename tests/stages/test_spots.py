"""The weekly digest shows three cases again; what is said of them is kept and counted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.brief import MORNING, WEEKLY
from mailagent.core.case import State
from mailagent.core.figures import Figures, summed
from mailagent.core.job import Job, Stage
from mailagent.core.letter import BriefLetter, Ending, ItemsLetter
from mailagent.ports import digested
from tests.desk import Desk, open_desk, reply_mail
from tests.stages.test_brief import bill, settle
from tests.values import person


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def weekly(desk: Desk, *undecided: bytes) -> BriefLetter:
    """Three bills were approved; these wait when Monday's digest comes."""
    for n in (1, 2, 3):
        await desk.take_in(bill(n))
        await desk.take_in(reply_mail(desk.letters("draft")[-1], date=desk.clock.now()))
        await settle(desk)
    assert {case.state for case in await desk.cases()} == {State.DONE}
    desk.clock.advance(timedelta(days=7))
    await desk.take_in(*undecided)
    await settle(desk)
    return await sent(desk, WEEKLY)


async def sent(desk: Desk, kind: int) -> BriefLetter:
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.BRIEF, subject=0, version=kind, routine="ann"))
    await desk.engine.drain()
    letter: BriefLetter = desk.letters("brief")[-1]
    return letter


async def says(desk: Desk, letter: BriefLetter, own: str) -> ItemsLetter | None:
    before = len(desk.letters("items"))
    await desk.take_in(reply_mail(letter, own, date=desk.clock.now()))
    receipts = desk.letters("items")[before:]
    return receipts[-1] if receipts else None


async def counted(desk: Desk) -> Figures:
    async with desk.begin() as tx:
        while await tx.count_on():
            pass
        assert await tx.miscounted() == ""
        return summed(await tx.figures())


async def test_right_and_wrong_are_kept_counted_and_told_in_one_receipt(desk: Desk) -> None:
    letter = await weekly(desk)
    assert letter.digest
    assert [check.number for check in letter.digest.checks] == [1, 2, 3]
    receipt = await says(desk, letter, "right 1, wrong 2: it was booked twice")
    assert receipt
    assert [item.ending for item in receipt.items] == [Ending.RIGHT, Ending.WRONG]
    (incident,) = await desk.entries("incident.opened")
    assert incident.case == letter.digest.checks[1].case
    figures = await counted(desk)
    assert (figures["checked"], figures["checked_right"], figures["incidents"]) == (2, 1, 1)
    assert figures["corrected"] == 1
    again = await says(desk, letter, "2 right, 3 ok")  # a later word takes the place of the first
    assert again
    figures = await counted(desk)
    assert (figures["checked"], figures["checked_right"], figures["corrected"]) == (3, 3, 0)


async def test_decisions_and_checks_are_numbered_on_and_answered_in_one_mail(desk: Desk) -> None:
    letter = await weekly(desk, *(bill(n) for n in range(4, 11)))
    assert letter.digest
    assert [line.number for line in letter.lines] == list(range(1, 8))
    assert [check.number for check in letter.digest.checks] == [8, 9, 10]
    receipt = await says(desk, letter, "2 no, rest ok, right 8 wrong 9")
    assert receipt
    ends = {item.number: item.ending for item in receipt.items}
    assert (ends[1], ends[2], ends[8]) == (Ending.APPROVED, Ending.REJECTED, Ending.RIGHT)
    assert ends[9] is Ending.WRONG_HOW  # what was wrong is asked
    assert 10 not in ends  # `rest ok` says nothing of it


async def test_it_can_be_answered_after_the_next_mornings_brief_and_nothing_else_in_it(
    desk: Desk,
) -> None:
    letter = await weekly(desk, *(bill(n) for n in range(4, 11)))
    desk.clock.advance(timedelta(days=1))
    next_one = await sent(desk, MORNING)
    assert next_one.digest is None
    receipt = await says(desk, letter, "1 ok, right 8")
    assert receipt
    ends = {item.number: item.ending for item in receipt.items}
    assert ends == {1: Ending.MOVED, 8: Ending.RIGHT}


async def test_why_of_one_is_a_mail_of_its_own_and_a_decision_on_one_is_none(desk: Desk) -> None:
    letter = await weekly(desk)
    await says(desk, letter, "1 why")
    assert desk.letters("answer")[-1].number == 1
    for own in ("1 undo", "1 due 15 Dec", "1 later monday", "approve", "right"):
        assert await says(desk, letter, own) is None
    assert await desk.entries("spot.right") == []
    assert {case.state for case in await desk.cases()} == {State.DONE}


async def test_nobody_elses_work_is_shown_for_checking(desk: Desk) -> None:
    await weekly(desk)
    bens = replace(desk.office, approvers={"bills": ("ben",)})
    async with desk.begin() as tx:
        assert len((await digested(desk.office, tx, person())).checks) == 3
        assert (await digested(bens, tx, person())).checks == ()
