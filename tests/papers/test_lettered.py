"""The drawn sheets of many programs: what was reached stays right, and what is sure most of all."""

from collections import Counter

import pytest

from mailagent.core.reading import Kind
from parsers.kinds import read_document
from tests.papers.lettered import Lettered, label_of, lettered, pdf_of
from tests.papers.scoring import FIELDS, judged

SETS = {name: tuple(lettered(name)) for name in ("first", "second")}
_BILLS = (Kind.INVOICE, Kind.CREDIT_NOTE)


def _wrong(sheets: tuple[Lettered, ...]) -> tuple[Counter[str], Counter[str]]:
    wrong: Counter[str] = Counter()
    surely: Counter[str] = Counter()
    for at, sheet in enumerate(sheets):
        reading = read_document(pdf_of(sheet), page_text_only=True)
        label = label_of(sheet, at, "x")
        wrong["recognised"] += reading.kind not in _BILLS
        for field in FIELDS:
            case = judged(label, reading, field)
            if case is not None and not case[0]:
                wrong[field] += 1
                surely[field] += case[1] is not None and case[1] >= 0.9
    return wrong, surely


@pytest.mark.parametrize(("name", "most", "sure"), [("first", 30, 8), ("second", 28, 5)])
def test_what_was_reached_stays(name: str, most: int, sure: int) -> None:
    wrong, surely = _wrong(SETS[name])
    assert wrong.total() <= most, wrong
    assert surely.total() <= sure, surely
