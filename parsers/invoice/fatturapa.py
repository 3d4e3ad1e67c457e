"""FatturaPA, the invoice of Italy's exchange system; also the simplified one.

One file has one header and any number of bodies: each body is an invoice.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from mailagent.core.reading import Kind
from parsers.invoice.extract import extract
from parsers.invoice.schema import Invoice, Party
from parsers.invoice.stated import Shape, Syntax, first, one
from parsers.text.xml import Element, find, find_all, local_name, texts_at
from parsers.values.days import xml_date
from parsers.values.decimals import spell_amount, xml_decimal

_ROOTS = ("FatturaElettronica", "FatturaElettronicaSemplificata")
# TD04 and the simplified TD08 take off; a debit note (TD05, TD09) adds. TD16 to TD23 are what a
# buyer writes in the seller's place.
_CREDIT_NOTES = frozenset({"TD04", "TD08"})

_GENERAL = "DatiGenerali/DatiGeneraliDocumento"
_SHARES = "DatiBeniServizi/DatiRiepilogo"
_SIMPLE = "DatiBeniServizi[Importo]"
_PAYMENT = "DatiPagamento/DettaglioPagamento"
_WHO = "DatiAnagrafici"
_PARTY = {
    "name": (
        f"{_WHO}/Anagrafica/Denominazione",
        "Denominazione",
        "AltriDatiIdentificativi/Denominazione",
    ),
    "tax_number": (f"{_WHO}/CodiceFiscale", "CodiceFiscale", "IdentificativiFiscali/CodiceFiscale"),
    "company_number": ("IscrizioneREA/NumeroREA",),
    "street": ("Sede/Indirizzo", "AltriDatiIdentificativi/Sede/Indirizzo"),
    "postcode": ("Sede/CAP", "AltriDatiIdentificativi/Sede/CAP"),
    "city": ("Sede/Comune", "AltriDatiIdentificativi/Sede/Comune"),
    "country": ("Sede/Nazione", "AltriDatiIdentificativi/Sede/Nazione"),
    "email": ("Contatti/Email",),
}
_VAT = (f"{_WHO}/IdFiscaleIVA", "IdFiscaleIVA", "IdentificativiFiscali/IdFiscaleIVA")
_PERSON = (f"{_WHO}/Anagrafica", "", "AltriDatiIdentificativi")
_ADJUSTMENT = {"amount": ("Importo",), "percent": ("Percentuale",)}

SYNTAX = Syntax(
    name="FatturaPA",
    header={
        "invoice_number": (f"{_GENERAL}/Numero",),
        "issue_date": (f"{_GENERAL}/Data",),
        "currency": (f"{_GENERAL}/Divisa",),
        "due_date": (f"{_PAYMENT}/DataScadenzaPagamento",),
        "total": (f"{_GENERAL}/ImportoTotaleDocumento",),
        "iban": (f"{_PAYMENT}/IBAN",),
        "bic": (f"{_PAYMENT}/BIC",),
        "po_number": ("DatiGenerali/DatiOrdineAcquisto/IdDocumento",),
        "contract": ("DatiGenerali/DatiContratto/IdDocumento",),
        "delivered": ("DatiGenerali/DatiTrasporto/DataOraConsegna", "DatiGenerali/DatiDDT/DataDDT"),
    },
    parties={
        "seller": Shape("FatturaElettronicaHeader/CedentePrestatore", _PARTY),
        "buyer": Shape("FatturaElettronicaHeader/CessionarioCommittente", _PARTY),
    },
    groups={
        "lines": (
            Shape(
                "DatiBeniServizi/DettaglioLinee",
                {
                    "number": ("NumeroLinea",),
                    "description": ("Descrizione",),
                    "quantity": ("Quantita",),
                    "unit": ("UnitaMisura",),
                    "unit_price": ("PrezzoUnitario",),
                    "net": ("PrezzoTotale",),
                    "tax_rate": ("AliquotaIVA",),
                    "tax_category": ("Natura",),
                    "start": ("DataInizioPeriodo",),
                    "end": ("DataFinePeriodo",),
                },
            ),
            Shape(
                _SIMPLE,
                {"description": ("Descrizione",), "tax_rate": ("DatiIVA/Aliquota",)},
            ),
        ),
        "taxes": (
            Shape(
                _SHARES,
                {
                    "category": ("Natura",),
                    "rate": ("AliquotaIVA",),
                    "base": ("ImponibileImporto",),
                    "amount": ("Imposta",),
                    "reason": ("RiferimentoNormativo",),
                },
            ),
        ),
        "adjustments": (
            Shape(f"{_GENERAL}/ScontoMaggiorazione[Tipo=SC]", _ADJUSTMENT),
            Shape(f"{_GENERAL}/ScontoMaggiorazione[Tipo=MG]", _ADJUSTMENT, {"adds": True}),
            Shape(
                f"{_GENERAL}/DatiCassaPrevidenziale",
                {"amount": ("ImportoContributoCassa",), "reason": ("TipoCassa",)},
                {"adds": True},
            ),
        ),
        "means": (
            Shape(
                _PAYMENT,
                {
                    "code": ("ModalitaPagamento",),
                    "account": ("IBAN",),
                    "bic": ("BIC",),
                    "holder": ("Beneficiario",),
                    "reference": ("CodicePagamento",),
                    "due": ("DataScadenzaPagamento",),
                    "amount": ("ImportoPagamento",),
                },
            ),
        ),
        "terms": (
            Shape(
                _PAYMENT,
                {
                    "discount_amount": ("ScontoPagamentoAnticipato",),
                    "discount_until": ("DataLimitePagamentoAnticipato",),
                },
            ),
        ),
        "preceding": (
            Shape(
                "DatiGenerali/DatiFattureCollegate",
                {"number": ("IdDocumento",), "issued": ("Data",)},
            ),
            Shape(
                f"{_GENERAL}/DatiFatturaRettificata",
                {"number": ("NumeroFR",), "issued": ("DataFR",)},
            ),
        ),
    },
)


def parts(root: Element) -> int:
    """How many invoices the file holds."""
    if local_name(root) not in _ROOTS:
        return 0
    return len(list(find_all(root, "FatturaElettronicaBody")))


def read(root: Element, part: int) -> Invoice:
    """One of its invoices, counted from 1."""
    body = list(find_all(root, "FatturaElettronicaBody"))[part - 1]
    code = first(body, (f"{_GENERAL}/TipoDocumento",))
    kind = Kind.CREDIT_NOTE if code in _CREDIT_NOTES else Kind.INVOICE
    parties = {who: _party(root, shape) for who, shape in SYNTAX.parties.items()}
    quotes, rules = _sums(body)
    _keep(body, quotes, rules)
    _pay(body, quotes, rules)
    return extract(body, SYNTAX, kind, code, parties, quotes=quotes, rules=rules)


def _party(root: Element, shape: Shape) -> Party:
    element = find(root, shape.path)
    if element is None:
        return Party()
    party = one(Party, element, shape.values)
    number = next(filter(None, (_number(find(element, path)) for path in _VAT)), "")
    name = party.name or next(filter(None, (_name(element, path) for path in _PERSON)), "")
    return party.model_copy(update={"vat": number, "name": name})


def _number(element: Element | None) -> str:
    """Country and code, without the blanks that some put around: IT01234567890."""
    if element is None:
        return ""
    country, code = first(element, ("IdPaese",)), first(element, ("IdCodice",))
    return code if code.upper().startswith(country.upper()) else f"{country}{code}"


def _name(element: Element, path: str) -> str:
    """Of a person, who has no company's name."""
    holder = find(element, path) if path else element
    if holder is None:
        return ""
    return " ".join(filter(None, (first(holder, ("Nome",)), first(holder, ("Cognome",)))))


def _sums(body: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Net, tax and total, where the format states them by rate only."""
    quotes, rules = {}, {}
    nets, taxes = (
        tuple(texts_at(body, f"{_SHARES}/{n}")) for n in ("ImponibileImporto", "Imposta")
    )
    if simple := list(find_all(body, _SIMPLE)):
        return _simple_sums(simple)
    for name, stated in (("net", nets), ("tax", taxes)):
        quotes[name] = _added(stated)
        rules[name] = " + ".join(stated) if len(stated) > 1 else ""
    if not first(body, SYNTAX.header["total"]) and quotes["net"] and quotes["tax"]:
        quotes["total"] = _added((quotes["net"], quotes["tax"]))
        rules["total"] = "net + tax"
    return _filled(quotes), _filled(rules)


def _simple_sums(lines: Iterable[Element]) -> tuple[dict[str, str], dict[str, str]]:
    """The simplified invoice: amounts with the tax in them, and that tax or its rate."""
    totals, taxes = [], []
    for line in lines:
        total = xml_decimal(first(line, ("Importo",))) or Decimal(0)
        tax, rate = (
            xml_decimal(first(line, (f"DatiIVA/{name}",))) for name in ("Imposta", "Aliquota")
        )
        totals.append(total)
        taxes.append(total * rate / (100 + rate) if tax is None and rate else tax or Decimal(0))
    total, tax = sum(totals, Decimal(0)), round(sum(taxes, Decimal(0)), 2)
    quotes = {"total": total, "tax": tax, "net": total - tax}
    rules = {"total": " + ".join(map(spell_amount, totals)), "net": "total - tax"}
    rules = rules if len(totals) > 1 else {"net": "total - tax"}
    return {name: spell_amount(amount) for name, amount in quotes.items()}, rules


def _added(stated: tuple[str, ...]) -> str:
    """One as it is stated, several added up; nothing where one of them is no number."""
    amounts = [xml_decimal(text) for text in stated]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) != len(amounts):
        return ""
    return stated[0] if len(stated) == 1 else spell_amount(sum(known, Decimal(0)))


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _keep(body: Element, quotes: dict[str, str], rules: dict[str, str]) -> None:
    """Tax that the buyer keeps, and with split payment the VAT, which a public body pays itself."""
    kept = tuple(texts_at(body, f"{_GENERAL}/DatiRitenuta/ImportoRitenuta"))
    split = tuple(texts_at(body, f"{_SHARES}[EsigibilitaIVA=S]/Imposta"))
    if withheld := _added(kept + split):
        quotes["withheld"] = withheld
        rules |= {"withheld": " + ".join(kept + split)} if len(kept + split) > 1 else {}


def _pay(body: Element, quotes: dict[str, str], rules: dict[str, str]) -> None:
    """What is to be paid, and when, where it takes more than one element to say it."""
    stated = tuple(texts_at(body, f"{_PAYMENT}/ImportoPagamento"))
    # Instalments are added up; the same amount again is another way to pay it.
    amounts = stated if len(set(stated)) > 1 or _by_instalments(body) else stated[:1]
    if payable := _added(amounts):
        quotes["payable"] = payable
        rules |= {"payable": " + ".join(amounts)} if len(amounts) > 1 else {}
    if first(body, SYNTAX.header["due_date"]):
        return
    start = xml_date(first(body, (f"{_PAYMENT}/DataRiferimentoTerminiPagamento",)))
    days = first(body, (f"{_PAYMENT}/GiorniTerminiPagamento",))
    if start and days.isdecimal() and len(days) <= 3:
        quotes["due_date"] = _after(start, int(days)).isoformat()
        rules["due_date"] = f"{start.isoformat()} + {days} days"


def _by_instalments(body: Element) -> bool:
    return first(body, ("DatiPagamento/CondizioniPagamento",)) == "TP01"


def _after(start: date, days: int) -> date:
    return start + timedelta(days=days)
