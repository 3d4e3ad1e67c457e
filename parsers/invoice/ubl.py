"""OASIS UBL 2, as in Peppol, XRechnung and others: invoices, and what goes before and after."""

from decimal import Decimal

from mailagent.core.reading import Kind
from parsers.invoice.codes import CORRECTIONS, KINDS, ORDERS
from parsers.invoice.extract import extract, own_tax
from parsers.invoice.schema import Invoice
from parsers.invoice.stated import Shape, Syntax, first
from parsers.text.xml import Element, local_name
from parsers.values.decimals import spell_amount, xml_decimal

ROOTS = {
    "Invoice": Kind.INVOICE,
    "FreightInvoice": Kind.INVOICE,
    "SelfBilledInvoice": Kind.INVOICE,
    "CreditNote": Kind.CREDIT_NOTE,
    "SelfBilledCreditNote": Kind.CREDIT_NOTE,
    "Order": Kind.PURCHASE_ORDER,
    "OrderChange": Kind.PURCHASE_ORDER,
    "OrderResponse": Kind.ORDER_CONFIRMATION,
    "OrderResponseSimple": Kind.ORDER_CONFIRMATION,
    "Quotation": Kind.QUOTE,
    "Statement": Kind.STATEMENT,
    "Reminder": Kind.PAYMENT_REMINDER,
    "DespatchAdvice": Kind.DELIVERY_NOTE,
}

_SUPPLIER = "AccountingSupplierParty|SellerSupplierParty|DespatchSupplierParty/Party"
_CUSTOMER = "AccountingCustomerParty|BuyerCustomerParty|DeliveryCustomerParty/Party"
_TOTALS = "LegalMonetaryTotal|AnticipatedMonetaryTotal|RequestedMonetaryTotal|QuotedMonetaryTotal"
_MEANS = "PaymentMeans"
_BRANCH = "PayeeFinancialAccount/FinancialInstitutionBranch"
_BIC = (f"{_BRANCH}/FinancialInstitution/ID", f"{_BRANCH}/ID")
# Names that countries give the tax that is like VAT.
_VAT_SCHEMES = "VAT|VA|GST|IVA|TVA|MWST|UST|BTW|MOMS|MVA|ALV"
_VAT = f"PartyTaxScheme[TaxScheme/ID={_VAT_SCHEMES}]/CompanyID"
# Denmark numbers its schemes and names them; some leave the scheme out.
_NAMED_VAT = f"PartyTaxScheme[TaxScheme/Name={_VAT_SCHEMES}]/CompanyID"
_ONLY_VAT = "PartyTaxScheme[CompanyID@schemeID=VAT|DK:SE|NO:VAT|GB:VAT|SE:VAT]/CompanyID"
_NOT_VAT = "PartyTaxScheme[TaxScheme/ID=TAX|FC|LOC|TIN]/CompanyID"

_PARTY = {
    "name": (
        "PartyLegalEntity/RegistrationName",
        "PartyName/Name",
        "PartyTaxScheme/RegistrationName",
    ),
    "vat": (_VAT, _NAMED_VAT, _ONLY_VAT),
    "tax_number": (_NOT_VAT,),
    "company_number": ("PartyLegalEntity/CompanyID",),
    "street": ("PostalAddress/StreetName", "PostalAddress/AddressLine/Line"),
    "postcode": ("PostalAddress/PostalZone",),
    "city": ("PostalAddress/CityName",),
    "country": ("PostalAddress/Country/IdentificationCode",),
    "email": ("Contact/ElectronicMail", "EndpointID[@schemeID=EM]"),
}
_ADJUSTMENT = {
    "amount": ("Amount",),
    "percent": ("MultiplierFactorNumeric",),
    "reason": ("AllowanceChargeReason", "AllowanceChargeReasonCode"),
}

SYNTAX = Syntax(
    name="UBL",
    header={
        "invoice_number": ("ID",),
        "currency": (
            "DocumentCurrencyCode",
            f"{_TOTALS}/PayableAmount@currencyID",
            f"{_TOTALS}/TaxInclusiveAmount@currencyID",
        ),
        "issue_date": ("IssueDate",),
        "due_date": ("DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"),
        "total": (f"{_TOTALS}/TaxInclusiveAmount",),
        "net": (f"{_TOTALS}/TaxExclusiveAmount",),
        "payable": (f"{_TOTALS}/PayableAmount",),
        "prepaid": (f"{_TOTALS}/PrepaidAmount",),
        "rounding": (f"{_TOTALS}/PayableRoundingAmount",),
        "allowances": (f"{_TOTALS}/AllowanceTotalAmount",),
        "charges": (f"{_TOTALS}/ChargeTotalAmount",),
        "lines_net": (f"{_TOTALS}/LineExtensionAmount",),
        "withheld": ("WithholdingTaxTotal/TaxAmount",),
        "iban": (f"{_MEANS}/PayeeFinancialAccount/ID",),
        "bic": tuple(f"{_MEANS}/{path}" for path in _BIC),
        "po_number": (
            "OrderReference/ID",
            "InvoiceLine|CreditNoteLine/OrderLineReference/OrderReference/ID",
        ),
        "contract": ("ContractDocumentReference/ID",),
        "delivered": ("Delivery/ActualDeliveryDate",),
        "start": ("InvoicePeriod/StartDate",),
        "end": ("InvoicePeriod/EndDate",),
    },
    parties={
        "seller": Shape(_SUPPLIER, _PARTY),
        "buyer": Shape(_CUSTOMER, _PARTY),
        "payee": Shape("PayeeParty", _PARTY),
    },
    groups={
        "lines": (
            Shape(
                "InvoiceLine|CreditNoteLine|OrderLine|QuotationLine|DespatchLine",
                {
                    "number": ("ID", "LineItem/ID"),
                    "description": (
                        "Item/Name",
                        "Item/Description",
                        "LineItem/Item/Name",
                        "LineItem/Item/Description",
                    ),
                    "quantity": (
                        "InvoicedQuantity|CreditedQuantity|DeliveredQuantity",
                        "LineItem/Quantity",
                    ),
                    "unit": (
                        "InvoicedQuantity|CreditedQuantity|DeliveredQuantity@unitCode",
                        "LineItem/Quantity@unitCode",
                    ),
                    "unit_price": ("Price/PriceAmount", "LineItem/Price/PriceAmount"),
                    "net": ("LineExtensionAmount", "LineItem/LineExtensionAmount"),
                    "tax_rate": (
                        "Item/ClassifiedTaxCategory/Percent",
                        "TaxTotal/TaxSubtotal/TaxCategory/Percent",
                    ),
                    "tax_category": ("Item/ClassifiedTaxCategory/ID",),
                    "order_line": ("OrderLineReference/LineID",),
                    "start": ("InvoicePeriod/StartDate",),
                    "end": ("InvoicePeriod/EndDate",),
                },
            ),
        ),
        "taxes": (
            Shape(
                "TaxTotal/TaxSubtotal",
                {
                    "category": ("TaxCategory/ID",),
                    "rate": ("TaxCategory/Percent", "Percent"),
                    "base": ("TaxableAmount",),
                    "amount": ("TaxAmount",),
                    "reason": (
                        "TaxCategory/TaxExemptionReason",
                        "TaxCategory/TaxExemptionReasonCode",
                    ),
                },
            ),
        ),
        "adjustments": (
            Shape("AllowanceCharge[ChargeIndicator=false|0]", _ADJUSTMENT),
            Shape("AllowanceCharge[ChargeIndicator=true|1]", _ADJUSTMENT, {"adds": True}),
        ),
        "prepayments": (
            Shape(
                "PrepaidPayment",
                {
                    "amount": ("PaidAmount",),
                    "day": ("ReceivedDate", "PaidDate"),
                    "reference": ("ID", "InstructionID"),
                },
            ),
        ),
        "means": (
            Shape(
                _MEANS,
                {
                    "code": ("PaymentMeansCode",),
                    "account": ("PayeeFinancialAccount/ID",),
                    "bank": _BIC,
                    "holder": ("PayeeFinancialAccount/Name",),
                    "reference": ("PaymentID",),
                    "due": ("PaymentDueDate",),
                },
            ),
        ),
        "terms": (
            Shape(
                "PaymentTerms",
                {
                    "text": ("Note",),
                    "due": ("PaymentDueDate",),
                    "discount_percent": ("SettlementDiscountPercent",),
                    "discount_amount": ("SettlementDiscountAmount",),
                    "discount_until": ("SettlementPeriod/EndDate",),
                },
            ),
        ),
        "preceding": (
            Shape(
                "BillingReference/InvoiceDocumentReference|CreditNoteDocumentReference",
                {"number": ("ID",), "issued": ("IssueDate",)},
            ),
        ),
    },
)


def parts(root: Element) -> int:
    """1 where it is in this format: "Order" and "Invoice" are roots elsewhere as well."""
    namespace = str(root.tag).rpartition("}")[0].lower()
    return int("ubl" in namespace and local_name(root) in ROOTS)


def read(root: Element, _part: int) -> Invoice:
    """The one document that it is."""
    code = first(root, ("InvoiceTypeCode|CreditNoteTypeCode|OrderTypeCode",))
    currency = first(root, SYNTAX.header["currency"])
    quotes, rules = _tax(root, currency)
    corrects = code in CORRECTIONS
    kind = _kind(ROOTS[local_name(root)], code)
    made = extract(root, SYNTAX, kind, code, quotes=quotes, rules=rules, corrects=corrects)
    return _whole(made)


def _kind(by_root: Kind, code: str) -> Kind:
    if by_root is Kind.INVOICE:
        return KINDS.get(code, by_root)
    return ORDERS.get(code, by_root) if by_root is Kind.PURCHASE_ORDER else by_root


def _tax(root: Element, currency: str) -> tuple[dict[str, str], dict[str, str]]:
    """One total as a rule; where several kinds of tax have one each, what fits the sums."""
    stated = own_tax(root, "TaxTotal/TaxAmount", currency)
    if not stated:
        return {}, {}
    amounts = [xml_decimal(text) for text in stated]
    net, total = (xml_decimal(first(root, SYNTAX.header[name])) for name in ("net", "total"))
    known = [amount for amount in amounts if amount is not None]
    added = sum(known, Decimal(0))
    if len(known) < 2 or net is None or total is None or net + known[0] == total:
        return {"tax": stated[0]}, {}
    if net + added != total:
        return {"tax": stated[0]}, {}
    return {"tax": spell_amount(added)}, {"tax": " + ".join(stated)}


def _whole(invoice: Invoice) -> Invoice:
    """Early UBL states what is to be paid, and leaves the total out when it is the same."""
    if invoice.total is not None or invoice.payable is None or invoice.prepaid:
        return invoice
    quotes = {**invoice.quotes, "total": invoice.quotes["payable"]}
    return invoice.model_copy(update={"total": invoice.payable, "quotes": quotes})
