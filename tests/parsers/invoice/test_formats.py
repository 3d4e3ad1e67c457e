"""FatturaPA, Facturae and signed files; and what all formats have to stand."""

from base64 import b64encode, encodebytes
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind, Reading, Source
from parsers.invoice.formats import format_of
from parsers.invoice.schema import Invoice
from parsers.kinds import read_document
from parsers.text.cms import is_signed, signed_content
from parsers.text.xml import local_name, parse_xml
from tests.documents import Bill, bill_pdf, cii_xml, ubl_xml
from tests.parsers.invoice.formats import (
    body,
    company,
    factura,
    facturae,
    fattura,
    p7m,
    pem,
    tlv,
    xml_of,
)


def values(reading: Reading) -> dict[str, str]:
    lists = ("line_items", "tax_shares")
    return {name: reading.text(name) for name in reading.fields if name not in lists}


def invoice_of(xml: bytes, part: int = 1) -> Invoice:
    root = parse_xml(xml)
    found = format_of(root)
    assert found is not None
    return found.read(root, part)


def failed(reading: Reading) -> list[str]:
    return [check.name for check in reading.checks if not check.ok]


def test_a_fattura() -> None:
    reading = read_document(fattura(body()))
    assert (reading.kind, reading.parts) == (Kind.INVOICE, 1)
    assert values(reading) == {
        "invoice_number": "12/B",
        "issue_date": "2026-03-31",
        "due_date": "2026-04-30",
        "total": "177.00",
        "net": "150.00",
        "tax": "27.00",
        "tax_code": "S",
        "payable": "177.00",
        "currency": "EUR",
        "seller_name": "Officina Rossi S.r.l.",
        "seller_vat": "IT00743110157",
        "buyer_name": "Acme Studio S.p.A.",
        "buyer_vat": "IT07643520567",
        "iban": "IT60X0542811101000000123456",
    }
    assert failed(reading) == []
    net = reading.fields["net"]
    assert (net.source, net.rule) == (Source.DERIVED, "100.00 + 50.00")
    assert reading.fields["total"].source is Source.XML
    made = invoice_of(fattura(body()))
    assert [(tax.rate, tax.base, tax.amount) for tax in made.taxes] == [
        (Decimal(22), Decimal(100), Decimal(22)),
        (Decimal(10), Decimal(50), Decimal(5)),
    ]
    assert [(means.due, means.amount) for means in made.means] == [
        (date(2026, 4, 30), Decimal(100)),
        (date(2026, 5, 31), Decimal(77)),
    ]


def test_several_invoices_in_one_fattura() -> None:
    several = fattura(body("1"), body("2", "TD04"), body("3"))
    readings = [read_document(several, part=part) for part in (1, 2, 3)]
    assert [reading.text("invoice_number") for reading in readings] == ["1", "2", "3"]
    assert [r.kind for r in readings] == [Kind.INVOICE, Kind.CREDIT_NOTE, Kind.INVOICE]
    assert {reading.parts for reading in readings} == {3}
    assert read_document(several, part=9).text("invoice_number") == "3"


@pytest.mark.parametrize("number", range(1, 30))
def test_every_type_of_fattura(number: int) -> None:
    code = f"TD{number:02}"
    wanted = Kind.CREDIT_NOTE if code in ("TD04", "TD08") else Kind.INVOICE
    assert read_document(fattura(body(code=code))).kind is wanted


@pytest.mark.parametrize(
    ("change", "field", "value", "rule"),
    [
        ({"general": {"ImportoTotaleDocumento": None}}, "total", "177.00", "net + tax"),
        ({"general": {"Divisa": "USD"}}, "currency", "USD", ""),
        ({"around": {"DatiOrdineAcquisto": {"IdDocumento": "PO 9"}}}, "po_number", "PO 9", ""),
        ({"around": {"DatiContratto": {"IdDocumento": "C-1"}}}, "contract", "C-1", ""),
        (
            {"around": {"DatiFattureCollegate": [{"IdDocumento": "7"}, {"IdDocumento": "8"}]}},
            "corrects",
            "7, 8",
            "",
        ),
        (
            {"general": {"DatiRitenuta": {"ImportoRitenuta": "20.00"}}},
            "withheld",
            "20.00",
            "",
        ),
        (
            {
                "DatiPagamento": {
                    "DettaglioPagamento": {
                        "DataRiferimentoTerminiPagamento": "2026-03-31",
                        "GiorniTerminiPagamento": "60",
                    }
                }
            },
            "due_date",
            "2026-05-30",
            "2026-03-31 + 60 days",
        ),
    ],
    ids=str,
)
def test_what_else_a_fattura_states(
    change: dict[str, Any], field: str, value: str, rule: str
) -> None:
    found = read_document(fattura(body(**change))).fields[field]
    assert (found.value, found.rule) == (value, rule)


def test_a_person_with_a_tax_that_the_buyer_keeps_and_split_payment() -> None:
    person = {
        "DatiAnagrafici": {
            "IdFiscaleIVA": {"IdPaese": "IT", "IdCodice": "IT00743110157"},
            "Anagrafica": {"Nome": " Anna ", "Cognome": "Bianchi"},
        }
    }
    pay = {"DettaglioPagamento": {"ImportoPagamento": "80.00"}}
    share = {
        "AliquotaIVA": "22.00",
        "ImponibileImporto": "100.00",
        "Imposta": "22.00",
        "EsigibilitaIVA": "S",
    }
    kept = {"DatiRitenuta": {"ImportoRitenuta": "20.00"}, "ImportoTotaleDocumento": "122.00"}
    goods = {"DettaglioLinee": {"PrezzoTotale": "100.00"}, "DatiRiepilogo": share}
    made = body(general=kept, DatiBeniServizi=goods, DatiPagamento=pay)
    reading = read_document(fattura(made, seller=person))
    assert reading.text("seller_name") == "Anna Bianchi"
    assert reading.text("seller_vat") == "IT00743110157"
    assert (reading.text("withheld"), reading.text("payable")) == ("42.00", "80.00")
    assert failed(reading) == []


def test_lines_with_a_pension_fund_and_a_discount_add_up() -> None:
    general = {
        "ScontoMaggiorazione": {"Tipo": "SC", "Importo": "10.00"},
        "DatiCassaPrevidenziale": {"TipoCassa": "TC01", "ImportoContributoCassa": "10.00"},
    }
    assert failed(read_document(fattura(body(general=general)))) == []
    wrong = {"DatiCassaPrevidenziale": {"ImportoContributoCassa": "10.00"}}
    assert failed(read_document(fattura(body(general=wrong)))) == ["lines_add_up"]


def test_a_simplified_fattura() -> None:
    seller = {"IdFiscaleIVA": {"IdPaese": "IT", "IdCodice": "00743110157"}, "Denominazione": "Bar"}
    xml = xml_of(
        "FatturaElettronicaSemplificata",
        {
            "FatturaElettronicaHeader": {"CedentePrestatore": seller},
            "FatturaElettronicaBody": {
                "DatiGenerali": {
                    "DatiGeneraliDocumento": {
                        "TipoDocumento": "TD07",
                        "Divisa": "EUR",
                        "Data": "2026-03-31",
                        "Numero": "5",
                    }
                },
                "DatiBeniServizi": [
                    {"Descrizione": "Pranzo", "Importo": "11.00", "DatiIVA": {"Aliquota": "10.00"}},
                    {"Descrizione": "Vino", "Importo": "12.20", "DatiIVA": {"Imposta": "2.20"}},
                ],
            },
        },
    )
    reading = read_document(xml)
    assert [reading.text(name) for name in ("total", "tax", "net", "seller_name")] == [
        "23.20",
        "3.20",
        "20.00",
        "Bar",
    ]
    assert failed(reading) == []


def test_a_facturae() -> None:
    reading = read_document(facturae(factura()))
    assert reading.kind is Kind.INVOICE
    assert values(reading) == {
        "invoice_number": "117",
        "series": "F26",
        "issue_date": "2026-02-28",
        "due_date": "2026-03-30",
        "total": "121.00",
        "net": "100.00",
        "tax": "21.00",
        "tax_code": "S",
        "payable": "121.00",
        "currency": "EUR",
        "seller_name": "Talleres Ruiz S.L.",
        "seller_vat": "B12345674",
        "buyer_name": "Acme Estudio S.A.",
        "buyer_vat": "A58818501",
        "iban": "ES9121000418450200051332",
    }
    assert failed(reading) == []


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2", "3.2.1", "3.2.2"])
def test_every_version_and_several_in_one_facturae(version: str) -> None:
    both = facturae(factura("1"), factura("2"), version=version)
    assert [read_document(both, part=n).text("invoice_number") for n in (1, 2)] == ["1", "2"]


@pytest.mark.parametrize(
    ("code", "total", "kind"),
    [
        ("OO", "121.00", Kind.INVOICE),
        ("OR", "121.00", Kind.INVOICE),  # it takes the place of another
        ("OR", "-121.00", Kind.CREDIT_NOTE),  # the difference to another
        ("CR", "-121.00", Kind.CREDIT_NOTE),
        ("OC", "121.00", Kind.INVOICE),
    ],
)
def test_corrections_of_a_facturae(code: str, total: str, kind: Kind) -> None:
    header = {"InvoiceClass": code, "Corrective": {"InvoiceNumber": "99"}}
    reading = read_document(facturae(factura(total=total, header=header)))
    assert reading.kind is kind
    assert reading.text("corrects") == "99"


def test_a_spanish_person_and_a_tax_that_the_buyer_keeps() -> None:
    person = {"Individual": {"Name": "Ana", "FirstSurname": "Gil", "SecondSurname": "Paz"}}
    totals = {
        "TotalGrossAmountBeforeTaxes": "100.00",
        "TotalTaxOutputs": "21.00",
        "TotalTaxesWithheld": "15.00",
        "InvoiceTotal": "106.00",
        "TotalExecutableAmount": "106.00",
    }
    reading = read_document(facturae(factura(InvoiceTotals=totals), seller=person))
    assert reading.text("seller_name") == "Ana Gil Paz"
    assert failed(reading) == []
    # Some programs state the total before that tax.
    before = {**totals, "InvoiceTotal": "121.00"}
    assert failed(read_document(facturae(factura(InvoiceTotals=before)))) == []


# -- signatures ----------------------------------------------------------------------------------

BIG = fattura(*(body(str(at)) for at in range(5)))


@pytest.mark.parametrize(
    "content",
    [
        p7m(BIG),
        p7m(BIG, streamed=True),
        b64encode(p7m(BIG)),
        encodebytes(p7m(BIG, streamed=True)),
        pem(p7m(BIG)),
        p7m(p7m(BIG, streamed=True)),
        p7m(b"\xef\xbb\xbf" + BIG),
    ],
    ids=["der", "streamed", "base64", "base64 lines", "pem", "twice", "bom"],
)
def test_signed_files(content: bytes) -> None:
    assert is_signed(content)
    reading = read_document(content, part=2)
    assert (reading.text("invoice_number"), reading.parts) == ("1", 5)


def test_a_signed_pdf_is_a_pdf() -> None:
    assert read_document(p7m(bill_pdf(Bill(), cii_xml(Bill())))).text("total") == "135.66"


def test_a_signature_without_its_file_is_unreadable() -> None:
    oid = bytes.fromhex("06092a864886f70d010702")
    enclosed = tlv(0x30, bytes.fromhex("06092a864886f70d010701"))
    alone = tlv(0x30, oid + tlv(0xA0, tlv(0x30, tlv(0x02, b"\1") + tlv(0x31, b"") + enclosed)))
    with pytest.raises(Unreadable, match="without the file"):
        read_document(alone)


def test_a_signature_of_endless_pieces_is_refused() -> None:
    oid = bytes.fromhex("06092a864886f70d010702")
    with pytest.raises(Unreadable, match="too many pieces"):
        signed_content(b"\x30\x80" + oid + b"\xa0\x80\x30\x80" + b"\x02\x00" * 300_000)


@settings(max_examples=200)
@given(st.binary(max_size=60), st.integers(0, 2000), st.booleans())
def test_a_damaged_envelope_is_opened_or_refused(junk: bytes, at: int, streamed: bool) -> None:
    whole = p7m(fattura(body()), streamed=streamed)
    damaged = whole[:at] + junk + whole[at + len(junk) :]
    try:
        signed_content(damaged)
    except Unreadable:
        return


def test_what_is_not_signed() -> None:
    assert not is_signed(b"MIME-Version: 1.0")
    assert not is_signed(b"")
    assert not is_signed(fattura(body()))


# -- all formats ---------------------------------------------------------------------------------

EVERY = {
    "cii": cii_xml(Bill(po_number="PO-1", prepaid=Decimal(10))),
    "ubl": ubl_xml(Bill(po_number="PO-1", prepaid=Decimal(10))),
    "fatturapa": fattura(body(), seller=company("Rossi", "IT", "00743110157")),
    "facturae": facturae(factura()),
}


@pytest.mark.parametrize("xml", EVERY.values(), ids=EVERY)
def test_every_element_may_be_missing(xml: bytes) -> None:
    """Whatever is left out: the rest is read as before, and nothing takes its place."""
    whole = values(read_document(xml))
    root = etree.fromstring(xml)
    for element in list(root.iterdescendants()):
        parent = element.getparent()
        assert parent is not None
        at = parent.index(element)
        parent.remove(element)
        if format_of(root) is not None:
            left = values(read_document(etree.tostring(root)))
            changed = {name for name in left if left[name] != whole.get(name)}
            # What is added up of several elements is less by one; the next one of its kind comes.
            assert changed <= _AFFECTED, (local_name(element), changed)
        parent.insert(at, element)


_AFFECTED = {
    "seller_vat",
    "buyer_vat",
    "seller_country",
    "net",
    "tax",
    "total",
    "payable",
    "due_date",
    "iban",
    "currency",
    "seller_name",
}


@pytest.mark.parametrize("xml", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "windows-1252"])
def test_every_encoding(xml: bytes, encoding: str) -> None:
    again = etree.tostring(etree.fromstring(xml), xml_declaration=True, encoding=encoding)
    assert isinstance(again, bytes)
    assert values(read_document(again)) == values(read_document(xml))


@pytest.mark.parametrize("xml", EVERY.values(), ids=EVERY)
def test_every_prefix(xml: bytes) -> None:
    root = etree.fromstring(xml)
    for at, element in enumerate(root.iterdescendants()):
        if not etree.QName(element).namespace:
            element.tag = f"{{urn:odd:{at % 3}}}{element.tag}"
    assert values(read_document(etree.tostring(root))) == values(read_document(xml))


@pytest.mark.parametrize("xml", EVERY.values(), ids=EVERY)
def test_a_file_that_was_cut_off_is_read_and_said_to_be_damaged(xml: bytes) -> None:
    cut = xml[: xml.rindex(b"</")]
    reading = read_document(cut)
    assert reading.text("invoice_number")
    assert "undamaged" in failed(reading)
    assert max(field.confidence for field in reading.fields.values()) < 0.9


def test_a_document_in_its_peppol_envelope() -> None:
    inside = ubl_xml(Bill()).partition(b"?>")[2]
    header = b"<StandardBusinessDocumentHeader/>"
    namespace = b"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    start = b'<StandardBusinessDocument xmlns="' + namespace + b'">'
    wrapped = start + header + inside + b"</StandardBusinessDocument>"
    assert values(read_document(wrapped)) == values(read_document(ubl_xml(Bill())))


@pytest.mark.parametrize("scheme", [b"VAT", b"GST", b"MVA", b"va"])
def test_countries_have_names_of_their_own_for_the_tax(scheme: bytes) -> None:
    xml = ubl_xml(Bill())
    assert b">VAT<" in xml
    renamed = xml.replace(b">VAT<", b">" + scheme + b"<")
    assert read_document(renamed).text("seller_vat") == "DE298745611"
    assert "seller_vat" not in read_document(xml.replace(b">VAT<", b">TAX<")).fields


def test_tax_that_is_stated_by_rate_only() -> None:
    xml = cii_xml(Bill())
    root = etree.fromstring(xml)
    for element in [e for e in root.iter("*") if local_name(e) == "TaxTotalAmount"]:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    tax = read_document(etree.tostring(root)).fields["tax"]
    assert (tax.value, tax.source, tax.rule) == ("21.66", Source.DERIVED, "21.66")


def test_damage_in_what_is_no_invoice_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="not well-formed"):
        read_document(b"<?xml version='1.0'?><html><p>text</html>")


@pytest.mark.parametrize("xml", EVERY.values(), ids=EVERY)
@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_in_any_place_is_read_or_left_out(xml: bytes, text: str) -> None:
    root = etree.fromstring(xml)
    for element in root.iterdescendants():
        if not len(element) and element.text:
            element.text = text
    reading = read_document(etree.tostring(root))
    for name in ("total", "net", "tax", "payable"):
        assert reading.amount(name) is None or Decimal(reading.text(name)).is_finite()
    assert reading.date("issue_date") is None or reading.text("issue_date") in text
