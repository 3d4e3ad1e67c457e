"""Total, net and tax: of all that labels claim, what adds up."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import NamedTuple

from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.money import Amounts
from parsers.invoice.page.sums import Claim, of_role
from parsers.invoice.page.wanted import MOST, PERCENT, is_asked, one_sign, total_claims
from parsers.values.decimals import spell_amount

_CENT = Decimal("0.01")
_FIVE = Decimal("0.05")  # what a total in Swiss francs is rounded to
_ZERO = Decimal(0)
_PROVED = 0.5  # more than that: not by the tax alone
_HIGHEST = Decimal("0.36")  # tax in a total: a rate of 56 %
_SURE, _GOOD, _FAIR, _WEAK = 0.985, 0.94, 0.8, 0.5


class Part(NamedTuple):
    """One of the sums of an invoice: read at its spots, or derived by a rule."""

    value: Decimal
    confidence: float
    spots: tuple[Spot, ...] = ()
    rule: str = ""


class Totals(NamedTuple):
    """What an invoice sums up to."""

    total: Part | None = None
    net: Part | None = None
    tax: Part | None = None
    payable: Part | None = None
    prepaid: Part | None = None
    adds_up: bool = False
    asked: bool = False  # a sentence charges it, or it is what the lines that lead to it make


class _Tax(NamedTuple):
    value: Decimal
    weight: float
    spots: tuple[Spot, ...]


class _Answer(NamedTuple):
    score: float
    total: Claim
    net: Claim | None
    net_value: Decimal
    tax: _Tax
    proof: float  # of the arithmetic alone


def totals_of(claims: Sequence[Claim], amounts: Amounts, sheet: Sheet) -> Totals:
    """The answer that labels and arithmetic support best."""
    claims = one_sign(claims)
    wanted = total_claims(claims, amounts, sheet)
    if not wanted:
        return Totals()
    search = _Search(claims, amounts, sheet)
    answers = sorted(
        (answer for claim in wanted for answer in search.answers(claim)), key=lambda a: -a.score
    )
    best = answers[0]
    rival = next((a for a in answers if a.total.value != best.total.value), None)
    told = _told(best, rival, search, claims)
    return told._replace(asked=is_asked(best.total, amounts))


class _Search:
    """Looks for nets and taxes that make a total."""

    def __init__(self, claims: Sequence[Claim], amounts: Amounts, sheet: Sheet) -> None:
        self._amounts, self._sheet = amounts, sheet
        # `Sum` above a discount is called as a total is.
        weak = [c._replace(weight=c.weight * 0.4) for c in of_role(claims, "total")[:MOST]]
        self.sums = {claim.value: claim for claim in reversed(weak)}
        self.nets = {claim.value: claim for claim in reversed(of_role(claims, "net")[:12])}
        self.taxes = list(_taxes(claims))
        self._changes = list(_changes(claims))
        self._held = {abs(claim.value) for claim in of_role(claims, "prepaid")[:4] if claim.value}
        self._round_to = _FIVE if "CHF" in sheet.text else _CENT
        self._rates = {Decimal(m.replace(",", ".")) for m in PERCENT.findall(sheet.text)}
        self._rates = {rate for rate in self._rates if 0 < rate < 40}

    def answers(self, total: Claim) -> Iterator[_Answer]:
        """Every way to make this total; that nothing makes it is one as well."""
        for tax in self.taxes:
            if not _fits(tax.value, total.value):
                continue
            for change in (_ZERO, *self._changes) if tax.value == _ZERO or tax.spots else (_ZERO,):
                yield self._answer(total, tax, total.value - tax.value, change)
            if tax.value:
                yield from self._withheld(total, tax)
        yield self._alone(total)

    def _withheld(self, total: Claim, tax: _Tax) -> Iterator[_Answer]:
        """`IVA 210, IRPF -150, total 1.060`: the total is less what the buyer pays for the seller.

        Only where that net is stated: anything else would be a guess.
        """
        for held in self._held:
            net = total.value + held - tax.value
            stated = self._near(net) is not None
            both = self._amounts.printed(net) and self.rate(net, held) is not None
            if (stated or both) and self.rate(net, tax.value) is not None:
                answer = self._answer(total, tax, net, _ZERO)
                yield answer._replace(score=answer.score - 0.2)

    def _answer(self, total: Claim, tax: _Tax, net: Decimal, change: Decimal) -> _Answer:
        claim = self._near(net - change)
        if claim is None and change:
            claim = self.sums.get(net - change)
        stated = bool(tax.spots)
        proof = self._proof(claim, net, tax, change, stated=stated)
        score = total.weight + proof + 0.5 * tax.weight + 0.5 * (claim.weight if claim else 0)
        return _Answer(score, total, claim if not change else None, net, tax, proof)

    def _proof(
        self, claim: Claim | None, net: Decimal, tax: _Tax, change: Decimal, *, stated: bool
    ) -> float:
        if claim is None and (change or len({spot.row for spot in tax.spots}) < len(tax.spots)):
            return -1.0
        if tax.value and claim is not None:
            proof = 1.2
        elif tax.value and self._by_rates(net, tax):
            return 0.85
        elif tax.value:
            proof = 0.7 if self._amounts.printed(net) else 0.3
        elif claim is not None:
            proof = 0.7 if stated else 0.5
        else:
            proof = 0.1 if not stated else 0.2
        if tax.value and (self.rate(net, tax.value) is not None or self._row_by_row(claim, tax)):
            proof += 0.35
        return proof - (0.15 if change else 0.0)

    def rate(self, net: Decimal, tax: Decimal) -> Decimal | None:
        """A printed rate that makes this tax of this net."""
        for rate in self._rates:
            made = (net * rate / 100).quantize(_CENT, ROUND_HALF_UP)
            if abs(made - tax) <= _CENT:
                return rate
        return None

    def _by_rates(self, net: Decimal, tax: _Tax) -> bool:
        """Whether several taxes, each by the rate in its row, are of parts that make the net."""
        if len(tax.spots) < 2:
            return False
        made, slack = _ZERO, _ZERO
        for spot in tax.spots:
            rates = PERCENT.findall(self._sheet.rows[spot.row].text)
            rate = Decimal(rates[0].replace(",", ".")) if len(rates) == 1 else _ZERO
            value = self._amounts.at(spot)
            if not rate or value is None:
                return False
            made += value * 100 / rate
            slack += Decimal(1) / rate  # half a cent of the tax, and more
        return abs(made - net) <= slack

    def _row_by_row(self, net: Claim | None, tax: _Tax) -> bool:
        """Whether the columns of a table of taxes fit: each tax is its net by the rate beside."""
        if net is None or len(net.spots) < 2 or len(tax.spots) != len(net.spots):
            return False
        return all(
            one.row == two.row and self._is_rated(one, two)
            for one, two in zip(net.spots, tax.spots, strict=True)
        )

    def _is_rated(self, net: Spot, tax: Spot) -> bool:
        rates = PERCENT.findall(self._sheet.rows[tax.row].text)
        base, value = self._amounts.at(net), self._amounts.at(tax)
        if len(rates) != 1 or base is None or value is None:
            return False
        return abs(base * Decimal(rates[0].replace(",", ".")) / 100 - value) <= _CENT

    def _near(self, value: Decimal) -> Claim | None:
        """The stated net of this value, or as near as its total was rounded."""
        off = max(_CENT, self._round_to / 2)
        near = [net for net in self.nets if abs(net - value) <= off]
        return self.nets[min(near, key=lambda net: abs(net - value))] if near else None

    def _alone(self, total: Claim) -> _Answer:
        """A total that nothing makes: net and tax as far as their labels tell."""
        return _Answer(total.weight - 0.05, total, None, _ZERO, _Tax(_ZERO, 0.0, ()), -1.0)


def _fits(tax: Decimal, total: Decimal) -> bool:
    return tax == _ZERO or (tax * total > 0 and abs(tax) <= abs(total) * _HIGHEST)


def _taxes(claims: Sequence[Claim]) -> Iterator[_Tax]:
    """Each stated tax, the sums of several, and none at all."""
    by_spot: dict[tuple[Spot, ...], Claim] = {}
    for claim in claims:
        if claim.role == "tax" and claim.weight > by_spot.get(claim.spots, claim).weight - 0.001:
            by_spot[claim.spots] = claim
    # Below the lines, that may have taxes of their own, stands the whole.
    from_below = sorted(by_spot.values(), key=lambda claim: -claim.spots[-1].row)
    single = _whole(sorted(from_below, key=lambda claim: -claim.weight)[:MOST])
    for claim in single:
        yield _Tax(claim.value, claim.weight, claim.spots)
    parts = [c for c in single if c.value and len(c.spots) == 1]
    for size in range(2, min(5, len(parts)) + 1):
        for chosen in combinations(parts, size):
            if len({claim.spots for claim in chosen}) < size:
                continue
            value = sum((claim.value for claim in chosen), _ZERO)
            weight = min(claim.weight for claim in chosen) * (0.95 - 0.04 * size)
            yield _Tax(value, weight, tuple(claim.spots[0] for claim in chosen))
    if not any(claim.value == _ZERO for claim in single):
        yield _Tax(_ZERO, 0.0, ())


def _whole(taxes: list[Claim]) -> list[Claim]:
    """One tax that is the sum of all others is the whole; those are its parts, item by item."""
    stated = [claim for claim in taxes if claim.value]
    rows = {claim.spots[-1].row for claim in stated}
    if len(rows) < len(stated) or any(len(claim.spots) > 1 for claim in stated):
        return taxes  # columns of one table
    for claim in stated:
        parts = [other.value for other in stated if other is not claim]
        if len(parts) > 1 and sum(parts, _ZERO) == claim.value:
            return [claim]
    return taxes


def _changes(claims: Sequence[Claim]) -> Iterator[Decimal]:
    """What may stand between subtotal and net: discounts off, freight added."""
    off = [-abs(c.value) for c in of_role(claims, "off")[:4] if c.value]
    added = [c.value for c in of_role(claims, "added")[:4] if c.value]
    parts = [*off, *added]
    for size in range(1, min(4, len(parts)) + 1):
        for chosen in combinations(parts, size):
            yield sum(chosen, _ZERO)


def _told(best: _Answer, rival: _Answer | None, search: _Search, claims: Sequence[Claim]) -> Totals:
    margin = best.score - rival.score if rival else 1.0
    total = Part(best.total.value, _total_confidence(best, margin), best.total.spots)
    if best.proof < 0:
        net, tax = _labelled(claims, "net"), _labelled(claims, "tax")
    else:
        net, tax = _net(best, total.confidence), _tax(best, search, total.confidence)
    payable, prepaid = _payable(claims, total)
    return Totals(total, net, tax, payable, prepaid, adds_up=best.proof >= 0.5)


def _total_confidence(best: _Answer, margin: float) -> float:
    if best.proof >= 1.0 and margin > 0.15:
        return _SURE
    if best.total.weight >= 0.75 and best.proof >= 0.3 and margin > 0.1:
        return 0.97
    if best.total.weight >= 0.75 and margin > 0.1:
        return _GOOD
    if best.total.weight >= 0.5 and margin > 0.05:
        return _FAIR
    return _WEAK if best.total.weight >= 0.3 else 0.3


def _labelled(claims: Sequence[Claim], role: str) -> Part | None:
    first = next(iter(of_role(claims, role)), None)
    if first is None:
        return None
    return Part(first.value, 0.6 if first.weight > 0.9 else _WEAK, first.spots)


def _net(best: _Answer, sure: float) -> Part:
    if best.net is not None:
        confidence = sure if best.tax.spots else min(sure, 0.95)
        return Part(best.net.value, confidence, best.net.spots)
    if not best.tax.spots:
        rule = "no tax is stated: the net amount is the total"
        return Part(best.net_value, min(sure, 0.75), (), rule)
    rule = f"{spell_amount(best.total.value)} - {spell_amount(best.tax.value)} tax"
    return Part(best.net_value, min(sure, 0.93 if best.proof > _PROVED else 0.7), (), rule)


def _tax(best: _Answer, search: _Search, sure: float) -> Part:
    tax = best.tax
    if len(tax.spots) > 1:
        rule = " + ".join(spot.text.strip() for spot in tax.spots)
        return Part(tax.value, sure, (), f"sum of {rule}")
    if tax.spots:
        known = best.net is not None or search.rate(best.net_value, tax.value) is not None
        doubtful = 0.88 if best.proof > _PROVED else 0.7
        return Part(tax.value, sure if known else min(sure, doubtful), tax.spots)
    named = best.net is not None
    rule = "net and total are the same" if named else "no tax is stated"
    return Part(_ZERO, min(sure, 0.93 if named else 0.75), (), rule)


def _payable(claims: Sequence[Claim], total: Part) -> tuple[Part | None, Part | None]:
    payables, paid = of_role(claims, "payable"), of_role(claims, "prepaid")
    if not payables:
        return None, None
    for claim in payables:
        for advance in paid:
            if advance.value and abs(total.value - abs(advance.value) - claim.value) <= _CENT:
                prepaid = Part(abs(advance.value), 0.95, advance.spots)
                return Part(claim.value, 0.97, claim.spots), prepaid
    same = next((claim for claim in payables if claim.value == total.value), None)
    if same is not None:
        return Part(same.value, total.confidence, same.spots), None
    return Part(payables[0].value, _FAIR, payables[0].spots), None
