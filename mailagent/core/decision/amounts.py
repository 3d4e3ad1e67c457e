"""Amounts and accounts as a person types them."""

import re
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.decision.calendar import locale_of
from mailagent.core.decision.text import Text

_NUMBER = re.compile(r"\d{1,12}(?:[.,'\u2019]\d{1,12}){0,5}")
_THOUSANDS = re.compile(r"(\d{1,9}(?:[.,]\d{1,3})?)k")
_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
_SIGNS = {
    "\u20ac": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD",
    "us$": "USD", "dollar": "USD", "dollars": "USD", "\u00a3": "GBP", "gbp": "GBP",
    "pounds": "GBP", "pound": "GBP", "pfund": "GBP", "chf": "CHF", "franken": "CHF", "fr": "CHF",
    "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "brl": "BRL", "r$": "BRL",
    "jpy": "JPY", "\u00a5": "JPY", "cad": "CAD", "aud": "AUD",
}  # fmt: skip
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")


class Amount(NamedTuple):
    """What a number may be: one reading, or two where nobody can tell."""

    readings: tuple[Decimal, ...]
    end: int
    currency: str = ""  # empty: none was written

    @property
    def looks_like_money(self) -> bool:
        """Whether it can hardly be anything else than an amount."""
        decimal = self.readings[0].as_tuple().exponent
        return bool(self.currency) or (isinstance(decimal, int) and decimal < 0)


def amount_at(text: Text, at: int) -> Amount | None:
    """The amount that stands here; None for a percentage, a sum to add, a negative number."""
    before = _SIGNS.get(_word(text, at), "")
    start = at + 1 if before else at
    if _is_signed(text, start):
        return None
    readings, end = _number(text, start)
    if not readings:
        return None
    after = _SIGNS.get(_word(text, end), "")
    if after and before and after != before:
        return None
    end = end + 1 if after else end
    return None if _word(text, end) == "%" else Amount(readings, end, before or after)


def currencies_of(words: tuple[str, ...]) -> frozenset[str]:
    """The currencies that a text speaks of."""
    return frozenset(_SIGNS[word] for word in words if word in _SIGNS)


def spell(amount: Decimal) -> str:
    """1200.00, or as many places as there are."""
    exponent = amount.as_tuple().exponent
    whole = isinstance(exponent, int) and exponent > -2
    return f"{amount.quantize(Decimal('0.01')) if whole else amount:f}"


def account(written: str) -> str:
    """An IBAN without blanks; empty when its check digits do not fit."""
    iban = re.sub(r"[\s.-]", "", written).upper()
    if not _IBAN.fullmatch(iban):
        return ""
    digits = "".join(str(int(c, 36)) for c in iban[4:] + iban[:4])
    return iban if int(digits) % 97 == 1 else ""


def _word(text: Text, at: int) -> str:
    return text.words[at].folded if at < len(text) else ""


def _is_signed(text: Text, at: int) -> bool:
    """-50 is no 50."""
    start = text.words[at].start if at < len(text) else 0
    return start > 0 and text.own[start - 1] in "-\u2212\u2013+"


def _number(text: Text, at: int) -> tuple[tuple[Decimal, ...], int]:
    word = _word(text, at)
    thousands = _THOUSANDS.fullmatch(word)
    if thousands:
        return (Decimal(thousands[1].replace(",", ".")) * 1000,), at + 1
    if not word.isascii() or not _NUMBER.fullmatch(word.replace("\u2019", "'")):
        return (), at
    at += 1
    while word.isdecimal() and _is_group(text, at):
        word += _word(text, at)
        at += 1
    return _readings(word.replace("'", "").replace("\u2019", ""), text.shown.locale), at


def _is_group(text: Text, at: int) -> bool:
    """`200,50` behind `1 `, where blanks stand between thousands."""
    symbols = locale_of(text.shown.locale).number_symbols["latn"]
    spaced = not str(symbols["group"]).strip()
    return spaced and len(text.gap(at)) == 1 and bool(_GROUP.fullmatch(_word(text, at)))


def _readings(number: str, locale: str) -> tuple[Decimal, ...]:
    """1,200 is twelve hundred here and one and a fifth there."""
    marks = re.findall(r"[.,]", number)
    head, _, tail = number.rpartition(marks[-1]) if marks else ("", "", number)
    whole = Decimal(re.sub(r"[.,]", "", number))
    if not marks:
        return (whole,)
    parted = Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
    if not _is_grouped(re.split(r"[.,]", head)):
        return ()
    if len(set(marks)) > 1:
        return (parted,) if marks.count(marks[-1]) == 1 and len(set(marks[:-1])) == 1 else ()
    if len(tail) != 3:
        return (parted,) if len(marks) == 1 else ()
    decimal = str(locale_of(locale).number_symbols["latn"]["decimal"])
    undecided = len(marks) == 1 and marks[0] == decimal and head != "0"
    if len(marks) == 1 and head == "0":
        return (parted,)
    return (whole, parted) if undecided else (whole,)


def _is_grouped(groups: list[str]) -> bool:
    return len(groups) == 1 or (len(groups[0]) < 4 and all(len(g) == 3 for g in groups[1:]))
