"""What is said, in the person's language: phrases from a table, dates and amounts by locale."""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_time
from babel.numbers import format_decimal

from mailagent.core.people import Person
from mailagent.core.spelling import spell_day

Phrases = dict[str, str]

# Longer ones come out of broken documents; they are shown as they were read.
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


def load(folder: Path) -> Phrases:
    """The phrases of one language, by dotted names; its files are parts of one table."""
    lines = [line for path in sorted(folder.glob("*.toml")) for line in _phrases(path)]
    phrases = dict(lines)
    if len(phrases) < len(lines):
        names = [name for name, _ in lines]
        raise ValueError(f"{folder}: given twice: { ({n for n in names if names.count(n) > 1}) }")
    return phrases


def _phrases(path: Path) -> list[tuple[str, str]]:
    return _flat(tomllib.loads(path.read_text(encoding="utf-8")), "")


def _flat(table: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for name, value in table.items():
        lines += (
            _flat(value, f"{prefix}{name}.")
            if isinstance(value, dict)
            else [(prefix + name, value)]
        )
    return lines


class Words:
    """One person's language, locale and time zone, as of one moment."""

    def __init__(self, phrases: Phrases, person: Person, at: datetime) -> None:
        self._phrases = phrases
        self.language = person.language
        self._locale = _locale(person.locale, person.language)
        self._zone = person.zone
        self.today = at.astimezone(self._zone).date()

    def __call__(self, name: str, /, **values: object) -> str:
        """The phrase of this name, its gaps filled. A value is never looked into for gaps."""
        return self._phrases[name].format_map(values)

    def has(self, name: str) -> bool:
        """Whether there is such a phrase, and it says something."""
        return bool(self._phrases.get(name))

    def either(self, name: str, otherwise: str) -> str:
        """The phrase of this name, or these words."""
        return self._phrases.get(name) or otherwise

    def count(self, name: str, number: int, /, **values: object) -> str:
        """The phrase for so many."""
        return self(f"{name}.{'one' if number == 1 else 'other'}", n=number, **values)

    def day(self, day: date, *, year: bool = False) -> str:
        """12 Dec; with its year where asked for, or where it is not this one."""
        return _plain(spell_day(day, date.min if year else self.today, str(self._locale)))

    def moment(self, at: datetime) -> str:
        """28 Nov 09:14, by the person's own clock."""
        here = at.astimezone(self._zone)
        clock = format_time(here, "short", locale=self._locale)
        return f"{self.day(here.date())} {_plain(clock)}"

    def day_of(self, at: datetime) -> str:
        """The date of a moment, by the person's own clock."""
        return self.day(at.astimezone(self._zone).date())

    def amount(self, value: str | Decimal, currency: str = "") -> str:
        """EUR 1,234.56; no digit that was read is rounded away."""
        if not _NUMBER.fullmatch(str(value)):
            return str(value)
        number = format_decimal(value, "#,##0.00", locale=self._locale, decimal_quantization=False)
        return _plain(f"{currency} {number}").strip()

    def number(self, value: str) -> str:
        """1,234.5, as many places as it has."""
        if not _NUMBER.fullmatch(value):
            return value
        number = format_decimal(Decimal(value), locale=self._locale, decimal_quantization=False)
        return _plain(number)


def _plain(text: str) -> str:
    """With the spaces that every font and terminal has."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


@cache
def _locale(name: str, language: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)
