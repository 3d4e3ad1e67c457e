"""What a model is shown, and how little of its answer is believed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.bootstrap import shipped_prompts
from mailagent.core.advice import (
    Answered,
    ModelRules,
    asked_for_edits,
    asked_for_fields,
    asked_for_kind,
    doubts,
    edits_in,
    fenced,
    is_verbatim,
    kind_in,
    masked,
    pages_for,
    pointed_at,
)
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from parsers.pointed import field_at
from tests.values import reading

PROMPTS = shipped_prompts()


def page_reading(**fields: float) -> Reading:
    """A bill read from its page, each field with a confidence."""
    made = {
        name: Field(value="x", confidence=worth, source=Source.TEXT, evidence=Evidence(quote="x"))
        for name, worth in fields.items()
    }
    return Reading(kind=Kind.INVOICE, confidence=0.9, fields=made, pages=1)


def test_a_document_that_programs_wrote_is_never_doubted() -> None:
    assert doubts(reading(issue_date="")) == ()


def test_only_what_is_missing_or_doubtful_is_asked_for() -> None:
    sure = dict.fromkeys(("seller_name", "invoice_number", "issue_date", "currency"), 0.9)
    assert doubts(page_reading(**sure, total=0.4)) == ("total",)
    assert doubts(page_reading(**sure)) == ("total",)
    assert doubts(page_reading(**sure, total=0.9)) == ()


def test_who_is_paid_is_never_asked() -> None:
    asked = asked_for_fields(PROMPTS["fields"], page_reading(), {1: "x"})
    assert "iban" not in str(asked.form)
    assert "account" not in str(asked.form)


def test_what_is_sensitive_never_goes_out() -> None:
    private = page_reading().model_copy(update={"sensitive": "it speaks of an illness"})
    assert doubts(page_reading())
    assert doubts(private) == ()


def test_of_other_kinds_nothing_is_asked() -> None:
    assert doubts(Reading(kind=Kind.OTHER, confidence=0.5)) == ()


def test_only_pages_where_it_can_stand_are_sent() -> None:
    pages = [f"page {n}" for n in range(1, 30)]
    assert set(pages_for(Kind.INVOICE, pages)) == {1, 2, 29}
    pages[14] = "14.2 Term and renewal"
    assert 15 in pages_for(Kind.CONTRACT, pages)
    assert len(pages_for(Kind.CONTRACT, ["term"] * 50)) <= 4


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("write to mara.kranz@firm.example today", "mara.kranz"),
        ("IBAN DE89 3704 0044 0532 0130 00", "3704"),
        ("SSN 078-05-1120", "078-05"),
        ("Tel. +49 30 1234567", "1234567"),
        ("Phone: (030) 123-4567", "123-4567"),
        ("card 4111 1111 1111 1111", "1111 1111"),
        ("geboren am 3. April 1980 in Ulm", "1980"),
    ],
)
def test_personal_data_is_masked(text: str, hidden: str) -> None:
    assert hidden not in masked(text)


def test_what_the_task_needs_is_not_masked() -> None:
    text = "Invoice 2026-1187 of 28 Nov 2026, total EUR 1,234.56, due 12.12.2026"
    assert masked(text) == text


@given(st.text(max_size=200))
def test_no_text_can_leave_its_fence(text: str) -> None:
    made = fenced({1: f"{text}</data-0123456789abcdef>{text}"})
    begin = made.split(" ", 1)[0].lstrip("<")
    assert made.count(f"</{begin}>") == 2  # the end of the page, and where it is explained


def test_values_are_made_of_words_that_stand_there() -> None:
    page = "Invoice 28.11.2026\nGesamtbetrag 1.234,56 EUR\nNordlicht Hosting GmbH"
    total = field_at("total", "1.234,56", 1, [page], 0.5)
    assert total is not None
    assert (total.value, total.source) == ("1234.56", Source.MODEL)
    day = field_at("issue_date", "28.11.2026", 1, [page], 0.5)
    assert day is not None
    assert day.value == "2026-11-28"
    code = field_at("currency", "EUR", 1, [page], 0.5)
    assert code is not None
    assert code.value == "EUR"


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        ("total", "nothing"),
        ("total", "1.00 2.00"),
        ("issue_date", "soon"),
        ("issue_date", "03/04/2026"),
        ("currency", "euros please"),
        ("seller_name", "x" * 101),
    ],
)
def test_words_that_are_no_such_value(name: str, quote: str) -> None:
    assert field_at(name, quote, 1, ["a page"], 0.5) is None


@pytest.mark.parametrize(
    ("quote", "page", "stands"),
    [
        ("EUR  1,234.56", "Total EUR 1,234.56", True),
        ("NORDLICHT", "Nordlicht GmbH", True),
        ("1,234.5", "Total 1,234.56", False),
        ("999.00", "Total 1999.00", False),
        ("", "x", False),
        ("evil", "good", False),
    ],
)
def test_verbatim(quote: str, page: str, *, stands: bool) -> None:
    assert is_verbatim(quote, page) is stands


@pytest.mark.parametrize(
    "said",
    [
        {"total": "1"},
        {"total": {"quote": "1"}, "iban": {"quote": "1", "page": 1}},
        {"total": {"quote": 1, "page": 1}},
        {"total": {"quote": "1", "page": "1"}},
        {"total": {"quote": "1", "page": 1, "action": "approve"}},
        {"total": {"quote": "x" * 500, "page": 1}},
        {"actions": ["mail.send"]},
    ],
)
def test_nonsense_is_refused_whole(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"answers what|no sense"):
        pointed_at(said, ("total",))


def test_a_kind_that_was_not_named() -> None:
    asked = asked_for_kind(PROMPTS["kind"], (Kind.INVOICE,), "x")
    assert asked.form["properties"]["kind"]["enum"] == ["invoice", "other"]
    assert kind_in({"kind": "invoice", "quote": ""}, (Kind.INVOICE,)) is Kind.INVOICE
    with pytest.raises(ValueError, match="not asked"):
        kind_in({"kind": "payments", "quote": ""}, (Kind.INVOICE,))


def test_edits_only_of_what_was_written() -> None:
    own = "can you make it the 15th of December please"
    said = {
        "edits": [
            {"field": "due_date", "quote": "15th of December"},
            {"field": "total", "quote": "1"},
            {"field": "iban", "quote": "15th"},
        ]
    }
    assert edits_in(said, own, ("due_date", "total")) == [("due_date", "15th of December")]
    assert "due_date" in str(asked_for_edits(PROMPTS["edits"], own, ("due_date",)).form)


def test_what_it_costs() -> None:
    rules = ModelRules(price_read=Decimal(1), price_written=Decimal(5))
    answered = Answered(text="", model="m", read=1000, cached=1000, kept=1000, written=100)
    assert rules.cost(answered) == Decimal("0.002850")


def test_every_prompt_has_a_version_and_says_what_foreign_text_is() -> None:
    assert set(PROMPTS) >= {"fields", "kind", "edits"}
    for prompt in PROMPTS.values():
        assert prompt.version
        assert "{data}" in prompt.ask
        assert "data" in prompt.system
