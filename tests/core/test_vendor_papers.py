"""What vendors have to prove: what is missing, what ends, and what does not fit the books."""

from datetime import date, timedelta

import pytest

from mailagent.core.question import KnownVendor
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.reminded import reminds_of_a_bill
from mailagent.core.vendor_papers import (
    PaperName,
    PaperOnFile,
    PaperRule,
    PaperRules,
    chases,
    compared,
    listed,
)

TODAY = date(2026, 11, 27)
SURE = PaperName.INSURANCE


def on_file(vendor: str = "Roof Ltd", ends: date | None = None, **more: str) -> PaperOnFile:
    return PaperOnFile(
        vendor=vendor, paper=SURE, valid_until=ends, path="a/b.pdf", case="4F7Q", **more
    )


def read(**values: str) -> Reading:
    fields = {
        name: Field(value=v, confidence=1, source=Source.TEXT, evidence=Evidence(quote=v))
        for name, v in values.items()
    }
    return Reading(kind=Kind.TAX_PAPER, confidence=1, fields=fields)


@pytest.mark.parametrize(
    ("days", "wanted"), [(None, 0), (-1, 1), (0, 1), (30, 1), (31, 0), (400, 0)]
)
def test_a_paper_is_asked_for_when_it_ends_soon(days: int | None, wanted: int) -> None:
    ends = None if days is None else TODAY + timedelta(days=days)
    assert len(chases(PaperRules(), [on_file(ends=ends)], TODAY)) == wanted


def test_the_one_that_holds_longest_counts() -> None:
    old, new = (on_file(ends=TODAY + timedelta(days=n)) for n in (3, 300))
    assert chases(PaperRules(), [new, old], TODAY) == []
    assert [said.key for _, said in listed(PaperRules(), [new, old], TODAY)] == ["papers.until"]


def test_a_rule_knows_its_vendor_however_the_legal_form_is_written() -> None:
    rules = PaperRules(vendors=(PaperRule(vendor="ROOF Limited", needs=(SURE, PaperName.W9)),))
    (chase,) = chases(rules, [on_file()], TODAY)
    assert [lack.paper for lack in chase.lacks] == [PaperName.W9]


def test_the_same_lack_has_the_same_slot_for_a_quarter() -> None:
    rules = PaperRules(vendors=(PaperRule(vendor="Roof Ltd", needs=(SURE,)),))
    (chase,) = chases(rules, [], TODAY)
    assert chase.slot(TODAY) == chase.slot(date(2026, 10, 1)) != chase.slot(date(2027, 1, 1))
    (other,) = chases(rules, [on_file(ends=TODAY)], TODAY)
    assert other.slot(TODAY) != chase.slot(TODAY)


@pytest.mark.parametrize(
    ("number", "bills", "failed"),
    [
        ("DE298334411", ("DE 298 334 411",), []),
        ("DE298334412", ("DE298334411",), ["paper_number"]),
        ("215/5801/4433", ("DE298334411",), []),
        ("DE298334411", (), []),
    ],
)
def test_the_number_is_the_one_on_the_bills(
    number: str, bills: tuple[str, ...], failed: list[str]
) -> None:
    reading = read(paper="vat_registration", holder="Roof Ltd", number=number)
    made = compared(reading, KnownVendor(bills=2, tax_numbers=bills), TODAY)
    assert [check.name for check in made if not check.ok] == failed


def test_a_name_that_looks_like_another_vendors_is_said() -> None:
    reading = read(paper="w9", holder="Rooof Ltd", valid_until="2026-01-01")
    made = compared(reading, KnownVendor(alike=("Roof Ltd",)), TODAY)
    assert [check.name for check in made if not check.ok] == ["paper_valid", "paper_holder"]
    assert compared(read(holder="Roof Ltd"), None, TODAY) == ()


def test_a_paper_is_no_reminder_of_a_bill() -> None:
    reading = read(paper="w9", holder="Roof Ltd", number="12-3456789")
    assert list(reminds_of_a_bill(reading, (KnownVendor(bills=1),))) == []
