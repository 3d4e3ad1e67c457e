"""A child that does what its input says: the worst a taken-over one could try."""

import json
import os
import socket
import sys
import time
from collections.abc import Mapping
from typing import Any

from mailagent.core.errors import Unreadable
from mailagent.core.message import Message
from mailagent.reading import jobs
from mailagent.reading.child import serve
from mailagent.reading.work import Work

SECONDS_OF_CPU = 2


def misbehave(_: jobs.OpenMail, raw: bytes) -> bytes:
    """Runs the deed named by the mail."""
    what = raw.decode()
    if what in DEEDS:
        return bytes(DEEDS[what]())
    return Message(subject=f"{os.getpid()} {what}").model_dump_json().encode()


def _hang() -> bytes:
    time.sleep(60)
    return b""


def _spin() -> bytes:
    while True:
        pass


def _grow() -> bytes:
    return b"x" * (4 << 30)


def _refuse() -> bytes:
    raise Unreadable("it is torn", advice="Ask for it again.")


def _write() -> bytes:
    with open("/tmp/mailagent-test-a-child-wrote-this", "wb") as file:  # noqa: PTH123
        file.write(b"x")
    return b""


def _fork() -> bytes:
    os.fork()
    return b""


def _talk_nonsense() -> None:
    """Announces a frame larger than any, past the code that would refuse to."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    connection.sendall(b"\xff" * 8)


def _environment() -> bytes:
    return Message(subject=json.dumps(dict(os.environ))).model_dump_json().encode()


DEEDS: Mapping[str, Any] = {
    "hang": _hang,
    "spin": _spin,
    "die": os.abort,
    "leave": lambda: os._exit(3),
    "grow": _grow,
    "refuse": _refuse,
    "fail": lambda: 1 / 0,
    "lie": lambda: b'{"subject": 7}',
    "pickle": lambda: b"cos\nsystem\n(S'true'\ntR.",
    "flood": _talk_nonsense,
    "write": _write,
    "fork": _fork,
    "environment": _environment,
}
WORK: Mapping[type, Work] = {jobs.OpenMail: misbehave}

if __name__ == "__main__":
    serve(WORK)
