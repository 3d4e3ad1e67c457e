"""What a paper says: parties, lines, taxes, sums, dates. The truth, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tests.papers import numbers
from tests.papers.countries import COUNTRIES, Country
from tests.papers.words import Words

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
# How often each kind comes, in a hundred.
KINDS = {
    "invoice": 72,
    "credit_note": 8,
    "prepayment": 4,
    "final": 5,
    "corrected": 2,
    "self_billing": 2,
    "receipt": 4,
    "balance": 3,
}


def cents(value: Decimal) -> Decimal:
    """To whole cents."""
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Party:
    """A seller or a buyer, with what is printed of it."""

    name: str
    street: str
    town: str
    person: str = ""
    tax_label: str = ""
    tax_number: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    mail: str = ""
    brand: str = ""

    @property
    def lines(self) -> list[str]:
        """Name and address."""
        return [line for line in (self.name, self.person, self.street, self.town) if line]


@dataclass(frozen=True)
class Item:
    """One line; `net` is what the line costs, with or without tax as the paper has it."""

    description: str
    article: str
    note: str
    quantity: Decimal
    unit: str
    price: Decimal
    net: Decimal
    rate: Decimal
    day: date


@dataclass(frozen=True)
class Share:
    """The share of one tax."""

    name: str
    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Sums:
    """From the lines to what is to be paid."""

    lines: Decimal
    net: Decimal
    shares: tuple[Share, ...]
    total: Decimal
    discount_rate: Decimal = ZERO
    discount: Decimal = ZERO
    shipping: Decimal = ZERO
    prepaid: Decimal = ZERO
    forward: Decimal = ZERO
    received: Decimal = ZERO
    gross_prices: bool = False  # prices hold the tax

    @property
    def tax(self) -> Decimal:
        """All taxes together."""
        return sum((share.amount for share in self.shares), ZERO)

    @property
    def payable(self) -> Decimal:
        """What is to be paid in the end."""
        return self.total - self.prepaid + self.forward - self.received


@dataclass(frozen=True)
class Facts:
    """A bill."""

    locale: str
    kind: str
    seller: Party
    buyer: Party
    number: str
    issued: date
    due: date | None
    terms: int | None  # days
    how_due: str  # date, terms, both, receipt, none
    currency: str
    items: tuple[Item, ...]
    sums: Sums
    account: Mapping[str, str]
    po: str = ""
    customer: str = ""
    delivered: date | None = None
    original: str = ""

    @property
    def country(self) -> Country:
        """The seller's."""
        return COUNTRIES[self.locale]


def make(locale: str, rng: Random, kind: str = "") -> Facts:
    """A bill of that country."""
    country = COUNTRIES[locale]
    words = Words(country.language, rng)
    kind = kind or rng.choices([*KINDS], [*KINDS.values()])[0]
    if kind == "corrected" and country.language in ("es", "pl"):
        kind = "invoice"  # their word for it says credit note as well
    issued = date(2026, 11, 20) - timedelta(days=rng.randint(0, 1000))
    terms = rng.choice([7, 10, 14, 14, 30, 30, 30, 45, 60])
    how_due = rng.choices(["date", "terms", "both", "receipt", "none"], [45, 20, 15, 6, 14])[0]
    if kind in ("credit_note", "receipt"):
        how_due = "none"
    exempt = rng.random() < 0.06
    items = _items(country, words, rng, issued, exempt=exempt)
    due = issued + timedelta(days=terms) if how_due in ("date", "terms", "both") else None
    seller = _party(locale, words, rng, is_seller=True, exempt=exempt)
    return Facts(
        locale=locale,
        kind=kind,
        seller=seller,
        buyer=_party(locale, words, rng, is_seller=False),
        number=number(rng, issued),
        issued=issued,
        due=due,
        terms=terms if how_due in ("terms", "both") else None,
        how_due=how_due,
        currency=rng.choice([*country.currencies]),
        items=items,
        sums=_sums(country, items, rng, kind),
        account=_account(country, rng, seller),
        po=_reference(rng) if rng.random() < 0.4 else "",
        customer=numbers.digits(rng, rng.randint(4, 7)) if rng.random() < 0.5 else "",
        delivered=issued - timedelta(days=rng.randint(0, 9)) if rng.random() < 0.4 else None,
        original=number(rng, issued) if kind in ("credit_note", "corrected") else "",
    )


def number(rng: Random, issued: date) -> str:
    """The number of a paper, in one of the ways that people count."""
    n = rng.randint(1, 9999)
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTUVWXYZ") for _ in range(2))
    return rng.choice(
        [
            f"{issued.year}-{n:04d}",
            f"INV-{n:05d}",
            f"{n + 1000}",
            f"{letters}{n:06d}",
            f"{issued.year}/{n}",
            f"{n}/{issued.year}",
            f"RE{issued:%y}{n:05d}",
            f"{issued:%Y%m}{n:03d}",
            f"{letters}-{issued:%y}-{n}",
            f"F{issued.year}-{n:03d}",
            f"{rng.randint(10**7, 10**9)}",
            f"{letters}/{n}/{issued:%m}/{issued.year}",
            f"{n:03d}",
            f"IN{letters}{n:07d}-{rng.randint(1, 9)}",
            f"{issued:%y}.{n:04d}",
        ]
    )


def _reference(rng: Random) -> str:
    n = rng.randint(100, 99999)
    return rng.choice(
        [f"PO-{n}", f"{4500000000 + n}", f"PO{n}", f"{n}", f"B-{n}/26", f"ORD{n:06d}"]
    )


def _party(
    locale: str, words: Words, rng: Random, *, is_seller: bool, exempt: bool = False
) -> Party:
    country = COUNTRIES[locale]
    brand = words.any("people", "name")
    person = f"{words.any('people', 'first')} {words.any('people', 'last')}"
    core = rng.choice(
        [
            f"{brand} {words.any('people', 'activity')}",
            f"{brand} {words.any('people', 'activity')}",
            f"{words.any('people', 'last')} {words.any('people', 'activity')}",
            f"{brand}",
            f"{words.any('people', 'last')} & {words.any('people', 'last')}",
        ]
    )
    alone = is_seller and rng.random() < 0.05
    name = person if alone else f"{core} {rng.choice(country.legal)}".strip().replace(" ,", ",")
    has_tax_number = (not exempt and country.code != "US") or rng.random() < 0.3
    domain = "".join(c for c in brand.lower() if c.isascii() and c.isalpha()) or "firma"
    return Party(
        name=name,
        street=rng.choice(country.streets).format(n=rng.randint(1, 199)),
        town=rng.choice(country.towns),
        person=person if not is_seller and rng.random() < 0.3 else "",
        tax_label=rng.choice(country.tax_labels),
        tax_number=numbers.TAX_NUMBERS[country.code](rng) if has_tax_number else "",
        others={o: _register(o, rng) for o in country.other_numbers if rng.random() < 0.4},
        phone=country.phone.format(n=rng.randint(10, 99)),
        mail=f"{rng.choice(['info', 'billing', 'office', 'mail'])}@{domain}.example",
        brand=brand,
    )


def _register(name: str, rng: Random) -> str:
    n = numbers.digits(rng, 9)
    return {
        "Steuernummer": f"{n[:2]}/{n[2:5]}/{n[5:9]}1",
        "St.-Nr.": f"{n[:3]}/{n[3:7]}/{n[5:9]}",
        "HRB": n[:5],
        "SIRET": f"{n[:3]} {n[3:6]} {n[6:9]} 00017",
        "PAN": f"ABCPK{n[:4]}D",
    }.get(name, n[: rng.randint(6, 9)])


def _items(
    country: Country, words: Words, rng: Random, issued: date, *, exempt: bool
) -> tuple[Item, ...]:
    goods = rng.random() < 0.5
    count = rng.choices([1, 2, 3, 5, 8, 14, 34, 60], [22, 20, 20, 14, 10, 7, 5, 2])[0]
    main = Decimal(0) if exempt else Decimal(rng.choice(country.rates))
    several = not exempt and country.code not in ("US", "CA", "IN") and rng.random() < 0.3
    others = [main, *(Decimal(rate) for rate in country.rates)] if several else [main]
    dear = rng.choice([1, 1, 1, 10, 100])
    units = words.all("items", "units")
    made = []
    for _ in range(count):
        quantity = _quantity(rng, goods=goods)
        price = cents(Decimal(rng.randint(350, 24000)) / 100 * dear)
        made.append(
            Item(
                description=words.any("items", "goods" if goods else "services"),
                article=f"{rng.choice('ABKMPX')}{rng.randint(100, 99999)}",
                note=words.any("items", "notes") if rng.random() < 0.2 else "",
                quantity=quantity,
                unit=rng.choice(units[:3] if goods else units),
                price=price,
                net=cents(quantity * price),
                rate=rng.choice(others),
                day=issued - timedelta(days=rng.randint(1, 25)),
            )
        )
    return tuple(made)


def _quantity(rng: Random, *, goods: bool) -> Decimal:
    if goods:
        return Decimal(rng.choice([1, 1, 2, 3, 4, 5, 10, 12, 20, 50, 100]))
    return Decimal(rng.choice(["1", "1", "1", "2", "3.5", "7.25", "8", "12", "0.5", "16", "40"]))


def _sums(country: Country, items: tuple[Item, ...], rng: Random, kind: str) -> Sums:
    lines = sum((item.net for item in items), ZERO)
    rates = {item.rate for item in items}
    one_rate = len(rates) == 1
    gross_prices = country.code not in ("US", "CA", "IN") and rng.random() < 0.12
    if gross_prices:
        return _gross(country, items, rng, lines)
    rate = Decimal(rng.choice([5, 10, 3])) if one_rate and rng.random() < 0.12 else ZERO
    discount = cents(lines * rate / 100)
    shipping = (
        cents(Decimal(rng.randint(390, 4900)) / 100) if one_rate and rng.random() < 0.15 else ZERO
    )
    shares: list[Share] = []
    for each in sorted(rates, reverse=True):
        base = sum((item.net for item in items if item.rate == each), ZERO)
        base += (shipping - discount) if one_rate else ZERO
        shares += _shares(country, rng, base, each)
    net = lines - discount + shipping
    total = net + sum((share.amount for share in shares), ZERO)
    sums = Sums(lines, net, tuple(shares), total, rate, discount, shipping)
    if kind == "final" or (kind == "invoice" and rng.random() < 0.04):
        return replace(
            sums,
            prepaid=cents(total * rng.choice([Decimal("0.2"), Decimal("0.3"), Decimal("0.5")])),
        )
    if kind == "receipt":
        return replace(sums, prepaid=total)
    if kind == "balance":
        before = cents(Decimal(rng.randint(2000, 90000)) / 100)
        return replace(sums, forward=before, received=before if rng.random() < 0.6 else ZERO)
    return sums


def _gross(country: Country, items: tuple[Item, ...], rng: Random, lines: Decimal) -> Sums:
    shares = []
    for rate in sorted({item.rate for item in items}, reverse=True):
        gross = sum((item.net for item in items if item.rate == rate), ZERO)
        base = cents(gross / (1 + rate / 100))
        shares.append(Share(rng.choice(country.tax), rate, base, gross - base))
    net = sum((share.base for share in shares), ZERO)
    return Sums(lines, net, tuple(shares), lines, gross_prices=True)


def _shares(country: Country, rng: Random, base: Decimal, rate: Decimal) -> list[Share]:
    if rate == 0:
        return []
    name = rng.choice(country.tax)
    if name == "CGST+SGST":
        half = cents(base * rate / 200)
        return [Share("CGST", rate / 2, base, half), Share("SGST", rate / 2, base, half)]
    if "+" in name:
        first, second = name.split("+")
        more = Decimal("9.975") if second == "QST" else Decimal(7)
        return [
            Share(first, Decimal(5), base, cents(base * 5 / 100)),
            Share(second, more, base, cents(base * more / 100)),
        ]
    return [Share(name, rate, base, cents(base * rate / 100))]


def _account(country: Country, rng: Random, seller: Party) -> dict[str, str]:
    """How to pay: the way, and what it needs."""
    way = rng.choice(country.pays)
    holder = {"way": way, "holder": seller.name}
    bank = {
        "way": way,
        "bank": rng.choice(
            ["Volksbank", "First National Bank", "Banco Central", "ING", "Barclays", "BNP"]
        ),
    }
    eight = numbers.digits(rng, 8)
    ways = {
        "iban": bank
        | (
            {"iban": numbers.iban(rng, country.code), "bic": numbers.bic(rng, country.code)}
            if country.code not in ("US", "AU", "CA", "IN")
            else {}
        ),
        "sort": bank
        | {
            "Sort code": f"{eight[:2]}-{eight[2:4]}-{eight[4:6]}",
            "Account": numbers.digits(rng, 8),
        },
        "ach": bank | {"Routing": numbers.aba(rng), "Account": numbers.digits(rng, 10)},
        "bsb": bank | {"BSB": f"{eight[:3]}-{eight[3:6]}", "Account": numbers.digits(rng, 9)},
        "ifsc": bank | {"IFSC": f"HDFC0{eight[:6]}", "Account": numbers.digits(rng, 14)},
        "transit": bank
        | {"Transit": eight[:5], "Institution": "003", "Account": numbers.digits(rng, 7)},
    }
    return ways.get(way, holder)


def truth(facts: Facts) -> dict[str, Any]:
    """In the shape of the labels that `score.py` reads."""
    sums = facts.sums
    stated: dict[str, object] = {
        "invoice_number": facts.number,
        "issue_date": facts.issued.isoformat(),
        "due_date": facts.due.isoformat() if facts.due else None,
        "currency": facts.currency,
        "total": float(sums.total),
        "net": float(sums.net),
        "tax": float(sums.tax),
        "payable": float(sums.payable),
        "seller_name": facts.seller.name,
        "seller_vat": facts.seller.tax_number or None,
        "buyer_name": facts.buyer.name,
        "iban": facts.account.get("iban"),
        "po_number": facts.po or None,
        "line_count": len(facts.items),
    }
    return {name: value for name, value in stated.items() if value is not None}
