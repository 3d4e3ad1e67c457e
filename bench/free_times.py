"""How long a search for a time takes in a full calendar: 10,000 events, a tenth of them repeat.

.venv/bin/python bench/free_times.py
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mailagent.core.appointment import Appointment
from mailagent.core.availability import Availability, BusyIndex, Clock, Wish, search
from mailagent.core.itip import feed
from parsers.meeting.ical import read_calendar
from parsers.meeting.taken import dates_between, taken

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
EVENTS, YEARS = 10_000, 3
RULES = ("FREQ=WEEKLY", "FREQ=DAILY;COUNT=40", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=2")


def events(number: int) -> list[Appointment]:
    """Spread over three years around now, most in working hours."""
    chance = random.Random(7)
    made = []
    for at in range(number):
        day = NOW - timedelta(days=365 * 2) + timedelta(days=chance.randrange(365 * YEARS))
        start = day.replace(hour=chance.randrange(7, 18), minute=chance.choice((0, 15, 30, 45)))
        rules = (chance.choice(RULES),) if at % 10 == 0 else ()
        made.append(
            Appointment(
                uid=f"{at}@bench",
                start=start,
                end=start + timedelta(minutes=chance.choice((15, 30, 60))),
                zone="Europe/Berlin",
                title=f"Meeting {at}",
                rules=rules,
                tentative=at % 17 == 0,
            )
        )
    return made


def timed(what: str, run: Callable[[], object], times: int) -> None:
    """The median, and the slowest."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    print(f"{what:<46} {statistics.median(took):9.1f} ms   {max(took):9.1f} ms")


def main() -> None:
    """Prints the table."""
    content = feed(events(EVENTS), "bench", NOW)
    parsed = read_calendar(content, most=50_000).events
    first, last = NOW - timedelta(days=2), NOW + timedelta(days=30)
    dates = dates_between(parsed, first, last)
    busy = taken(dates, "bench")
    year = taken(dates_between(parsed, first, NOW + timedelta(days=365)), "bench")
    index, whole = BusyIndex(busy), BusyIndex(year)
    rules = Availability(zone="Europe/Berlin", buffer=timedelta(minutes=5))
    wish = Wish(length=timedelta(minutes=30), theirs=(Clock(zone="America/New_York"),))
    far = rules.model_copy(update={"horizon": timedelta(days=180)})
    print(f"{len(parsed)} events, {len(busy)} dates in 32 days, {len(year)} in a year")
    print(f"{'':<46} {'median':>12}   {'slowest':>12}")
    timed("read the file (in a child)", lambda: read_calendar(content, most=50_000), 1)
    timed("write out 32 days (in a child)", lambda: dates_between(parsed, first, last), 3)
    timed("build the index of 32 days", lambda: BusyIndex(busy), 20)
    timed("search 28 days, with the reason of each no", lambda: search(wish, rules, index, NOW), 20)
    timed("search 180 days", lambda: search(wish, far, whole, NOW), 5)
    timed("is one time free", lambda: index.between(NOW, NOW + timedelta(hours=1)), 1000)


if __name__ == "__main__":
    main()
