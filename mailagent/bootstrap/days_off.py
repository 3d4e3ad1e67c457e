"""On which days nobody works: told by country, and looked up once a year."""

from collections.abc import Callable
from datetime import date

from mailagent.settings.calendars import public_holidays
from mailagent.settings.model import Settings


def days_off(settings: Settings) -> Callable[[date], bool]:
    """The holidays that the settings name, otherwise those of the company's country."""
    country = settings.company.country
    places = settings.calendar.holidays or ((country,) if country else ())
    known: dict[int, frozenset[date]] = {}

    def is_off(day: date) -> bool:
        if day.year not in known:
            found = (_of(place, day.year) for place in places)
            known[day.year] = frozenset().union(*found)
        return day in known[day.year]

    return is_off


def _of(place: str, year: int) -> frozenset[date]:
    """A country without a calendar has no holidays that we know."""
    try:
        return frozenset(public_holidays(place, (year,)))
    except ValueError:
        return frozenset()
