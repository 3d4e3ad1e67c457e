"""`mailagent run` starts, stops when told to, and says in one line why it cannot."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mailagent.cli import foreseen
from mailagent.core.errors import MailboxRefused
from tests.cli.test_cli import mailagent
from tests.settings.home_of import GOOD, home_of

pytestmark = pytest.mark.slow  # whole processes, started and ended


def _home_without_server(folder: Path) -> Path:
    """A home whose mail server is this machine, on a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    here = f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"'
    config = GOOD.replace('host = "imap.acme.example"', here)
    return home_of(folder, config.replace('host = "smtp.acme.example"', here))


def _start(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailagent", "run", "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"MAILAGENT_MAILBOX_PASSWORD": "x", "PYTHONUNBUFFERED": "1"},
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_to(tmp_path: Path, told: signal.Signals) -> None:
    with _start(_home_without_server(tmp_path)) as process:
        assert process.stdout is not None
        assert "Working for Acme Ltd" in process.stdout.readline()
        while not (tmp_path / "mailagent.db").exists():
            assert process.poll() is None
        process.send_signal(told)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_a_missing_password_is_one_line(tmp_path: Path) -> None:
    ran = mailagent("run", "--home", _home_without_server(tmp_path))
    assert ran.returncode == 78
    assert ran.stderr.startswith("mailagent: The password of ops@acme.example is missing")


async def test_the_foreseen_error_is_found_in_a_group_of_groups() -> None:
    refused = MailboxRefused("wrong password")

    async def refuse() -> None:
        raise refused

    async def work() -> None:
        async with asyncio.TaskGroup() as inner:
            inner.create_task(refuse())

    with pytest.raises(ExceptionGroup) as caught:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(work())
    assert foreseen(caught.value) is refused
    assert foreseen(ExceptionGroup("other", [ValueError()])) is None
