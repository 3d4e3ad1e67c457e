"""What a letter charges in a sentence: `For the illustrations I charge £1,800.00.`"""

import re

from parsers.invoice.page.labels import squeezed, words_of
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.money import Amount, Amounts

_BEFORE = words_of("charges")
_AFTER = words_of("charged")
_END = re.compile(r"[.!?:](?:\s|$)")
_FAR = 70  # letters between the words and the amount


def charged_in(sheet: Sheet, amounts: Amounts) -> Amount | None:
    """The first amount that a sentence says is charged; it may stand in the next line."""
    for amount in amounts.all:
        if amount.written.currency and (_is_told(sheet, amount) or _is_told_after(sheet, amount)):
            return amount
    return None


def _is_told(sheet: Sheet, amount: Amount) -> bool:
    row = sheet.rows[amount.spot.row]
    above = sheet.rows[row.index - 1].text if row.index else ""
    before = f"{above} {row.text[: amount.spot.start]}"[-_FAR:]
    key = squeezed(_END.split(before)[-1])
    return "\t" not in row.text[: amount.spot.start] and any(words in key for words in _BEFORE)


def _is_told_after(sheet: Sheet, amount: Amount) -> bool:
    row = sheet.rows[amount.spot.row]
    below = sheet.rows[row.index + 1].text if row.index + 1 < len(sheet.rows) else ""
    key = squeezed(f"{row.text[amount.spot.end :]} {below}"[:_FAR])
    return key.startswith(_AFTER)
