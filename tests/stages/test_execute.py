"""Execute: each approved action once, whatever happens in between."""

from pathlib import Path
from typing import Any

import pytest

from mailagent.core.capability import Outcome, Payload, StoreFile
from mailagent.core.case import State
from mailagent.core.effect import EffectState
from mailagent.core.errors import OutcomeUnknown, Permanent, Transient
from mailagent.core.letter import Notice, Settled
from mailagent.ports import Transaction
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.reminders import EmbeddedReminders
from tests.desk import Desk, Killed, bill_mail, engine_of, open_desk, reply_mail


class FarAway:
    """A file tree at a vendor's: what it did outlives our transaction."""

    def __init__(self) -> None:
        self.there: dict[str, Payload] = {}
        self.calls = 0
        self.looks = 0
        self.failing: list[Exception] = []
        self.blind = False

    async def perform(self, _tx: Transaction, _case: int, action: Payload, key: str) -> Outcome:
        self.calls += 1
        if self.failing:
            raise self.failing.pop(0)
        assert key not in self.there, "done twice"
        self.there[key] = action
        return Outcome(reference="there/bill.pdf")

    async def find(self, _tx: Transaction, _action: Payload, key: str) -> Outcome | None:
        self.looks += 1
        if self.blind:
            raise OutcomeUnknown("the other system does not say")
        return Outcome(reference="there/bill.pdf") if key in self.there else None


def systems(far: FarAway) -> dict[str, Any]:
    return {"ledger": EmbeddedLedger(), "files": far, "reminders": EmbeddedReminders()}


async def approved(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft()))


async def states(desk: Desk) -> list[EffectState]:
    async with desk.begin() as tx:
        return [effect.state for _, effect in sorted((await tx.effects(1, 1)).items())]


async def restarted(desk: Desk) -> None:
    """Another process takes over."""
    desk.probe.deadly = ""
    await engine_of(desk.store, desk.office).drain()


async def killed_at(desk: Desk, point: str) -> None:
    await desk.take_in(bill_mail())
    desk.probe.deadly = point
    with pytest.raises(Killed):
        await _run_until_dead(desk)


async def _run_until_dead(desk: Desk) -> None:
    """Decide, then execute, on no engine at all: nothing catches what kills."""
    from mailagent.bootstrap import STAGES
    from mailagent.stages.ingest import ingest

    desk.mailbox.arrive(reply_mail(desk.draft()))
    await ingest(desk.office)
    while jobs := [j for j in await desk.jobs() if j.stage in ("decide", "execute")]:
        await STAGES[jobs[-1].stage](desk.office, jobs[-1])
        assert len(jobs) < 3


POINTS = [
    *("execute: before begin commit", "execute: begun"),
    *("execute: before intent 2 commit", "execute: intended 2", "execute: called 2"),
    *("execute: before outcome 2 commit", "execute: outcome 2", "execute: intended 3"),
    *("execute: before receipt commit", "execute: receipt"),
]


@pytest.mark.parametrize("point", POINTS)
async def test_killed_anywhere_it_does_each_action_once(tmp_path: Path, point: str) -> None:
    far = FarAway()
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await killed_at(desk, point)
        await restarted(desk)
        assert (await desk.case()).state is State.DONE
        assert len(far.there) == 1
        assert await states(desk) == [EffectState.DONE] * 3
        assert len(desk.letters("receipt")) == 1
        async with desk.begin() as tx:
            assert len(await tx.bills()) == 1


async def test_an_intent_without_an_outcome_is_looked_up_before_anything_else(
    tmp_path: Path,
) -> None:
    far = FarAway()
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await killed_at(desk, "execute: called 2")
        assert (far.calls, far.looks) == (1, 0)
        await restarted(desk)
        assert (far.calls, far.looks) == (1, 1)
        assert await states(desk) == [EffectState.DONE] * 3


async def test_where_nobody_can_tell_the_owner_is_told_and_nothing_is_tried(tmp_path: Path) -> None:
    far = FarAway()
    far.blind = True
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await killed_at(desk, "execute: intended 2")
        await restarted(desk)
        assert far.calls == 0
        assert (await desk.case()).state is State.NEEDS_OWNER
        (receipt,) = desk.letters("receipt")
        settled = [line.settled for line in receipt.lines]
        assert settled == [Settled.DONE, Settled.UNKNOWN, Settled.REFUSED]


async def test_a_system_that_is_away_is_tried_again_until_it_is_back(tmp_path: Path) -> None:
    far = FarAway()
    far.failing = [Transient("away")] * 3
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        for _ in range(3):
            assert (await desk.case()).state is State.EXECUTING
            assert await states(desk) == [EffectState.DONE, EffectState.INTENDED]
            assert desk.letters("receipt") == []
            desk.clock.advance(desk.office.hold)
            await desk.engine.drain()
        assert (await desk.case()).state is State.DONE
        assert (far.calls, len(far.there)) == (4, 1)


@pytest.mark.parametrize(
    ("error", "state", "said"),
    [
        (Permanent("no such folder"), EffectState.FAILED, Settled.FAILED),
        (OutcomeUnknown("the line broke"), EffectState.UNKNOWN, Settled.UNKNOWN),
    ],
)
async def test_what_did_not_work_stops_the_rest_and_the_receipt_says_so(
    tmp_path: Path, error: Exception, state: EffectState, said: Settled
) -> None:
    far = FarAway()
    far.failing = [error]
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        assert (await desk.case()).state is State.NEEDS_OWNER
        assert await states(desk) == [EffectState.DONE, state]
        (receipt,) = desk.letters("receipt")
        assert [line.settled for line in receipt.lines] == [Settled.DONE, said, Settled.REFUSED]
        assert str(error) in receipt.lines[1].detail
        assert receipt.undo_until is not None  # of what was done
        await desk.take_in(reply_mail(receipt, "undo"))
        async with desk.begin() as tx:
            assert [recorded.void for recorded in await tx.bills()] == [True]


async def test_a_bug_in_a_system_parks_the_case_and_does_not_say_that_nothing_was_done(
    tmp_path: Path,
) -> None:
    far = FarAway()
    far.failing = [KeyError("bug")]
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        assert (await desk.case()).state is State.PARKED
        (told,) = desk.letters("notice")
        assert told.notice is Notice.BEGUN
        (entry,) = await desk.entries("execute.failed")
        assert "KeyError: 'bug'" in entry.details["trace"]


async def test_what_is_filed_is_what_was_approved(tmp_path: Path) -> None:
    far = FarAway()
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        (stored,) = far.there.values()
        assert isinstance(stored, StoreFile)
        assert stored.content == (await desk.case()).document.sha256


async def test_an_undo_that_failed_can_be_tried_again(tmp_path: Path) -> None:
    far = FarAway()
    async with open_desk(tmp_path, systems=systems(far)) as desk:
        await approved(desk)
        far.failing = [Permanent("the folder is locked")]
        await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
        stuck = desk.letters("receipt")[-1]
        assert stuck.settle
        assert (await desk.case()).state is State.NEEDS_OWNER

        await desk.take_in(reply_mail(stuck, "undo"))  # says nothing of what stands still
        assert (await desk.case()).state is State.NEEDS_OWNER
        await desk.take_in(reply_mail(stuck, "retry"))
        assert (await desk.case()).state is State.DONE
        over = desk.letters("receipt")[-1]
        assert [line.settled for line in over.lines] == [Settled.DONE] * 3
        assert not over.settle
        calls = far.calls
        await desk.take_in(reply_mail(stuck, "retry"))  # once is once
        assert far.calls == calls
