"""`mailagent brief`: the next brief, shown or asked for."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.core.errors import ConfigInvalid
from tests.blank import blank_database
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose agent has run, and seen nothing."""
    made = home_of(tmp_path, GOOD)
    blank_database(made / "mailagent.db")
    return made


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "mailagent.db")) as database:
        return database.execute(query).fetchall()


def test_a_preview_shows_it_and_sends_nothing(home: Path) -> None:
    ran = RUN.invoke(app, ["brief", "--preview", "--home", str(home)], catch_exceptions=False)
    assert ran.stdout.startswith("Subject: Nothing to decide")
    assert "Seen 0 = 0 here." in ran.stdout
    assert "Running normally." in ran.stdout
    for table in ("outbox", "drafts", "briefs", "jobs"):
        assert rows(home, f"SELECT count(*) FROM {table}") == [(0,)]


def test_without_it_the_running_agent_is_asked_to_send_one(home: Path) -> None:
    RUN.invoke(app, ["brief", "--home", str(home)], catch_exceptions=False)
    ((stage, whose),) = rows(home, "SELECT stage, routine FROM jobs")
    assert (stage, whose) == ("brief", "ann")
    assert rows(home, "SELECT count(*) FROM audit WHERE what = 'brief.asked'") == [(1,)]


def test_nobody_has_no_brief(home: Path) -> None:
    with pytest.raises(ConfigInvalid, match="no person 'eve'"):
        RUN.invoke(app, ["brief", "--person", "eve", "--home", str(home)], catch_exceptions=False)


def test_the_weekly_digest_is_shown_the_same_way(home: Path) -> None:
    ran = RUN.invoke(app, ["digest", "--preview", "--home", str(home)], catch_exceptions=False)
    assert ran.stdout.startswith("Subject: Your week: 0 done, nothing to decide")
    assert "Done a week: 0, 0, 0, 0, 0" in ran.stdout
    for table in ("outbox", "drafts", "briefs", "jobs"):
        assert rows(home, f"SELECT count(*) FROM {table}") == [(0,)]
