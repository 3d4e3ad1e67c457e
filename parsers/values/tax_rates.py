"""The rates of value added and sales taxes, by country and by the day from which they hold.

Standard and reduced rates of mainlands, and of regions with rates of their own. Zero is a rate
everywhere: exempt, exported or reverse charged. A rate that ended counts for another year: what was
delivered before it changed is still billed.
"""

from datetime import date
from decimal import Decimal

_OLDEST = "2012-01-01"

# country: (from, rates), newest last. What is not named is not known.
_TABLE: dict[str, tuple[tuple[str, str], ...]] = {
    "AT": ((_OLDEST, "20 13 12 10 5 19"),),
    "AU": ((_OLDEST, "10"),),
    "AE": (("2018-01-01", "5"),),
    "BE": ((_OLDEST, "21 12 6"),),
    "BG": ((_OLDEST, "20 9"),),
    "CA": ((_OLDEST, "5 13 14 15 12 11 14.975 9.975 6 7 8 9.5 10"),),
    "CH": ((_OLDEST, "8 2.5 3.8"), ("2018-01-01", "7.7 2.5 3.7"), ("2024-01-01", "8.1 2.6 3.8")),
    "CN": ((_OLDEST, "17 16 13 11 9 6 3 1"),),
    "CY": ((_OLDEST, "19 18 17 9 5 3"),),
    "CZ": ((_OLDEST, "21 20 15 14 10"), ("2024-01-01", "21 12")),
    "DE": (
        (_OLDEST, "19 7"),
        ("2020-07-01", "16 5"),
        ("2021-01-01", "19 7"),
    ),
    "DK": ((_OLDEST, "25"),),
    "EE": ((_OLDEST, "20 9"), ("2024-01-01", "22 9 5 13"), ("2025-07-01", "24 13 9")),
    "ES": ((_OLDEST, "21 18 10 8 7.5 5 4 2 1.4 5.2 0.5 7 3 9.5 15 20 13.5 6.5"),),
    "FI": (
        (_OLDEST, "23 24 13 14 9 10"),
        ("2024-09-01", "25.5 14 10"),
        ("2026-01-01", "25.5 13.5 10"),
    ),
    "FR": ((_OLDEST, "20 19.6 10 7 8.5 5.5 2.1 1.75 1.05 0.9 13"),),
    "GB": ((_OLDEST, "20 12.5 5"),),
    "GR": ((_OLDEST, "24 23 13 6 17 9 4 16 5"),),
    "HR": ((_OLDEST, "25 13 10 5"),),
    "HU": ((_OLDEST, "27 18 5"),),
    "IE": ((_OLDEST, "23 21 13.5 9 4.8"),),
    "IL": ((_OLDEST, "17 18"), ("2025-01-01", "18")),
    "IN": ((_OLDEST, "28 18 12 6 5 3 1.5 0.25 0.1 40 14 9 2.5 20 1"),),
    "IS": ((_OLDEST, "24 25.5 11 7"),),
    "IT": ((_OLDEST, "22 21 20 10 5 4"),),
    "JP": ((_OLDEST, "5 8"), ("2019-10-01", "10 8")),
    "KR": ((_OLDEST, "10"),),
    "LI": ((_OLDEST, "8 2.5 3.8"), ("2018-01-01", "7.7 2.5 3.7"), ("2024-01-01", "8.1 2.6 3.8")),
    "LT": ((_OLDEST, "21 9 5"), ("2026-01-01", "21 12 5")),
    "LU": (
        (_OLDEST, "17 15 14 12 8 6 3"),
        ("2023-01-01", "16 13 7 3"),
        ("2024-01-01", "17 14 8 3"),
    ),
    "LV": ((_OLDEST, "21 12 5"),),
    "MT": ((_OLDEST, "18 12 7 5"),),
    "MX": ((_OLDEST, "16 8 11"),),
    "NL": ((_OLDEST, "21 6"), ("2019-01-01", "21 9")),
    "NO": ((_OLDEST, "25 15 12 11.11 10 8 6"),),
    "NZ": ((_OLDEST, "15"),),
    "PL": ((_OLDEST, "23 22 8 7 5 4 3"),),
    "PT": ((_OLDEST, "23 13 6 22 12 5 4 18 16 10 9"),),
    "RO": ((_OLDEST, "24 20 19 9 5"), ("2025-08-01", "21 11 9")),
    "SA": ((_OLDEST, "5"), ("2020-07-01", "15")),
    "SE": ((_OLDEST, "25 12 6"),),
    "SG": ((_OLDEST, "7"), ("2023-01-01", "8"), ("2024-01-01", "9")),
    "SI": ((_OLDEST, "22 20 9.5 8.5 5"),),
    "SK": ((_OLDEST, "20 10 5"), ("2025-01-01", "23 19 5")),
    "TR": ((_OLDEST, "18 8 1"), ("2023-07-10", "20 10 1")),
    "UA": ((_OLDEST, "20 14 7"),),
    "ZA": ((_OLDEST, "14"), ("2018-04-01", "15")),
}
_SAME = {"XI": "GB", "UK": "GB", "EL": "GR", "IM": "GB", "MC": "FR", "SM": "IT"}
# Sales tax of states, counties and cities adds up to any rate below this.
_ANY_UP_TO = {"US": Decimal("13.5")}
_YEAR_LATE = 366  # days
_EXACT = Decimal("0.005")


def rate_is_known(rate: Decimal, country: str, on: date) -> bool | None:
    """Whether a country has, or lately had, this rate; None where its rates are not known."""
    country = _SAME.get(country, country)
    if rate == 0:
        return True
    if most := _ANY_UP_TO.get(country):
        return 0 < rate <= most
    rates = _rates(country, on)
    return any(abs(rate - each) <= _EXACT for each in rates) if rates else None


def highest_rate(country: str, on: date) -> Decimal | None:
    """The highest rate of a country; None where it is not known."""
    country = _SAME.get(country, country)
    return _ANY_UP_TO.get(country) or max(_rates(country, on), default=None)


def _rates(country: str, on: date) -> frozenset[Decimal]:
    rows = [(date.fromisoformat(start), rates) for start, rates in _TABLE.get(country, ())]
    ends = [*(start for start, _ in rows), date.max][1:] if rows else []
    held = [
        rates
        for (start, rates), end in zip(rows, ends, strict=True)
        if start <= on and (on - min(end, on)).days <= _YEAR_LATE
    ]
    return frozenset(Decimal(rate) for rates in held for rate in rates.split())
