"""What is taken off for paying early: `2% 10 Net 30`, `bei Zahlung bis 12.5. 2 % Skonto`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.days import Days
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.dates import Order

_RATE = r"(?P<rate>\d{1,2}(?:[.,]\d{1,3})?)\s?%"
_DAY = r"(?:days?|tag\w*|jours?|d[ií]as?|giorni|gg\.?|dagen|dni|dagar?|dn[íů])\b"
_WORD = r"(?:skonto|discount|escompte|sconto|korting|descuento|desconto|abzug)"
_SHORT = re.compile(
    _RATE
    + r"\s?/?\s?(?P<days>\d{1,2})\b(?!\s?%|[.,]\d)[^\n]{0,20}?"
    + r"\bn(?:et(?:to)?|/)?\s?/?\s?(?P<net>\d{1,3})\b",
    re.IGNORECASE,
)
# `ohne Abzug`, `without discount`: there is none.
_DENIED = re.compile(
    r"\b(?:ohne|kein\w*|without|no|sans|sin|sem|senza|zonder|bez)\s+$", re.IGNORECASE
)
# What a rate beside these is of; and what was taken off already, whenever it is paid.
_OTHER = re.compile(
    r"\b(?:mwst|ust|vat|gst|hst|iva|tva|btw|moms|tax|dph|already|applied|deducted|included|trade"
    r"|volume|bereits|abgezogen|ber\u00fccksichtigt|inklusive|d\u00e9j\u00e0|incluido|gi\u00e0)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"pa[iy]|settl|early|prompt|cash|zahl|\u00fcberweis|begleich|r\u00e8gl|r\u00e9gl|pag|betal|plat|p\u0142at"
    r"|within|innerhalb|binnen|skonto|escompte|sconto|net\b|netto",
    re.IGNORECASE,
)
_LONGEST = 180  # days
_AMONG = (
    re.compile(_RATE + r"[^%\n]{0,50}?\b(?P<days>\d{1,2})\s?" + _DAY, re.IGNORECASE),
    re.compile(r"\b(?P<days>\d{1,2})\s?" + _DAY + r"[^%\n]{0,50}?" + _RATE, re.IGNORECASE),
)
_LAST = (
    re.compile(_RATE + r"[^%\n]{0,60}$", re.IGNORECASE),
    re.compile(r"[^%\n]{0,60}?" + _RATE, re.IGNORECASE),
)
_NO = re.compile(r"late|interest|overdue|verzug|retard|mora|finance charge|penalt", re.IGNORECASE)
_NET = re.compile(rf"\s?{_DAY}\W{{0,3}}(?:rein )?nett?o?\b", re.IGNORECASE)
_NEAR = 60  # letters around the rate in which it is called a discount
_HIGHEST = 15


class Discount(NamedTuple):
    """So many per cent, if paid until that day."""

    rate: Decimal
    until: date | None
    days: int | None
    spot: Spot
    by_word: bool = True  # it is called a discount
    rivals: bool = False  # the document states others

    def rule(self, issued: date | None) -> str:
        """How the last day was made."""
        return f"{issued} + {self.days} days" if issued and self.days is not None else ""


def discount_of(sheet: Sheet, days: Days, order: Order, issued: date | None) -> Discount | None:
    """The discount for early payment; of several the highest, which is no more than likely."""
    each_row = (each for row in sheet.rows for each in _in_row(row, days, order, issued))
    found = [each for each in each_row if 0 < each.rate <= _HIGHEST]
    best = max(found, key=lambda each: (each.by_word, each.rate), default=None)
    if best is None:
        return None
    others = {(each.rate, each.days, each.until) for each in found}
    return best._replace(rivals=len(others) > 1)


def _in_row(row: Row, days: Days, order: Order, issued: date | None) -> Iterator[Discount]:
    text = row.text
    if "%" not in text or _NO.search(text) or _OTHER.search(text) or not _PAID.search(text):
        return
    short = _SHORT.search(text)
    if short and int(short["days"]) < int(short["net"]) <= _LONGEST:
        yield _after(row, short, issued)._replace(
            by_word=bool(re.search(_WORD, text, re.IGNORECASE))
        )
        return
    for word in re.finditer(_WORD, text, re.IGNORECASE):
        if _DENIED.search(text, max(0, word.start() - 12), word.start()):
            continue
        start, end = max(0, word.start() - _NEAR), word.end() + _NEAR
        among = [m for p in _AMONG for m in p.finditer(text, start, end) if not _is_net(text, m)]
        if among:
            yield _after(row, min(among, key=lambda match: match.end() - match.start()), issued)
            return
        for dated in days.by_row.get(row.index, ()):
            before = _LAST[0].search(text, start, dated.spot.start)
            after = _LAST[1].match(text, dated.spot.end, end)
            if (match := before or after) and (day := dated.day.on(order)):
                yield Discount(_rate(match), day, None, row.spot(start, len(text)))
                return


def _is_net(text: str, match: re.Match[str]) -> bool:
    """`3 % Skonto, 30 Tage netto`: the days are those of the whole sum."""
    return bool(_NET.match(text, match.end("days")))


def _after(row: Row, match: re.Match[str], issued: date | None) -> Discount:
    days = int(match["days"])
    until = issued + timedelta(days=days) if issued else None
    return Discount(_rate(match), until, days, row.spot(match.start(), match.end()))


def _rate(match: re.Match[str]) -> Decimal:
    return Decimal(match["rate"].replace(",", "."))
