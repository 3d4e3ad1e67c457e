"""A value out of the words that somebody pointed at, in the one spelling that values have."""

from collections.abc import Sequence

from mailagent.core.reading import Evidence, Field, Source
from parsers.values.amounts import amount_of, amounts_in, style_of
from parsers.values.dates import Order, days_in

_DAYS = frozenset({"issue_date", "due_date", "agreement_date", "effective_date", "expiration_date"})
_AMOUNTS = frozenset({"total", "net", "tax"})
_LONGEST = 100


def field_at(name: str, quote: str, page: int, pages: Sequence[str], worth: float) -> Field | None:
    """The field; None where these words are no such value, or can be two."""
    value = _value(name, quote, "\n".join(pages))
    if not value:
        return None
    evidence = Evidence(quote=" ".join(quote.split()), page=page)
    return Field(value=value, confidence=worth, source=Source.MODEL, evidence=evidence)


def _value(name: str, quote: str, whole: str) -> str:
    if name in _DAYS:
        return _day(quote, whole)
    if name in _AMOUNTS:
        return _amount(quote, whole)
    if name == "currency":
        return next(
            (one.currency for one in amounts_in(f"{quote} 1,00") if len(one.currency) == 3), ""
        ) or _code(quote)
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST else ""


def _code(quote: str) -> str:
    said = quote.strip().upper()
    return said if len(said) == 3 and said.isalpha() else ""


def _day(quote: str, whole: str) -> str:
    """What can be two days is none, unless the document shows how it writes them."""
    found = list(days_in(quote))
    if len(found) != 1:
        return ""
    orders = {order for day in days_in(whole) for order in Order if _only(day, order)}
    order = next(iter(orders)) if len(orders) == 1 else Order.DAY_FIRST
    if found[0].ambiguous and len(orders) != 1:
        return ""
    day = found[0].on(order)
    return day.isoformat() if day else ""


def _only(day: object, order: Order) -> bool:
    first, month = getattr(day, "day_first", None), getattr(day, "month_first", None)
    return (first if order is Order.DAY_FIRST else month) is not None and (first is None) != (
        month is None
    )


def _amount(quote: str, whole: str) -> str:
    found = list(amounts_in(quote))
    if len(found) != 1:
        return ""
    style = style_of(list(amounts_in(whole)), ".")
    return f"{amount_of(found[0], style):f}"
