"""What a task may not read or write fails closed; a tool that keeps failing is looked at first."""

from pathlib import Path

import pytest

from mailagent.bootstrap import TASKS
from mailagent.core.case import State
from mailagent.core.errors import Permanent, Transient
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.reading import Kind
from mailagent.core.tasklist import narrowed
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.stages.test_execute import FarAway, systems
from tests.values import reading

BILLS = TASKS["bills"]
CLOSED = {
    "what it may not write": (
        narrowed(BILLS, may_write=["files.store"]),
        "task bills proposed ledger.record_bill",
    ),
    "what is forbidden to it": (
        narrowed(BILLS, ["ledger.record_bill"]),
        "task bills proposed ledger.record_bill",
    ),
    "what it may not sign in with": (
        narrowed(BILLS, credentials=[]),
        "task bills proposed files.store",
    ),
    "what it may not ask": (narrowed(BILLS, may_read=["invoice"]), "task bills asked "),
}


@pytest.mark.parametrize("name", CLOSED)
async def test_beyond_its_list_nothing_is_proposed(tmp_path: Path, name: str) -> None:
    task, why = CLOSED[name]
    async with open_desk(tmp_path, tasks={**TASKS, "bills": task}) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.PARKED
        assert desk.letters("draft") == []
        (entry,) = await desk.entries("propose.failed")
        assert why in entry.details["trace"]


async def test_a_kind_that_it_may_not_read_is_nobodys(tmp_path: Path) -> None:
    less = narrowed(BILLS, may_read=["credit_note", "ledger.vendor", "files.known"])
    async with open_desk(tmp_path, tasks={**TASKS, "bills": less}) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).task == "other"


async def test_what_was_taken_from_it_since_is_not_done(tmp_path: Path) -> None:
    async with open_desk(tmp_path, tasks=dict(TASKS)) as desk:
        await desk.take_in(bill_mail())
        desk.office.tasks["bills"] = narrowed(BILLS, ["files.store"])  # type: ignore[index]
        await desk.take_in(reply_mail(desk.draft()))
        assert (await desk.case()).state is State.PARKED
        assert await desk.entries("effect.") == []


async def approved(desk: Desk, *numbers: int) -> None:
    for n in numbers:
        what = reading(Kind.INVOICE, checks=(), invoice_number=f"R-{n}")
        await desk.take_in(bill_mail(what, message_id=f"<b{n}@acme.test>"))
        await desk.take_in(reply_mail(desk.draft(), date=desk.clock.now()))


async def test_a_tool_that_failed_three_times_is_looked_at_first(tmp_path: Path) -> None:
    rule = Rule(name="failing", when=Condition(failing=3), verdict=Verdict.ASK, why="so")
    far = FarAway()
    far.failing = [Permanent("no such folder")] * 3
    async with open_desk(tmp_path, systems=systems(far), rules=(rule,)) as desk:
        await approved(desk, 1, 2)
        assert desk.draft().judgement.hits == ()
        await approved(desk, 3, 4)
        assert desk.draft().judgement.hits == ("failing",)  # and it worked again
        assert desk.draft().judgement.around.failing == {"files.store": 3}
        await approved(desk, 5)
        assert desk.draft().judgement.hits == ()


async def test_a_tool_that_is_tried_again_counts_until_it_works(tmp_path: Path) -> None:
    rule = Rule(name="failing", when=Condition(failing=3), verdict=Verdict.ASK, why="so")
    far = FarAway()
    far.failing = [Transient("away")] * 3
    async with open_desk(tmp_path, systems=systems(far), rules=(rule,)) as desk:
        await approved(desk, 1)
        for _ in range(2):
            desk.clock.advance(desk.office.hold)
            await desk.engine.drain()
        assert (await desk.case()).state is State.EXECUTING
        await desk.take_in(bill_mail(reading(Kind.INVOICE, checks=(), invoice_number="R-2")))
        assert desk.draft().judgement.hits == ("failing",)
        desk.clock.advance(desk.office.hold)
        await desk.engine.drain()  # it works again
        await desk.take_in(bill_mail(reading(Kind.INVOICE, checks=(), invoice_number="R-3")))
        assert desk.draft().judgement.hits == ()
