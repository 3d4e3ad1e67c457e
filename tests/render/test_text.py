"""Columns that line up, and paragraphs that do not run over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.render.text import table, wrapped

ROWS = (
    (("vendor", "Nordlicht Hosting GmbH"),),
    (("number", "2026-1187"), ("date", "28 Nov 2026"), ("due", "12 Dec 2026")),
    (("net", "EUR 1,037.45"), ("VAT", "EUR 197.11"), ("total", "EUR 1,234.56")),
)


def test_columns_line_up() -> None:
    assert table(ROWS).split("\n") == [
        "vendor  Nordlicht Hosting GmbH",
        "number  2026-1187     date  28 Nov 2026  due    12 Dec 2026",
        "net     EUR 1,037.45  VAT   EUR 197.11   total  EUR 1,234.56",
    ]


@pytest.mark.parametrize(("long", "lines"), [(40, 5), (90, 7)])
def test_what_is_too_wide_goes_below(long: int, lines: int) -> None:
    wide = (*ROWS[:2], (("net", "9 " * (long // 2)), ("VAT", "9"), ("total", "9")))
    assert len(table(wide).split("\n")) >= lines
    assert max(map(len, table(wide).split("\n"))) <= 78


def test_a_long_value_hangs_under_itself() -> None:
    lines = table(((("note", "word " * 30),),)).split("\n")
    assert len(lines) > 1
    assert all(line.startswith("      word") for line in lines[1:])


def test_an_empty_table() -> None:
    assert table(()) == ""


_words = st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=40)


@given(_words, st.integers(0, 20))
def test_wrapped_text_loses_nothing(some: list[str], indent: int) -> None:
    lines = wrapped(" ".join(some), " " * indent).split("\n")
    assert max(map(len, lines)) <= 78
    assert " ".join(" ".join(lines).split()) == " ".join(some)
