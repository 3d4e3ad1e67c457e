"""Where the values stand in the XML formats: paths of local names, tried in order."""

from typing import NamedTuple

from mailagent.core.reading import Kind


class Syntax(NamedTuple):
    """One XML format of invoices and orders."""

    name: str
    roots: dict[str, Kind | None]  # local name of the root; None: the type code tells
    type_code: tuple[str, ...]
    texts: dict[str, tuple[str, ...]]
    dates: dict[str, tuple[str, ...]]
    amounts: dict[str, tuple[str, ...]]
    tax: str  # amounts of tax, one per currency
    tax_registrations: dict[str, str]  # party -> elements that hold a number and its scheme
    registration: tuple[str, str]  # in them: the number, and the scheme
    line: str
    line_status: tuple[str, ...]
    line_texts: dict[str, tuple[str, ...]]
    shares: str  # one element per tax rate
    share: dict[str, str]


# UNTDID 1001: what takes money back. Everything else that is sent as an invoice asks for money:
# a corrected invoice (384) and self-billing (389) do, with the sign their amounts have.
CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)
ORDERS = {"220": Kind.PURCHASE_ORDER, "230": Kind.PURCHASE_ORDER, "231": Kind.ORDER_CONFIRMATION}

_DOCUMENT = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = f"{_TRADE}/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_SETTLEMENT = f"{_TRADE}/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = (
    f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
    "|SpecifiedTradeSettlementMonetarySummation"
)
_MEANS = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans"
_LINE = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_PRICES = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_SUMS = (
    "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
)

# UN/CEFACT Cross Industry Invoice, as in ZUGFeRD 1 and 2, Factur-X, XRechnung; and Order-X.
CII = Syntax(
    name="CII",
    roots={
        "CrossIndustryInvoice": None,
        "CrossIndustryDocument": None,
        "SCRDMCCBDACIOMessageStructure": Kind.PURCHASE_ORDER,
    },
    type_code=(f"{_DOCUMENT}/TypeCode",),
    texts={
        "invoice_number": (f"{_DOCUMENT}/ID",),
        "currency": (
            f"{_SETTLEMENT}/InvoiceCurrencyCode",
            f"{_SETTLEMENT}/OrderCurrencyCode",
        ),
        "seller_name": (
            f"{_AGREEMENT}/SellerTradeParty/Name",
            f"{_AGREEMENT}/SellerTradeParty/SpecifiedLegalOrganization/TradingBusinessName",
        ),
        "buyer_name": (
            f"{_AGREEMENT}/BuyerTradeParty/Name",
            f"{_AGREEMENT}/BuyerTradeParty/SpecifiedLegalOrganization/TradingBusinessName",
        ),
        "iban": (
            f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID",
            f"{_MEANS}/PayeePartyCreditorFinancialAccount/ProprietaryID",
        ),
        "bic": (f"{_MEANS}/PayeeSpecifiedCreditorFinancialInstitution/BICID",),
        "po_number": (f"{_AGREEMENT}/BuyerOrderReferencedDocument/IssuerAssignedID|ID",),
    },
    dates={
        "issue_date": (f"{_DOCUMENT}/IssueDateTime/DateTimeString|DateTime",),
        "due_date": (
            f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString|DateTime",
        ),
    },
    amounts={
        "total": (f"{_SUMS}/GrandTotalAmount",),
        "net": (f"{_SUMS}/TaxBasisTotalAmount",),
        "payable": (f"{_SUMS}/DuePayableAmount",),
        "prepaid": (f"{_SUMS}/TotalPrepaidAmount",),
        "rounding": (f"{_SUMS}/RoundingAmount",),
        "allowances": (f"{_SUMS}/AllowanceTotalAmount",),
        "charges": (f"{_SUMS}/ChargeTotalAmount",),
        "lines_net": (f"{_SUMS}/LineTotalAmount",),
    },
    tax=f"{_SUMS}/TaxTotalAmount",
    tax_registrations={
        "seller_vat": f"{_AGREEMENT}/SellerTradeParty/SpecifiedTaxRegistration",
        "buyer_vat": f"{_AGREEMENT}/BuyerTradeParty/SpecifiedTaxRegistration",
    },
    registration=("ID", "ID@schemeID"),
    line=f"{_TRADE}/IncludedSupplyChainTradeLineItem",
    line_status=("AssociatedDocumentLineDocument/LineStatusReasonCode",),
    line_texts={
        "description": ("SpecifiedTradeProduct/Name", "SpecifiedTradeProduct/Description"),
        "quantity": (
            "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery/BilledQuantity",
            "SpecifiedLineTradeDelivery/RequestedQuantity",
        ),
        "unit_price": (f"{_LINE_PRICES}/NetPriceProductTradePrice/ChargeAmount",),
        "net": (f"{_LINE}/{_LINE_SUMS}/LineTotalAmount",),
        "tax_rate": (f"{_LINE}/ApplicableTradeTax/RateApplicablePercent|ApplicablePercent",),
    },
    shares=f"{_SETTLEMENT}/ApplicableTradeTax",
    share={
        "rate": "RateApplicablePercent|ApplicablePercent",
        "base": "BasisAmount",
        "amount": "CalculatedAmount",
    },
)

_SUPPLIER = "AccountingSupplierParty|SellerSupplierParty/Party"
_CUSTOMER = "AccountingCustomerParty|BuyerCustomerParty/Party"
_TOTALS = "LegalMonetaryTotal|AnticipatedMonetaryTotal|RequestedMonetaryTotal"

# OASIS UBL 2, as in Peppol, XRechnung and others.
UBL = Syntax(
    name="UBL",
    roots={
        "Invoice": None,
        "CreditNote": Kind.CREDIT_NOTE,
        "Order": Kind.PURCHASE_ORDER,
        "OrderResponse": Kind.ORDER_CONFIRMATION,
    },
    type_code=("InvoiceTypeCode|CreditNoteTypeCode|OrderTypeCode",),
    texts={
        "invoice_number": ("ID",),
        "currency": ("DocumentCurrencyCode",),
        "seller_name": (
            f"{_SUPPLIER}/PartyLegalEntity/RegistrationName",
            f"{_SUPPLIER}/PartyName/Name",
            f"{_SUPPLIER}/PartyTaxScheme/RegistrationName",
        ),
        "buyer_name": (
            f"{_CUSTOMER}/PartyLegalEntity/RegistrationName",
            f"{_CUSTOMER}/PartyName/Name",
            f"{_CUSTOMER}/PartyTaxScheme/RegistrationName",
        ),
        "iban": ("PaymentMeans/PayeeFinancialAccount/ID",),
        "bic": (
            "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/FinancialInstitution/ID",
            "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID",
        ),
        "po_number": ("OrderReference/ID",),
    },
    dates={
        "issue_date": ("IssueDate",),
        "due_date": ("DueDate", "PaymentMeans/PaymentDueDate"),
    },
    amounts={
        "total": (f"{_TOTALS}/TaxInclusiveAmount",),
        "net": (f"{_TOTALS}/TaxExclusiveAmount",),
        "payable": (f"{_TOTALS}/PayableAmount",),
        "prepaid": (f"{_TOTALS}/PrepaidAmount",),
        "rounding": (f"{_TOTALS}/PayableRoundingAmount",),
        "allowances": (f"{_TOTALS}/AllowanceTotalAmount",),
        "charges": (f"{_TOTALS}/ChargeTotalAmount",),
        "lines_net": (f"{_TOTALS}/LineExtensionAmount",),
    },
    tax="TaxTotal/TaxAmount",
    tax_registrations={
        "seller_vat": f"{_SUPPLIER}/PartyTaxScheme",
        "buyer_vat": f"{_CUSTOMER}/PartyTaxScheme",
    },
    registration=("CompanyID", "TaxScheme/ID"),
    line="InvoiceLine|CreditNoteLine|OrderLine",
    line_status=(),
    line_texts={
        "description": ("Item/Name", "Item/Description", "LineItem/Item/Name"),
        "quantity": ("InvoicedQuantity|CreditedQuantity", "LineItem/Quantity"),
        "unit_price": ("Price/PriceAmount", "LineItem/Price/PriceAmount"),
        "net": ("LineExtensionAmount", "LineItem/LineExtensionAmount"),
        "tax_rate": ("Item/ClassifiedTaxCategory/Percent",),
    },
    shares="TaxTotal/TaxSubtotal",
    share={"rate": "TaxCategory/Percent", "base": "TaxableAmount", "amount": "TaxAmount"},
)

SYNTAXES = (CII, UBL)
