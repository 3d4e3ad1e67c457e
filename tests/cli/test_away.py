"""`mailagent away` and `mailagent back` at the terminal."""

import json
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
BEN = """
[[people]]
id = "ben"
name = "Ben Ode"
addresses = ["ben@acme.example"]
"""
PIN = {"method": "dkim", "domain": "acme.example"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = home_of(tmp_path, GOOD.replace("\n[mailbox]", f"{BEN}\n[mailbox]"))
    blank_database(made / "mailagent.db")
    return made


def says(home: Path, *words: str) -> str:
    ran = RUN.invoke(app, [*words, "--home", str(home)], catch_exceptions=False)
    return " ".join(ran.stdout.split())


def enrolled(home: Path) -> None:
    """As `mailagent enroll` leaves it."""
    says(home, "queue")  # the people of the settings are known now
    with closing(sqlite3.connect(home / "mailagent.db")) as store, store:
        ((body,),) = store.execute("SELECT body FROM people WHERE person = 'ben'").fetchall()
        ben = json.loads(body)
        ben["addresses"][0]["pin"] = PIN
        store.execute("UPDATE people SET body = ? WHERE person = 'ben'", (json.dumps(ben),))


def test_nobody_decides_who_is_not_enrolled(home: Path) -> None:
    with pytest.raises(ConfigInvalid, match="not enrolled"):
        says(home, "away", "ann", "3 Jan", "--substitute", "ben")
    with pytest.raises(ConfigInvalid, match="no person 'eve'"):
        says(home, "away", "eve", "3 Jan")


@pytest.mark.slow
def test_away_and_back(home: Path) -> None:
    enrolled(home)
    told = says(home, "away", "ann", "in 3 days", "--substitute", "ben")
    assert "23:59 Ben Ode decides for Ann Lee; 0 open decisions go to Ben Ode as well." in told
    assert says(home, "back", "ann") == "Ann Lee is asked again; 0 decisions wait for them."
    with pytest.raises(ConfigInvalid, match="not away"):
        says(home, "back", "ann")
