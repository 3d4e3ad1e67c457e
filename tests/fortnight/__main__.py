"""Plays the two weeks: `python -m tests.fortnight`, with `--write` the golden transcript anew.

Without it, what differs from the golden one is shown; the status says whether anything does.
"""

import asyncio
import difflib
import sys
import tempfile
import time
from pathlib import Path

from tests.fortnight.weeks import DAYS, GOLDEN, Day, beginning, wrong_with


async def _play(home: Path) -> tuple[str, bool]:
    began, good = time.monotonic(), True
    async with beginning(home) as weeks:
        async for day in weeks.play(DAYS):
            good = good and not wrong_with(day)
            _say(_line(day))
    _say(f"{time.monotonic() - began:.0f} seconds")
    return weeks.transcript.text, good


def _line(day: Day) -> str:
    mails = [
        f"{who} {day.unasked[who]} mails, {day.asked_for[who]} answers, {day.urgent[who]} STOPs"
        for who in sorted({*day.unasked, *day.asked_for, *day.urgent})
    ]
    verdict = "; ".join(wrong_with(day)) or "as it should be"
    return f"{day.day:%a %d %b}  {day.arrived} came; {'; '.join(mails)}: {verdict}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        text, good = asyncio.run(_play(Path(folder)))
    if "--write" in sys.argv:
        GOLDEN.write_text(text, encoding="utf-8")
        return not good
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    differs = [*difflib.unified_diff(golden, text.splitlines(), "golden", "played", lineterm="")]
    _say("\n".join(differs))
    return not good or bool(differs)


if __name__ == "__main__":
    sys.exit(main())
