"""A year of history: brief and digest say what a plain count of the cases says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailagent.core.digest import Digest
from mailagent.core.figures import Figures
from mailagent.core.job import Job, Stage
from mailagent.ports import digested
from mailagent.stages.brief import preview
from mailagent.stages.routine import routine
from tests.desk import Desk, bill_mail, open_desk
from tests.history.counted import of_week
from tests.history.lives import TASKS, Life, lives
from tests.history.written import write
from tests.values import NOW, person, reading

BASELINES = {"bills": 6, "contracts": 25}
WEEKS = 5


def a_year(count: int, seed: int) -> list[Life]:
    """Until the Sunday before now."""
    monday = (NOW - timedelta(days=NOW.weekday())).date()
    last = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    return lives(count, last - timedelta(days=364), last, seed)


def says(figures: Figures) -> dict[str, int]:
    return {name: n for name, n in figures.counts.items() if n}


async def the_digest(desk: Desk) -> Digest:
    await routine(desk.office, Job(stage=Stage.ROUTINE, subject=0, routine="figures"))
    async with desk.begin() as tx:
        assert await tx.count_on() == 0
        assert await tx.miscounted() == ""
    async with desk.begin() as tx:
        return await digested(desk.office, tx, person())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 2026])
async def test_the_digest_of_a_year_is_what_a_plain_count_says(tmp_path: Path, seed: int) -> None:
    year = a_year(2_000, seed)
    async with open_desk(tmp_path, baselines=BASELINES) as desk:
        await desk.store.close()
        write(tmp_path / "mailagent.db", desk.office.company.id, year)
        await desk.store.open()
        digest = await the_digest(desk)
    mondays = [digest.week - timedelta(weeks=n) for n in range(WEEKS - 1, -1, -1)]
    counted = [of_week(year, monday) for monday in mondays]
    assert counted[-1]["done"] > 10
    assert [says(week) for week in digest.weeks] == counted
    assert says(digest.before) == sum(counted[1:-1], counted[0])
    by_task = {task: of_week(year, digest.week, task) for task in set(TASKS)}
    assert {one.task: one.n for one in digest.done} == {t: n["done"] for t, n in by_task.items()}
    money = {one.task: one.money.get("EUR", Decimal(0)) for one in digest.done}
    assert money == {task: Decimal(n["done:EUR"]) / 1000 for task, n in by_task.items()}
    saved = sum(n["done"] * BASELINES.get(task, 0) for task, n in by_task.items())
    assert digest.minutes_saved == saved
    begins = datetime.combine(digest.week, datetime.min.time(), UTC)
    ended = {one.ref for one in year if one.ending == "done" and one.done_at >= begins}
    assert len(digest.checks) == 3
    assert {check.ref for check in digest.checks} <= ended


@pytest.mark.slow
async def test_the_brief_over_a_year_counts_what_came_since_the_last_one(tmp_path: Path) -> None:
    year = a_year(500, 11)
    async with open_desk(tmp_path) as desk:
        await desk.store.close()
        write(tmp_path / "mailagent.db", desk.office.company.id, year)
        await desk.store.open()
        bills = [reading(invoice_number=f"R-{n}", seller_name=f"Firm {n}") for n in range(7)]
        mails = [bill_mail(b, message_id=f"<b{n}@acme.test>") for n, b in enumerate(bills)]
        await desk.take_in(*mails)
        async with desk.begin() as tx:
            letter = await preview(desk.office, tx, person())
    assert len(letter.lines) == 7
    ended = {"done": 0, "rejected": 0, "open": 0}
    for life in year:
        ended[life.ending] += 1
    seen = letter.seen
    assert seen.comes_out
    assert (seen.all, seen.here) == (500 + 7, 7)
    assert (seen.done, seen.aside) == (ended["done"] + ended["rejected"], ended["open"])
