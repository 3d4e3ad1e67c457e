"""Amounts and days as a person's locale writes them."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from mailagent.core.money import Money


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def spell_money(money: Money, locale: str) -> str:
    """EUR 1,234.56: the currency's code first, so that it can never be mistaken.

    Two decimals, and every further one that there is: what is shown is never rounded.
    """
    where = _locale(locale)
    number = format_decimal(money.amount, "#,##0.00", where, decimal_quantization=False)
    return f"{money.currency} {number}"


def spell_day(day: date, today: date, locale: str) -> str:
    """12 Dec; with the year where it is not this one."""
    pattern = {"de": "d. MMM", "en": "d MMM"}.get(_locale(locale).language, "d MMM")
    if day.year != today.year:
        pattern += " y"
    return format_date(day, pattern, locale=_locale(locale)).rstrip(".")
