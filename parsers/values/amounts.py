"""Amounts as people write them. Whether a comma parts whole and parts is decided per document."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

_GAP = "[ \u00a0\u2009\u202f]"
_CODES = (
    "EUR USD GBP CHF CAD AUD NZD INR JPY CNY SEK NOK DKK PLN CZK HUF RON BGN HRK TRY ZAR BRL MXN"
    " SGD HKD AED SAR ILS KRW THB MYR IDR PHP VND RUB UAH ISK CLP COP ARS PEN EGP NGN KES QAR KWD"
    " TWD PKR LKR BDT MAD TND"
)
CODES = frozenset(_CODES.split())
# `$` alone is the dollar of a country that the rest of the page has to tell.
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "¥": "JPY",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₴": "UAH",
    "₦": "NGN",
    "US$": "USD",
    "USD$": "USD",
    "U$S": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "CDN$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "AUD$": "AUD",
    "NZ$": "NZD",
    "NZD$": "NZD",
    "S$": "SGD",
    "SG$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "MX$": "MXN",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "CHF": "CHF",
    "SFr.": "CHF",
    "Fr.": "CHF",
    "Rs.": "INR",
    "Rs": "INR",
    "INR": "INR",
    "kr.": "kr",
    "kr": "kr",
    "Kr.": "kr",
    "Kr": "kr",
    "KR": "kr",
    "R": "ZAR",
    "RM": "MYR",
    "SR": "SAR",
    "Dhs": "AED",
    "Rp": "IDR",
    "Euro": "EUR",
    "euro": "EUR",
    "EURO": "EUR",
    "Euros": "EUR",
    "euros": "EUR",
    "$": "$",
}
# `R 120.00` is in rand; `R-1` and `R2024` are numbers that somebody gave.
_RAND = r"R(?=[ \u00a0]?\d{1,3}(?:[ ,.]\d{3})*[.,]\d{2}(?!\d))"
_RIYAL = r"SR(?!\s?\d{1,2}(?:\.\d+)?\s?%)"  # `SR 9%` is what is taxed at the standard rate
_SIGN = "|".join(
    [
        *(
            {"R": _RAND, "SR": _RIYAL}.get(sign) or re.escape(sign)
            for sign in sorted(SIGNS, key=len, reverse=True)
        ),
        *_CODES.split(),
    ]
)
_NUMBER = (
    rf"\d{{1,3}}(?:(?P<group>[.,'\u2019]|{_GAP})\d{{3}})(?:(?P=group)\d{{3}}){{0,3}}"
    r"(?:(?!(?P=group))[.,]\d{1,4})?"  # 1.234.567,89
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?:\.\d{1,2})?"  # 12,34,567.89 of India
    r"|\d{1,9}[.,]\d{1,5}"
    r"|\d{1,9}"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/%#\u2116-])(?P<open>\()?(?P<minus>[-\u2212\u2013]{_GAP}?)?"
    rf"(?:(?P<before>{_SIGN})[ \u00a0\t\u202f]{{0,2}})?(?P<minus2>[-\u2212\u2013]{_GAP}?)?"
    rf"(?P<number>{_NUMBER})(?P<dash>[,.][-\u2013\u2014=]{{1,2}})?(?P<minus3>-)?"
    r"(?:(?<=\.\d{2})T(?!\w))?"  # how American programs mark what is taxed
    rf"(?:[ \u00a0\t\u202f]?(?P<after>{_SIGN})(?![^\W\d_])(?P<minus4>-(?!\w))?)?"
    r"(?P<credit>{_GAP}?CR\b)?(?P<close>\))?"
    r"(?![\w/%\u2030\u00b0\u00ba])(?!['\u2019:.,-]\d)(?!{_GAP}?%)".replace("{_GAP}", _GAP)
)
_POINT_LAST = re.compile(r"\d[.](?:\d{1,2}|\d{4,5})$|,\d{3}[.]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_COMMA_LAST = re.compile(r"\d[,](?:\d{1,2}|\d{4,5})$|[.]\d{3},|'\d{3},")


class Written(NamedTuple):
    """A number as it stands in a text."""

    start: int
    end: int
    digits: str  # with its commas and points
    currency: str  # a code, `$` or `kr`, empty when none stands beside it
    negative: bool
    round: bool  # written as round: 1.500,-

    @property
    def marked(self) -> bool:
        """Whether its writing says that it is money: parts of two digits, or a currency."""
        return bool(self.currency or self.round or re.search(r"[.,]\d{2}$", self.digits))


def amounts_in(text: str) -> Iterator[Written]:
    """Every number that can be an amount; no percentages, dates, or parts of longer codes."""
    for match in _AMOUNT.finditer(text):
        sign = match["before"] or match["after"] or ""
        minus = (
            match["minus"]
            or match["minus2"]
            or match["minus3"]
            or match["minus4"]
            or match["credit"]
        )
        yield Written(
            match.start(),
            match.end(),
            match["number"],
            SIGNS.get(sign, sign),
            bool(minus or (match["open"] and match["close"])),
            bool(match["dash"]),
        )


class Style(NamedTuple):
    """How a document writes its numbers."""

    decimal: str  # "," or "."
    sure: bool  # some number could be read in one way only


def style_of(numbers: Sequence[Written], expected: str) -> Style:
    """By the numbers that can be read in one way only; else what is expected of the language."""
    point = sum(1 for n in numbers if _POINT_LAST.search(n.digits))
    comma = sum(1 for n in numbers if _COMMA_LAST.search(n.digits))
    if point == comma:
        return Style(expected, sure=False)
    return Style("." if point > comma else ",", sure=True)


def amount_of(written: Written, style: Style) -> Decimal:
    """Its value in the style of its document."""
    digits = re.sub(r"[^\d.,]", "", written.digits)
    if written.round or (written.currency and not style.sure and _THOUSANDS.fullmatch(digits)):
        digits = re.sub(r"\D", "", digits)
    own = _own_decimal(digits)
    decimal = own or style.decimal
    other = "," if decimal == "." else "."
    plain = digits.replace(other, "").replace(decimal, ".")
    if plain.count(".") > 1 or (
        not own and re.search(r"\.\d{3}$", plain) and style.decimal == other
    ):
        plain = plain.replace(".", "")
    value = Decimal(plain)
    return -value if written.negative else value


def _own_decimal(digits: str) -> str:
    """What parts whole and parts in this very number; empty when it does not say."""
    if "," in digits and "." in digits:
        return max(",.", key=digits.rfind)
    mark = "," if "," in digits else "."
    if digits.count(mark) != 1:
        return "" if mark not in digits else ("." if mark == "," else ",")
    return "" if len(digits) - digits.rfind(mark) == 4 else mark
