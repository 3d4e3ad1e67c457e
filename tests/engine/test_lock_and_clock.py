"""One worker per database, and a clock that only asks."""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.errors import AlreadyRunning, StoreBusy
from mailagent.core.routine import Routine
from mailagent.engine.clock import ticking
from mailagent.engine.lock import only_worker

HOLD = """
import sys, time
from pathlib import Path
from mailagent.engine.lock import only_worker
with only_worker(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_worker_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "agent.lock"
    refused = pytest.raises(AlreadyRunning, match="another mailagent works on")
    with only_worker(path), refused, only_worker(path):
        raise AssertionError("two workers")
    with only_worker(path):
        pass


def test_a_worker_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "agent.lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), only_worker(path):
            raise AssertionError("two workers")
        other.kill()
    with only_worker(path):
        pass


async def test_every_routine_is_asked_again_and_again_also_after_a_lost_tick() -> None:
    asked: list[str] = []
    often = timedelta(milliseconds=20)
    routines = [Routine("a", often, lambda _view: []), Routine("b", often, lambda _view: [])]

    async def tick(routine: Routine) -> None:
        asked.append(routine.name)
        raise StoreBusy("locked")

    with ticking(routines, tick):
        async with asyncio.timeout(5):
            while min(map(asked.count, "ab")) < 3:  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.01)
    seen = len(asked)
    await asyncio.sleep(0.06)
    assert len(asked) == seen
