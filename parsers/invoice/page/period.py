"""When what is billed was done: `Leistungszeitraum 1.5. - 31.5.2025`, `Arrival`, `Departure`."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from parsers.invoice.page.days import Dated, Days
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.dates import Order, month_of

_BETWEEN = (
    r"(?:[-\u2013\u2014\u2212]|to|through|thru|until|bis(?: zum)?|au|al|a|à|tot(?: en met)?|t/m|do"
    r"|até|e)"
)
_BEFORE = 60  # letters in which the first day stands
# The first day, as far as it is written: `1er`, `26.05.`, `Nov 2`, `10 September`, `2025-01-01`.
_FIRST = re.compile(
    r"(?:(?P<whole>\S*\d[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[. ]{1,2}[^\W\d_]{3,10}[., ]{1,2}\d{4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}, ?\d{4})"
    r"|(?P<d1>\d{1,2})[./](?P<m1>\d{1,2})\.?"
    r"|(?P<n2>[^\W\d_]{3,10})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|er|\.)? ?(?P<n3>[^\W\d_]{3,10})?)"
    r"[ \u00a0\t]*" + _BETWEEN + r"[ \u00a0\t]*(?:the |le |el |il )?$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?P<n>[^\W\d_]{3,10})\.? (?P<d>\d{1,2}) ?[-\u2013] ?(?P<e>\d{1,2}), ?(?P<y>20\d{2})"
)
_NAMED = re.compile(
    r"period|zeitraum|leistungsmonat|période|periodo|período|okres|tijdvak|usage|service|coverage"
    r"|term\b|billing cycle|abonnement|subscription|stay\b|aufenthalt|séjour|effective|rendered"
    r"|\bfor\b|\bvom\b|\bfrom\b|\bdu\b|\bdal\b|\bdel\b|\bvan\b|\bod\b",
    re.IGNORECASE,
)
_ENDS = {
    "start": re.compile(
        r"period (?:from|start|begin)|service (?:from|start)|start date|arriv|check-?in|anreise"
        r"|arrivée|llegada|arrivo|aankomst|chegada|przyjazd|(?:contract|coverage) start|effective",
        re.IGNORECASE,
    ),
    "end": re.compile(
        r"period (?:to|end)|service (?:to|end)|end date|depart|check-?out|abreise|départ|salida"
        r"|partenza|vertrek|partida|saída|wyjazd|expires|expiration",
        re.IGNORECASE,
    ),
}
_MONTH = re.compile(
    r"(?:zeitraum|leistungsmonat|service period|billing period|period|période|periodo|período"
    r"|okres)\W{1,6}(?P<n>[^\W\d_]{3,10})\.? (?:de |del )?(?P<y>20\d{2})(?!\d)",
    re.IGNORECASE,
)
_LONGEST = 800  # days


class Period(NamedTuple):
    """The first and the last day, where they stand, and how sure that is."""

    start: date
    end: date
    spot: Spot
    confidence: float


def period_of(sheet: Sheet, days: Days, order: Order) -> Period | None:
    """The one that its words name; a lone range of days where nothing names one."""
    named = _by_ends(sheet, days, order) or _by_month(sheet)
    if named is not None:
        return named
    found = list(_ranges(sheet, days, order))
    best = max((each.confidence for each in found), default=0.0)
    first = next((each for each in found if each.confidence == best), None)
    if first is None:
        return None
    others = {(each.start, each.end) for each in found if each.confidence == best}
    # Several lines of their own periods: the bill's is not told.
    return first if len(others) == 1 else first._replace(confidence=min(best, 0.5))


def _ranges(sheet: Sheet, days: Days, order: Order) -> Iterator[Period]:
    for row in sheet.rows:
        for dated in days.by_row.get(row.index, ()):
            if (end := dated.day.on(order)) and (found := _begun(row, dated, end, order, days)):
                start, at = found
                spot = row.spot(at, dated.spot.end)
                yield Period(start, end, spot, _sure(row.text[:at]))
        if match := _ENDED.search(row.text):
            month, year = month_of(match["n"]), int(match["y"])
            first, last = _made(year, month, match["d"]), _made(year, month, match["e"])
            if first is not None and last is not None and first < last:
                spot = row.spot(match.start(), match.end())
                yield Period(first, last, spot, _sure(row.text[: match.start()]))


def _sure(before: str) -> float:
    return 0.92 if _NAMED.search(before[-60:]) else 0.7


def _begun(row: Row, dated: Dated, end: date, order: Order, days: Days) -> tuple[date, int] | None:
    """The first day of a range that ends with this one, and where it is written."""
    match = _FIRST.search(row.text, max(0, dated.spot.start - _BEFORE), dated.spot.start)
    if match is None:
        return None
    start = _first_day(match, row, end, order, days)
    if start is None or not 0 < (end - start).days <= _LONGEST:
        return None
    return start, match.start()


def _first_day(match: re.Match[str], row: Row, end: date, order: Order, days: Days) -> date | None:
    if match["whole"]:
        near = (d for d in days.by_row[row.index] if d.spot.end <= match.end("whole") + 1)
        last = max(near, key=lambda d: d.spot.start, default=None)
        return last.day.on(order) if last and last.spot.end > match.start("whole") else None
    if match["d1"]:
        first, second = match["d1"], match["m1"]
        day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
        return _before(end, int(month), day)
    name, day = (match["n2"], match["d2"]) if match["n2"] else (match["n3"], match["d3"])
    month = month_of(name) if name else end.month
    return _before(end, month, day) if month else None


def _before(end: date, month: int, day: str) -> date | None:
    """That day in the year of the end, or in the one before."""
    same = _made(end.year, month, day)
    return same if same is None or same < end else _made(end.year - 1, month, day)


def _made(year: int, month: int | None, day: str) -> date | None:
    try:
        return date(year, month or 0, int(day))
    except ValueError:
        return None


def _by_ends(sheet: Sheet, days: Days, order: Order) -> Period | None:
    """Two labels of their own: `Arrival`, `Departure`."""
    found: dict[str, Dated] = {}
    for row in sheet.rows:
        for dated in days.by_row.get(row.index, ()):
            start, _ = row.cell_at(dated.spot.start)
            before = row.text[:start].rstrip("\t").rpartition("\t")[2]
            label = f"{before} {row.text[start : dated.spot.start]}"
            name = next((name for name, words in _ENDS.items() if words.search(label)), "")
            if name:
                found.setdefault(name, dated)
    if len(found) < len(_ENDS):
        return None
    start_day, end_day = found["start"].day.on(order), found["end"].day.on(order)
    if start_day is None or end_day is None or not 0 <= (end_day - start_day).days <= _LONGEST:
        return None
    return Period(start_day, end_day, found["start"].spot, 0.92)


def _by_month(sheet: Sheet) -> Period | None:
    """`Leistungszeitraum: Mai 2025`: from its first day to its last."""
    for row in sheet.rows:
        match = _MONTH.search(row.text)
        month = month_of(match["n"]) if match else None
        if match and month:
            year = int(match["y"])
            last = calendar.monthrange(year, month)[1]
            spot = row.spot(match.start("n"), match.end())
            return Period(date(year, month, 1), date(year, month, last), spot, 0.92)
    return None
