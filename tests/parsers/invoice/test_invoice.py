"""Electronic invoices: every format, the same values."""

import copy
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from mailagent.core.reading import Kind, Reading, Source
from mailagent.core.tax import TaxShare, shares_in
from parsers.invoice.formats import format_of
from parsers.invoice.schema import Invoice
from parsers.kinds import read_document
from parsers.text.xml import local_name, parse_xml
from tests.documents import (
    Bill,
    Item,
    Profile,
    bill_pdf,
    cii_xml,
    factur_x,
    ubl_xml,
    zugferd1,
    zugferd1_xml,
)

BILL = Bill(po_number="PO-7781", prepaid=Decimal("35.66"))
FORMATS = {
    "factur-x": factur_x(BILL),
    "zugferd 1": zugferd1(BILL),
    "cii": cii_xml(BILL),
    "cii, old": zugferd1_xml(BILL),
    "ubl": ubl_xml(BILL),
}


def invoice_of(xml: bytes) -> Invoice:
    root = parse_xml(xml)
    found = format_of(root)
    assert found is not None
    return found.read(root, 1)


LISTS = ("line_items", "tax_shares")


def failed(reading: Reading) -> dict[str, dict[str, str]]:
    """The gaps that fill the reasons of what failed."""
    return {check.name: check.why.gaps for check in reading.checks if check.why}


@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS)
def test_the_same_bill_in_every_format(content: bytes) -> None:
    reading = read_document(content)
    assert reading.kind is Kind.INVOICE
    assert {name: reading.text(name) for name in reading.fields if name not in LISTS} == {
        "invoice_number": "RE-2025-0142",
        "issue_date": "2025-11-17",
        "due_date": "2025-12-01",
        "total": "135.66",
        "net": "114.00",
        "tax": "21.66",
        "tax_code": "S",
        "payable": "100.00",
        "currency": "EUR",
        "seller_name": "Nordlicht Hosting GmbH",
        "seller_vat": "DE298745611",
        "buyer_name": "Acme Studio GmbH",
        "iban": "DE89370400440532013000",
        "po_number": "PO-7781",
    } | ({"bic": "COBADEFFXXX"} if "bic" in reading.fields else {})
    assert reading.fields["line_items"].value == (
        {
            "description": "Managed server M, November 2025",
            "quantity": "1",
            "tax_rate": "19",
            "unit_price": "89.00",
            "net": "89.00",
        },
        {
            "description": "Backup storage, 500 GB",
            "quantity": "2",
            "tax_rate": "19",
            "unit_price": "12.50",
            "net": "25.00",
        },
    )
    share = {"code": "S", "rate": "19.00", "base": "114.00", "tax": "21.66"}
    if "tax_shares" in reading.fields:  # the demo's UBL states the tax in one sum
        assert shares_in(reading) == (TaxShare.model_validate(share),)
    assert all(check.ok for check in reading.checks)
    assert {
        *("totals_add_up", "lines_add_up", "payable_follows", "dates_plausible"),
        *("asks_to_pay", "tax_rate", "tax_number", "account_fits", "one_alphabet"),
    } <= {check.name for check in reading.checks}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_value_has_its_words_and_its_place(language: str) -> None:
    reading = read_document(factur_x(BILL, language=language))
    assert reading.pages == 1
    nowhere = {*LISTS, "tax_code"}  # of the page
    for name, field in reading.fields.items():
        assert field.source is Source.XML
        assert field.evidence is not None
        assert field.evidence.quote.encode() in cii_xml(BILL) or name == "line_items"
        assert (field.evidence.page == 1) is (name not in nowhere)
    issued = reading.fields["issue_date"].evidence
    due = reading.fields["due_date"].evidence
    assert issued is not None
    assert due is not None
    assert issued.quote == "20251117"
    assert issued.box is not None
    assert due.box is not None
    assert issued.box.top < due.box.top


@pytest.mark.parametrize(
    ("profile", "missing"),
    [
        (Profile.MINIMUM, {"due_date", "iban", "bic", *LISTS, "tax_code"}),
        (Profile.BASIC_WL, {"line_items"}),
        (Profile.EN16931, set()),
    ],
)
def test_what_a_profile_does_not_state_is_not_invented(profile: Profile, missing: set[str]) -> None:
    whole = set(read_document(factur_x(BILL)).fields)
    assert set(read_document(factur_x(BILL, profile)).fields) == whole - missing


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", Kind.INVOICE),
        ("381", Kind.CREDIT_NOTE),
        ("384", Kind.INVOICE),
        ("389", Kind.INVOICE),
        ("261", Kind.CREDIT_NOTE),
        ("no code", Kind.INVOICE),
    ],
)
def test_the_type_code_tells_the_kind(code: str, kind: Kind) -> None:
    assert read_document(cii_xml(Bill(type_code=code))).kind is kind


def test_a_ubl_credit_note() -> None:
    assert read_document(ubl_xml(Bill(type_code="381"))).kind is Kind.CREDIT_NOTE


def test_an_order_x_is_an_order() -> None:
    order = cii_xml(BILL).replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure")
    assert read_document(order.replace(b">380<", b">220<")).kind is Kind.PURCHASE_ORDER
    assert read_document(order.replace(b">380<", b">231<")).kind is Kind.ORDER_CONFIRMATION


@pytest.mark.parametrize(
    ("was", "becomes", "check", "gaps"),
    [
        (
            b"GrandTotalAmount>135.66",
            b"GrandTotalAmount>153.66",
            "totals_add_up",
            {"made": "135.66", "total": "153.66"},
        ),
        (b"GrandTotalAmount>135.66", b"GrandTotalAmount>153.66", "page_total", {"value": "153.66"}),
        (b"LineTotalAmount>25.00", b"LineTotalAmount>20.00", "lines_add_up", {"stated": "114.00"}),
        (b"CalculatedAmount>21.66", b"CalculatedAmount>20.66", "taxes_add_up", {"made": "20.66"}),
        (
            b"DuePayableAmount>100.00",
            b"DuePayableAmount>90.00",
            "payable_follows",
            {"made": "100.00"},
        ),
        (b"20251201", b"20251101", "dates_plausible", {"due": "2025-11-01"}),
        (b">RE-2025-0142<", b">RE-2025-0999<", "page_number", {"value": "RE-2025-0999"}),
        (b">20251117<", b">20251118<", "page_date", {"value": "2025-11-18"}),
        (b">EUR<", b">CHF<", "page_currency", {"value": "CHF"}),
        (b">Nordlicht Hosting GmbH<", b">Kranz Bau AG<", "page_seller", {"value": "Kranz Bau AG"}),
        (b">Nordlicht Hosting GmbH<", b">Kranz GmbH<", "page_seller", {"value": "Kranz GmbH"}),
        (
            b"DE89370400440532013000",
            b"GB29NWBK60161331926819",
            "page_account",
            {"page": "DE89370400440532013000", "data": "GB29NWBK60161331926819"},
        ),
        (b"DE89370400440532013000", b"DE88370400440532013000", "account_fits", {}),
        (b"DE298745611", b"DE298745612", "tax_number", {"number": "DE298745612"}),
        (b"ApplicablePercent>19", b"ApplicablePercent>22", "tax_rate", {"rate": "22"}),
        (b"Nordlicht", "Nordli\u0441ht".encode(), "one_alphabet", {}),
    ],
)
def test_what_does_not_hold_together_is_told(
    was: bytes, becomes: bytes, check: str, gaps: dict[str, str]
) -> None:
    xml = cii_xml(BILL)
    assert was in xml
    reading = read_document(bill_pdf(BILL, xml.replace(was, becomes)))
    assert gaps.items() <= failed(reading)[check].items()


@pytest.mark.parametrize(
    ("code", "amounts", "ok"),
    [("380", "-", False), ("380", "0", False), ("384", "-", True), ("381", "-", True)],
)
def test_a_bill_asks_for_money(code: str, amounts: str, ok: bool) -> None:
    was, becomes = (
        b"GrandTotalAmount>135.66",
        b"GrandTotalAmount>%b" % (b"0.00" if amounts == "0" else b"-135.66"),
    )
    reading = read_document(cii_xml(Bill(type_code=code)).replace(was, becomes))
    assert ("asks_to_pay" not in failed(reading)) is ok


def test_a_value_that_the_page_does_not_show_is_less_sure() -> None:
    xml = cii_xml(BILL).replace(b"DE89370400440532013000", b"DE02120300000000202051")
    iban = read_document(bill_pdf(BILL, xml)).fields["iban"]
    assert iban.confidence < 1
    assert iban.evidence is not None
    assert iban.evidence.page is None


def test_lines_of_a_group_are_not_counted_twice() -> None:
    group = Item(description="Both", quantity=Decimal(1), price=Decimal("114.00"))
    xml = cii_xml(Bill(items=(group, *BILL.items)))
    assert [line.counts for line in invoice_of(xml).lines] == [True, True, True]
    assert [line.counts for line in invoice_of(_grouped(xml)).lines] == [False, True, True]


def _grouped(xml: bytes) -> bytes:
    """Marks the first line as the sum of the others."""
    root = parse_xml(xml)
    line = next(e for e in root.iter("*") if local_name(e) == "AssociatedDocumentLineDocument")
    namespace = str(line.tag).partition("}")[0]
    etree.SubElement(line, f"{namespace}}}LineStatusReasonCode").text = "GROUP"
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        (b">20251117<", b">20251399<", "issue_date"),
        (b">135.66<", b">1e5<", "total"),
        (b">EUR<", b">Euro<", "currency"),
        (b'schemeID="VA"', b'schemeID="FC"', "seller_vat"),
    ],
)
def test_a_malformed_value_counts_as_absent(was: bytes, becomes: bytes, field: str) -> None:
    xml = cii_xml(Bill())
    assert was in xml
    assert field not in read_document(xml.replace(was, becomes)).fields


def test_tax_is_taken_in_the_invoices_own_currency() -> None:
    ours = b'currencyID="EUR">21.66</'
    xml = cii_xml(Bill())
    start = xml.rindex(b"<", 0, xml.index(ours))
    end = xml.index(b">", xml.index(ours) + len(ours)) + 1
    foreign = xml[start:end].replace(b"EUR", b"SEK").replace(b"21.66", b"240.10")
    assert invoice_of(xml[:start] + foreign + xml[start:]).tax == Decimal("21.66")


def test_typed_values() -> None:
    invoice = invoice_of(cii_xml(BILL))
    assert (invoice.issued, invoice.due) == (date(2025, 11, 17), date(2025, 12, 1))
    assert invoice.taxes[0].rate == Decimal(19)
    assert invoice.taxes[0].base == Decimal("114.00")
    assert invoice.lines[1].net == Decimal("25.00")


@pytest.mark.parametrize("content", [b"<Invoice/>", b"<Order xmlns='urn:x'/>", b"<html/>", b"hi"])
def test_other_documents_are_other(content: bytes) -> None:
    reading = read_document(content)
    assert (reading.kind, reading.fields) == (Kind.OTHER, {})
    assert reading.reason.startswith("nothing known")


def test_the_page_alone_is_read_as_well() -> None:
    inside, page = read_document(factur_x()), read_document(factur_x(), page_text_only=True)
    assert page.kind is Kind.INVOICE
    for name in ("invoice_number", "issue_date", "total", "net", "tax", "currency", "seller_name"):
        assert page.text(name) == inside.text(name)
        evidence = page.fields[name].evidence
        assert evidence is not None
        assert evidence.box is not None


@pytest.mark.parametrize(
    ("first", "second", "ok"),
    [
        ("GB29NWBK60161331926819", BILL.iban, False),  # paid to the one that no page shows
        (BILL.iban, "GB29NWBK60161331926819", True),
    ],
)
def test_the_account_that_is_paid_is_the_one_on_the_page(first: str, second: str, ok: bool) -> None:
    root = parse_xml(cii_xml(BILL))
    means = next(e for e in root.iter("*") if local_name(e).endswith("SettlementPaymentMeans"))
    other = copy.deepcopy(means)
    means.addnext(other)
    for element, number in ((means, first), (other, second)):
        next(e for e in element.iter("*") if local_name(e) == "IBANID").text = number
    reading = read_document(bill_pdf(BILL, etree.tostring(root)))
    assert reading.text("iban") == first
    assert ("page_account" not in failed(reading)) is ok


@pytest.mark.parametrize("names", ["Nordlicht Hosting", "NORDLICHT HOSTING GmbH & Co. KG"])
def test_a_vendor_whose_name_the_page_has_in_another_form_is_the_same(names: str) -> None:
    xml = cii_xml(BILL).replace(
        b">Nordlicht Hosting GmbH<", f">{names}<".replace("&", "&amp;").encode()
    )
    assert (
        not {"page_seller", "page_account", "page_number", "page_total"}
        & failed(read_document(bill_pdf(BILL, xml))).keys()
    )
