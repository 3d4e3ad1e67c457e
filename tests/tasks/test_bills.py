"""Bills: what a careful bookkeeper would propose, notice, and refuse to guess."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.asking import worth_asking
from mailagent.core.bridge import BridgeBill, BridgeRules, Tool
from mailagent.core.capability import CATALOGUE, RecordBill, SetReminder, StoreFile
from mailagent.core.filing import AskFiled
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.question import (
    AskCorrespondent,
    AskVendor,
    KnownCorrespondent,
    KnownVendor,
)
from mailagent.core.reading import Check, Kind, Reading
from mailagent.core.said import Said, say
from mailagent.core.summary import summary
from mailagent.core.task import Work
from mailagent.core.tax import TaxCode, TaxShare
from mailagent.tasks import bills, other
from tests.values import COMPANY, case, document, person, reading, record_bill

TODAY = date(2026, 11, 20)
KNOWN = KnownVendor(
    bills=3, book_to="4980", accounts=("DE02120300000000202051",), since=date(2025, 1, 1)
)


def proposed(what: Reading | None = None, known: KnownVendor = KNOWN, **changes: Any) -> Proposal:
    given = {"company": COMPANY, "person": person(), "case": case(), "version": 1, "today": TODAY}
    given |= {"reading": what or reading(), "answers": (known,), "subject": "Your bill"}
    return bills.propose(Work(**{**given, **changes}))


def bill_of(proposal: Proposal) -> RecordBill:
    payload = proposal.actions[0].payload
    assert isinstance(payload, RecordBill)
    return payload


def test_a_plain_bill_is_recorded_filed_and_remembered() -> None:
    made = proposed()
    record, store, remind = (action.payload for action in made.actions)
    assert record == record_bill()
    assert isinstance(store, StoreFile)
    assert (store.folder, store.name) == ("bills/2026/acme", "2026-11-18 acme r-2026-7.pdf")
    assert isinstance(remind, SetReminder)
    assert (remind.person, remind.day) == ("ann", date(2026, 12, 2))
    assert made.title == "EUR 119.00 Acme GmbH, due 2 Dec"
    assert made.failed_checks == ()
    assert made.notes == ()
    assert made.purpose is Purpose.DO


def test_what_is_off_for_paying_early_is_said_kept_and_reminded_of() -> None:
    made = proposed(reading(discount_rate="2", discount_until="2026-11-25"))
    bill, remind = bill_of(made), made.actions[2].payload
    assert (bill.discount, bill.discount_until) == (Decimal("2.38"), date(2026, 11, 25))
    assert bill.pay_by == date(2026, 11, 25)
    early = say("bill.early", off=Decimal("2.38"), until=date(2026, 11, 25), currency="EUR")
    assert made.notes == (early,)
    assert isinstance(remind, SetReminder)
    assert remind.day == date(2026, 11, 25)


def test_what_was_off_is_over() -> None:
    made = proposed(reading(discount_rate="2", discount_until="2026-11-19"))
    gone = say("bill.too_late", off=Decimal("2.38"), until=date(2026, 11, 19), currency="EUR")
    assert made.notes == (gone,)
    remind = made.actions[2].payload
    assert isinstance(remind, SetReminder)
    assert remind.day == date(2026, 12, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"discount_rate": "2"},
        {"discount_until": "2026-11-25"},
        {"discount_rate": "40", "discount_until": "2026-11-25"},
        {"discount_rate": "2", "discount_until": "2026-11-25", "total": "-119.00"},
    ],
    ids=str,
)
def test_half_of_a_discount_is_none(changes: Any) -> None:
    assert bill_of(proposed(reading(**changes))).discount is None


def test_how_it_is_taxed_and_when_it_was_done_go_into_the_books() -> None:
    rows = ({"code": "AE", "rate": "0", "base": "100.00", "tax": "0.00"},)
    free = reading(
        tax_code="AE",
        tax_reason="Reverse charge",
        tax="0.00",
        total="100.00",
        service_start="2026-10-01",
        service_end="2026-10-31",
    )
    share = free.fields["tax_code"].model_copy(update={"value": rows})
    free = free.model_copy(update={"fields": {**free.fields, "tax_shares": share}})
    made = proposed(free)
    bill = bill_of(made)
    assert (bill.codes, bill.tax_reason) == ((TaxCode.REVERSE,), "Reverse charge")
    assert bill.tax_shares == (
        TaxShare(code=TaxCode.REVERSE, rate=Decimal(0), base=Decimal(100), tax=Decimal(0)),
    )
    assert (bill.service_start, bill.service_end) == (date(2026, 10, 1), date(2026, 10, 31))
    assert made.failed_checks == ()
    told = summary(bill, "4F7Q", "de")
    assert "Steuercode: AE 0\n" in told
    assert "Leistung: 2026-10-01 - 2026-10-31\n" in told
    back = bill_of(proposed(free.model_copy(update={"kind": Kind.CREDIT_NOTE})))
    assert [share.base for share in back.tax_shares] == [Decimal(-100)]


def test_a_doubtful_period_is_shown_and_not_booked() -> None:
    doubtful = reading(service_start="2026-10-01", service_end="2026-10-31")
    field = doubtful.fields["service_end"].model_copy(update={"confidence": 0.5})
    doubtful = doubtful.model_copy(update={"fields": {**doubtful.fields, "service_end": field}})
    assert bill_of(proposed(doubtful)).service_start is None


def test_a_draft_from_before_tax_codes_is_the_same() -> None:
    assert not {"tax_code", "tax_shares", "service_start"} & record_bill().model_dump().keys()


def test_it_stays_within_what_it_may() -> None:
    assert bills.TASK.may <= set(CATALOGUE)
    company = COMPANY.model_copy(update={"bridge": BridgeRules(address="corp@tool.test")})
    done = {a.payload.capability for a in proposed(company=company).actions}
    assert done == bills.TASK.may


def test_it_is_handed_to_the_tool_as_it_came_with_a_summary() -> None:
    rules = BridgeRules(tool=Tool.DATEV, address="corp@tool.test")
    company = COMPANY.model_copy(update={"bridge": rules})
    asked = bills.asks(reading(), company)
    assert AskCorrespondent(address="corp@tool.test") in asked
    for mails, first in ((0, True), (3, False)):
        answers = (KNOWN, KnownCorrespondent(mails=mails))
        mail = proposed(company=company, answers=answers).actions[-1].payload
        assert isinstance(mail, BridgeBill)
        assert (mail.to, mail.tool, mail.first) == ("corp@tool.test", "DATEV", first)
        assert mail.content == document().sha256
        assert "[4F7Q]" in mail.subject
        assert "Total: 119.00 EUR" in mail.text


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"buyer_name": "Somebody Else AG"}, "asking.buyer"),
        ({"total": "200.00"}, "asking.totals_add_up"),
        ({}, ""),
    ],
)
def test_what_asking_the_sender_settles_is_offered(changes: dict[str, str], asked: str) -> None:
    made = proposed(reading(Kind.INVOICE, checks=(), **changes))
    said = [note for note in made.notes if isinstance(note, Said) and note.key == "bill.ask"]
    assert [note.gaps["question"] for note in said] == ([asked] if asked else [])


def test_a_changed_account_is_never_asked_about_by_mail() -> None:
    made = proposed(reading(iban="GB33BUKB20201555555555", buyer_name="Somebody Else AG"))
    assert {"bank_account", "buyer"} <= {check.name for check in made.failed_checks}
    assert worth_asking(made, "Corp Ltd") == ()


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"seller_name": ""}, "seller_name"),
        ({"invoice_number": ""}, "invoice_number"),
        ({"issue_date": ""}, "issue_date"),
        ({"total": ""}, "total"),
        ({"issue_date": "", "total": "", "currency": ""}, "issue_date,total,currency"),
        ({"currency": "Euro"}, ""),
        ({"total": "much"}, ""),
        ({"total": "NaN"}, ""),
        ({"issue_date": "soon"}, ""),
        ({"due_date": "2026-02-30"}, ""),
    ],
    ids=str,
)
def test_what_cannot_be_booked_is_asked_and_nothing_is_guessed(
    fields: dict[str, Any], missing: str
) -> None:
    made = proposed(reading(Kind.INVOICE, checks=(), **fields))
    assert made.purpose is Purpose.ASK
    assert made.actions == ()
    asked = say("bill.unread", missing=missing) if missing else say("bill.senseless")
    assert made.question == asked
    assert made.title == "Your bill"


@pytest.mark.parametrize("total", ["119.00", "-119.00"])
def test_a_credit_note_takes_off_however_it_is_written(total: str) -> None:
    bill = bill_of(proposed(reading(Kind.CREDIT_NOTE, total=total, net="100.00", tax="-19.00")))
    assert (bill.total, bill.net, bill.tax) == (Decimal(-119), Decimal(-100), Decimal(-19))


def test_a_correction_stays_as_it_was_written() -> None:
    assert bill_of(proposed(reading(total="-5.00"))).total == Decimal("-5.00")


CREDIT = say("bill.credit", back=Decimal("119.00"), of="", currency="EUR")


@pytest.mark.parametrize(
    ("what", "note"),
    [
        (reading(due_date=""), say("bill.no_due")),
        (reading(due_date="2026-11-20"), say("bill.past_due")),
        (reading(due_date="2026-11-19"), say("bill.past_due")),
        (reading(Kind.CREDIT_NOTE), CREDIT),
        (reading(Kind.CREDIT_NOTE, due_date=""), CREDIT),
    ],
    ids=["none", "today", "past", "credit", "credit without"],
)
def test_there_is_no_reminder_without_a_day_to_pay_on(what: Reading, note: Said) -> None:
    made = proposed(what)
    assert len(made.actions) == 2
    assert made.notes == (note,)


def test_a_new_vendor_is_noted() -> None:
    assert say("bill.first") in proposed(known=KnownVendor()).notes


@pytest.mark.parametrize(
    ("fields", "known", "failed"),
    [
        ({}, {}, []),
        ({}, {"same_number": ("2026-01-01 (R-2026-7)",)}, ["duplicate"]),
        ({"iban": "GB33BUKB20201555555555"}, {}, ["bank_account"]),
        ({"iban": ""}, {}, []),
        ({"iban": "GB33BUKB20201555555555"}, {"accounts": ()}, []),
        ({"issue_date": "2024-11-01", "due_date": "2024-12-01"}, {}, ["dates"]),
        ({"issue_date": "2027-01-01", "due_date": "2027-01-15"}, {}, ["dates"]),
        ({"due_date": "2026-11-01"}, {}, ["dates_plausible"]),  # before it was written
        ({"due_date": "2028-12-01"}, {}, ["dates_plausible"]),
        ({"buyer_name": "Somebody Else"}, {}, ["buyer"]),
        ({"buyer_name": ""}, {}, []),
    ],
    ids=str,
)
def test_checks(fields: dict[str, Any], known: dict[str, Any], failed: list[str]) -> None:
    made = proposed(reading(**fields), KNOWN.model_copy(update=known))
    assert [check.name for check in made.failed_checks] == failed
    assert all(check.why for check in made.failed_checks)


@pytest.mark.parametrize(
    ("buyer", "ok"),
    [("NORTHWIND Limited, London", True), ("Northwind", True), ("Southwind Ltd", False)],
)
def test_a_bill_has_to_be_addressed_to_us(buyer: str, ok: bool) -> None:
    ours = COMPANY.model_copy(update={"name": "Northwind Ltd"})
    made = proposed(reading(buyer_name=buyer), company=ours)
    assert [c.ok for c in made.checks if c.name == "buyer"] == [ok]


def test_what_the_reader_found_wrong_is_shown_as_well() -> None:
    wrong = Check(name="totals", ok=False, detail="100 + 19 is not 120")
    assert wrong in proposed(reading(checks=(wrong,))).failed_checks


def test_the_person_reads_it_in_their_own_language() -> None:
    ann = person(language="de", locale="de_DE")
    assert proposed(person=ann).title == "EUR 119,00 Acme GmbH, fällig 2. Dez"


def test_the_file_keeps_the_kind_of_the_document() -> None:
    for media_type, ending in (
        ("text/xml", ".xml"),
        ("image/png", ".png"),
        ("application/x-odd", ".pdf"),
    ):
        made = proposed(case=case(document=document(media_type=media_type)))
        store = made.actions[1].payload
        assert isinstance(store, StoreFile)
        assert store.name == f"2026-11-18 acme r-2026-7{ending}"


def test_it_asks_the_books_about_the_vendor() -> None:
    question, filed = bills.asks(reading(), COMPANY)
    assert filed == AskFiled(kind="invoice")
    assert question == AskVendor(
        vendor="Acme GmbH",
        vat="DE123456788",
        number="R-2026-7",
        total=Decimal(119),
        currency="EUR",
        issued=date(2026, 11, 18),
    )
    assert bills.asks(reading(seller_name=""), COMPANY) == ()


def test_what_no_task_knows_is_only_asked() -> None:
    given = {"company": COMPANY, "person": person(), "case": case(), "version": 1, "today": TODAY}
    work = Work.model_validate({**given, "reading": Reading(kind=Kind.OTHER, confidence=1.0)})
    made = other.propose(work)
    assert (made.purpose, made.actions, made.title) == (Purpose.ASK, (), "bill.pdf")
    assert made.question == say("other.unknown")
    assert other.TASK.may == frozenset()
    assert other.TASK.kinds == set(Kind)
    assert other.asks(reading(), COMPANY) == ()


# -- what is left to pay ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "owed", "said"),
    [
        ({}, None, []),
        ({"payable": "119.00"}, None, []),
        ({"payable": "19.00"}, "19.00", ["bill.part_owed"]),  # less a deposit
        ({"payable": "0.00"}, "0.00", ["bill.nothing_owed"]),  # paid by card
        ({"payable": "119.02", "rounding": "0.02"}, "119.02", ["bill.part_owed"]),
        ({"collected": "direct_debit"}, "0", ["bill.by_direct_debit"]),
        ({"collected": "card", "payable": "119.00"}, "0", ["bill.by_card"]),
        ({"payable": "250.00"}, None, ["bill.other_owed"]),  # with an older balance
        ({"payable": "-5.00"}, None, ["bill.other_owed"]),
    ],
)
def test_no_more_is_paid_than_is_left(
    fields: dict[str, str], owed: str | None, said: list[str]
) -> None:
    made = proposed(reading(Kind.INVOICE, checks=(), **fields))
    bill = bill_of(made)
    assert bill.owed == (None if owed is None else Decimal(owed))
    assert bill.to_pay == (bill.total if owed is None else Decimal(owed))
    assert bill.total == Decimal(119)
    assert [note.key for note in made.notes if isinstance(note, Said)] == said
    reminded = any(isinstance(action.payload, SetReminder) for action in made.actions)
    assert reminded is (bill.to_pay > 0)


def test_what_is_left_to_pay_is_not_taken_where_it_is_doubtful_or_changed() -> None:
    doubtful = reading(payable="19.00")
    field = doubtful.fields["payable"].model_copy(update={"confidence": 0.8})
    doubtful = doubtful.model_copy(update={"fields": {**doubtful.fields, "payable": field}})
    made = proposed(doubtful)
    assert bill_of(made).owed is None
    assert [note.key for note in made.notes if isinstance(note, Said)] == ["bill.other_owed"]
    changed = proposed(reading(payable="19.00"), edits=frozenset({"total"}))
    assert bill_of(changed).owed is None
    assert not changed.notes


def test_less_for_paying_early_is_not_taken_off_twice() -> None:
    early = reading(payable="116.62", discount_rate="2", discount_until="2026-11-25")
    bill = bill_of(proposed(early))
    assert (bill.owed, bill.discount) == (None, Decimal("2.38"))


def test_a_draft_from_before_what_is_left_to_pay_is_the_same() -> None:
    assert "owed" not in record_bill().model_dump()
    assert record_bill(owed=Decimal(0)).model_dump()["owed"] == 0
