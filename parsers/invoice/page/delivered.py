"""The one day on which what is billed was done: `Leistungsdatum 5.11.2026`, `Date of supply`."""

import re
from datetime import date

from parsers.invoice.page.days import Dated, Days, Found
from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.period import Period
from parsers.values.dates import Order

_NAMED = re.compile(
    r"leistungsdatum|lieferdatum|(?:tag|datum) der (?:leistung|lieferung)"
    r"|(?:geliefert|erbracht) am|(?:lieferung|leistung) (?:am|vom)"
    r"|(?:date of (?:supply|service|delivery)|(?:supply|service|delivery) date|tax point"
    r"|(?:supplied|delivered|rendered|performed) on)"
    r"|date (?:de|d')\s?(?:livraison|la livraison|prestation|la prestation|exécution)|livré le"
    r"|fecha de (?:entrega|operación|la operación|prestación)"
    r"|data (?:di|della) (?:consegna|prestazione)"
    r"|leverdatum|leveringsdatum|datum (?:van )?levering|geleverd op"
    r"|data (?:de|da) (?:entrega|prestação)|data (?:sprzedaży|dostawy|wykonania usługi)",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"(?:leistungs|liefer)\w*datum\W{0,3}(?:entspricht|=|gleich|ist|wie)\W{0,3}(?:dem )?rechnungs"
    r"|(?:rechnungsdatum|datum der rechnung)\W{0,3}(?:entspricht|=|gleich|ist|/)\W{0,3}(?:dem )?"
    r"(?:liefer|leistungs)\w*datum|date of supply\W{0,3}(?:is|=|same as)? ?(?:the )?invoice date",
    re.IGNORECASE,
)
_NEAR = 40  # letters between the words and their day
_UNDER = 3.0  # line heights


def delivered_of(sheet: Sheet, days: Days, order: Order, issued: Found | None) -> Period | None:
    """Beside its words or under them; or the words say that it is the day of the bill."""
    for row in sheet.rows:
        if issued is not None and (match := _SAME_DAY.search(row.text)):
            spot = row.spot(match.start(), match.end())
            return Period(issued.value, issued.value, spot, min(0.9, issued.confidence))
        if match := _NAMED.search(row.text):
            beside = _beside(row.index, match.end(), days)
            found = beside or _below(row.spot(match.start(), match.end()), sheet, days)
            if found is not None and (day := found.day.on(order)) and _is_near(day, issued):
                return Period(day, day, found.spot, 0.92)
    return None


def _beside(row: int, end: int, days: Days) -> Dated | None:
    behind = (dated for dated in days.by_row.get(row, ()) if dated.spot.start >= end)
    nearest = min(behind, key=lambda dated: dated.spot.start, default=None)
    return nearest if nearest and nearest.spot.start - end <= _NEAR else None


def _below(spot: Spot, sheet: Sheet, days: Days) -> Dated | None:
    height = max(1.0, spot.bottom - spot.top)
    for row in sheet.rows[spot.row + 1 : spot.row + 3]:
        if row.page != spot.page or row.top - spot.bottom > _UNDER * height:
            break
        for dated in days.by_row.get(row.index, ()):
            if dated.spot.over(spot):
                return dated
    return None


def _is_near(day: date, issued: Found | None) -> bool:
    """Not of another year than the bill, as the day of an old contract is."""
    return issued is None or abs((day - issued.value).days) <= 366
