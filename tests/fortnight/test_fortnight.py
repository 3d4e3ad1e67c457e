"""The first three days of the two weeks; all of them: python -m tests.fortnight."""

from pathlib import Path

import pytest

from tests.fortnight.weeks import GOLDEN, beginning, wrong_with

_SHORT = 3

pytestmark = pytest.mark.slow


async def test_three_days_go_as_the_golden_transcript_says(tmp_path: Path) -> None:
    async with beginning(tmp_path) as weeks:
        days = [day async for day in weeks.play(_SHORT)]
    assert [day.arrived for day in days] == [60] * _SHORT
    assert [wrong for day in days for wrong in wrong_with(day)] == []
    played = weeks.transcript.text
    assert played == GOLDEN.read_text(encoding="utf-8")[: len(played)]
