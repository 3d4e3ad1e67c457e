"""The general reader on sheets of many habits: the values, their proof, and how sure it is."""

import unicodedata

import pytest

from mailagent.core.people import Us
from mailagent.core.reading import Kind, Source
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.invoice.page.reading import _by_sums
from parsers.invoice.papers import sighted
from parsers.kinds import read_document
from parsers.text.grid import text_words
from tests.parsers.invoice.page.drawn import DRAWN, Drawn
from tests.parsers.invoice.page.drawn_abroad import ABROAD
from tests.parsers.invoice.page.drawn_europe import EUROPE

SHEETS = (*DRAWN, *ABROAD, *EUROPE)
# A receipt for what was paid by card, and a bill that nowhere says that it is one.
OTHERWISE = {"online card receipt": Kind.RECEIPT, "german, discount and two rates": None}


def _read(text: str, us: Us | None = None) -> PageInvoice:
    return read_sheet(Sheet(text_words(text)), us or Us())


# Not read: who buys, where only his tax number is called so; a person without a label who sells.
DOUBTED = {
    ("south african", "buyer_name"),
    ("german small business without tax", "seller_name"),
    ("german small business without tax", "buyer_name"),
}


def _plain(text: object) -> str:
    folded = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(c for c in folded if c.isalnum())


@pytest.mark.parametrize("drawn", SHEETS, ids=lambda drawn: drawn.name)
def test_every_value_is_read(drawn: Drawn) -> None:
    page = _read(drawn.text)
    got = {name: page.fields[name].value for name in drawn.truth if name in page.fields}
    wanted = {n: _plain(v) for n, v in drawn.truth.items() if (drawn.name, n) not in DOUBTED}
    assert {n: _plain(got.get(n, "")) for n in wanted} == wanted


@pytest.mark.parametrize("drawn", SHEETS, ids=lambda drawn: drawn.name)
def test_what_is_read_wrongly_is_doubted(drawn: Drawn) -> None:
    page = _read(drawn.text)
    for name, wanted in drawn.truth.items():
        field = page.fields.get(name)
        if field is not None and _plain(field.value) != _plain(wanted):
            assert field.confidence < 0.9


@pytest.mark.parametrize("drawn", SHEETS, ids=lambda drawn: drawn.name)
def test_every_value_is_read_or_derived(drawn: Drawn) -> None:
    page = _read(drawn.text)
    for field in page.fields.values():
        if field.source is Source.DERIVED:
            assert field.rule
            continue
        assert field.evidence is not None
        assert field.evidence.box is not None
        assert field.evidence.quote in page.sheet.text


@pytest.mark.parametrize("drawn", SHEETS, ids=lambda drawn: drawn.name)
def test_it_is_recognised(drawn: Drawn) -> None:
    sight = sighted(Sheet(text_words(drawn.text)))
    assert (sight and sight.kind) is OTHERWISE.get(drawn.name, Kind.INVOICE)


def test_a_bill_without_a_title_is_known_by_its_sums() -> None:
    sheet = next(drawn for drawn in SHEETS if drawn.name == "german, discount and two rates")
    assert _by_sums(_read(sheet.text)).kind is Kind.INVOICE
    assert _by_sums(_read("Acme Ltd\nDate: 3 April 2025\nTotal 120.00")).kind is Kind.OTHER


_HEAD = "Acme Ltd\n1 High Street\nLeeds LS1 4HT\n\nInvoice no: 17\n"
_SUMS = "\nSubtotal   100.00\nVAT 20%   20.00\nTotal   {sign}120.00\n"


@pytest.mark.parametrize(
    ("written", "sign", "day", "sure"),
    [
        ("13/04/2025", "£", "2025-04-13", True),
        ("04/13/2025", "$", "2025-04-13", True),
        ("03/04/2025", "£", "2025-04-03", True),  # pounds: the day stands first
        ("03/04/2025", "$", "2025-03-04", True),  # dollars: the month
        ("03/04/2025", "", "2025-04-03", False),  # nothing tells
        ("2025-04-03", "", "2025-04-03", True),
        ("3 April 2025", "", "2025-04-03", True),
    ],
)
def test_the_order_of_a_day_is_never_guessed_silently(
    written: str, sign: str, day: str, sure: bool
) -> None:
    page = _read(f"{_HEAD}Date: {written}\n{_SUMS.format(sign=sign)}")
    field = page.fields["issue_date"]
    assert field.value == day
    assert (field.confidence >= 0.9) is sure


def test_other_dates_of_the_page_tell_the_order() -> None:
    page = _read(f"{_HEAD}Date: 03/04/2025\nDue date: 17/04/2025\n{_SUMS.format(sign='')}")
    assert page.fields["issue_date"].value == "2025-04-03"
    assert page.fields["issue_date"].confidence >= 0.9


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("Payment terms: Net 30", "2025-05-03"),
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug", "2025-04-17"),
        ("2% 10 days, net 30 days", "2025-05-03"),
        ("Paiement à 30 jours fin de mois", "2025-05-31"),
        ("Betaling binnen 8 dagen", "2025-04-11"),
        ("Payable on or before 20 April 2025", "2025-04-20"),
    ],
)
def test_due_dates_are_read_or_derived_with_their_rule(terms: str, due: str) -> None:
    page = _read(f"{_HEAD}Date: 3 April 2025\n{_SUMS.format(sign='£')}\n{terms}\n")
    field = page.fields["due_date"]
    assert field.value == due
    assert (field.source is Source.DERIVED) == bool(field.rule)


@pytest.mark.parametrize("other", ["Goods may be returned within 30 days", "Valid for 30 days"])
def test_other_periods_are_no_terms(other: str) -> None:
    page = _read(f"{_HEAD}Date: 3 April 2025\n{_SUMS.format(sign='£')}\n{other}\n")
    assert "due_date" not in page.fields


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        ("ABN 53 004 085 616", "AUD"),
        ("HST: 81234 5678 RT0001", "CAD"),
        ("GST No. 98-765-432, New Zealand", "NZD"),
        ("Austin, TX 78701", "USD"),
        ("", "USD"),
    ],
)
def test_whose_dollar_it_is(hint: str, code: str) -> None:
    page = _read(f"Acme Works\n{hint}\nInvoice no: 17\nDate: 3 April 2025\nTotal   $120.00\n")
    assert page.fields["currency"].value == code


def test_the_sums_that_add_up_go_before_labels() -> None:
    page = _read(
        "Invoice 17\nDate: 3 April 2025\nTotal   100.00\nVAT   20.00\nTotal   120.00\n"
        "Previous total   500.00\n"
    )
    values = {name: page.fields[name].value for name in ("net", "tax", "total")}
    assert values["total"] == "120.00"
    assert values["tax"] == "20.00"


def test_a_number_of_six_digits_below_its_label_is_no_postcode() -> None:
    page = _read(
        "NUMBER          DATE            CUSTOMER\nFV25-003318     16/06/2025      004412\n\n"
        "Invoice\nSubtotal   £100.00\nVAT 20%   £20.00\nTotal   £120.00\n"
    )
    assert page.fields["invoice_number"].value == "FV25-003318"


def test_days_and_a_letter_before_a_number_are_no_money() -> None:
    page = _read(
        "Invoice R-1\nDate: 3 April 2025\nPlease pay the amount within 14 days\n"
        "Proofreading, 12 hours   480.00 €\n"
    )
    assert page.fields["currency"].value == "EUR"
    assert page.fields["total"].value == "480.00"


@pytest.mark.parametrize(
    ("terms", "rate", "until"),
    [
        ("Terms: 2% 10 Net 30", "2", "2025-04-13"),
        ("Bei Zahlung innerhalb von 7 Tagen 3 % Skonto, 30 Tage netto", "3", "2025-04-10"),
        ("2,5 % discount if paid until 12 April 2025, net until 3 May 2025", "2.5", "2025-04-12"),
        ("A late charge of 1.5% applies after 30 days", "", ""),
    ],
)
def test_what_is_taken_off_for_paying_early(terms: str, rate: str, until: str) -> None:
    page = _read(f"{_HEAD}Date: 3 April 2025\n{_SUMS.format(sign='£')}\n{terms}\n")
    read = [page.fields.get(name) for name in ("discount_rate", "discount_until")]
    assert [field.value if field else "" for field in read] == [rate, until]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Leistungszeitraum: 26.05. - 30.05.2025", "2025-05-26", "2025-05-30"),
        ("Service period: Dec 15, 2024 to Jan 14, 2025", "2024-12-15", "2025-01-14"),
        ("Billing period Nov 2 - Dec 1, 2025", "2025-11-02", "2025-12-01"),
        ("abonnement du 1er au 30 novembre 2025", "2025-11-01", "2025-11-30"),
        ("Leistungszeitraum: Februar 2024", "2024-02-01", "2024-02-29"),
    ],
)
def test_when_it_was_done(words: str, start: str, end: str) -> None:
    page = _read(f"{_HEAD}Date: 3 April 2025\n{_SUMS.format(sign='£')}\n{words}\n")
    read = [page.fields[name].value for name in ("service_start", "service_end")]
    assert read == [start, end]


def test_a_sum_that_nothing_proves_is_not_sure() -> None:
    page = _read("Invoice 17\nDate: 3 April 2025\nsomething 12.00\nanything   99.00\n")
    assert page.fields["total"].confidence < 0.5


def test_several_rates_are_one_tax_with_its_rule() -> None:
    page = _read(
        "Rechnung Nr. 17\nDatum: 3.4.2025\nNettobetrag   150,00\nMwSt 7%   3,50\n"
        "MwSt 19%   19,00\nGesamtbetrag   172,50\n"
    )
    tax = page.fields["tax"]
    assert (tax.value, tax.source) == ("22.50", Source.DERIVED)
    assert "3,50" in tax.rule


def test_what_was_paid_before_is_not_the_total() -> None:
    page = _read(
        "Invoice 17\nDate: 3 April 2025\nSubtotal   100.00\nTax   8.00\nTotal   108.00\n"
        "Deposit   -50.00\nBalance due   58.00\n"
    )
    values = {n: page.fields[n].value for n in ("total", "payable", "prepaid")}
    assert values == {"total": "108.00", "payable": "58.00", "prepaid": "50.00"}


def test_who_we_are_is_never_the_seller() -> None:
    text = (
        "Acme Studio GmbH\n\nBlue Oven Ltd\n\nInvoice no: 17\nDate: 3 April 2025\nTotal   £20.00\n"
    )
    page = _read(text, Us(name="Acme Studio GmbH"))
    assert page.fields["seller_name"].value == "Blue Oven Ltd"


def test_a_torn_word_and_a_glued_one_are_labels_all_the_same() -> None:
    page = _read(
        "Rech nungsnummer:4711\nDatum:3.4.2025\nNet tobetrag 100,00\nMwSt 19,00\n"
        "Br uttosumme 119,00\n"
    )
    assert page.fields["invoice_number"].value == "4711"
    assert page.fields["total"].value == "119.00"


@pytest.mark.parametrize("title", ["Self-billed invoice", "Abrechnungsgutschrift"])
def test_the_buyer_writes_a_self_billed_invoice(title: str) -> None:
    page = _read(
        f"Novak Trading Ltd\n1 Mill Lane\nLeeds LS2 7EW\n\n{title}\nInvoice no: 17\n\n"
        "Bill to:\nSingh Electrical LLP\n2 Mill Lane\nLeeds LS2 7EW\n\nDate: 3 April 2025\n"
        "Total   £20.00\n"
    )
    assert page.fields["seller_name"].value == "Singh Electrical LLP"


def test_a_mail_that_is_the_bill_and_one_that_has_a_link() -> None:
    drawn = DRAWN[0]
    reading = read_document(drawn.text.encode())
    assert reading.kind is Kind.INVOICE
    assert reading.text("total") == drawn.truth["total"]
    link = read_document(b"Your invoice is ready. View invoice: https://pay.example/1")
    assert link.kind is Kind.OTHER
    assert "never followed" in link.reason


def test_an_html_mail_is_read_by_its_columns() -> None:
    rows = (
        ("From", "Brightwater Studio Ltd"),
        ("Invoice number", "INV-2291"),
        ("Invoice date", "3 March 2025"),
        ("Subtotal", "&pound;400.00"),
        ("VAT 20%", "&pound;80.00"),
        ("Total", "&pound;480.00"),
    )
    cells = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    reading = read_document(f"<html><body><h1>Invoice</h1><table>{cells}</table>".encode())
    assert reading.kind is Kind.INVOICE
    values = {name: reading.text(name) for name in ("invoice_number", "total", "tax", "currency")}
    assert values == {
        "invoice_number": "INV-2291",
        "total": "480.00",
        "tax": "80.00",
        "currency": "GBP",
    }


def test_lines_are_proved_by_their_sum() -> None:
    text = (
        "Invoice no: 17\nDate: 3 April 2025\n\n"
        "Description      Qty      Price      Amount\n"
        "Lawn mowing        4      85.00      340.00\n"
        "Mulch              6      42.50      255.00\n\n"
        "Subtotal   {net}\nTax   20.00\nTotal   {total}\n"
    )
    proved = _read(text.format(net="595.00", total="615.00")).fields["line_items"]
    assert proved.value == (
        {"description": "Lawn mowing", "net": "340.00", "quantity": "4", "unit_price": "85.00"},
        {"description": "Mulch", "net": "255.00", "quantity": "6", "unit_price": "42.50"},
    )
    doubtful = _read(text.format(net="700.00", total="720.00")).fields["line_items"]
    assert doubtful.confidence < 0.9 < proved.confidence
