"""The digest names the next task once, and what was offered is in the log."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailagent.bootstrap import TASKS
from mailagent.core.brief import WEEKLY
from mailagent.core.figures import Count
from mailagent.core.job import Job, Stage
from mailagent.core.launch import Next
from mailagent.core.modes import Mode
from mailagent.core.tasklist import card_of
from mailagent.ports import launch
from tests.desk import Desk, open_desk, request_mail

CARDS = (card_of(TASKS["bills"], on=True), card_of(TASKS["contracts"], on=False))


async def weekly(desk: Desk) -> None:
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.BRIEF, subject=0, version=WEEKLY, routine="ann"))
    await desk.engine.drain()


async def test_an_offer_goes_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[set[str], set[str], bool]] = []

    def calm(counts: Sequence[Count], _week: object, on: set[str],
             off: dict[str, object]) -> Next | None:  # fmt: skip
        fresh = any(one.name == "offered" for one in counts)
        seen.append((set(on), set(off), fresh))
        return None if fresh else Next("contracts", 6)

    monkeypatch.setattr(launch, "next_task", calm)
    async with open_desk(tmp_path, cards=CARDS, modes={"bills": Mode.APPROVE}) as desk:
        desk.clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
        await weekly(desk)
        digest = desk.letters("brief")[-1].digest
        assert (digest.offer.key, digest.offer.gaps["task"]) == ("offer.next_task", "contracts")
        (entry,) = await desk.entries("task.offered")
        assert entry.details == {"task": "contracts"}
        desk.clock.set(datetime(2026, 11, 24, 9, tzinfo=UTC))
        await weekly(desk)
        assert desk.letters("brief")[-1].digest.offer is None
        assert seen == [({"bills"}, {"contracts"}, False), ({"bills"}, {"contracts"}, True)]


async def test_who_asks_by_mail_for_what_is_off_hears_how(tmp_path: Path) -> None:
    tasks = {name: task for name, task in TASKS.items() if name != "contracts"}
    async with open_desk(tmp_path, cards=CARDS, tasks=tasks) as desk:
        await desk.take_in(request_mail("mode contracts approve", desk.clock.now()))
        assert desk.letters("answer")[-1].listed[0][1].key == "mode_why.off"
