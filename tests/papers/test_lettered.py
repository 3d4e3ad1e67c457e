"""Drawn sheets of many programs, other papers and mails: what was reached stays reached."""

from collections import Counter

import pytest

from mailagent.core.reading import Kind, Reading
from parsers.kinds import read_document
from tests.papers.lettered import Lettered, label_of, lettered, pdf_of
from tests.papers.scoring import FIELDS, judged

# Nothing on it says what it is: no word of a receipt, only a card and a table.
UNKNOWN = {"us receipt, restaurant"}
SETS = {name: tuple(lettered(name)) for name in ("first", "second", "others", "mails")}
_BILLS = (Kind.INVOICE, Kind.CREDIT_NOTE)


def _reading(sheet: Lettered) -> Reading:
    """A mail as it is written; anything else as a PDF."""
    if sheet in SETS["mails"]:
        return read_document("\n".join(sheet.pages).encode())
    return read_document(pdf_of(sheet), page_text_only=True)


def _wrong(sheets: tuple[Lettered, ...]) -> tuple[Counter[str], Counter[str]]:
    wrong: Counter[str] = Counter()
    surely: Counter[str] = Counter()
    for at, sheet in enumerate(sheets):
        reading = _reading(sheet)
        label = label_of(sheet, at, "x")
        wrong["recognised"] += reading.kind not in _BILLS and label["is_invoice"]
        for field in FIELDS:
            case = judged(label, reading, field)
            if case is not None and not case[0]:
                wrong[field] += 1
                surely[field] += case[1] is not None and case[1] >= 0.9
    return wrong, surely


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "most", "sure"), [("first", 14, 5), ("second", 4, 2), ("mails", 0, 0)]
)
def test_what_was_reached_stays(name: str, most: int, sure: int) -> None:
    wrong, surely = _wrong(SETS[name])
    assert wrong.total() <= most, wrong
    assert surely.total() <= sure, surely


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [*SETS["others"], *SETS["mails"]], ids=lambda sheet: sheet.name)
def test_what_is_no_bill_is_called_what_it_is(sheet: Lettered) -> None:
    reading = _reading(sheet)
    wanted = "other" if sheet.name in UNKNOWN else sheet.doc_type
    assert reading.kind.value == wanted, reading.reason
