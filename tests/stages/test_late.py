"""A draft that nobody answers gets a number in the brief, and its own mail stays good.

Whichever is answered first decides, once; whatever is said after it is told what became of it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailagent.bootstrap import STAGES
from mailagent.core.authenticator import new_authenticator
from mailagent.core.brief import MORNING
from mailagent.core.case import State
from mailagent.core.draft import DraftState
from mailagent.core.job import Job, Stage
from mailagent.core.letter import BriefLetter, Ending
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.ports import Stale
from mailagent.stages.ingest import ingest
from tests.desk import Desk, Killed, open_desk, reply_mail
from tests.stages.test_away import says, ticks
from tests.stages.test_brief import ENTRY, answered, bill, endings, settle
from tests.stages.test_spots import sent


@asynccontextmanager
async def passed_over(folder: Path, **given: Any) -> AsyncIterator[tuple[Desk, Any, BriefLetter]]:
    """A bill in a mail of its own that nobody answered, and Tuesday's brief."""
    async with open_desk(folder, **given) as desk:
        await desk.take_in(bill(1))  # on a Friday
        (draft,) = desk.letters("draft")
        desk.clock.advance(timedelta(days=4))
        yield desk, draft, await sent(desk, MORNING)


async def booked(desk: Desk) -> int:
    async with desk.begin() as tx:
        return len(await tx.bills())


async def test_after_a_working_day_it_has_a_number_and_its_own_mail_can_be_answered(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1))  # on a Friday
        (draft,) = desk.letters("draft")
        desk.clock.advance(timedelta(days=2))
        assert (await sent(desk, MORNING)).lines == ()  # nobody works on a weekend
        desk.clock.advance(timedelta(days=2))
        brief = await sent(desk, MORNING)
        (line,) = brief.lines
        assert line.asked is not None
        assert line.asked.gaps["ref"] == draft.envelope.ref
        assert (line.number, line.ready, brief.late) == (1, False, ())
        assert brief.seen.comes_out
        await says(desk, draft, "approve")
        assert (await desk.case()).state is State.DONE
        assert len(desk.letters("receipt")) == 1
        receipt = await answered(desk, brief, "1 ok")  # the second answer is told
        assert endings(receipt) == {1: Ending.DECIDED}
        assert await booked(desk) == 1


async def test_by_number_first_and_its_own_mail_is_told_by_the_same_receipt(tmp_path: Path) -> None:
    async with passed_over(tmp_path) as (desk, draft, brief):
        receipt = await answered(desk, brief, "1 ok")
        assert endings(receipt) == {1: Ending.APPROVED}
        await says(desk, draft, "reject")
        first, second = [mail for mail in desk.post.sent if mail.kind == "items"]
        assert first == second
        assert ((await desk.case()).state, await booked(desk)) == (State.DONE, 1)
        assert desk.letters("receipt") == []
        undone = await answered(desk, receipt, "undo 1")
        assert endings(undone) == {1: Ending.UNDONE}


async def test_rest_never_means_what_was_passed_over(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1))
        desk.clock.advance(timedelta(days=4))
        await desk.take_in(*(bill(n) for n in range(2, 9)))
        brief = await sent(desk, MORNING)
        assert [line.ready for line in brief.lines] == [True] * (len(brief.lines) - 1) + [False]
        own = brief.lines[-1]
        assert own.asked
        receipt = await answered(desk, brief, "rest ok")
        assert endings(receipt)[own.number] is Ending.NOT_COVERED
        async with desk.begin() as tx:
            assert (await tx.case(1)).state is State.PROPOSED
        await desk.take_in(reply_mail(desk.letters("draft")[0], date=desk.clock.now()))
        assert [told.lines != () for told in desk.letters("receipt")] == [True]  # one of its own
        async with desk.begin() as tx:
            assert (await tx.case(1)).state is State.DONE


async def test_a_question_by_number_leaves_the_receipt_to_the_answer_that_decides(
    tmp_path: Path,
) -> None:
    async with passed_over(tmp_path) as (desk, draft, brief):
        await desk.take_in(reply_mail(brief, "1 why", date=desk.clock.now()))
        await says(desk, draft, "approve")
        assert len(desk.letters("receipt")) == 1
        assert desk.letters("items") == []


async def test_a_heavy_one_needs_the_code_by_number_too(tmp_path: Path) -> None:
    rule = Rule(name="r", when=Condition(task="bills"), verdict=Verdict.CODE, why="w")
    async with passed_over(tmp_path, rules=(rule,)) as (desk, _, brief):
        app = new_authenticator()
        async with desk.begin() as tx:
            await tx.save_authenticator("ann", app, ENTRY)
        for own in ("1 ok", "1 approve", "all ok", "rest ok"):
            await desk.take_in(reply_mail(brief, own, date=desk.clock.now()))
            assert (await desk.case()).state is State.PROPOSED
        code = app.code(int(desk.clock.now().timestamp()) // 30)
        receipt = await answered(desk, brief, f"1 approve {code}")
        assert endings(receipt) == {1: Ending.APPROVED}


async def test_it_keeps_its_mail_through_many_mornings(tmp_path: Path) -> None:
    async with passed_over(tmp_path) as (desk, draft, first):
        desk.clock.advance(timedelta(days=1))
        second = await sent(desk, MORNING)
        assert [line.asked is not None for line in second.lines] == [True]
        await desk.take_in(reply_mail(first, "1 ok", date=desk.clock.now()))
        assert (await desk.case()).state is State.PROPOSED  # the newer brief is sent once more
        await says(desk, draft, "approve")
        assert endings(await answered(desk, second, "1 no")) == {1: Ending.DECIDED}
        assert (await desk.case()).state is State.DONE


async def test_one_that_ran_out_is_asked_anew_by_the_brief_alone(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1))
        (draft,) = desk.letters("draft")
        desk.clock.advance(timedelta(days=8))
        brief = await sent(desk, MORNING)
        assert [line.asked for line in brief.lines] == [None]
        await says(desk, draft, "approve")  # too late: what counts now is sent once more
        assert (await desk.case()).state is State.PROPOSED
        assert [mail.kind for mail in desk.post.sent] == ["draft", "brief", "brief"]
        assert endings(await answered(desk, brief, "1 ok")) == {1: Ending.APPROVED}


async def test_a_number_ends_when_its_draft_does(tmp_path: Path) -> None:
    async with passed_over(tmp_path) as (desk, _, brief):
        desk.clock.advance(timedelta(days=4))
        await ticks(desk, "expiry")
        assert endings(await answered(desk, brief, "1 ok")) == {1: Ending.EXPIRED}
        assert [line.asked for line in (await sent(desk, MORNING)).lines] == [None]


@pytest.mark.parametrize("by_number", [False, True])
async def test_a_change_by_either_ends_both(tmp_path: Path, by_number: bool) -> None:
    async with passed_over(tmp_path) as (desk, draft, brief):
        if by_number:
            assert endings(await answered(desk, brief, "1 due 15 Dec")) == {1: Ending.REVISED}
            told = Ending.REVISED  # the brief has nothing else to decide: its receipt once more
        else:
            await says(desk, draft, "due 15 Dec")
            told = Ending.MOVED
        assert endings(await answered(desk, brief, "1 ok")) == {1: told}
        await says(desk, draft, "approve")
        assert (await desk.case()).state is State.PROPOSED
        await says(desk, desk.draft(), "approve")
        assert ((await desk.case()).state, await booked(desk)) == (State.DONE, 1)


async def test_what_rests_is_told_and_what_is_put_off_is_not(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1), bill(2))
        first, second = desk.letters("draft")
        desk.clock.advance(timedelta(days=4))
        await says(desk, second, "later 3 Dec")
        async with desk.begin() as tx:
            await tx.pause("bills", "ann")
        brief = await sent(desk, MORNING)
        assert [one.gaps["ref"] for one in brief.late] == [first.envelope.ref]
        assert brief.lines == ()


@pytest.mark.parametrize(
    "point",
    [
        *("brief: before commit", "brief: committed", "decide: before commit"),
        *("decide: committed", "execute: before receipt commit", "receipt: before commit"),
    ],
)
async def test_killed_anywhere_it_is_done_once(tmp_path: Path, point: str) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1))
        (draft,) = desk.letters("draft")
        desk.clock.advance(timedelta(days=4))
        desk.probe.deadly = point
        async with desk.begin() as tx:
            await tx.defer(Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine="ann"))
        killed = [await _dies(desk, Stage.BRIEF)]
        await desk.engine.drain()
        (brief,) = desk.letters("brief")
        desk.mailbox.arrive(reply_mail(brief, "1 ok", date=desk.clock.now()))
        await ingest(desk.office)
        killed.append(await _dies(desk, Stage.DECIDE, Stage.EXECUTE, Stage.RECEIPT))
        await settle(desk)
        await says(desk, draft, "approve")
        assert sum(killed) == 1
        assert ((await desk.case()).state, await booked(desk)) == (State.DONE, 1)
        assert len({mail.message_id for mail in desk.post.sent if mail.kind == "items"}) == 1


async def _dies(desk: Desk, *stages: Stage) -> bool:
    """Works on no engine at all: nothing catches what kills."""
    ran: list[Job] = []
    try:
        while new := [j for j in await desk.jobs() if j.stage in stages and j not in ran]:
            ran.append(new[0])
            await STAGES[new[0].stage](desk.office, new[0])
    except Killed:
        desk.probe.deadly = ""
        return True
    except Stale:  # a job that its own step made twice
        return False
    return False


_WORDS = {"approve": State.DONE, "reject": State.REJECTED}
_STEPS = st.lists(
    st.sampled_from(["own", "number", "morning", "question", "rest"]).flatmap(
        lambda way: st.tuples(st.just(way), st.sampled_from(sorted(_WORDS)))
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=8)
@given(_STEPS)
def test_in_any_order_the_first_word_decides_and_each_is_answered(
    steps: list[tuple[str, str]],
) -> None:
    asyncio.run(_in_order(steps))


async def _in_order(steps: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        async with passed_over(Path(folder)) as (desk, draft, first):
            brief, wanted = first, State.PROPOSED
            for way, word in steps:
                before = len(desk.post.sent)
                desk.clock.advance(timedelta(minutes=1))
                if way == "morning":
                    brief = await sent(desk, MORNING)
                    asked = [line.number for line in brief.lines]
                    assert asked == ([1] if wanted is State.PROPOSED else [])
                else:
                    await _said(desk, draft, brief, way, word)
                if way in ("own", "number") and wanted is State.PROPOSED:
                    wanted = _WORDS[word]
                assert (await desk.case()).state is wanted
                assert len(desk.post.sent) > before  # nobody is left without a word
            await _is_decided_once(desk, wanted)


async def _said(desk: Desk, draft: Any, brief: BriefLetter, way: str, word: str) -> None:
    own = {"own": word, "number": f"1 {word}", "question": "1 why", "rest": "rest ok"}[way]
    to = draft if way == "own" else brief
    await desk.take_in(reply_mail(to, own, date=desk.clock.now()))
    await settle(desk)


async def _is_decided_once(desk: Desk, wanted: State) -> None:
    decided = [e for what in ("approve", "rejected") for e in await desk.entries(f"case.{what}")]
    assert len(decided) == (wanted is not State.PROPOSED)
    assert await booked(desk) == (wanted is State.DONE)
    async with desk.begin() as tx:
        used = await tx.used_draft(1, 1)
        still = [one for one in await tx.open_drafts(1) if one.version == 1]
    assert (used is not None) == (wanted is not State.PROPOSED)
    assert [one.state for one in still] == [DraftState.OPEN] * (wanted is State.PROPOSED)


async def test_a_holiday_has_no_brief_unless_something_is_due(tmp_path: Path) -> None:
    monday, due = date(2026, 11, 23), date(2026, 12, 2)
    for off, briefs in (({monday}, 0), ({monday, *_until(due)}, 1)):
        folder = tmp_path / str(briefs)
        folder.mkdir()
        async with open_desk(folder, is_holiday=off.__contains__) as desk:
            await desk.take_in(bill(1))
            desk.clock.advance(timedelta(days=3, hours=-4))  # Monday, 8 o'clock
            await ticks(desk, "brief")
            assert len(desk.letters("brief")) == briefs


def _until(day: date) -> set[date]:
    """Nobody works before the bill is due."""
    return {day - timedelta(days=n) for n in range(10)}
