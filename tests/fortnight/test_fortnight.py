"""The first three days of the two weeks; all of them: python -m tests.fortnight."""

from pathlib import Path

import pytest

from mailagent.core.figures import Figures, summed
from tests.fortnight.weeks import GOLDEN, Weeks, beginning, wrong_with

_SHORT = 3

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


async def _figures(weeks: Weeks) -> Figures:
    """Of all tasks and weeks, as the audit log has them."""
    async with weeks.agent.begin() as tx:
        while await tx.count_on():
            pass
        return summed(await tx.figures())


async def test_three_days_go_as_the_golden_transcript_says(tmp_path: Path) -> None:
    async with beginning(tmp_path) as weeks:
        days = [day async for day in weeks.play(_SHORT)]
        counted = await _figures(weeks)
    assert [day.arrived for day in days] == [60] * _SHORT
    assert [wrong for day in days for wrong in wrong_with(day)] == []
    mails = [day.asked_for + day.unasked + day.urgent for day in days]
    assert counted["mails"] == sum(one.total() for one in mails)
    played = weeks.transcript.text
    assert played == GOLDEN.read_text(encoding="utf-8")[: len(played)]
