"""Meetings that repeat: every date once, exceptions respected, bombs not followed."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.meeting.calendar import Calendar, Event
from parsers.meeting.ical import read_calendar
from parsers.meeting.repeats import occurrences
from parsers.meeting.rules import clean_rule

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = datetime(2026, 3, 1, tzinfo=BERLIN), datetime(2026, 6, 1, tzinfo=BERLIN)
MASTER = ("UID:u", "DTSTART;TZID=Europe/Berlin:20260323T100000", "DURATION:PT1H")


def calendar(*events: tuple[str, ...]) -> Calendar:
    lines = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return read_calendar("\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")).encode(), BERLIN)


def starts(*events: tuple[str, ...]) -> list[str]:
    found, left = occurrences(calendar(*events).events, FIRST, LAST)
    assert left == []
    return [f"{event.start:%m-%dT%H:%M}" for event in found]


def test_the_hour_stays_over_the_change_to_summer_time() -> None:
    weekly = starts((*MASTER, "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert weekly == ["03-23T10:00", "03-30T10:00", "04-06T10:00"]


def test_exceptions_changes_and_further_dates() -> None:
    master = (
        *MASTER,
        "RRULE:FREQ=WEEKLY;UNTIL=20260413T080000Z",
        "EXDATE;TZID=Europe/Berlin:20260330T100000",
        "RDATE;TZID=Europe/Berlin:20260402T090000",
    )
    moved = ("UID:u", "RECURRENCE-ID:20260406T080000Z", "DTSTART:20260407T120000Z", "DURATION:PT1H")
    assert starts(master, moved) == ["03-23T10:00", "04-02T09:00", "04-07T12:00", "04-13T10:00"]


def test_whole_days_and_an_end_by_day() -> None:
    daily = ("UID:d", "DTSTART;VALUE=DATE:20260328", "RRULE:FREQ=DAILY;UNTIL=20260330")
    assert starts(daily) == ["03-28T00:00", "03-29T00:00", "03-30T00:00"]


def test_the_newer_version_of_a_series_counts() -> None:
    old = (*MASTER, "SEQUENCE:0", "RRULE:FREQ=WEEKLY;COUNT=2")
    new = (*MASTER, "SEQUENCE:1", "RRULE:FREQ=WEEKLY;COUNT=1")
    assert starts(new, old) == ["03-23T10:00"]


def test_two_meetings_under_one_name_are_both_there() -> None:
    other = ("UID:u", "DTSTART:20260324T100000Z", "DURATION:PT1H")
    assert starts(MASTER, other) == ["03-23T10:00", "03-24T10:00"]


def test_the_same_after_it_travelled_as_json() -> None:
    read = calendar((*MASTER, "RRULE:FREQ=WEEKLY;COUNT=3"))
    again = Calendar.model_validate_json(read.model_dump_json())
    assert occurrences(again.events, FIRST, LAST)[0] == occurrences(read.events, FIRST, LAST)[0]


BOMBS = [
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;COUNT=100000000",
    "FREQ=MINUTELY;INTERVAL=1",
    f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;INTERVAL=14;BYDAY=TU",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
    "FREQ=DAILY;BYSETPOS=2",
    "FREQ=DAILY;BYYEARDAY=400",
    "FREQ=YEARLY;BYHOUR=77",
]  # fmt: skip


@pytest.mark.parametrize("rule", BOMBS)
def test_bombs_are_not_followed(rule: str) -> None:
    started = time.process_time()
    found, left = occurrences(calendar((*MASTER, f"RRULE:{rule}")).events, FIRST, LAST)
    assert [event.start for event in found] == [datetime(2026, 3, 23, 10, tzinfo=BERLIN)]
    assert [event.uid for event in left] == ["u"]
    assert time.process_time() - started < 1


RULES = [
    ("freq=weekly; byday=mo ;", "FREQ=WEEKLY;BYDAY=MO"),
    ("FREQ=MONTHLY;BYDAY=0MO,0TU;COUNT=2", "FREQ=MONTHLY;COUNT=2;BYDAY=MO,TU"),
    ("FREQ=DAILY;UNTIL=2026-05-04T10:00:00Z", "FREQ=DAILY;UNTIL=20260504T100000Z"),
    ("FREQ=DAILY;COUNT=5;UNTIL=20260504", "FREQ=DAILY;UNTIL=20260504"),
    ("FREQ=DAILY;X-THING=1", "FREQ=DAILY"),
    ("FREQ=DAILY;INTERVAL=0", None),
    ("FREQ=DAILY;COUNT=-1", None),
    ("FREQ=FORTNIGHTLY", None),
    ("COUNT=3", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "clean"), RULES)
def test_rules_in_one_spelling(text: str, clean: str | None) -> None:
    assert clean_rule(text) == clean


PARTS = st.sampled_from([
    "INTERVAL=2", "INTERVAL=14", "COUNT=5", "UNTIL=20260430", "UNTIL=20260430T080000Z",
    "BYDAY=MO,FR",
    "BYDAY=-1SU", "BYMONTH=2", "BYMONTH=3,12", "BYMONTHDAY=31", "BYMONTHDAY=-1,30", "BYSETPOS=-1",
    "BYSETPOS=5", "BYHOUR=9,17", "BYMINUTE=0,30", "BYYEARDAY=-366", "BYWEEKNO=53", "WKST=SU",
])  # fmt: skip
FREQUENCIES = st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "SECONDLY"])


@given(FREQUENCIES, st.lists(PARTS, max_size=4, unique=True), st.booleans())
def test_any_rule_ends(often: str, parts: list[str], all_day: bool) -> None:
    start = "DTSTART;VALUE=DATE:20260323" if all_day else MASTER[1]
    rule = ";".join((f"RRULE:FREQ={often}", *parts))
    events = calendar(("UID:u", start, "DURATION:P1D", rule)).events
    started = time.process_time()
    found, _ = occurrences(events, FIRST, LAST)
    assert time.process_time() - started < 3
    assert all(_overlaps(event) for event in found)
    assert len({event.start for event in found}) == len(found)


def _overlaps(event: Event) -> bool:
    return event.start is not None and event.start < LAST and (event.end or LAST) > FIRST


def test_far_years() -> None:
    old = ("UID:o", "DTSTART:19700101T000000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY")
    new = datetime(2026, 1, 1, tzinfo=UTC)
    [one] = occurrences(calendar(old).events, new - timedelta(1), new + timedelta(1))[0]
    assert one.start == new
