"""UN/CEFACT Cross Industry Invoice, as in ZUGFeRD 1 and 2, Factur-X, XRechnung; and Order-X."""

from mailagent.core.reading import Kind
from parsers.invoice.codes import CORRECTIONS, KINDS, ORDERS
from parsers.invoice.extract import extract, own_tax
from parsers.invoice.schema import Invoice
from parsers.invoice.stated import Shape, Syntax, first
from parsers.text.xml import Element, local_name

ROOTS = {
    "CrossIndustryInvoice": Kind.INVOICE,
    "CrossIndustryDocument": Kind.INVOICE,
    "SCRDMCCBDACIOMessageStructure": Kind.PURCHASE_ORDER,
}

_DOCUMENT = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = f"{_TRADE}/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERY = f"{_TRADE}/ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLEMENT = f"{_TRADE}/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = (
    f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
    "|SpecifiedTradeSettlementMonetarySummation"
)
_MEANS = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans"
_TERMS = f"{_SETTLEMENT}/SpecifiedTradePaymentTerms"
_LINE = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_ORDER = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINES = f"{_TRADE}/IncludedSupplyChainTradeLineItem"
_LINE_SUMS = (
    "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
)
_DAY = "DateTimeString|DateTime"
_NUMBER = "IssuerAssignedID|ID"
_RATE = "RateApplicablePercent|ApplicablePercent"
_VAT_SCHEMES = "VA|VAT"

_PARTY = {
    "name": ("Name", "SpecifiedLegalOrganization/TradingBusinessName"),
    "vat": (f"SpecifiedTaxRegistration[ID@schemeID={_VAT_SCHEMES}]/ID",),
    "tax_number": ("SpecifiedTaxRegistration[ID@schemeID=FC]/ID",),
    "company_number": ("SpecifiedLegalOrganization/ID",),
    "street": ("PostalTradeAddress/LineOne",),
    "postcode": ("PostalTradeAddress/PostcodeCode",),
    "city": ("PostalTradeAddress/CityName",),
    "country": ("PostalTradeAddress/CountryID",),
    "email": (
        "DefinedTradeContact/EmailURIUniversalCommunication/URIID|CompleteNumber",
        "URIUniversalCommunication/URIID[@schemeID=EM]",
    ),
}
_ADJUSTMENT = {
    "amount": ("ActualAmount",),
    "percent": ("CalculationPercent",),
    "reason": ("Reason", "ReasonCode"),
}
_ADJUSTED = f"{_SETTLEMENT}/SpecifiedTradeAllowanceCharge"

SYNTAX = Syntax(
    name="CII",
    header={
        "invoice_number": (f"{_DOCUMENT}/ID",),
        "issue_date": (f"{_DOCUMENT}/IssueDateTime/{_DAY}",),
        "currency": (
            f"{_SETTLEMENT}/InvoiceCurrencyCode",
            f"{_SETTLEMENT}/OrderCurrencyCode",
            f"{_SUMS}/GrandTotalAmount@currencyID",
            f"{_SUMS}/DuePayableAmount@currencyID",
        ),
        "due_date": (f"{_TERMS}/DueDateDateTime/{_DAY}",),
        "total": (f"{_SUMS}/GrandTotalAmount",),
        "net": (f"{_SUMS}/TaxBasisTotalAmount",),
        "payable": (f"{_SUMS}/DuePayableAmount",),
        "prepaid": (f"{_SUMS}/TotalPrepaidAmount",),
        "rounding": (f"{_SUMS}/RoundingAmount",),
        "allowances": (f"{_SUMS}/AllowanceTotalAmount",),
        "charges": (f"{_SUMS}/ChargeTotalAmount",),
        "lines_net": (f"{_SUMS}/LineTotalAmount",),
        "iban": (
            f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID",
            f"{_MEANS}/PayeePartyCreditorFinancialAccount/ProprietaryID",
        ),
        "bic": (f"{_MEANS}/PayeeSpecifiedCreditorFinancialInstitution/BICID",),
        "po_number": (
            f"{_AGREEMENT}/BuyerOrderReferencedDocument/{_NUMBER}",
            f"{_LINES}/{_LINE_ORDER}/BuyerOrderReferencedDocument/{_NUMBER}",
        ),
        "contract": (f"{_AGREEMENT}/ContractReferencedDocument/{_NUMBER}",),
        "delivered": (f"{_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/{_DAY}",),
        "start": (f"{_SETTLEMENT}/BillingSpecifiedPeriod/StartDateTime/{_DAY}",),
        "end": (f"{_SETTLEMENT}/BillingSpecifiedPeriod/EndDateTime/{_DAY}",),
    },
    parties={
        "seller": Shape(f"{_AGREEMENT}/SellerTradeParty", _PARTY),
        "buyer": Shape(f"{_AGREEMENT}/BuyerTradeParty", _PARTY),
        "payee": Shape(f"{_SETTLEMENT}/PayeeTradeParty", _PARTY),
    },
    groups={
        "lines": (
            Shape(
                _LINES,
                {
                    "number": ("AssociatedDocumentLineDocument/LineID",),
                    "status": ("AssociatedDocumentLineDocument/LineStatusReasonCode",),
                    "description": (
                        "SpecifiedTradeProduct/Name",
                        "SpecifiedTradeProduct/Description",
                        "AssociatedDocumentLineDocument/IncludedNote/Content",
                    ),
                    "quantity": (
                        f"{_LINE_DELIVERY}/BilledQuantity",
                        f"{_LINE_DELIVERY}/RequestedQuantity",
                    ),
                    "unit": (f"{_LINE_DELIVERY}/BilledQuantity|RequestedQuantity@unitCode",),
                    "unit_price": (f"{_LINE_ORDER}/NetPriceProductTradePrice/ChargeAmount",),
                    "net": (f"{_LINE}/{_LINE_SUMS}/LineTotalAmount",),
                    "tax_rate": (f"{_LINE}/ApplicableTradeTax/{_RATE}",),
                    "tax_category": (f"{_LINE}/ApplicableTradeTax/CategoryCode",),
                    "order_line": (f"{_LINE_ORDER}/BuyerOrderReferencedDocument/LineID",),
                    "start": (f"{_LINE}/BillingSpecifiedPeriod/StartDateTime/{_DAY}",),
                    "end": (f"{_LINE}/BillingSpecifiedPeriod/EndDateTime/{_DAY}",),
                },
            ),
        ),
        "taxes": (
            Shape(
                f"{_SETTLEMENT}/ApplicableTradeTax",
                {
                    "category": ("CategoryCode",),
                    "rate": (_RATE,),
                    "base": ("BasisAmount",),
                    "amount": ("CalculatedAmount",),
                    "reason": ("ExemptionReason", "ExemptionReasonCode"),
                },
            ),
        ),
        "adjustments": (
            Shape(f"{_ADJUSTED}[ChargeIndicator/Indicator=false|0]", _ADJUSTMENT),
            Shape(f"{_ADJUSTED}[ChargeIndicator/Indicator=true|1]", _ADJUSTMENT, {"adds": True}),
            Shape(
                f"{_SETTLEMENT}/SpecifiedLogisticsServiceCharge",
                {"amount": ("AppliedAmount",), "reason": ("Description",)},
                {"adds": True},
            ),
        ),
        "prepayments": (
            Shape(
                f"{_SETTLEMENT}/SpecifiedAdvancePayment",
                {
                    "amount": ("PaidAmount",),
                    "day": (f"FormattedReceivedDateTime/{_DAY}",),
                    "reference": (f"InvoiceSpecifiedReferencedDocument/{_NUMBER}",),
                },
            ),
        ),
        "means": (
            Shape(
                _MEANS,
                {
                    "code": ("TypeCode",),
                    "account": (
                        "PayeePartyCreditorFinancialAccount/IBANID",
                        "PayeePartyCreditorFinancialAccount/ProprietaryID",
                    ),
                    "bic": ("PayeeSpecifiedCreditorFinancialInstitution/BICID",),
                    "holder": ("PayeePartyCreditorFinancialAccount/AccountName",),
                },
            ),
        ),
        "terms": (
            Shape(
                _TERMS,
                {
                    "text": ("Description",),
                    "due": (f"DueDateDateTime/{_DAY}",),
                    "discount_percent": ("ApplicableTradePaymentDiscountTerms/CalculationPercent",),
                    "discount_amount": (
                        "ApplicableTradePaymentDiscountTerms/ActualDiscountAmount",
                    ),
                    "discount_days": (
                        "ApplicableTradePaymentDiscountTerms/BasisPeriodMeasure[@unitCode=DAY]",
                    ),
                },
            ),
        ),
        "preceding": (
            Shape(
                f"{_SETTLEMENT}/InvoiceReferencedDocument",
                {
                    "number": (_NUMBER,),
                    "issued": (f"FormattedIssueDateTime|IssueDateTime/{_DAY}", "IssueDateTime"),
                },
            ),
        ),
    },
)


def parts(root: Element) -> int:
    """1 where it is in this format."""
    namespace = str(root.tag).rpartition("}")[0].lower()
    known = any(family in namespace for family in ("un/cefact", "un:unece:uncefact", "ferd"))
    return int(known and local_name(root) in ROOTS)


def read(root: Element, _part: int) -> Invoice:
    """The one invoice or order that it is."""
    code = first(root, (f"{_DOCUMENT}/TypeCode",))
    kind = ROOTS[local_name(root)]
    kind = (ORDERS if kind is Kind.PURCHASE_ORDER else KINDS).get(code, kind)
    currency = first(root, SYNTAX.header["currency"])
    tax = own_tax(root, f"{_SUMS}/TaxTotalAmount", currency)
    quotes = {"tax": tax[0]} if tax else {}
    return extract(root, SYNTAX, kind, code, quotes=quotes, corrects=code in CORRECTIONS)
