"""`mailagent calendar`, and what the doctor says of calendars."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.cli.doctor import calendars
from mailagent.core.itip import feed
from mailagent.settings import read_settings
from tests.settings.home_of import GOOD, home_of
from tests.values import appointment

pytestmark = pytest.mark.slow

_CALENDAR = """
[calendar]
working_hours = ["mon-sun 09:00-17:00"]
no_meetings = ["mon-sun 12:00-13:00 lunch"]
notice_hours = 0

[[calendars]]
name = "google"
kind = "ics"
address = "google.ics"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two days from now: all the morning is taken."""
    made = home_of(tmp_path, GOOD + _CALENDAR)
    start = day().replace(hour=9)
    entry = appointment(title="Board call", start=start, end=start + timedelta(hours=3))
    content = feed([entry], "Ann", datetime.now(UTC))  # noqa: TID251 - the command takes the machine's
    (made / "google.ics").write_bytes(content)
    (made / "secrets.toml").write_text('mailbox_password = "x"\n')
    (made / "secrets.toml").chmod(0o600)
    return made


def day() -> datetime:
    now = datetime.now(UTC)  # noqa: TID251 - as above
    return (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)


def run(home: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["calendar", *words, "--home", str(home)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_day_is_shown(home: Path) -> None:
    said = run(home, "day", f"{day():%Y-%m-%d}")
    assert "09:00-12:00  Board call  [google]" in said


def test_free_times_and_why_not(home: Path) -> None:
    said = run(home, "free", "60", "--from", f"{day():%Y-%m-%d}", "--days", "1", "--why")
    lines = said.splitlines()
    assert lines[0].endswith("13:00")
    assert len([line for line in lines if not line.startswith(" ")]) == 7
    assert "11:00: clashes with Board call" in said
    assert "12:00: lunch" in said


def test_the_own_calendar_is_a_file(home: Path) -> None:
    run(home, "day")  # makes the store
    calendar = Calendar.from_ical(run(home, "export"))
    assert str(calendar["METHOD"]) == "PUBLISH"


def test_an_unknown_zone_is_told(home: Path) -> None:
    done = CliRunner().invoke(app, ["calendar", "free", "--zone", "Mars", "--home", str(home)])
    assert "There is no time zone 'Mars'" in str(done.exception)


def test_a_calendar_that_cannot_be_read_is_named(home: Path) -> None:
    (home / "google.ics").unlink()
    done = CliRunner().invoke(app, ["calendar", "day", "--home", str(home)])
    assert "not read: google: The file of the calendar google cannot be read" in done.stderr
    found = calendars(read_settings(home))
    assert (found.about, found.well) == ("calendars", False)
    assert found.what.startswith("google: The file of the calendar google cannot be read")
