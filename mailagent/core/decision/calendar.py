"""The names of months and weekdays, and dates written in figures, by locale."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

_LANGUAGES = ("en", "en_GB", "de", "fr", "es", "it", "nl", "pt", "pt_PT")
# What people write that no calendar prints.
_SPOKEN_DAYS = {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "sonnabend": 5,
    "segunda": 0, "ter\u00e7a": 1, "quarta": 2, "quinta": 3, "sexta": 4,
}  # fmt: skip
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY = re.compile(r"([0-3]?\d)(st|nd|rd|th|er|\u00ba|\u00b0|\u00aa|e|ste|de)?")

Width = Literal["wide", "abbreviated"]


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """The locale of this name; English where there is none."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=64)
def months(locale: str) -> dict[str, int]:
    """Full names in all languages, short ones in English and the person's own."""
    found: dict[str, int] = {}
    for language, width in _spellings(locale):
        for context in ("format", "stand-alone"):
            names = get_month_names(width, context, locale=language)
            found |= {_folded(name): number for number, name in names.items()}
    return found | {"sept": 9}


@lru_cache(maxsize=64)
def weekdays(locale: str) -> dict[str, int]:
    """Monday is 0."""
    found: dict[str, int] = dict(_SPOKEN_DAYS)
    for language, width in _spellings(locale):
        for context in ("format", "stand-alone"):
            names = get_day_names(width, context, locale=language)
            found |= {_folded(name): number for number, name in names.items()}
    return found


def weekday_of(word: str, locale: str = "en_GB") -> int | None:
    """The weekday that a word names."""
    return weekdays(locale).get(word.rstrip("s")) if len(word) > 5 else weekdays(locale).get(word)


def _spellings(locale: str) -> Iterable[tuple[Locale, Width]]:
    for language in _LANGUAGES:
        yield locale_of(language), "wide"
    for language in ("en", "en_GB", locale):
        yield locale_of(language), "abbreviated"


def _folded(name: str) -> str:
    return name.rstrip(".").casefold()


@lru_cache(maxsize=64)
def day_comes_first(locale: str) -> bool:
    """15/12 or 12/15."""
    pattern = str(locale_of(locale).date_formats["short"].pattern)
    return pattern.find("d") < pattern.find("M")


def day_number(word: str) -> tuple[int, bool] | None:
    """15 or 15th, and whether it is marked as a day."""
    match = _DAY.fullmatch(word)
    return (int(match[1]), bool(match[2])) if match and 1 <= int(match[1]) <= 31 else None


def in_figures(word: str, locale: str) -> tuple[int | None, int, int] | None:
    """Year, month and day of 2026-12-15, 15.12., 15/12/26 or 12/15; None when it is no date.

    A date that can only be meant one way is read so, whatever the locale's order.
    """
    iso = _ISO.fullmatch(word)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    match = _FIGURES.fullmatch(word)
    if match is None:
        return None
    day, month = int(match[1]), int(match[3])
    if match[2] == "/" and not day_comes_first(locale):
        day, month = month, day
    if month > 12 >= day and match[2] != ".":
        day, month = month, day
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0) if match[4] else None
    return year, month, day


def a_date(year: int, month: int, day: int) -> date | None:
    """None for the 31st of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
