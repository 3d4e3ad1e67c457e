"""Bank accounts as they stand on a page."""

import re

from stdnum import iban
from stdnum.us import rtn

# The length of an IBAN by its country (ISO 13616): what follows on the page is not part of it.
_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI NL",
    19: "SI",
    20: "AT EE LT LU",
    21: "CH HR LI LV",
    22: "BG DE GB IE RS",
    23: "AE GI IL",
    24: "AD CZ ES RO SA SE SK",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "AL CY HU PL",
    29: "UA",
    31: "MT",
}
_LENGTHS = {name: length for length, names in _COUNTRIES.items() for name in names.split()}
_START = re.compile(r"(?<![A-Z0-9])([A-Z]{2})[0-9]{2}(?=[ \u00a0]?[A-Z0-9])")
_WIDEST = 60  # with blanks between every two letters
_MOST = 200  # on one page


def ibans_in(text: str) -> frozenset[str]:
    """Every IBAN that adds up, without its blanks."""
    starts = zip(_START.finditer(text), range(_MOST), strict=False)
    found = (_iban(text[m.start() : m.start() + _WIDEST], m[1]) for m, _ in starts)
    return frozenset(each for each in found if each)


def iban_at(text: str) -> tuple[str, int]:
    """The IBAN that a text begins with, and how many letters it takes; empty when none adds up."""
    country = text[:2]
    wanted = _LENGTHS.get(country, 0)
    taken: list[str] = []
    length = 0
    for letter in text[:_WIDEST]:
        if len(taken) == wanted:
            break
        length += 1
        if letter.isascii() and letter.isalnum():
            taken.append(letter.upper())
        elif letter not in " \u00a0.-\u2009\u202f":
            return "", 0
    iban = "".join(taken)
    return (iban, length) if wanted and len(iban) == wanted and _adds_up(iban) else ("", 0)


def is_iban_shaped(number: str) -> bool:
    """Whether it has the length of its country's, whatever its check digits say."""
    return len(number) == _LENGTHS.get(number[:2], -1)


def _iban(written: str, country: str) -> str:
    line = written.partition("\n")[0]
    letters = re.sub(r"[ \u00a0]", "", line)[: _LENGTHS.get(country, 0)]
    whole = len(letters) == _LENGTHS.get(country) and letters.isascii() and letters.isalnum()
    return letters if whole and _adds_up(letters) else ""


def _adds_up(letters: str) -> bool:
    return iban.is_valid(letters, check_country=False)


_BIG = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")


def account_fits(number: str, bank: str = "") -> bool | None:
    """Whether an account is one: an IBAN, or what a country has instead; None where we cannot tell.

    `bank` is a routing number (United States), a sort code (United Kingdom, Ireland), a BSB
    (Australia) or an IFSC (India): the number alone has no check digits there.
    """
    letters, code = _plain(number), _plain(bank)
    if _BIG.fullmatch(letters):
        return iban.is_valid(letters, check_country=False)
    if len(code) == 9 and code.isdecimal():
        return rtn.is_valid(code) and letters.isdecimal() and 4 <= len(letters) <= 17
    if len(code) == 6 and code.isdecimal():
        return letters.isdecimal() and 5 <= len(letters) <= 10
    if _IFSC.fullmatch(code):
        return letters.isalnum() and 9 <= len(letters) <= 18
    return None


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
