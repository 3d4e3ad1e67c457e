"""The search for a time, against the plain one that looks at everything."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailagent.core.appointment import Busy, overlap
from mailagent.core.availability import (
    Availability,
    BusyIndex,
    Clock,
    Hours,
    Never,
    Preferred,
    Wish,
    objection,
    search,
)

# Summer time begins and ends there on other days, at other hours, by other amounts, or never.
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Tokyo",
    "Pacific/Auckland",
)
# Two days before a change in each half of the world.
CHANGES = (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC))
MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)
NO_WAIT = {"notice": timedelta(), "horizon": timedelta(days=4)}


def busy(start: datetime, minutes: int, **more: object) -> Busy:
    return Busy(start=start, end=start + timedelta(minutes=minutes), what="Board call", **more)  # type: ignore[arg-type]


def at(hour: int, minute: int = 0, day: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


spans = st.lists(
    st.tuples(st.integers(0, 6 * 24 * 4), st.integers(1, 300), st.booleans()), max_size=25
)


@given(spans=spans, start=st.integers(0, 6 * 24 * 4), length=st.integers(1, 90))
def test_the_index_finds_what_looking_at_everything_finds(
    spans: list[tuple[int, int, bool]], start: int, length: int
) -> None:
    first = datetime(2026, 10, 23, tzinfo=UTC)
    taken = [busy(first + timedelta(minutes=15 * s), 15 * n) for s, n, _ in spans]
    begins = first + timedelta(minutes=15 * start)
    ends = begins + timedelta(minutes=15 * length)
    found = BusyIndex(taken).between(begins, ends)
    assert sorted(map(repr, found)) == sorted(repr(b) for b in taken if overlap(begins, ends, b))


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("now", CHANGES)
@given(spans=spans)
@settings(max_examples=4)
def test_the_search_is_exact_also_where_clocks_change(
    zone: str, now: datetime, spans: list[tuple[int, int, bool]]
) -> None:
    taken = [busy(now + timedelta(minutes=15 * s), 15 * n, tentative=soft) for s, n, soft in spans]
    hours = Hours(days=frozenset(range(7)), opens=time(0), closes=time(0))
    rules = Availability(zone=zone, hours=(hours,), offers=10_000, **NO_WAIT)  # type: ignore[arg-type]
    length = timedelta(minutes=45)
    found = search(Wish(length=length), rules, BusyIndex(taken), now)
    good = {start.astimezone(UTC) for start, _ in found.slots}
    assert good == set(_brute(now, rules, length, taken))
    for start, end in found.slots:
        assert end.astimezone(UTC) - start.astimezone(UTC) == length


def _brute(
    now: datetime, rules: Availability, length: timedelta, taken: list[Busy]
) -> list[datetime]:
    """Every five minutes of the horizon by themselves."""
    zone, last = ZoneInfo(rules.zone), now + rules.horizon
    good, minute = [], now
    while minute + length <= last:
        here = minute.astimezone(zone)
        on_grid = here.minute in (0, 30) and not here.second
        if on_grid and not any(overlap(minute, minute + length, one) for one in taken):
            good.append(minute)
        minute += timedelta(minutes=5)
    return good


@given(spans=spans)
@settings(max_examples=20)
def test_every_time_is_either_good_or_says_why(spans: list[tuple[int, int, bool]]) -> None:
    taken = [busy(MONDAY + timedelta(minutes=15 * s), 15 * n) for s, n, _ in spans]
    rules = Availability(zone="Europe/Berlin", offers=10_000, **NO_WAIT)  # type: ignore[arg-type]
    wish = Wish(length=timedelta(minutes=30))
    found = search(wish, rules, BusyIndex(taken), MONDAY)
    for start, end in found.slots:
        assert objection(start, end, wish, rules, BusyIndex(taken), MONDAY) is None
    for one in found.rejected:
        assert one.why.key.startswith("slot.")
        assert (one.start, one.end) not in found.slots


RULES = Availability(
    never=(
        Never(days=frozenset(range(7)), opens=time(12), closes=time(13), why="lunch"),
        Never(days=frozenset({4}), opens=time(0), closes=time(0), why="no meetings on Fridays"),
    ),
    holidays={date(2026, 12, 1): "St Andrew"},
    notice=timedelta(hours=4),
    buffer=timedelta(minutes=15),
    travel=timedelta(minutes=45),
)


@pytest.mark.parametrize(
    ("start", "minutes", "key"),
    [
        (at(11), 30, ""),
        (at(9), 30, "slot.too_soon"),
        (at(8, day=29), 30, "slot.too_soon"),
        (at(7) + timedelta(days=60), 30, "slot.too_far"),
        (at(17), 30, "slot.hours"),
        (at(16, 45), 30, "slot.hours"),
        (at(12, 30), 30, "slot.never"),
        (at(11, 30), 90, "slot.never"),
        (datetime(2026, 12, 1, 10, tzinfo=UTC), 30, "slot.holiday"),
        (datetime(2026, 12, 4, 10, tzinfo=UTC), 30, "slot.never"),
        (datetime(2026, 12, 5, 10, tzinfo=UTC), 30, "slot.hours"),
        (at(14), 30, "slot.clash"),
        (at(13, 30), 30, "slot.buffer"),
        (at(13, 15), 30, ""),
        (at(15), 30, "slot.buffer"),
        (at(15, 15), 30, "slot.clash_tentative"),
        (at(16, 15), 30, "slot.excluded"),
    ],
)
def test_why_a_time_is_no_good(start: datetime, minutes: int, key: str) -> None:
    taken = [busy(at(14), 60), busy(at(15, 30), 30, tentative=True)]
    excluded = ((at(16, 15), at(17)),)
    length = timedelta(minutes=minutes)
    wish = Wish(length=length, excluded=excluded)
    why = objection(start, start + length, wish, RULES, BusyIndex(taken), at(6))
    assert (why.why.key if why else "") == key


def test_a_meeting_at_a_place_needs_the_way_there() -> None:
    taken = BusyIndex([busy(at(14), 60, away=True)])
    wish = Wish(length=timedelta(minutes=30))
    near = objection(at(15, 30), at(16), wish, RULES, taken, at(6))
    assert near is not None
    assert near.why.gaps == {"minutes": "45", "what": "Board call"}
    assert objection(at(15, 45), at(16, 15), wish, RULES, taken, at(6)) is None


def test_nobody_is_offered_their_night() -> None:
    rules = Availability(zone="Europe/Berlin", **NO_WAIT)  # type: ignore[arg-type]
    wish = Wish(length=timedelta(minutes=30), theirs=(Clock(zone="America/New_York"),))
    found = search(wish, rules, BusyIndex([]), MONDAY)
    there = ZoneInfo("America/New_York")
    assert found.slots
    assert all(8 <= start.astimezone(there).hour < 19 for start, _ in found.slots)
    nights = [one.why.gaps for one in found.rejected if one.why.key == "slot.their_night"]
    assert {"zone": "America/New_York", "at": "Mon 03:00"} in nights


def test_offers_are_on_different_days_and_the_preferred_ones_first() -> None:
    liked = Preferred(days=frozenset({1, 3}), opens=time(14), closes=time(16))
    rules = Availability(preferred=(liked,), **NO_WAIT)  # type: ignore[arg-type]
    found = search(Wish(length=timedelta(hours=1)), rules, BusyIndex([]), MONDAY)
    assert [f"{start:%a %H:%M}" for start, _ in found.slots] == [
        "Mon 09:00",
        "Tue 14:00",
        "Thu 14:00",
    ]


def test_only_what_they_can_is_offered() -> None:
    windows = ((at(13), at(15)), (datetime(2026, 12, 2, 9, tzinfo=UTC),) * 2)
    wish = Wish(length=timedelta(hours=1), windows=windows)
    found = search(wish, Availability(**NO_WAIT), BusyIndex([busy(at(13), 30)]), MONDAY)  # type: ignore[arg-type]
    assert [start for start, _ in found.slots] == [at(13, 30), at(14)]
