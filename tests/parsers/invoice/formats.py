"""XML of the formats that the demo does not write, made from dictionaries of paths and texts."""

import re
from base64 import encodebytes
from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.etree import _Element

Tree = Mapping[str, Any]  # name -> text, tree, or a list of either; `name@attr` is an attribute


def xml_of(tag: str, tree: Tree, namespace: str = "") -> bytes:
    """The document; only its root is in the namespace, as FatturaPA and Facturae have it."""
    name = f"{{{namespace}}}{tag}" if namespace else tag
    root = etree.Element(name, nsmap={"p": namespace} if namespace else None)
    _fill(root, tree)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _fill(element: _Element, tree: Tree) -> None:
    for name, value in tree.items():
        for each in value if isinstance(value, list) else [value]:
            if each is None:
                continue
            child = etree.SubElement(element, name)
            if isinstance(each, Mapping):
                _fill(child, each)
            else:
                child.text = str(each)


def fattura(*bodies: Tree, seller: Tree | None = None, buyer: Tree | None = None) -> bytes:
    """A FatturaPA file with these invoices."""
    header = {
        "CedentePrestatore": seller or company("Officina Rossi S.r.l.", "IT", "00743110157"),
        "CessionarioCommittente": buyer or company("Acme Studio S.p.A.", "IT", "07643520567"),
    }
    return xml_of(
        "FatturaElettronica",
        {"FatturaElettronicaHeader": header, "FatturaElettronicaBody": list(bodies)},
        "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2",
    )


def company(name: str, country: str, code: str) -> Tree:
    return {
        "DatiAnagrafici": {
            "IdFiscaleIVA": {"IdPaese": country, "IdCodice": code},
            "Anagrafica": {"Denominazione": name},
        },
        "Sede": {"Indirizzo": "Via Roma 1", "CAP": "40100", "Comune": "Bologna", "Nazione": "IT"},
    }


def body(number: str = "12/B", code: str = "TD01", **changes: Any) -> dict[str, Any]:
    """One invoice: 100.00 at 22 % and 50.00 at 10 %, in two instalments."""
    general = {
        "TipoDocumento": code,
        "Divisa": "EUR",
        "Data": "2026-03-31",
        "Numero": number,
        "ImportoTotaleDocumento": "177.00",
    }
    made: dict[str, Any] = {
        "DatiGenerali": {
            "DatiGeneraliDocumento": {**general, **changes.pop("general", {})},
            **changes.pop("around", {}),
        },
        "DatiBeniServizi": {
            "DettaglioLinee": [
                _line(1, "Manutenzione", "100.00", "22.00"),
                _line(2, "Ricambi", "50.00", "10.00"),
            ],
            "DatiRiepilogo": [_share("22.00", "100.00", "22.00"), _share("10.00", "50.00", "5.00")],
        },
        "DatiPagamento": {
            "CondizioniPagamento": "TP01",
            "DettaglioPagamento": [
                _instalment("2026-04-30", "100.00"),
                _instalment("2026-05-31", "77.00"),
            ],
        },
    }
    return {**made, **changes}


def _line(number: int, what: str, net: str, rate: str) -> Tree:
    return {
        "NumeroLinea": number,
        "Descrizione": what,
        "Quantita": "1.00",
        "PrezzoUnitario": net,
        "PrezzoTotale": net,
        "AliquotaIVA": rate,
    }


def _share(rate: str, base: str, tax: str) -> Tree:
    return {"AliquotaIVA": rate, "ImponibileImporto": base, "Imposta": tax}


def _instalment(day: str, amount: str) -> Tree:
    return {
        "ModalitaPagamento": "MP05",
        "DataScadenzaPagamento": day,
        "ImportoPagamento": amount,
        "IBAN": "IT60X0542811101000000123456",
    }


def facturae(*invoices: Tree, version: str = "3.2.2", seller: Tree | None = None) -> bytes:
    """A Facturae file with these invoices."""
    tax = {"TaxIdentificationNumber": "B12345674"}
    legal = {"CorporateName": "Talleres Ruiz S.L.", "AddressInSpain": {"Town": "Sevilla"}}
    parties = {
        "SellerParty": seller or {"TaxIdentification": tax, "LegalEntity": legal},
        "BuyerParty": {
            "TaxIdentification": {"TaxIdentificationNumber": "A58818501"},
            "LegalEntity": {"CorporateName": "Acme Estudio S.A."},
        },
    }
    return xml_of(
        "Facturae",
        {
            "FileHeader": {"SchemaVersion": version},
            "Parties": parties,
            "Invoices": {"Invoice": list(invoices)},
        },
        f"http://www.facturae.es/Facturae/2009/v{version}/Facturae",
    )


def factura(number: str = "117", total: str = "121.00", **changes: Any) -> Tree:
    """One invoice at 21 %."""
    sign = "-" if total.startswith("-") else ""
    header = {"InvoiceNumber": number, "InvoiceSeriesCode": "F26", "InvoiceClass": "OO"}
    made = {
        "InvoiceHeader": {**header, **changes.pop("header", {})},
        "InvoiceIssueData": {"IssueDate": "2026-02-28", "InvoiceCurrencyCode": "EUR"},
        "TaxesOutputs": {
            "Tax": {
                "TaxRate": "21.00",
                "TaxableBase": {"TotalAmount": f"{sign}100.00"},
                "TaxAmount": {"TotalAmount": f"{sign}21.00"},
            }
        },
        "InvoiceTotals": {
            "TotalGrossAmount": f"{sign}100.00",
            "TotalGrossAmountBeforeTaxes": f"{sign}100.00",
            "TotalTaxOutputs": f"{sign}21.00",
            "TotalTaxesWithheld": "0.00",
            "InvoiceTotal": total,
            "TotalOutstandingAmount": total,
            "TotalExecutableAmount": total,
        },
        "Items": {
            "InvoiceLine": {
                "ItemDescription": "Reparación",
                "Quantity": "1.0",
                "UnitPriceWithoutTax": f"{sign}100.00",
                "TotalCost": f"{sign}100.00",
                "GrossAmount": f"{sign}100.00",
            }
        },
        "PaymentDetails": {
            "Installment": {
                "InstallmentDueDate": "2026-03-30",
                "InstallmentAmount": total,
                "AccountToBeCredited": {"IBAN": "ES91 2100 0418 4502 0005 1332"},
            }
        },
    }
    return {**made, **changes}


# -- envelopes of signatures ---------------------------------------------------------------------

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")


def tlv(tag: int, content: bytes, *, open_ended: bool = False) -> bytes:
    """One element, of a length that is stated or left open."""
    if open_ended:
        return bytes((tag, 0x80)) + content + b"\0\0"
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def p7m(content: bytes, *, streamed: bool = False) -> bytes:
    """A signature around a content, the way signing programs write it; the signature is none."""
    octets = tlv(0x04, content)
    if streamed:
        pieces = [content[at : at + 1000] for at in range(0, len(content), 1000)]
        octets = tlv(0x24, b"".join(tlv(0x04, piece) for piece in pieces), open_ended=True)
    enclosed = _DATA + tlv(0xA0, octets, open_ended=streamed)
    signed = b"".join(
        (
            tlv(0x02, b"\1"),
            tlv(0x31, tlv(0x30, bytes.fromhex("0609608648016503040201"))),
            tlv(0x30, enclosed, open_ended=streamed),
            tlv(0xA0, tlv(0x30, b"certificate" * 30)),
            tlv(0x31, tlv(0x30, b"signer")),
        )
    )
    inside = tlv(0x30, signed, open_ended=streamed)
    return tlv(0x30, _SIGNED_DATA + tlv(0xA0, inside, open_ended=streamed), open_ended=streamed)


def pem(content: bytes) -> bytes:
    """The same in base64, with its lines around."""
    return b"-----BEGIN PKCS7-----\n" + encodebytes(content) + b"-----END PKCS7-----\n"


def without(xml: bytes, name: str) -> bytes:
    """The XML less every element of this name, whatever its prefix."""
    return re.sub(
        rb"<(\w+:)?%b(?:\s[^>]*)?>.*?</(\w+:)?%b>" % (name.encode(), name.encode()),
        b"",
        xml,
        flags=re.DOTALL,
    )
