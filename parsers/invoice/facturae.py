"""Facturae, the invoice of Spain's administration, in its versions 3.0 to 3.2.2."""

from mailagent.core.reading import Kind
from parsers.invoice.extract import extract
from parsers.invoice.schema import Invoice, Party, Tax
from parsers.invoice.stated import Shape, Syntax, first, line_of, one
from parsers.text.xml import Element, find, find_all, local_name

# Corrections (rectificativas), as originals and as copies.
_CORRECTIVE = frozenset({"OR", "CR"})

_HEADER = "InvoiceHeader"
_ISSUE = "InvoiceIssueData"
_SUMS = "InvoiceTotals"
_LINE = "Items/InvoiceLine"
_EVENT = f"{_LINE}/SpecialTaxableEvent"
_SPECIAL = {"01": "E", "02": "O"}  # subject to it and exempt; not subject to it
_PAYMENT = "PaymentDetails/Installment"
_ACCOUNT = ("AccountToBeCredited/IBAN", "AccountToBeCredited/AccountNumber")
_ADDRESS = "AddressInSpain|OverseasAddress"
_WHO = "LegalEntity|Individual"

_PARTY = {
    "name": ("LegalEntity/CorporateName",),
    "vat": ("TaxIdentification/TaxIdentificationNumber",),
    "street": (f"{_WHO}/{_ADDRESS}/Address",),
    "postcode": (f"{_WHO}/AddressInSpain/PostCode", f"{_WHO}/OverseasAddress/PostCodeAndTown"),
    "city": (f"{_WHO}/AddressInSpain/Town", f"{_WHO}/OverseasAddress/PostCodeAndTown"),
    "country": (f"{_WHO}/{_ADDRESS}/CountryCode",),
    "email": (f"{_WHO}/ContactDetails/ElectronicMail",),
}
_NAMES = ("Name", "FirstSurname", "SecondSurname")

SYNTAX = Syntax(
    name="Facturae",
    header={
        "invoice_number": (f"{_HEADER}/InvoiceNumber",),
        "series": (f"{_HEADER}/InvoiceSeriesCode",),
        "issue_date": (f"{_ISSUE}/IssueDate",),
        "currency": (f"{_ISSUE}/InvoiceCurrencyCode",),
        "due_date": (f"{_PAYMENT}/InstallmentDueDate",),
        "total": (f"{_SUMS}/InvoiceTotal",),
        "net": (f"{_SUMS}/TotalGrossAmountBeforeTaxes",),
        "tax": (f"{_SUMS}/TotalTaxOutputs",),
        "payable": (f"{_SUMS}/TotalExecutableAmount", f"{_SUMS}/TotalOutstandingAmount"),
        "prepaid": (f"{_SUMS}/TotalPaymentsOnAccount",),
        "withheld": (f"{_SUMS}/TotalTaxesWithheld",),
        "allowances": (f"{_SUMS}/TotalGeneralDiscounts",),
        "charges": (f"{_SUMS}/TotalGeneralSurcharges",),
        "lines_net": (f"{_SUMS}/TotalGrossAmount",),
        "iban": tuple(f"{_PAYMENT}/{path}" for path in _ACCOUNT),
        "bic": (f"{_PAYMENT}/AccountToBeCredited/BIC",),
        "po_number": (
            f"{_ISSUE}/ReceiverTransactionReference",
            f"{_LINE}/ReceiverTransactionReference",
        ),
        "contract": (
            f"{_ISSUE}/ReceiverContractReference",
            f"{_LINE}/ReceiverContractReference",
        ),
        "delivered": (f"{_ISSUE}/OperationDate",),
        "start": (f"{_ISSUE}/InvoicingPeriod/StartDate",),
        "end": (f"{_ISSUE}/InvoicingPeriod/EndDate",),
    },
    parties={
        "seller": Shape("Parties/SellerParty", _PARTY),
        "buyer": Shape("Parties/BuyerParty", _PARTY),
    },
    groups={
        "lines": (
            Shape(
                _LINE,
                {
                    "number": ("SequenceNumber",),
                    "description": ("ItemDescription",),
                    "quantity": ("Quantity",),
                    "unit": ("UnitOfMeasure",),
                    "unit_price": ("UnitPriceWithoutTax",),
                    "net": ("GrossAmount", "TotalCost"),
                    "tax_rate": ("TaxesOutputs/Tax/TaxRate",),
                    "start": ("LineItemPeriod/StartDate",),
                    "end": ("LineItemPeriod/EndDate",),
                },
            ),
        ),
        "taxes": (
            Shape(
                "TaxesOutputs/Tax",
                {
                    "category": ("TaxTypeCode",),
                    "rate": ("TaxRate",),
                    "base": ("TaxableBase/TotalAmount",),
                    "amount": ("TaxAmount/TotalAmount",),
                },
            ),
        ),
        "adjustments": (
            Shape(
                f"{_SUMS}/GeneralDiscounts/Discount",
                {
                    "amount": ("DiscountAmount",),
                    "percent": ("DiscountRate",),
                    "reason": ("DiscountReason",),
                },
            ),
            Shape(
                f"{_SUMS}/GeneralSurcharges/Charge",
                {
                    "amount": ("ChargeAmount",),
                    "percent": ("ChargeRate",),
                    "reason": ("ChargeReason",),
                },
                {"adds": True},
            ),
        ),
        "prepayments": (
            Shape(
                f"{_SUMS}/PaymentsOnAccount/PaymentOnAccount",
                {"amount": ("PaymentOnAccountAmount",), "day": ("PaymentOnAccountDate",)},
            ),
        ),
        "means": (
            Shape(
                _PAYMENT,
                {
                    "code": ("PaymentMeans",),
                    "account": _ACCOUNT,
                    "bic": ("AccountToBeCredited/BIC",),
                    "reference": ("PaymentReconciliationReference",),
                    "due": ("InstallmentDueDate",),
                    "amount": ("InstallmentAmount",),
                },
            ),
        ),
        "preceding": (
            Shape(
                f"{_HEADER}/Corrective",
                {"number": ("InvoiceNumber",), "issued": ("InvoiceIssueDate",)},
            ),
        ),
    },
)


def parts(root: Element) -> int:
    """How many invoices the file holds."""
    return len(list(find_all(root, "Invoices/Invoice"))) if local_name(root) == "Facturae" else 0


def read(root: Element, part: int) -> Invoice:
    """One of its invoices, counted from 1. A correction that is negative takes money back."""
    element = list(find_all(root, "Invoices/Invoice"))[part - 1]
    code = first(element, (f"{_HEADER}/InvoiceClass",))
    parties = {who: _party(root, shape) for who, shape in SYNTAX.parties.items()}
    corrects = code in _CORRECTIVE or find(element, f"{_HEADER}/Corrective") is not None
    made = extract(element, SYNTAX, Kind.INVOICE, code, parties, corrects=corrects)
    made = made.model_copy(update={"taxes": _untaxed(element, made.taxes)})
    takes_back = corrects and made.total is not None and made.total < 0
    return made.model_copy(update={"kind": Kind.CREDIT_NOTE}) if takes_back else made


def _untaxed(element: Element, shares: tuple[Tax, ...]) -> tuple[Tax, ...]:
    """Why nothing is charged: that is said at the lines, by a code and in words."""
    code = _SPECIAL.get(first(element, (f"{_EVENT}/SpecialTaxableEventCode",)), "")
    reason = first(element, (f"{_EVENT}/SpecialTaxableEventReason",))
    return tuple(
        share.model_copy(update={"category": code, "reason": line_of(reason)})
        if code and not share.rate
        else share
        for share in shares
    )


def _party(root: Element, shape: Shape) -> Party:
    element = find(root, shape.path)
    if element is None:
        return Party()
    party = one(Party, element, shape.values)
    person = " ".join(filter(None, (first(element, (f"Individual/{n}",)) for n in _NAMES)))
    return party if party.name else party.model_copy(update={"name": person})
