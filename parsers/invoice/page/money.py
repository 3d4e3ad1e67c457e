"""The amounts of a sheet, and the currency that they are in."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.labels import words_of
from parsers.invoice.page.layout import Sheet, Spot
from parsers.values.amounts import Style, Written, amount_of, amounts_in, style_of

_COMMA = frozenset(words_of("comma"))
# `14 Tagen`, `5 x`, `40 nos`: so many of something, no money.
_COUNTED = re.compile(
    r"[ \u00a0]?(?:(?:calendar |business |working )?days?|tage?n?|tg|jours?|d[ií]as?|giorni|gg"
    r"|dagen|dni|dagar?|dn[íů]|weeks?|wochen?|months?|monate?n?|mois|mes(?:es|i)?|hours?|hrs?"
    r"|stunden|std|heures?|horas?|ore|uur|godz|nos|pcs|stk|stück|st|szt|un|uds?|kwh|kg|km|m[23²³]?"
    r"|miles|gal|lbs?|units?|users?|seats?|users|nights?|nächte)(?![^\W_])",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """A number where it stands."""

    value: Decimal
    spot: Spot
    written: Written

    @property
    def marked(self) -> bool:
        """Whether its writing alone says that it is money."""
        return self.written.marked


def _is_grouped(text: str, number: Written) -> bool:
    """One of several groups of digits: an account, a telephone number."""
    before, after = text[: number.start], text[number.end :]
    return bool(re.search(r"\d{2}[ -]$", before) or re.match(r"[ -]\d{2}(?![\d.,]*[.,]\d)", after))


def _is_no_money(text: str, number: Written) -> bool:
    return _is_grouped(text, number) or bool(_COUNTED.match(text, number.end))


class Amounts:
    """Every amount of a sheet in the one style of the document."""

    def __init__(self, sheet: Sheet, language: str) -> None:
        found = [(row, number) for row in sheet.rows for number in amounts_in(row.text)]
        expected = "," if language in _COMMA else "."
        self.style: Style = style_of([number for _, number in found if number.marked], expected)
        self.by_row: dict[int, list[Amount]] = {}
        for row, number in found:
            if not number.marked and _is_no_money(row.text, number):
                continue
            spot = row.spot(number.start, number.end)
            value = amount_of(number, self.style)
            self.by_row.setdefault(row.index, []).append(Amount(value, spot, number))
        # Where money is written with its parts, a bare number is seldom money.
        self.exact = sum(a.marked for each in self.by_row.values() for a in each) > 2
        self.all = [amount for amounts in self.by_row.values() for amount in amounts]

    def leave_out(self, columns: Iterable[Spot]) -> None:
        """What stands below these headings is said for information only."""
        for head in columns:
            for index, found in self.by_row.items():
                below = index > head.row and found[0].spot.page == head.page
                if below:
                    self.by_row[index] = [a for a in found if not a.spot.over(head, 4)] or found
        self.all = [amount for amounts in self.by_row.values() for amount in amounts]

    def at(self, spot: Spot) -> Decimal | None:
        """The amount at a spot."""
        found = (a.value for a in self.by_row.get(spot.row, ()) if a.spot == spot)
        return next(found, None)

    def printed(self, value: Decimal) -> Amount | None:
        """The last place where this very amount stands as money."""
        return next((a for a in reversed(self.all) if a.value == value and a.marked), None)

    def currencies(self) -> Counter[str]:
        """How often each currency stands beside an amount."""
        return Counter(a.written.currency for a in self.all if a.written.currency)
