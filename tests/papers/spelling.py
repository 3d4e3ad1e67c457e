"""How numbers and dates are written on papers."""

from datetime import date
from decimal import Decimal

from tests.papers.words import Words

# thousands, decimal mark
NUMBERS = {
    "comma": (",", "."),
    "plain": ("", "."),
    "point": (".", ","),
    "space": (" ", ","),
    "hard-space": ("\u00a0", ","),
    "bare-comma": ("", ","),
    "apostrophe": ("'", "."),
    "lakh": ("lakh", "."),
}


def amount(value: Decimal, style: str) -> str:
    """1,234.56 and its like; a minus stands before."""
    thousands, mark = NUMBERS[style]
    sign = "-" if value < 0 else ""
    whole, _, cents = f"{abs(value):.2f}".partition(".")
    return f"{sign}{_grouped(whole, thousands)}{mark}{cents}"


def _grouped(whole: str, thousands: str) -> str:
    if thousands == "lakh":
        head, tail = whole[:-3], whole[-3:]
        pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
        return ",".join([*reversed(pairs), tail])
    return f"{int(whole):,}".replace(",", thousands)


def quantity(value: Decimal, style: str) -> str:
    """A number without the zeros that say nothing."""
    return f"{value.normalize():f}".replace(".", NUMBERS[style][1])


def day(value: date, style: str, words: Words) -> str:
    """A date; the styles are named for the 8th of November 2026."""
    d, m, y = value.day, value.month, value.year
    month = words.months()[m - 1]
    short = words.months(short=True)[m - 1]
    numeric = {
        "11/08/2026": f"{m:02d}/{d:02d}/{y}",
        "11/8/2026": f"{m}/{d}/{y}",
        "11/8/26": f"{m}/{d}/{y % 100:02d}",
        "11-08-2026": f"{m:02d}-{d:02d}-{y}",
        "08/11/2026": f"{d:02d}/{m:02d}/{y}",
        "8/11/2026": f"{d}/{m}/{y}",
        "08/11/26": f"{d:02d}/{m:02d}/{y % 100:02d}",
        "08-11-2026": f"{d:02d}-{m:02d}-{y}",
        "08.11.2026": f"{d:02d}.{m:02d}.{y}",
        "8.11.2026": f"{d}.{m}.{y}",
        "08.11.26": f"{d:02d}.{m:02d}.{y % 100:02d}",
        "2026-11-08": f"{y}-{m:02d}-{d:02d}",
        "2026/11/08": f"{y}/{m:02d}/{d:02d}",
        "2026.11.08": f"{y}.{m:02d}.{d:02d}",
    }
    worded = {
        "Nov 8, 2026": f"{short} {d}, {y}",
        "November 8, 2026": f"{month} {d}, {y}",
        "8 Nov 2026": f"{d} {short} {y}",
        "08-Nov-2026": f"{d:02d}-{short.rstrip('.')}-{y}",
        "08-Nov-26": f"{d:02d}-{short.rstrip('.')}-{y % 100:02d}",
        "8 November 2026": f"{d} {month} {y}",
        "8th November 2026": f"{d}{_ordinal(d)} {month} {y}",
        "8. November 2026": f"{d}. {month} {y}",
        "1er novembre 2026": f"{'1er' if d == 1 else d} {month} {y}",
        "8 de novembro de 2026": f"{d} de {month} de {y}",
    }
    return (numeric | worded)[style]


def _ordinal(d: int) -> str:
    if d in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
