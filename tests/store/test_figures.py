"""The running count equals a count of the whole log, wherever it stopped and went on."""

from pathlib import Path

import pytest

from mailagent.core.audit import Entry
from mailagent.core.figures import summed
from tests.desk import open_desk
from tests.store.test_company import conversation


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 3, 2_000])
async def test_the_running_count_is_that_of_the_whole_log(tmp_path: Path, step: int) -> None:
    async with open_desk(tmp_path) as desk:
        await conversation(desk)
        async with desk.begin() as tx:
            while await tx.count_on(step):
                pass
            assert await tx.miscounted() == ""
            sums = summed(await tx.figures())
            assert sums["received"] > 0
            assert sums["approved"] > 0
            assert sums["done"] > 0
            before = sums["incidents"]
            await tx.audit(Entry(actor="ann", what="incident.opened", case=1))
            assert await tx.count_on() == 1
            assert await tx.count_on() == 0
            assert summed(await tx.figures())["incidents"] == before + 1
