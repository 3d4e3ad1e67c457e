"""When two numbers of bills are the same, however they are spelled.

`INV-0012`, `INV-12`, `inv 12`, `0012` and `INV-OO12` are one; `INV-120` and `A-12` against `B-12`
are others.
"""

import re
import unicodedata
from itertools import groupby
from typing import NamedTuple

# Letters that are taken for digits, where they stand beside one.
_AS_DIGITS = str.maketrans("OIL", "011")
_BESIDE = re.compile(r"(?<=[0-9])[OIL]+|[OIL]+(?=[0-9])")
_SHORTEST = 2  # letters that a longer word begins with: `INV`, `INVOICE`


class _Shape(NamedTuple):
    prefix: str  # the letters before the first digit
    runs: tuple[str, ...]  # of digits, and of letters between and after them


def is_one_number(one: str, other: str) -> bool:
    """Zeros in front, what stands between, and a prefix that one leaves out make no difference."""
    shapes = zip(_shapes(one), _shapes(other), strict=True)
    return one.strip() == other.strip() or any(_is_one(a, b) for a, b in shapes)


def marks_of(number: str) -> tuple[str, ...]:
    """Two numbers that are one share one of these; others may as well."""
    found = ("".join(c for c in said if c in "123456789") for said in _spellings(number))
    letters = "".join(_letters(number))
    plain = letters.replace("0", "") or ("0" if letters else number.strip())
    return tuple(dict.fromkeys(mark or plain for mark in found))


def is_short(number: str, most: int) -> bool:
    """No more than a few digits, beside a prefix."""
    shape = _shapes(number)[0]
    return len(shape.runs) == 1 and shape.runs[0].isdecimal() and len(shape.runs[0]) <= most


def _is_one(one: _Shape, other: _Shape) -> bool:
    if not one.runs or not other.runs:
        return bool(one.prefix) and one == other
    if not _is_one_prefix(one.prefix, other.prefix):
        return False
    if _stripped(one.runs) == _stripped(other.runs):
        return True
    as_one = 1 in (len(one.runs), len(other.runs))  # `2026-1187` and `20261187`
    return as_one and "".join(one.runs).lstrip("0") == "".join(other.runs).lstrip("0")


def _is_one_prefix(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or not short or (len(short) >= _SHORTEST and long.startswith(short))


def _stripped(runs: tuple[str, ...]) -> list[str]:
    return [run.lstrip("0") or "0" if run.isdecimal() else run for run in runs]


def _shapes(number: str) -> list[_Shape]:
    return [_shape(said) for said in _spellings(number)]


def _shape(said: str) -> _Shape:
    runs = [
        "".join(run)
        for word in said.split()
        for _, run in groupby(word, key=lambda c: c.isdecimal())
    ]
    first = next((at for at, run in enumerate(runs) if run.isdecimal()), len(runs))
    return _Shape("".join(runs[:first]), tuple(runs[first:]))


def _spellings(number: str) -> tuple[str, str]:
    """In capitals with spaces for all else; as it stands, and with letters read as digits."""
    said = "".join(_letters(number, other=" "))
    return said, _BESIDE.sub(lambda found: found[0].translate(_AS_DIGITS), said)


def _letters(number: str, other: str = "") -> list[str]:
    folded = unicodedata.normalize("NFKC", number).upper()
    return [c if "0" <= c <= "9" or "A" <= c <= "Z" else other for c in folded]
