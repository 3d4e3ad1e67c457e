"""What keeps an agent from working at all is one line, and nothing is lost."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mailagent.core.errors import AlreadyRunning
from mailagent.engine.lock import only_worker
from tests.cli.test_cli import mailagent
from tests.faults.crash import Site, await_that

pytestmark = pytest.mark.slow

RIGHT = {"MAILAGENT_MAILBOX_PASSWORD": "secret"}
_FAILED, _TRY_LATER = 1, 75


def _line(errors: str) -> str:
    """The one line that is meant for people."""
    assert "Traceback" not in errors
    (line,) = [line for line in errors.splitlines() if line.startswith("mailagent: ")]
    return line


def test_a_wrong_password_is_said_and_loses_nothing(site: Site) -> None:
    site.bill_arrives()
    ran = mailagent("run", "--home", site.home, MAILAGENT_MAILBOX_PASSWORD="wrong")
    assert ran.returncode == _FAILED
    assert "refused the login of ops@corp.test" in _line(ran.stderr)
    assert "Check the user name and the password" in _line(ran.stderr)
    assert site.folder("INBOX") == 1
    site.goes_on(lambda: site.folder("Ops/Done") == 2)


def test_a_second_agent_on_the_same_home_is_refused(site: Site) -> None:
    with site.running() as first:
        await_that(lambda: _is_taken(site.home))
        ran = mailagent("run", "--home", site.home, **RIGHT)
        assert first.lives()
    assert ran.returncode == _FAILED
    assert "another mailagent works on" in _line(ran.stderr)


def _is_taken(home: Path) -> bool:
    try:
        with only_worker(home / "agent.lock"):
            return False
    except AlreadyRunning:
        return True


def test_a_database_that_is_locked_at_the_start_is_said(site: Site) -> None:
    with closing(sqlite3.connect(site.home / "mailagent.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = mailagent("run", "--home", site.home, **RIGHT)
    assert ran.returncode == _TRY_LATER
    assert "the database is locked by another program" in _line(ran.stderr)
    site.bill_arrives()
    site.goes_on(lambda: site.folder("Ops/Done") == 2)


def test_the_readers_of_a_killed_agent_end_with_it(site: Site) -> None:
    with site.running() as agent:
        await_that(lambda: bool(_children(agent.pid)))
        readers = _children(agent.pid)
        os.kill(agent.pid, 9)
        await_that(lambda: not agent.lives())
    await_that(lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers))


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
