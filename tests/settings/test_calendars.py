"""Calendars and the rules of availability in the settings."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from mailagent.core.errors import ConfigInvalid
from mailagent.settings import read_settings
from mailagent.settings.calendars import span_of
from mailagent.settings.passwords import read_passwords
from tests.settings.home_of import GOOD, home_of

_PLACE = '\n[[calendars]]\nname = "work"\nkind = "caldav"\naddress = "https://dav.acme.example/"\n'


def test_the_rules_become_the_cores(tmp_path: Path) -> None:
    more = (
        '\n[calendar]\nworking_hours = ["mon-thu 09:00-17:00", "fri 09:00-14:00"]\n'
        'no_meetings = ["mon,wed 12:00-13:00 lunch"]\nholidays = ["DE-BY", "US"]\n'
        "buffer_minutes = 10\n"
    )
    settings = read_settings(home_of(tmp_path, GOOD + more))
    rules = settings.calendar.rules("Europe/Berlin", (2026,))
    assert [sorted(one.days) for one in rules.hours] == [[0, 1, 2, 3], [4]]
    assert (rules.never[0].why, sorted(rules.never[0].days)) == ("lunch", [0, 2])
    assert rules.buffer == timedelta(minutes=10)
    assert date(2026, 1, 6) in rules.holidays  # Epiphany: in Bavaria, not in all of Germany
    assert date(2026, 7, 3) in rules.holidays  # the Fourth of July, observed
    assert rules.zone == "Europe/Berlin"


def test_days_run_over_the_end_of_the_week() -> None:
    hours, why = span_of("sat-mon 22:00-00:00 on call")
    assert (hours.days, hours.closes, why) == (frozenset({5, 6, 0}), time.min, "on call")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('\n[calendar]\nworking_hours = ["nine to five"]\n', "is not like 'mon-fri 09:00-17:00'"),
        ('\n[calendar]\nworking_hours = ["mon 17:00-09:00"]\n', "ends before it begins"),
        ('\n[calendar]\nholidays = ["XX"]\n', "the holidays of 'XX' are not known"),
        ('\n[calendar]\nwrites = "work"\n', "writes into 'work', which is none of own"),
        (_PLACE + _PLACE, "two [[calendars]] have one name"),
        (_PLACE.replace('"work"', '"own"'), "is the agent's own calendar"),
    ],
)
def test_a_wrong_line_is_told(tmp_path: Path, more: str, says: str) -> None:
    with pytest.raises(ConfigInvalid) as raised:
        read_settings(home_of(tmp_path, GOOD + more))
    assert says in str(raised.value)


def test_passwords_and_private_addresses_are_secrets(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD + _PLACE.replace('"work"', '"my-work"'))
    (home / "secrets.toml").write_text('mailbox_password = "m"\ncalendar_my_work_password = "p"\n')
    (home / "secrets.toml").chmod(0o600)
    settings = read_settings(home)
    environ = {"MAILAGENT_CALENDAR_MY_WORK_ADDRESS": "https://secret.example/x.ics"}
    found = read_passwords(settings, environ).calendars
    assert {name: secret.get_secret_value() for name, secret in found.items()} == {
        "calendar_my_work_password": "p",
        "calendar_my_work_address": "https://secret.example/x.ics",
    }
    assert "secret.example" not in repr(found)
