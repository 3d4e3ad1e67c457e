"""A child that is starting: nothing heavy is imported here, so it can start before all else is."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import mailagent
from mailagent.reading.limits import Limits

PROGRAM = "mailagent.reading.child"
# Nothing of the agent's own environment goes in: that is where secrets may be.
_ENVIRONMENT = {
    "PYTHONPATH": str(Path(mailagent.__file__).resolve().parent.parent),
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
    # Readers of scans: no threads, which a child may not start, and one heap, which stays small.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # looking for some takes a child's start longer
}


class Begun(NamedTuple):
    """A process, and our end of the socket to it."""

    process: subprocess.Popen[bytes]
    socket: socket.socket


def begin(limits: Limits, program: str = PROGRAM) -> Begun:
    """Starts a child. Raises OSError where the machine has no room for it."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-s", "-m", program),
                *(str(theirs.fileno()), limits.to_json()),
            ],
            env=_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            start_new_session=True,  # Ctrl-C is for the agent
        )
    return Begun(process, ours)
