"""Too much goes wrong: the task steps down, its owner hears why, and their code gives it back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.job import Job, Stage
from mailagent.core.modes import Mode, Scope
from mailagent.core.reading import Kind
from mailagent.core.said import Said
from mailagent.core.thresholds import Thresholds
from mailagent.ports.standing import mode_for
from tests.desk import Desk, bill_mail, open_desk, reply_mail, request_mail
from tests.values import reading

MODES = dict.fromkeys(("bills", "filing"), Mode.APPROVE)
RULES = Thresholds(at_least=3)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, modes=MODES, thresholds=RULES) as made:
        yield made


async def refused(desk: Desk, *numbers: int) -> None:
    for n in numbers:
        what = reading(Kind.INVOICE, checks=(), invoice_number=f"R-{n}")
        await desk.take_in(bill_mail(what, message_id=f"<b{n}@acme.test>"))
        await desk.take_in(reply_mail(desk.draft(), "reject", date=desk.clock.now()))


async def looked(desk: Desk) -> Mode:
    """An hour later."""
    desk.clock.advance(timedelta(hours=1))
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine="thresholds"))
    await desk.engine.drain()
    async with desk.begin() as tx:
        return await mode_for(desk.office, tx, Scope(task="bills"))


async def asked_back(desk: Desk) -> Mode:
    app = new_authenticator()
    async with desk.begin() as tx:
        await tx.save_authenticator("ann", app, Entry(actor="test", what="test"))
    await desk.take_in(request_mail("mode bills approve", desk.clock.now()))
    code = app.code(int(desk.clock.now().timestamp()) // 30)
    await desk.take_in(reply_mail(desk.draft(), f"approve {code}", date=desk.clock.now()))
    async with desk.begin() as tx:
        return await mode_for(desk.office, tx, Scope(task="bills"))


async def test_it_steps_down_says_so_once_and_comes_back_without_its_past(desk: Desk) -> None:
    await refused(desk, 1, 2)
    assert await looked(desk) is Mode.APPROVE
    await refused(desk, 3)
    assert await looked(desk) is Mode.SUGGEST
    assert await looked(desk) is Mode.SUGGEST
    (notice,) = desk.letters("notice")
    assert notice.notice == "stepped_down"
    facts = dict(notice.facts)
    assert facts["task"] == "bills"
    assert facts["why"] == Said(
        key="threshold.overridden", gaps={"n": "3", "of": "3", "share": "100%", "usual": "-"}
    )
    assert facts["who"] == notice.envelope.person.name
    (entry,) = await desk.entries("task.stepped_down")
    assert (entry.actor, entry.details["task"], entry.details["bad"]) == ("agent", "bills", 3)
    assert await asked_back(desk) is Mode.APPROVE
    assert await looked(desk) is Mode.APPROVE
    await refused(desk, 4, 5)
    assert await looked(desk) is Mode.APPROVE  # two of its new life
    await refused(desk, 6)
    assert await looked(desk) is Mode.SUGGEST
    assert len(desk.letters("notice")) == 2


async def test_the_list_of_modes_says_why(desk: Desk) -> None:
    await refused(desk, 1, 2, 3)
    await looked(desk)
    await desk.take_in(request_mail("mode", desk.clock.now()))
    said = dict(desk.letters("answer")[-1].listed)["bills"]
    assert said.key == "mode.stepped_down"
    assert said.gaps["why"] == "overridden"


async def test_what_is_shown_without_power_is_no_escalation(desk: Desk) -> None:
    await refused(desk, 1, 2, 3)
    await looked(desk)
    for n in range(4, 10):
        what = reading(Kind.INVOICE, checks=(), invoice_number=f"R-{n}")
        await desk.take_in(bill_mail(what, message_id=f"<b{n}@acme.test>"))
    async with desk.begin() as tx:
        while await tx.count_on():
            pass
        counts = {one.name: one.n for one in await tx.figures() if one.task == "bills"}
    assert counts["proposed"] == 9
    assert "escalated" not in counts
