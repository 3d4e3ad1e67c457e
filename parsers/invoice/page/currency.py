"""The currency of an invoice: its code, its sign, and of which country a dollar is."""

import re
from collections import Counter
from typing import NamedTuple

from parsers.invoice.page.labels import Labels
from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.money import Amounts
from parsers.values.amounts import CODES, SIGNS

# What tells on a page in which country an invoice is at home, where `$` and `kr` are many.
_COUNTRIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "AUD",
        re.compile(
            r"\bA\.?B\.?N\.?\b|\bACN\b|\bBSB\b|\bAustralia|\.com\.au\b|\b(?:NSW|VIC|QLD|TAS)\b"
            r"|\bPty\b"
        ),
    ),
    ("NZD", re.compile(r"\bNew Zealand\b|\.co\.nz\b|\bNZBN\b|\bIRD\b|\bAuckland\b|\bWellington\b")),
    (
        "CAD",
        re.compile(
            r"\bHST\b|\bPST\b|\bQST\b|\bTVQ\b|\bTPS\b|\bGST/HST\b|\bCanada\b|\.ca\b|\bRT ?0001\b"
            r"|\b(?:ON|QC|BC|AB|MB|SK|NS|NB) [A-Z]\d[A-Z] ?\d[A-Z]\d\b"
        ),
    ),
    ("SGD", re.compile(r"\bSingapore\b|\.com\.sg\b|\bPte\b|\bUEN\b")),
    ("HKD", re.compile(r"\bHong Kong\b|\.hk\b")),
    ("MXN", re.compile(r"\bM[eé]xico\b|\bRFC\b|\.mx\b")),
    ("INR", re.compile(r"\bGSTIN\b|\b[CSI]GST\b|\bIFSC\b|\bIndia\b|\bPvt\b")),
    (
        "USD",
        re.compile(
            r"\bUSA\b|\bU\.S\.|\bUnited States\b|\bSales Tax\b|\bEIN\b|\bACH\b|\bABA\b"
            r"|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bLLC\b|\bInc\b",
            re.IGNORECASE,
        ),
    ),
)
# A tax that is called GST is one country's by its rate.
_GST = re.compile(r"\bGST\b[^\w%\n]{0,4}(\d{1,2})(?:\.0+)? ?%|(\d{1,2})(?:\.0+)? ?% GST\b")
_GST_RATES = {"5": "CAD", "9": "SGD", "10": "AUD", "15": "NZD"}
_CANADIAN = re.compile(r"\bG?[HPQ]?ST\b|\bTPS\b|\bTVQ\b|\bRT ?0001\b")
_CROWNS = (
    ("DKK", re.compile(r"\bCVR\b|\.dk\b|\bDanmark\b|\bApS\b|\bA/S\b")),
    ("NOK", re.compile(r"\bNorge\b|\.no\b|\bMVA\b|\bOrg\.?nr\b.*MVA")),
    ("SEK", re.compile(r"\bSverige\b|\.se\b|\bBankgiro\b|\bPlusgiro\b|\bF-skatt\b|\bAB\b")),
    ("CZK", re.compile(r"\bDIČ\b|\.cz\b")),
)
# Where no sign stands at all, the country of tax numbers and accounts is a weak hint.
_EURO = re.compile(
    r"\b(?:DE|AT|FR|ES|IT|NL|BE|PT|IE|FI|LU)\s?[A-Z0-9]{2}\s?\d{4,}"
    r"|\b[CN]\.?I\.?F\.?[ :]{1,2}[A-Z]?-?\d{7}|\bP\. ?IVA\b|\bPartita IVA\b|\bSIRET\b|\bTVA intra"
    r"|\bUSt-Id|\bSteuernummer\b|\bMwSt\b|\bKvK\b|\bBTW\b"
)
_GREAT_BRITAIN = re.compile(
    r"\bGB\s?\d{3}\s?\d{4}\s?\d{2}\b|\bVAT\b[^\d\n]{0,16}\d{3} \d{4} \d{2}\b|\bSort Code\b"
    r"|\.co\.uk\b|\bUnited Kingdom\b",
    re.IGNORECASE,
)
_APART = re.compile(r"€|£|₹|zł|Kč|(?:US|HK|NZ|AU?|CA?|S|R)\$|(?<=\()(?:RM|SR|Rs|Dhs|Rp|CHF)(?=\))")
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")


class Currency(NamedTuple):
    """A currency, where it stands, or the rule that derived it."""

    code: str
    confidence: float
    spot: Spot | None
    rule: str = ""


def currency_of(
    sheet: Sheet, labels: Labels, amounts: Amounts, total: tuple[Spot, ...]
) -> Currency | None:
    """Beside a label that names it, beside the total, beside most amounts, or anywhere."""
    if told := _labelled(sheet, labels):
        return told
    signs = amounts.currencies()
    beside = next(
        (a.written.currency for a in amounts.all if a.spot in total and a.written.currency), ""
    )
    codes = _codes_in(sheet)
    sign = beside or next((code for code, _ in signs.most_common(1)), "")
    if sign in ("$", "kr"):
        return _of_many(sheet, amounts, sign, codes)
    if sign:
        clear = len({s for s in signs if s not in ("$", "kr")}) <= 1 or signs[sign] > 2
        return Currency(sign, 0.99 if clear else 0.9, _spot_of(amounts, sign))
    if codes:
        code, count = codes.most_common(1)[0]
        return Currency(
            code, 0.97 if len(codes) == 1 or count > 1 else 0.8, _code_spot(sheet, code)
        )
    return _signed(sheet) or _by_country(sheet)


def foreign_columns(sheet: Sheet, labels: Labels) -> list[Spot]:
    """Headings of columns that repeat the amounts in another currency than the one named."""
    told = _labelled(sheet, labels)
    found: list[Spot] = []
    for row in sheet.rows if told else ():
        codes = [cell for cell in row.cells() if cell.text.strip() in CODES]
        if told and len(codes) > 1 and any(cell.text.strip() == told.code for cell in codes):
            found += [cell for cell in codes if cell.text.strip() != told.code]
    return found


def _labelled(sheet: Sheet, labels: Labels) -> Currency | None:
    for label in labels.of("currency"):
        row = sheet.rows[label.spot.row]
        text = row.text[label.spot.start : label.spot.end + 24]
        found = next((m for m in _CODE.finditer(text) if m[1] in CODES), None)
        if found:
            start = label.spot.start + found.start(1)
            return Currency(found[1], 0.99, row.spot(start, start + 3))
        sign = next((s for s in SIGNS if len(s) > 1 and s in text and SIGNS[s] in CODES), "")
        if "€" in text or sign:
            code = "EUR" if "€" in text else SIGNS[sign]
            at = row.text.index(sign or "€", label.spot.start)
            return Currency(code, 0.98, row.spot(at, at + len(sign or "€")))
    return None


def _of_many(sheet: Sheet, amounts: Amounts, sign: str, codes: Counter[str]) -> Currency:
    """A dollar or a crown: by a code on the page, else by what tells the country."""
    spot = _spot_of(amounts, sign)
    kinds = _COUNTRIES if sign == "$" else _CROWNS
    family = {code for code, _ in kinds} | ({"USD", "AUD"} if sign == "$" else {"ISK"})
    named = [code for code, _ in codes.most_common() if code in family]
    if named:
        sure = 0.98 if len(named) == 1 else 0.85
        return Currency(named[0], sure, _code_spot(sheet, named[0]))
    text = sheet.text
    votes = {code: len(pattern.findall(text)) for code, pattern in kinds}
    for match in _GST.finditer(text) if sign == "$" else ():
        if code := _GST_RATES.get(match[1] or match[2]):
            votes[code] += 1
    best = max(votes, key=lambda code: votes[code])
    if not votes[best] and sign == "$" and "GST" in text:
        return Currency("AUD", 0.4, spot, "$ of a country that has a GST")
    if not votes[best]:
        default = "USD" if sign == "$" else "SEK"
        rule = f"{sign} without a sign of another country"
        return Currency(default, 0.92 if sign == "$" else 0.5, spot, rule)
    if best == "CAD" and votes[best] < 2 and not _CANADIAN.search(text):
        # Canadians who bill in their own dollars to Canadians say so by address or tax.
        return Currency("USD", 0.7, spot, "$ of a seller in Canada, without Canadian taxes")
    others = max(n for code, n in votes.items() if code != best)
    clear = votes[best] > 2 * others and (best != "CAD" or _CANADIAN.search(text))
    sure = 0.96 if clear else 0.8
    return Currency(best, sure, spot, f"{sign} of the country that the page tells")


def _codes_in(sheet: Sheet) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in sheet.rows:
        for match in _CODE.finditer(row.text):
            if match[1] in CODES:
                found[match[1]] += 1
    return found


def _code_spot(sheet: Sheet, code: str) -> Spot | None:
    for row in sheet.rows:
        match = re.search(rf"(?<![A-Za-z]){code}(?![A-Za-z])", row.text)
        if match:
            return row.spot(match.start(), match.end())
    return None


def _spot_of(amounts: Amounts, sign: str) -> Spot | None:
    return next((a.spot for a in amounts.all if a.written.currency == sign), None)


def _signed(sheet: Sheet) -> Currency | None:
    """A sign that stands apart, in the heading of a column: `Amount (€)`."""
    for row in sheet.rows:
        for match in _APART.finditer(row.text):
            return Currency(SIGNS[match[0]], 0.95, row.spot(match.start(), match.end()))
    return None


def _by_country(sheet: Sheet) -> Currency | None:
    for code, pattern in (("GBP", _GREAT_BRITAIN), ("EUR", _EURO), *_COUNTRIES):
        if pattern.search(sheet.text):
            return Currency(code, 0.7, None, "no currency is stated: that of the country")
    return None
