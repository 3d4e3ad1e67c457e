"""happened, retry, skip: what became of an effect that stands still, and how the case goes on."""

from pathlib import Path

import pytest

from mailagent.core.case import State
from mailagent.core.effect import EffectState
from mailagent.core.errors import OutcomeUnknown, Permanent
from mailagent.core.letter import Settled
from mailagent.core.said import say
from tests.desk import open_desk, reply_mail
from tests.stages.test_execute import FarAway, approved, killed_at, restarted, states, systems


@pytest.mark.parametrize(
    ("word", "state", "calls"),
    [
        ("happened", EffectState.DONE, 1),
        ("retry", EffectState.DONE, 2),
        ("skip", EffectState.SKIPPED, 1),
    ],
)
@pytest.mark.parametrize("error", [OutcomeUnknown("the line broke"), Permanent("it is full")])
async def test_the_owner_settles_what_stands_still_and_the_rest_is_done(
    tmp_path: Path, word: str, state: EffectState, calls: int, error: Exception
) -> None:
    far = FarAway()
    far.failing = [error]
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        (stuck,) = desk.letters("receipt")
        assert stuck.settle
        await desk.take_in(reply_mail(stuck, word))
        assert (await desk.case()).state is State.DONE
        assert await states(desk) == [EffectState.DONE, state, EffectState.DONE]
        assert far.calls == calls
        _, told = desk.letters("receipt")
        assert told.lines[2].settled is Settled.DONE
        assert not told.settle
        (entry,) = await desk.entries("case.settled")
        assert entry.actor == "ann"
        # and what was done can still be taken back
        await desk.take_in(reply_mail(told, "undo"))
        async with desk.begin() as tx:
            assert [recorded.void for recorded in await tx.bills()] == [True]


async def test_what_the_owner_wants_again_is_looked_up_first(tmp_path: Path) -> None:
    far = FarAway()
    far.blind = True
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await killed_at(desk, "execute: called 2")
        await restarted(desk)
        (stuck,) = desk.letters("receipt")
        far.there = {}  # it turned out that the vendor had lost it
        far.blind = False
        await desk.take_in(reply_mail(stuck, "retry"))
        assert (far.looks, far.calls) == (2, 2)
        assert (await desk.case()).state is State.DONE


async def test_where_nobody_can_tell_the_owners_word_counts(tmp_path: Path) -> None:
    far = FarAway()
    far.blind = True
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await killed_at(desk, "execute: intended 2")
        await restarted(desk)
        await desk.take_in(reply_mail(desk.letters("receipt")[-1], "retry"))
        assert far.calls == 1
        assert (await desk.case()).state is State.DONE


async def test_an_undo_says_what_it_could_not_take_back(tmp_path: Path) -> None:
    far = FarAway()
    far.failing = [OutcomeUnknown("the line broke")]
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
        undone = desk.letters("receipt")[-1]
        assert [line.settled for line in undone.lines] == [Settled.DONE]
        assert [(line.number, line.settled) for line in undone.kept] == [(2, Settled.UNKNOWN)]


async def test_nothing_stands_still_where_all_was_done(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await approved(desk)
        await desk.take_in(reply_mail(desk.letters("receipt")[-1], "retry"))
        assert (await desk.case()).state is State.DONE
        assert desk.letters("question")[-1].why == say("unclear.nothing_stuck")


async def test_a_version_that_was_changed_since_is_not_gone_on_with(tmp_path: Path) -> None:
    far = FarAway()
    far.failing = [Permanent("it is full")]
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        stuck = desk.letters("receipt")[-1]
        async with desk.store.engine.begin() as connection:
            await connection.exec_driver_sql(
                'UPDATE proposals SET body = replace(body, \'"person": "ann"\','
                ' \'"person": "eve"\') WHERE version = 1'
            )
        await desk.take_in(reply_mail(stuck, "retry"))
        assert (await desk.case()).state is State.NEEDS_OWNER
        assert far.calls == 1


async def test_where_nothing_was_done_there_is_nothing_to_take_back(tmp_path: Path) -> None:
    far = FarAway()
    far.failing = [Permanent("it is full")]
    async with open_desk(tmp_path, systems={**systems(far), "ledger": far}) as desk:
        await approved(desk)
        stuck = desk.letters("receipt")[-1]
        assert stuck.undo_until is None
        await desk.take_in(reply_mail(stuck, "undo"))
        assert (await desk.case()).state is State.NEEDS_OWNER
        assert desk.letters("question")[-1].why == say("unclear.nothing_back")
