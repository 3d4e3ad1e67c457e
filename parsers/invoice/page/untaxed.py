"""What tax a page carries, and why it may carry none: `Reverse charge`, `steuerfrei nach § 4`."""

import re
import tomllib
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from mailagent.core.tax import TaxCode
from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.totals import Totals

_LONGEST = 240  # letters of a row that speak of this bill; small print is longer
_WRAPPED = 60  # letters of the row below that may end its words
_CENT = Decimal("0.01")
_STATED, _ABSENT = 0.92, 0.75  # a tax of nothing is on the page, or no tax is
# `No reverse charge`, `if you are tax exempt, please ...`: not of this bill.
_NOT_OF_IT = re.compile(
    r"\b(?:if|whether|unless|where applicable|should you|falls|sofern|wenn|soweit|si|se|indien|als"
    r"|jeśli|je\u017celi)\b|\b(?:no|not|non|kein\w*|nicht|pas|sin|senza|geen|bez)\s+(?:\w+\s+)?$"
    r"|\?|\byes\b[^\w]{1,4}\bno\b",
    re.IGNORECASE,
)
# `Tax exempt: No`; `VAT exempt amount 0.00`.
_DENIED = re.compile(r"\s*(?:\?|:?\s*(?:no|n|nein|non|nee|não|false)\b)", re.IGNORECASE)
_NOTHING = re.compile(r"[^\d\n]{0,24}?[$€£]?\s?0[.,]00\b")


class Taxation(NamedTuple):
    """A code; where it stands, or the rule that it follows from."""

    code: TaxCode
    confidence: float
    spot: Spot | None = None
    rule: str = ""


def taxation_of(sheet: Sheet, totals: Totals) -> Taxation | None:
    """With a tax on it the bill is taxed, whatever its small print says. Nothing said: None."""
    if totals.tax is not None and abs(totals.tax.value) >= _CENT:
        return Taxation(TaxCode.STANDARD, totals.tax.confidence, rule="tax_charged")
    sure = _STATED if totals.tax is not None else _ABSENT
    for code, pattern in _named_in(sheet).items():
        if spot := _said(sheet, pattern):
            return Taxation(code, sure, spot)
    return None


def _named_in(sheet: Sheet) -> dict[TaxCode, re.Pattern[str]]:
    """The codes whose words stand anywhere, in their order: most bills have none of them."""
    whole = " ".join(" ".join(row.text for row in sheet.rows).casefold().split())
    return {
        code: _any_of(words)
        for code, words in _words().items()
        if any(word in whole for word in words)
    }


def _said(sheet: Sheet, pattern: re.Pattern[str]) -> Spot | None:
    for row, below in zip_longest(sheet.rows, sheet.rows[1:]):
        if len(row.text) > _LONGEST:
            continue
        text = f"{row.text} {below.text}" if below is not None else row.text  # words may wrap
        for match in pattern.finditer(text, 0, len(row.text) + _WRAPPED):
            if match.start() < len(row.text) and _is_of_it(text, match):
                return row.spot(*_cell(row.text, match))
    return None


def _is_of_it(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 30]
    return not (_NOT_OF_IT.search(before) or _DENIED.match(after) or _NOTHING.match(after))


def _cell(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The cell that says so."""
    start = text.rfind("\t", 0, match.start()) + 1
    end = text.find("\t", match.end())
    return start, len(text) if end < 0 else end


@cache
def _words() -> dict[TaxCode, tuple[str, ...]]:
    path = Path(__file__).with_name("untaxed.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {TaxCode(code): tuple(said["words"]) for code, said in table.items()}


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)
