"""A page's words as the values of an invoice, each with its evidence and how sure it is."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Evidence, Field, Source
from parsers.invoice.page.accounts import Accounts, plain
from parsers.invoice.page.currency import Currency, currency_of, foreign_columns
from parsers.invoice.page.days import Days
from parsers.invoice.page.days import Found as FoundDay
from parsers.invoice.page.delivered import delivered_of
from parsers.invoice.page.discount import Discount, discount_of
from parsers.invoice.page.labels import Labels, words_of
from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.lines import Listed, lines_of
from parsers.invoice.page.money import Amounts
from parsers.invoice.page.number import Numbers
from parsers.invoice.page.parties import Parties
from parsers.invoice.page.period import Period, period_of
from parsers.invoice.page.sums import claims_of, line_headings
from parsers.invoice.page.terms import Terms, terms_of
from parsers.invoice.page.totals import Part, Totals, totals_of
from parsers.invoice.page.untaxed import Taxation, taxation_of
from parsers.values.dates import Order
from parsers.values.decimals import spell_amount, spell_number

_DAY_FIRST = frozenset(words_of("comma"))
_UNSURE = 0.55  # a day that can be two


class PageInvoice(NamedTuple):
    """What the general reader saw."""

    sheet: Sheet
    labels: Labels
    fields: dict[str, Field]
    totals: Totals
    listed: bool = False  # the heading of a list of goods was found


def read_sheet(sheet: Sheet, us: Us = NOBODY, source: Source = Source.TEXT) -> PageInvoice:
    """Reads all values of one document; `source` says where its words come from."""
    labels = Labels(sheet)
    amounts = Amounts(sheet, labels.language)
    amounts.leave_out(foreign_columns(sheet, labels))
    listing = line_headings(sheet, labels, amounts)
    labels.silence(listing)
    totals = totals_of(claims_of(sheet, labels, amounts, listing), amounts, sheet)
    spots = totals.total.spots if totals.total else ()
    currency = currency_of(sheet, labels, amounts, spots)
    found = _Fields(source)
    _identity(found, sheet, labels)
    _dates(found, sheet, labels, currency)
    _sums(found, totals, currency)
    _taxed(found, taxation_of(sheet, totals))
    parties = Parties(sheet, labels, us, listing)
    _parties(found, parties, Accounts(sheet, labels, parties), us)
    listed = lines_of(sheet, labels, amounts, listing, totals)
    if listed is not None:
        found.all |= listed_field(listed, source)
    return PageInvoice(sheet, labels, found.all, totals, listed=bool(listing))


def listed_field(listed: Listed, source: Source) -> dict[str, Field]:
    """The lines as a field; their evidence is where they stand, all together."""
    return {
        "line_items": Field(
            value=listed.lines,
            confidence=listed.confidence,
            source=source,
            evidence=listed.spot.evidence(),
        )
    }


class _Fields:
    """Collects values as fields of a reading."""

    def __init__(self, source: Source) -> None:
        self.all: dict[str, Field] = {}
        self._source = source

    def read(self, name: str, value: str, confidence: float, spot: Spot) -> None:
        """A value that stands on the page."""
        self.all[name] = Field(
            value=value, confidence=confidence, source=self._source, evidence=spot.evidence()
        )

    def derived(
        self, name: str, value: str, confidence: float, rule: str, spot: Spot | None = None
    ) -> None:
        """A value that a rule made of others."""
        evidence: Evidence | None = spot.evidence() if spot else None
        self.all[name] = Field(
            value=value,
            confidence=confidence,
            source=Source.DERIVED,
            rule=rule,
            evidence=evidence,
        )

    def part(self, name: str, part: Part | None) -> None:
        """One of the sums."""
        if part is None:
            return
        value = spell_amount(part.value)
        if part.rule or not part.spots:
            self.derived(name, value, part.confidence, part.rule or "sum of a column")
        elif len(part.spots) > 1:
            rule = "sum of " + " + ".join(spot.text.strip() for spot in part.spots)
            self.derived(name, value, part.confidence, rule)
        else:
            self.read(name, value, part.confidence, part.spots[0])


def _identity(found: _Fields, sheet: Sheet, labels: Labels) -> None:
    numbers = Numbers(sheet, labels)
    for name, role in (("invoice_number", "number"), ("po_number", "po")):
        number = numbers.of(role)
        if number is not None:
            found.read(name, number.value, number.confidence, number.spot)


def _dates(found: _Fields, sheet: Sheet, labels: Labels, currency: Currency | None) -> None:
    days = Days(sheet, labels)
    order, sure = days.order(_expected(labels, currency))
    issued = days.issued(order)
    if issued is not None:
        found.read("issue_date", *_told(issued, days, sure=sure))
    due = days.due(order, issued.value if issued else None)
    if due is not None:
        found.read("due_date", *_told(due, days, sure=sure))
    elif issued is not None and (terms := terms_of(sheet)):
        _derive_due(found, terms, issued, sure=sure)
    period = period_of(sheet, days, order) or delivered_of(sheet, days, order, issued)
    _period(found, period, sure=sure)
    early = discount_of(sheet, days, order, issued.value if issued else None)
    _discount(found, early, issued, sure=sure)


def _period(found: _Fields, period: Period | None, *, sure: bool) -> None:
    if period is not None:
        confidence = period.confidence if sure else min(period.confidence, _UNSURE)
        for name, day in (("service_start", period.start), ("service_end", period.end)):
            found.read(name, day.isoformat(), confidence, period.spot)


def _discount(
    found: _Fields, discount: Discount | None, issued: FoundDay | None, *, sure: bool
) -> None:
    if discount is None:
        return
    clear = _UNSURE if discount.rivals else 0.92
    last = min(clear, 0.9 if sure else _UNSURE)
    found.read("discount_rate", spell_number(discount.rate), clear, discount.spot)
    if discount.until is not None:
        rule = discount.rule(issued.value if issued else None)
        until = discount.until.isoformat()
        if rule:
            found.derived("discount_until", until, last, rule, discount.spot)
        else:
            found.read("discount_until", until, last, discount.spot)


def _told(day: FoundDay, days: Days, *, sure: bool) -> tuple[str, float, Spot]:
    ambiguous = any(d.spot == day.spot and d.day.ambiguous for d in days.all)
    confidence = day.confidence if sure or not ambiguous else min(day.confidence, _UNSURE)
    return day.value.isoformat(), confidence, day.spot


def _derive_due(found: _Fields, terms: Terms, issued: FoundDay, *, sure: bool) -> None:
    confidence = min(issued.confidence, 0.95 if terms.sure else 0.8)
    due: date = terms.due(issued.value)
    rule = terms.rule(issued.value)
    confidence = confidence if sure else min(confidence, _UNSURE)
    found.derived("due_date", due.isoformat(), confidence, rule, terms.spot)


def _expected(labels: Labels, currency: Currency | None) -> Order | None:
    """Which order this document should use; None where nothing tells."""
    if currency is not None and currency.code == "USD" and labels.language in ("en", ""):
        return Order.MONTH_FIRST
    if labels.language in _DAY_FIRST:
        return Order.DAY_FIRST
    if currency is not None and currency.code not in ("USD", "CAD"):
        return Order.DAY_FIRST
    return None


def _sums(found: _Fields, totals: Totals, currency: Currency | None) -> None:
    sums: Mapping[str, Part | None] = {
        "total": totals.total,
        "net": totals.net,
        "tax": totals.tax,
        "payable": totals.payable,
        "prepaid": totals.prepaid,
    }
    for name, part in sums.items():
        found.part(name, part)
    if currency is None:
        return
    if currency.rule or currency.spot is None:
        rule = currency.rule or "the code on the page"
        found.derived("currency", currency.code, currency.confidence, rule, currency.spot)
    else:
        found.read("currency", currency.code, currency.confidence, currency.spot)


def _taxed(found: _Fields, taxed: Taxation | None) -> None:
    if taxed is None:
        return
    if taxed.spot is None:
        found.derived("tax_code", taxed.code, taxed.confidence, taxed.rule)
        return
    found.read("tax_code", taxed.code, taxed.confidence, taxed.spot)
    found.read("tax_reason", " ".join(taxed.spot.text.split()), taxed.confidence, taxed.spot)


def _parties(found: _Fields, parties: Parties, accounts: Accounts, us: Us) -> None:
    seller, buyer = parties.both()
    if seller is not None:
        found.read("seller_name", seller.value, seller.confidence, seller.spot)
    ours = frozenset(plain(number) for number in us.vat_ids)
    if (vat := accounts.seller_vat(ours)) is not None:
        found.read("seller_vat", vat.value, vat.confidence, vat.spot)
    if buyer is not None:
        found.read("buyer_name", buyer.value, buyer.confidence, buyer.spot)
    _account(found, accounts)


def _account(found: _Fields, accounts: Accounts) -> None:
    """An IBAN, or an account number with the routing number, sort code or BSB of its bank."""
    iban, parts = accounts.iban(), accounts.other()
    if iban is not None:
        found.read("iban", iban.value, iban.confidence, iban.spot)
    elif (number := parts.get("account")) is not None:
        found.read("iban", number.value, number.confidence, number.spot)
        bank = next((parts[s] for s in ("routing", "sort_code", "bsb", "ifsc") if s in parts), None)
        if bank is not None:
            found.read("bank_code", bank.value, bank.confidence, bank.spot)
    if (bic := parts.get("bic")) is not None:
        found.read("bic", bic.value, bic.confidence, bic.spot)
