"""A value as it is printed: where it stands in a row, and what it says when it is found there."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from parsers.values.accounts import iban_at
from parsers.values.amounts import Style, amount_of, amounts_in
from parsers.values.dates import Order, days_in
from parsers.values.decimals import spell_amount
from parsers.values.printed import identifier_pattern, words_pattern

DAYS = frozenset({"issue_date", "due_date"})
AMOUNTS = frozenset({"total", "net", "tax"})
NUMBERS = frozenset({"invoice_number", "iban"})
NAMES = frozenset({"seller_name"})
_LONGEST = 60  # letters of a number
_IBAN = "IBAN"  # known by its letters, however they are grouped
_IBAN_START = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}")
_RUNS = re.compile(r"\d+|[^\W\d_]+|\s+|.")


class Printed(NamedTuple):
    """A stretch of a row that can be a value."""

    start: int
    end: int
    month_first: bool | None = None
    decimal: str = ""
    whole: bool = False  # an amount without parts: a house number looks like that


def printed(field: str, value: str, row: str) -> Iterator[Printed]:
    """Where a row shows this value."""
    if field in DAYS:
        yield from _printed_day(date.fromisoformat(value), row)
    elif field in AMOUNTS:
        yield from _printed_amount(value, row)
    elif field in NUMBERS | NAMES:
        pattern = (identifier_pattern if field in NUMBERS else words_pattern)(value)
        yield from (Printed(*match.span()) for match in pattern.finditer(row))


def _printed_day(value: date, row: str) -> Iterator[Printed]:
    for day in days_in(row):
        if value == day.day_first == day.month_first:
            yield Printed(day.start, day.end)
        elif value in (day.day_first, day.month_first):
            yield Printed(day.start, day.end, month_first=value == day.month_first)


def _printed_amount(value: str, row: str) -> Iterator[Printed]:
    try:
        wanted = abs(Decimal(value))
    except InvalidOperation:
        return
    for written in amounts_in(row):
        fits = [d for d in ",." if abs(amount_of(written, Style(d, sure=True))) == wanted]
        if fits:
            decimal = fits[0] if len(fits) == 1 else ""
            whole = written.digits.isdecimal()
            yield Printed(written.start, written.end, decimal=decimal, whole=whole)


def shape_of(text: str) -> str:
    """A pattern for what is printed alike: its digits and letters may be others."""
    if iban_at(text)[0]:
        return _IBAN
    if len(text) > _LONGEST:
        return ""
    runs = (_class(run) for run in _RUNS.findall(text.strip()))
    return rf"(?<![^\W_]){''.join(runs)}(?![^\W_])"


def _class(run: str) -> str:
    if run[0].isdecimal():
        return r"\d+"
    if run.isspace():
        return r"\s+"
    return r"[^\W\d_]+" if run[0].isalpha() else re.escape(run)


class Said(NamedTuple):
    """What stands in a stretch of a row."""

    start: int
    end: int
    value: str


class Print(NamedTuple):
    """How a field was printed when it was taught."""

    field: str
    shape: str
    month_first: bool | None = None
    decimal: str = ""


def said(how: Print, row: str) -> Iterator[Said]:
    """All in a row that could be a value of this field, printed like the one that was taught."""
    if how.field in DAYS:
        return _said_days(how, row)
    if how.field in AMOUNTS:
        return _said_amounts(how, row)
    return _said_accounts(row) if how.shape == _IBAN else _said_words(how.shape, row)


def _said_days(how: Print, row: str) -> Iterator[Said]:
    order = Order.MONTH_FIRST if how.month_first else Order.DAY_FIRST
    for day in days_in(row):
        open_ = day.ambiguous and how.month_first is None
        found = None if open_ else day.on(order)
        if found is not None:
            yield Said(day.start, day.end, found.isoformat())


def _said_amounts(how: Print, row: str) -> Iterator[Said]:
    style = Style(how.decimal or ".", sure=bool(how.decimal))
    for written in amounts_in(row):
        if how.decimal or _is_plain(written.digits):
            yield Said(written.start, written.end, spell_amount(amount_of(written, style)))


def _said_accounts(row: str) -> Iterator[Said]:
    for start in _IBAN_START.finditer(row):
        account, length = iban_at(row[start.start() :])
        if account:
            yield Said(start.start(), start.start() + length, account)


def _said_words(shape: str, row: str) -> Iterator[Said]:
    for match in re.finditer(shape, row) if shape else ():
        yield Said(match.start(), match.end(), " ".join(match[0].split()))


def _is_plain(digits: str) -> bool:
    """Whether a number says by itself what it is, whatever parts whole and parts: 119.00 or 85."""
    return not re.search(r"[.,]\d{3}$", digits)
