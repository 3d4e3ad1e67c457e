"""A draft that nobody answers is named in the brief, and its own mail stays good."""

from datetime import date, timedelta
from pathlib import Path

from mailagent.core.brief import MORNING
from mailagent.core.case import State
from tests.desk import open_desk
from tests.stages.test_away import says, ticks
from tests.stages.test_brief import bill
from tests.stages.test_spots import sent


async def test_after_a_working_day_the_brief_names_it_and_the_draft_can_be_answered(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1))  # on a Friday
        (draft,) = desk.letters("draft")
        desk.clock.advance(timedelta(days=2))
        assert (await sent(desk, MORNING)).late == ()  # nobody works on a weekend
        desk.clock.advance(timedelta(days=2))
        brief = await sent(desk, MORNING)
        assert [one.gaps["ref"] for one in brief.late] == [draft.envelope.ref]
        assert brief.lines == ()
        await says(desk, draft, "approve")
        assert (await desk.case()).state is State.DONE


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
