"""Several bills in one file: each begins on a page with a number of its own."""

from collections.abc import Sequence
from itertools import groupby

from mailagent.core.reading import Kind
from parsers.invoice.page.labels import Labels
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.number import Numbers
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.invoice.papers import sighted
from parsers.text.words import Word

_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
_SURE = 0.85  # of a number that a bill begins with
_STANDS = 0.7  # of the sum that each of several bills has to have

Pages = list[Word]


def bills_in(words: Sequence[Word]) -> list[Pages]:
    """The words of each bill; all of them together where it is only one.

    A bill of many pages repeats its number or names none. Whatever else a second number may be
    (an order, a bill that is spoken of): only where each part is a bill whole, with its own
    number and sum, the file holds several.
    """
    if words[0].page == words[-1].page:
        return [list(words)]
    found: list[Pages] = []
    last = ""
    for _, page in groupby(words, key=lambda word: word.page):
        its = list(page)
        number = _begins_with(its)
        if found and number in ("", last):
            found[-1].extend(its)
        else:
            found.append(its)
            last = number
    return found if len(found) > 1 and all(map(_is_whole, found)) else [list(words)]


def from_one(words: Pages) -> Pages:
    """The same words, their first page being page 1: that is where letterheads stand."""
    first = words[0].page
    if first == 1:
        return words
    return [word._replace(page=word.page - first + 1) for word in words]


def _begins_with(page: Pages) -> str:
    """The number of the bill that begins on this page; empty: none does."""
    sheet = Sheet(from_one(page))
    sight = sighted(sheet)
    if sight is None or sight.kind not in _BILLS:
        return ""
    number = Numbers(sheet, Labels(sheet)).of("number")
    return number.value if number is not None and number.confidence >= _SURE else ""


def _is_whole(words: Pages) -> bool:
    page: PageInvoice = read_sheet(Sheet(from_one(words)))
    number, total = page.fields.get("invoice_number"), page.fields.get("total")
    return bool(
        number and number.confidence >= _SURE and total and total.confidence >= _STANDS
    ) and bool(page.fields.get("issue_date"))
