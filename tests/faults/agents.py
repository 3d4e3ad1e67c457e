"""Agents to be killed: imports everything once, then forks one agent for every order it reads.

Run as `python -m tests.faults.agents`. An order is a line of JSON on standard input; the answers
are the agent's process id at once, and its exit status when it has ended.
"""

import asyncio
import os
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path

import aiosqlite  # noqa: F401 - everything a first use would import is here before the fork
import keyring.backends.null  # noqa: F401
import sqlalchemy.dialects.sqlite.aiosqlite  # noqa: F401
from pydantic import BaseModel

from mailagent.bootstrap import build
from mailagent.cli.run import until_told_to_stop
from mailagent.log import configure_log
from mailagent.settings import read_settings
from tests.agent import PASSWORDS
from tests.faults.points import Point

# No agent outlives its test, whatever becomes of the test.
_LONGEST = 50  # seconds
PASSED = "passed.log"


class Order(BaseModel):
    """One agent: where it works, and at which points it is to die."""

    home: Path
    points: tuple[Point, ...] = ()


class Killer:
    """A probe that ends the process, without a word, at the n-th passing of a point.

    Who takes over counts on: each of the points is the end of one agent.
    """

    def __init__(self, home: Path, points: tuple[Point, ...]) -> None:
        self._home, self._points = home, points

    def __call__(self, name: str) -> None:
        if any(name == point.name for point in self._points):
            with (self._home / PASSED).open("a") as passed:
                passed.write(f"{name}\n")
            if Point(name, passings(self._home)[name]) in self._points:
                os.kill(os.getpid(), signal.SIGKILL)


def passings(home: Path) -> Counter[str]:
    """How often the points were passed at which agents are to die here."""
    file = home / PASSED
    return Counter(file.read_text().splitlines() if file.exists() else ())


def work(order: Order) -> None:
    """The real agent, until it is told to stop or dies."""
    signal.alarm(_LONGEST)
    with (order.home / "agent.log").open("a", buffering=1) as log:
        configure_log("console", "info", log)
        app = build(read_settings(order.home), PASSWORDS, probe=Killer(order.home, order.points))
        try:
            asyncio.run(until_told_to_stop(app))
        except BaseException:
            traceback.print_exc(file=log)
            raise


def serve() -> None:
    for line in sys.stdin:
        order = Order.model_validate_json(line)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work(order)
                status = 0
            finally:
                os._exit(status)  # nothing of the maker's own is to be run or flushed again
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
