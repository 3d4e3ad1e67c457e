"""Agents to be killed: imports everything once, then forks one agent for every order it reads.

Run as `python -m tests.faults.agents`. An order is a line of JSON on standard input; the answers
are the agent's process id at once, and its exit status when it has ended.
"""

import asyncio
import os
import signal
import sys
import traceback
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

# No agent outlives its test, whatever becomes of the test.
_LONGEST = 50  # seconds


class Order(BaseModel):
    """One agent: where it works, and where it is to die."""

    home: Path
    point: str = ""
    passing: int = 0


class Killer:
    """A probe that ends the process, without a word, at the n-th passing of a point."""

    def __init__(self, point: str, passing: int) -> None:
        self._point, self._left = point, passing

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def work(order: Order) -> None:
    """The real agent, until it is told to stop or dies."""
    signal.alarm(_LONGEST)
    with (order.home / "agent.log").open("a") as log:
        configure_log("console", "info", log)
        app = build(read_settings(order.home), PASSWORDS, probe=Killer(order.point, order.passing))
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
