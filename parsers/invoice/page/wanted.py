"""Which amounts may be the total: by their labels, by a sentence, by the tax in them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.money import Amounts
from parsers.invoice.page.spoken import charged_in
from parsers.invoice.page.sums import Claim, of_role

MOST = 8  # claims looked at for each role
PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,4})?)\s?%")
_CHARGED = "charged"  # the label of a total that a sentence says
_CENT = Decimal("0.01")
_EDGE = 3.0  # points: amounts that end there stand in one column


def one_sign(claims: Sequence[Claim]) -> Sequence[Claim]:
    """A credit whose total has a minus sign, and whose net and tax do without: they mean one."""
    totals = [claim.value for claim in claims if claim.role in ("total", "payable") and claim.value]
    parts = [claim for claim in claims if claim.role in ("net", "tax")]
    if not totals or max(totals) > 0 or any(part.value < 0 for part in parts):
        return claims
    return [c._replace(value=-c.value) if c in parts else c for c in claims]


def total_claims(claims: Sequence[Claim], amounts: Amounts, sheet: Sheet) -> list[Claim]:
    payable = [c._replace(weight=c.weight * 0.92) for c in of_role(claims, "payable")]
    stated = [*of_role(claims, "total")[:MOST], *payable[:MOST]]
    both: dict[Decimal, Claim] = {}
    for claim in stated:
        known = both.get(claim.value)
        if known is None:
            both[claim.value] = claim
        else:
            stronger = max(known, claim, key=lambda c: c.weight)
            both[claim.value] = stronger._replace(weight=min(1.1, stronger.weight + 0.12))
    _prove_by_advance(both, payable, of_role(claims, "prepaid"))
    _prove_by_balance(both, payable, of_role(claims, "before"))
    found = [claim for claim in both.values() if claim.value]
    return found or list(both.values()) or _unnamed(claims, amounts, sheet)


def _unnamed(claims: Sequence[Claim], amounts: Amounts, sheet: Sheet) -> list[Claim]:
    """No word names the total: a sentence or the tax in it may; else it is the largest amount."""
    told = charged_in(sheet, amounts)
    if told is not None:
        return [Claim("total", told.value, 0.7, (told.spot,), _CHARGED)]
    return _by_included(claims, amounts, sheet) or _largest(amounts)


def _by_included(claims: Sequence[Claim], amounts: Amounts, sheet: Sheet) -> list[Claim]:
    """`Deposit 1,500.00`, below it `therein 19 % VAT 239.50`: what is that the tax of?"""
    for tax in of_role(claims, "tax"):
        rates = PERCENT.findall(sheet.rows[tax.spots[0].row].text)
        if len(rates) != 1 or not tax.value:
            continue
        rate = Decimal(rates[0].replace(",", "."))
        for amount in reversed(amounts.all):
            made = amount.value * rate / (100 + rate)
            if amount.marked and rate and abs(made - tax.value) <= _CENT:
                return [Claim("total", amount.value, 0.6, (amount.spot,), "")]
    return []


def _prove_by_advance(
    stated: dict[Decimal, Claim], payable: Sequence[Claim], advances: Sequence[Claim]
) -> None:
    """A total less what was paid before is what is left to pay."""
    for rest in payable:
        for advance in advances:
            claim = stated.get(rest.value + abs(advance.value))
            if claim is not None and advance.value and claim.role == "total":
                stated[claim.value] = claim._replace(weight=claim.weight + 0.5)
                return


def _prove_by_balance(
    stated: dict[Decimal, Claim], payable: Sequence[Claim], balances: Sequence[Claim]
) -> None:
    """What is left of the last bill and this one are what is to be paid."""
    for due in payable:
        for balance in balances:
            claim = stated.get(due.value - balance.value)
            if claim is not None and balance.value > 0 and claim.role == "total":
                stated[claim.value] = claim._replace(weight=claim.weight + 0.5)
                return


def _largest(amounts: Amounts) -> list[Claim]:
    marked = [a for a in amounts.all if a.marked]
    if not marked:
        return []
    top = max(marked, key=lambda a: (a.value, a.spot.row))
    return [Claim("total", top.value, 0.2, (top.spot,), "")]


def is_asked(total: Claim, amounts: Amounts) -> bool:
    """A sentence charges it, or it is to be paid and is what the amounts above it make."""
    if total.label == _CHARGED:
        return True
    if total.role != "payable" or total.value <= 0:
        return False
    made, rows = Decimal(0), 0
    for index in range(total.spots[-1].row - 1, -1, -1):
        found = amounts.by_row.get(index, ())
        if not found or abs(found[-1].spot.x1 - total.spots[-1].x1) > _EDGE:
            return False
        made, rows = made + found[-1].value, rows + 1
        if made == total.value and rows > 1:
            return True
    return False
