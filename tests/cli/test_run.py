"""`mailagent run` starts, stops when told to, and says in one line why it cannot."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mailagent.cli import foreseen
from mailagent.cli.run import until_told_to_stop
from mailagent.core.errors import MailboxRefused
from tests.cli.homes import home_on
from tests.cli.test_cli import mailagent
from tests.servers import PASSWORD
from tests.settings.home_of import GOOD, home_of

pytestmark = pytest.mark.slow  # whole processes, started and ended


def _home_without_server(folder: Path) -> Path:
    """A home whose mail server is this machine, on a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    here = f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"'
    config = GOOD.replace('host = "imap.acme.example"', here)
    return home_of(folder, config.replace('host = "smtp.acme.example"', here))


def _start(home: Path, *more: str, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailagent", "run", "--home", str(home), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"MAILAGENT_MAILBOX_PASSWORD": "x", "PYTHONUNBUFFERED": "1"} | environ,
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_to(tmp_path: Path, told: signal.Signals) -> None:
    with _start(_home_without_server(tmp_path)) as process:
        assert process.stdout is not None
        assert "Working for Acme Ltd" in process.stdout.readline()
        while not (tmp_path / "mailagent.db").exists():
            assert process.poll() is None
        process.send_signal(told)
        _, errors = process.communicate(timeout=60)
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


@pytest.mark.parametrize(
    ("servers", "seconds"),
    [
        pytest.param("embedded_servers", 0.3, id="starting"),
        pytest.param("real_servers", 2.5, id="listening", marks=pytest.mark.servers),
    ],
)
def test_it_ends_in_time_out_of_idle(
    tmp_path: Path, request: pytest.FixtureRequest, servers: str, seconds: float
) -> None:
    home = home_on(tmp_path, request.getfixturevalue(servers))
    with _start(home, MAILAGENT_MAILBOX_PASSWORD=PASSWORD) as process:
        assert process.stdout is not None
        assert "Working for" in process.stdout.readline()
        time.sleep(seconds)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


async def test_a_cancellation_that_gets_lost_is_said_again() -> None:
    lost = 0

    class Deaf:
        settings = SimpleNamespace(home=Path("a"))

        async def run(self) -> None:
            nonlocal lost
            while lost < 2:
                try:
                    await asyncio.sleep(30)
                except asyncio.CancelledError:
                    lost += 1
            await asyncio.sleep(30)

    deaf: Any = Deaf()
    running = asyncio.ensure_future(until_told_to_stop(deaf))
    await asyncio.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert lost == 2


def test_several_companies_in_one_process(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    homes = [_home_without_server(tmp_path / name) for name in ("a", "b")]
    with _start(homes[0], "--home", str(homes[1])) as process:
        assert process.stdout is not None
        assert "Acme" in process.stdout.readline()
        assert "Acme" in process.stdout.readline()
        while not all((home / "mailagent.db").exists() for home in homes):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


def test_one_home_twice_is_refused(tmp_path: Path) -> None:
    home = str(_home_without_server(tmp_path))
    ran = mailagent("run", "--home", home, "--home", home, MAILAGENT_MAILBOX_PASSWORD="x")
    assert ran.returncode == 78
    assert "named twice" in ran.stderr
