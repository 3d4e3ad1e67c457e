"""Zones by whatever name they are told."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from parsers.values.zones import name_of, offset_named, zone_displayed, zone_named

NAMED = [
    ("Europe/Berlin", "Europe/Berlin"),
    ("europe/berlin", "Europe/Berlin"),
    ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("tzone://Microsoft/Utc", "UTC"),
    ("CET", "CET"),
    ("EST", "EST"),
    ("", ""),
    ("../../etc/passwd", ""),
    ("Customized Time Zone", ""),
]


@pytest.mark.parametrize(("name", "iana"), NAMED)
def test_names(name: str, iana: str) -> None:
    assert name_of(zone_named(name)) == iana


DISPLAYED = [
    ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
    ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Sarajevo"),
    ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
    ("(UTC-03:00) Brasília", "America/Sao_Paulo"),
    ("(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney"),
    ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
    ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
    ("Western/Central Europe", "Europe/Berlin"),
    ("Nowhere", ""),
]


@pytest.mark.parametrize(("name", "iana"), DISPLAYED)
def test_display_names_go_by_the_first_city_that_agrees(name: str, iana: str) -> None:
    found = zone_displayed(name)
    assert name_of(found) == iana or found == ZoneInfo(iana)


OFFSETS = [
    ("utc+2", timedelta(hours=2)),
    ("gmt-03:30", -timedelta(hours=3, minutes=30)),
    ("(utc+01:00) anywhere", timedelta(hours=1)),
    ("+0530", timedelta(hours=5, minutes=30)),
    ("+2", None),
    ("utc+20", None),
    ("monday", None),
]


@pytest.mark.parametrize(("text", "offset"), OFFSETS)
def test_offsets(text: str, offset: timedelta | None) -> None:
    assert offset_named(text) == offset
