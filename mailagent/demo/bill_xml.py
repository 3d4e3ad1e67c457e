"""A bill in the XML formats: CII in its profiles, ZUGFeRD 1, UBL."""

from decimal import Decimal
from enum import StrEnum

from lxml import etree
from lxml.etree import _Element

from mailagent.demo.bills import Bill, Item


class _Maker:
    """Makes elements of one namespace; a child that is None is left out."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def __call__(self, name: str, *children: "_Element | str | None", **given: str) -> _Element:
        made = etree.Element(f"{{{self.namespace}}}{name}", given)
        for child in children:
            if isinstance(child, str):
                made.text = child
            elif child is not None:
                made.append(child)
        return made


_CII = "urn:un:unece:uncefact:data:standard:"
_RSM = _Maker(f"{_CII}CrossIndustryInvoice:100")
_RAM = _Maker(f"{_CII}ReusableAggregateBusinessInformationEntity:100")
_UDT = _Maker(f"{_CII}UnqualifiedDataType:100")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CBC = _Maker(f"{_UBL}CommonBasicComponents-2")
_CAC = _Maker(f"{_UBL}CommonAggregateComponents-2")


class Profile(StrEnum):
    """How much of the bill the XML states, least first."""

    MINIMUM = "urn:factur-x.eu:1p0:minimum"
    BASIC_WL = "urn:factur-x.eu:1p0:basicwl"  # without lines
    EN16931 = "urn:cen.eu:en16931:2017"


def cii_xml(bill: Bill, profile: Profile = Profile.EN16931) -> bytes:
    """UN/CEFACT CII, as Factur-X, ZUGFeRD 2 and XRechnung have it."""
    lines = bill.items if profile is Profile.EN16931 else ()
    return _bytes(
        _RSM(
            "CrossIndustryInvoice",
            _RSM(
                "ExchangedDocumentContext",
                _RAM("GuidelineSpecifiedDocumentContextParameter", _RAM("ID", profile.value)),
            ),
            _RSM(
                "ExchangedDocument",
                _RAM("ID", bill.number),
                _RAM("TypeCode", bill.type_code),
                _day("IssueDateTime", bill),
            ),
            _RSM(
                "SupplyChainTradeTransaction",
                *(_cii_line(bill, at, item) for at, item in enumerate(lines, 1)),
                _cii_agreement(bill, profile),
                _RAM("ApplicableHeaderTradeDelivery"),
                _cii_settlement(bill, profile),
            ),
        )
    )


def _bytes(root: _Element) -> bytes:
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _day(name: str, bill: Bill) -> _Element:
    day = bill.due if name == "DueDateDateTime" else bill.issued
    return _RAM(name, _UDT("DateTimeString", f"{day:%Y%m%d}", format="102"))


def _cii_agreement(bill: Bill, profile: Profile) -> _Element:
    order = _RAM("BuyerOrderReferencedDocument", _RAM("IssuerAssignedID", bill.po_number))
    return _RAM(
        "ApplicableHeaderTradeAgreement",
        _RAM(
            "SellerTradeParty",
            _RAM("Name", bill.seller),
            _RAM(
                "PostalTradeAddress",
                *_address(bill.seller_street, bill.seller_city, profile),
                _RAM("CountryID", bill.seller_country),
            ),
            _RAM("SpecifiedTaxRegistration", _RAM("ID", bill.seller_vat, schemeID="VA")),
        ),
        _RAM("BuyerTradeParty", _RAM("Name", bill.buyer)),
        order if bill.po_number else None,
    )


def _address(street: str, city: str, profile: Profile) -> tuple[_Element, ...]:
    if profile is Profile.MINIMUM:
        return ()
    postcode, _, town = city.partition(" ")
    return _RAM("PostcodeCode", postcode), _RAM("LineOne", street), _RAM("CityName", town)


def _cii_settlement(bill: Bill, profile: Profile) -> _Element:
    whole = profile is not Profile.MINIMUM
    terms = _RAM("SpecifiedTradePaymentTerms", _day("DueDateDateTime", bill)) if bill.due else None
    return _RAM(
        "ApplicableHeaderTradeSettlement",
        _RAM("InvoiceCurrencyCode", bill.currency),
        _cii_account(bill) if whole else None,
        _cii_tax(bill) if whole else None,
        terms if whole else None,
        _cii_sums(bill, whole=whole),
    )


def _cii_account(bill: Bill) -> _Element:
    return _RAM(
        "SpecifiedTradeSettlementPaymentMeans",
        _RAM("TypeCode", "58"),
        _RAM("PayeePartyCreditorFinancialAccount", _RAM("IBANID", bill.iban)),
        _RAM("PayeeSpecifiedCreditorFinancialInstitution", _RAM("BICID", bill.bic)),
    )


def _cii_tax(bill: Bill) -> _Element:
    return _RAM(
        "ApplicableTradeTax",
        _RAM("CalculatedAmount", str(bill.tax)),
        _RAM("TypeCode", "VAT"),
        _RAM("BasisAmount", str(bill.net)),
        _RAM("CategoryCode", "S"),
        _RAM("RateApplicablePercent", str(bill.tax_rate)),
    )


def _cii_sums(bill: Bill, *, whole: bool) -> _Element:
    return _RAM(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        _RAM("LineTotalAmount", str(bill.net)) if whole else None,
        _RAM("TaxBasisTotalAmount", str(bill.net)),
        _RAM("TaxTotalAmount", str(bill.tax), currencyID=bill.currency),
        _RAM("GrandTotalAmount", str(bill.total)),
        _RAM("TotalPrepaidAmount", str(bill.prepaid)) if whole and bill.prepaid else None,
        _RAM("DuePayableAmount", str(bill.payable)),
    )


def _cii_line(bill: Bill, at: int, item: Item) -> _Element:
    return _RAM(
        "IncludedSupplyChainTradeLineItem",
        _RAM("AssociatedDocumentLineDocument", _RAM("LineID", str(at))),
        _RAM("SpecifiedTradeProduct", _RAM("Name", item.description)),
        _RAM(
            "SpecifiedLineTradeAgreement",
            _RAM("NetPriceProductTradePrice", _RAM("ChargeAmount", str(item.price))),
        ),
        _RAM(
            "SpecifiedLineTradeDelivery", _RAM("BilledQuantity", str(item.quantity), unitCode="C62")
        ),
        _RAM(
            "SpecifiedLineTradeSettlement",
            _RAM(
                "ApplicableTradeTax",
                _RAM("TypeCode", "VAT"),
                _RAM("RateApplicablePercent", str(bill.tax_rate)),
            ),
            _RAM(
                "SpecifiedTradeSettlementLineMonetarySummation",
                _RAM("LineTotalAmount", str(item.net)),
            ),
        ),
    )


# ZUGFeRD 1 is an older draft of the same: other namespaces, and these names.
_OLDER = {
    "CrossIndustryInvoice": "CrossIndustryDocument",
    "ExchangedDocumentContext": "SpecifiedExchangedDocumentContext",
    "ExchangedDocument": "HeaderExchangedDocument",
    "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement": "ApplicableSupplyChainTradeAgreement",
    "ApplicableHeaderTradeDelivery": "ApplicableSupplyChainTradeDelivery",
    "ApplicableHeaderTradeSettlement": "ApplicableSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "SpecifiedTradeSettlementLineMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "SpecifiedLineTradeAgreement": "SpecifiedSupplyChainTradeAgreement",
    "SpecifiedLineTradeDelivery": "SpecifiedSupplyChainTradeDelivery",
    "SpecifiedLineTradeSettlement": "SpecifiedSupplyChainTradeSettlement",
    "IssuerAssignedID": "ID",
    "RateApplicablePercent": "ApplicablePercent",
}
_OLDER_NAMESPACES = {
    f"{_CII}CrossIndustryInvoice:100": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    f"{_CII}ReusableAggregateBusinessInformationEntity:100": (
        f"{_CII}ReusableAggregateBusinessInformationEntity:12"
    ),
    f"{_CII}UnqualifiedDataType:100": f"{_CII}UnqualifiedDataType:15",
}


def zugferd1_xml(bill: Bill) -> bytes:
    """ZUGFeRD 1.0, which old software still sends."""
    root = etree.fromstring(cii_xml(bill))
    for element in root.iter("*"):
        namespace, _, name = str(element.tag)[1:].partition("}")
        element.tag = f"{{{_OLDER_NAMESPACES[namespace]}}}{_OLDER.get(name, name)}"
    return _bytes(root)


def ubl_xml(bill: Bill) -> bytes:
    """UBL 2.1, as Peppol has it."""
    credit = bill.type_code == "381"
    name = "CreditNote" if credit else "Invoice"
    return _bytes(
        _Maker(f"{_UBL}{name}-2")(
            name,
            _CBC("ID", bill.number),
            _CBC("IssueDate", bill.issued.isoformat()),
            _CBC("DueDate", bill.due.isoformat()) if bill.due and not credit else None,
            _CBC(f"{name}TypeCode", bill.type_code),
            _CBC("DocumentCurrencyCode", bill.currency),
            _CAC("OrderReference", _CBC("ID", bill.po_number)) if bill.po_number else None,
            _CAC("AccountingSupplierParty", _ubl_party(bill.seller, bill.seller_vat)),
            _CAC("AccountingCustomerParty", _ubl_party(bill.buyer, "")),
            _CAC("PaymentMeans", _CAC("PayeeFinancialAccount", _CBC("ID", bill.iban))),
            _CAC("TaxTotal", _ubl_amount("TaxAmount", bill.tax, bill)),
            _ubl_sums(bill),
            *(_ubl_line(bill, at, item, credit=credit) for at, item in enumerate(bill.items, 1)),
        )
    )


def _ubl_party(name: str, vat: str) -> _Element:
    scheme = _CAC("PartyTaxScheme", _CBC("CompanyID", vat), _CAC("TaxScheme", _CBC("ID", "VAT")))
    return _CAC(
        "Party",
        scheme if vat else None,
        _CAC("PartyLegalEntity", _CBC("RegistrationName", name)),
    )


def _ubl_amount(name: str, amount: Decimal, bill: Bill) -> _Element:
    return _CBC(name, str(amount), currencyID=bill.currency)


def _ubl_sums(bill: Bill) -> _Element:
    return _CAC(
        "LegalMonetaryTotal",
        _ubl_amount("LineExtensionAmount", bill.net, bill),
        _ubl_amount("TaxExclusiveAmount", bill.net, bill),
        _ubl_amount("TaxInclusiveAmount", bill.total, bill),
        _ubl_amount("PrepaidAmount", bill.prepaid, bill),
        _ubl_amount("PayableAmount", bill.payable, bill),
    )


def _ubl_line(bill: Bill, at: int, item: Item, *, credit: bool) -> _Element:
    line, quantity = (
        ("CreditNoteLine", "CreditedQuantity") if credit else ("InvoiceLine", "InvoicedQuantity")
    )
    return _CAC(
        line,
        _CBC("ID", str(at)),
        _CBC(quantity, str(item.quantity)),
        _ubl_amount("LineExtensionAmount", item.net, bill),
        _CAC(
            "Item",
            _CBC("Name", item.description),
            _CAC("ClassifiedTaxCategory", _CBC("Percent", str(bill.tax_rate))),
        ),
        _CAC("Price", _ubl_amount("PriceAmount", item.price, bill)),
    )
