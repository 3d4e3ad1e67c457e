"""How a known value may stand in print, as patterns: to find it on the page."""

import re
from datetime import date
from decimal import Decimal

_GAP = "[ \u00a0\u2009\u202f]"
_MINUS = "[-\u2212\u2013]"
_MONTHS = (
    "jan(?:uary|uar|vier|uari|eiro)?|enero|ene|gen(?:naio)?|styczeń|stycznia",
    "feb(?:ruary|ruar|braio|ruari|rero)?|févr(?:ier)?|fev(?:ereiro)?|lut(?:y|ego)",
    "mar(?:ch|s|zo|ço|zec|ca)?|märz|mrz|maart|mrt",
    "apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwie(?:cień|tnia)",
    "may|mai|mag(?:gio)?|mei|mayo|maio|maj(?:a)?",
    "june?|juni|juin|giu(?:gno)?|junio|junho|czerw(?:iec|ca)",
    "july?|juli|juil(?:let)?|lug(?:lio)?|julio|julho|lip(?:iec|ca)",
    "aug(?:ust|ustus)?|août|ago(?:sto)?|sierp(?:ień|nia)",
    "sep(?:t|tember|tembre|tiembre)?|set(?:tembre|embro)?|wrze(?:sień|śnia)",
    "oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|październik(?:a)?",
    "nov(?:ember|embre|iembre)?|nov(?:embro)?|listopad(?:a)?",
    "dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:embre|iembre)?|grud(?:zień|nia)",
)


def amount_pattern(amount: Decimal) -> re.Pattern[str]:
    """1234.5 as 1.234,50 or 1,234.50 or 1 234,50 or 1'234.50 or 1234,5."""
    whole, _, places = f"{abs(amount):f}".partition(".")
    places = places.rstrip("0")
    first = len(whole) % 3 or 3
    groups = [whole[:first]] + [whole[at : at + 3] for at in range(first, len(whole), 3)]
    grouped = groups[0] + "".join(
        (f"(?P<group>[.,'\u2019]|{_GAP})" if at == 1 else "(?P=group)") + group
        for at, group in enumerate(groups[1:], 1)
    )
    digits = f"(?:{whole}|{grouped})"
    # The sign between whole and parts is another one than the sign between thousands.
    point = "(?!(?P=group))[.,]" if len(groups) > 1 else "[.,]"
    rest = f"{point}{places}0*" if places else f"(?:{point}(?:0+|[-\u2013\u2014]+))?"
    sign = f"(?:{_MINUS}{_GAP}?)?" if amount < 0 else ""
    return re.compile(rf"(?<![\d])(?<!\d[.,]){sign}{digits}{rest}(?!\d|[.,]\d)")


def date_pattern(day: date) -> re.Pattern[str]:
    """2024-03-05, 05.03.2024, 5/3/24, 03/05/2024, 5. März 2024, March 5th, 2024 ..."""
    d, m = f"0?{day.day}", f"0?{day.month}"
    y = f"(?:{day.year}|{day.year % 100:02})"
    name = f"(?:{_MONTHS[day.month - 1]})\\.?"
    gap = "[\\s.,/-]{1,3}"
    sep = r"\s?[./-]\s?"
    spellings = (
        rf"{day.year}{sep}{m}{sep}{d}",
        rf"{d}{sep}{m}{sep}{y}",
        rf"{m}{sep}{d}{sep}{y}",
        rf"{d}(?:st|nd|rd|th|er|º)?{gap}(?:de{gap}|d['\u2019])?{name}{gap}(?:de{gap})?{y}",
        rf"{name}{gap}{d}(?:st|nd|rd|th)?{gap}{y}",
        rf"{day:%Y%m%d}",
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(spellings)})(?!\d)", re.IGNORECASE)


def words_pattern(text: str) -> re.Pattern[str]:
    """The words in this order, whatever blanks or line ends stand between them."""
    words = r"\s+".join(re.escape(word) for word in text.split()[:40])
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def identifier_pattern(text: str) -> re.Pattern[str]:
    """The letters in this order, grouped in any way: DE12 5001 0517."""
    letters = re.sub(r"\s", "", text)[:60]
    gap = f"(?:{_GAP}|[.])?"
    return re.compile(rf"(?<!\w){gap.join(map(re.escape, letters))}(?!\w)", re.IGNORECASE)
