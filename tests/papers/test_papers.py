"""The maker of papers: one seed, the same papers; what their labels say stands there."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import pytest

from parsers.opened import opened
from parsers.values.accounts import ibans_in
from tests.papers import numbers, spelling
from tests.papers.countries import COUNTRIES
from tests.papers.facts import make
from tests.papers.making import Paper, bills, others
from tests.papers.other import KINDS
from tests.papers.scoring import same
from tests.papers.words import Words, _file


@cache
def _papers() -> list[Paper]:
    return list(bills(30, seed=7))


def _text(paper: Paper) -> str:
    with opened(paper.content) as document:
        return "\n".join(page.text for page in document.texts())


def _bare(text: str) -> str:
    """Without the spaces that kerning makes or hides."""
    return re.sub(r"[\s\u00a0\ufffe]", "", text)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_papers() -> None:
    again = list(bills(6, seed=7))
    assert [paper.label for paper in again] == [paper.label for paper in _papers()[:6]]
    assert [paper.content for paper in again] == [paper.content for paper in _papers()[:6]]


def test_another_seed_gives_other_papers() -> None:
    assert next(iter(bills(1, seed=8))).label != _papers()[0].label


@pytest.mark.parametrize("index", range(30))
def test_what_the_label_says_is_on_the_page(index: int) -> None:
    paper = _papers()[index]
    text = _bare(_text(paper))
    truth, visible = paper.label["truth"], paper.label["visible"]
    for name in ("invoice_number", "iban", "po_number"):
        if truth.get(name) and visible[name]:
            assert _bare(truth[name]) in text, name
    style = paper.label["traits"]["numbers"]
    total = spelling.amount(abs(Decimal(str(truth["total"]))), style)
    assert _bare(total) in text


def test_sums_add_up() -> None:
    for index in range(200):
        sums = make([*COUNTRIES][index % len(COUNTRIES)], Random(index)).sums
        assert sums.net + sums.tax == sums.total
        assert sums.lines - sums.discount + sums.shipping == (
            sums.total if sums.gross_prices else sums.net
        )


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "FR", "ES", "IT", "NL", "PT", "PL", "GB"])
def test_ibans_pass_their_check(country: str) -> None:
    iban = numbers.iban(Random(country), country)
    assert ibans_in(iban) == {iban}


@pytest.mark.parametrize(
    ("style", "spelled"),
    [
        ("comma", "1,234,567.80"),
        ("point", "1.234.567,80"),
        ("space", "1 234 567,80"),
        ("apostrophe", "1'234'567.80"),
        ("lakh", "12,34,567.80"),
        ("bare-comma", "1234567,80"),
    ],
)
def test_numbers_are_spelled(style: str, spelled: str) -> None:
    assert spelling.amount(Decimal("1234567.8"), style) == spelled


def test_every_country_can_say_its_dates() -> None:
    for country in COUNTRIES.values():
        words = Words(country.language, Random(1))
        for style in country.dates:
            assert "26" in spelling.day(date(2026, 11, 8), style, words)


def test_every_language_has_the_same_words() -> None:
    def names(language: str) -> set[str]:
        words = Words(language, Random(1))
        return {
            f"{group}.{name}"
            for group, found in words._all.items()
            if isinstance(found, dict)
            for name in found
        }

    english = names("en")
    for language in ("de", "fr", "es", "it", "nl", "pt", "pl"):
        assert names(language) == english


def test_comparing_is_the_corpus_own() -> None:
    assert same("total", "100.00", 100.0)
    assert not same("total", "100.01", 100.0)
    assert same("seller_name", "Müller GmbH", "Muller GmbH, Köln") is True
    assert not same("invoice_number", "1043", "1044")


@pytest.mark.slow
def test_papers_that_are_no_bills_come_in_every_language() -> None:
    papers = list(others(len(KINDS) * 2, seed=7))
    assert {paper.label["doc_type"] for paper in papers} == set(KINDS)
    assert not any(paper.label["is_invoice"] for paper in papers)
    english = _file("others", "en")
    for language in ("de", "fr", "es", "it", "nl", "pt", "pl"):
        told = _file("others", language)
        assert {kind: set(words) for kind, words in told.items()} == {
            kind: set(words) for kind, words in english.items()
        }
