"""Tests of the values that were read, wherever they were read: XML, page or a person's reply."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.tax import CHARGED, codes_in
from mailagent.core.wording import one_script
from parsers.values.accounts import account_fits
from parsers.values.decimals import xml_decimal
from parsers.values.tax_numbers import country_code, country_of, tax_number_fits
from parsers.values.tax_rates import highest_rate, rate_is_known

# EN 16931 rounds to cents; each sum may be a cent off.
CENT = Decimal("0.01")
# The smallest coins where totals are rounded to them.
_COINS = {"CHF": Decimal("0.05")} | dict.fromkeys(
    ("SEK", "NOK", "DKK", "CZK", "HUF", "ISK"), Decimal(1)
)
_LONGEST_TERM = 366 * 2  # days between issue and due date
_ROUNDED = Decimal("0.05")  # tax that was rounded line by line
_BESIDE_LINES = Decimal("1.2")  # what is charged beside the lines is taxed as well

# The values that each looks at: where one is changed, it is made anew.
LOOKS_AT = {
    "totals_add_up": {"net", "tax", "total", "withheld"},
    "asks_to_pay": {"total", "payable"},
    "tax_rate": {"net", "tax", "issue_date", "seller_vat"},
    "untaxed": {"tax", "tax_code"},
    "tax_number": {"seller_vat"},
    "account_fits": {"iban", "bank_code"},
    "one_alphabet": {"seller_name"},
    "dates_plausible": {"issue_date", "due_date"},
}
_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})


def value_checks(reading: Reading, *, corrects: bool = False) -> tuple[Check, ...]:
    """What could be tested; a test whose values were not read is left out.

    `corrects`: the document says that it corrects another, and may take off.
    """
    if reading.kind not in _BILLS:
        return ()
    corrects = corrects or bool(reading.text("corrects"))
    return (
        *totals_add_up(reading),
        *asks_to_pay(reading, corrects=corrects),
        *tax_rate(reading),
        *untaxed(reading),
        *tax_number(reading),
        *account(reading),
        *one_alphabet(reading),
        *dates_plausible(reading),
    )


def totals_add_up(reading: Reading) -> Iterator[Check]:
    """Net and tax make the total; some formats state it after the tax that the buyer keeps."""
    net, total = _amount(reading, "net"), _amount(reading, "total")
    if net is None or total is None:
        return
    tax, withheld, rounding = (
        _amount(reading, name) or Decimal(0) for name in ("tax", "withheld", "rounding")
    )
    # A credit note is written with a minus or without, and some write one here and not there.
    if reading.kind is Kind.CREDIT_NOTE:
        net, tax, total = abs(net), abs(tax), abs(total)
    made, room = net + tax, _room(total, reading.text("currency"))
    ok = any(abs(each - total) <= room for each in (made, made - withheld, made + rounding))
    yield tested(
        "totals_add_up", ok=ok, net=net, tax=tax, made=made, total=total, **_currency(reading)
    )


def _room(total: Decimal, currency: str) -> Decimal:
    """A cent; more where a country rounds the total to what there are coins for."""
    coin = _COINS.get(currency)
    return coin / 2 if coin is not None and total % coin == 0 else CENT


def asks_to_pay(reading: Reading, *, corrects: bool) -> Iterator[Check]:
    """A bill is for more than nothing; what takes off says that it is a credit or a correction."""
    total = _amount(reading, "total")
    if reading.kind is Kind.INVOICE and total is not None:
        yield tested("asks_to_pay", ok=total > 0 or corrects, total=total, **_currency(reading))


def tax_rate(reading: Reading) -> Iterator[Check]:
    """Its country has these rates; where none is stated, the tax is not above its highest."""
    country, issued = _country(reading), _day(reading, "issue_date")
    if not country or issued is None:
        return
    rates = _rates(reading)
    known = {rate: rate_is_known(rate, country, issued) for rate in rates}
    strange = [rate for rate, is_known in known.items() if is_known is False]
    if strange:
        yield tested("tax_rate", ok=False, rate=max(strange), country=country)
        return
    stated, found = any(known.values()), _charged(reading, country, issued)
    if found is not None:
        ok, rate = found
        ok = ok or (stated and rate <= (highest_rate(country, issued) or 0) * _BESIDE_LINES)
        yield tested("tax_rate", ok=ok, rate=rate, country=country)
    elif stated:
        yield tested("tax_rate", ok=True)


def _charged(reading: Reading, country: str, issued: date) -> tuple[bool, Decimal] | None:
    """Whether the tax is at most what the highest rate makes; and the rate that it comes to."""
    net, tax = _amount(reading, "net"), _amount(reading, "tax")
    highest = highest_rate(country, issued)
    if not net or tax is None or highest is None:
        return None
    rate = round(abs(tax / net) * 100, 2)
    most = abs(net) * highest / 100
    return tax * net >= 0 and (abs(tax) <= most + _ROUNDED or rate <= highest + CENT), rate


def _rates(reading: Reading) -> frozenset[Decimal]:
    """Of the lines."""
    lines = reading.fields.get("line_items")
    stated = (
        [line.get("tax_rate", "") for line in lines.value if isinstance(line, dict)]
        if lines
        else []
    )
    return frozenset(rate for text in stated if (rate := xml_decimal(text)) is not None)


def untaxed(reading: Reading) -> Iterator[Check]:
    """Where every code says that nothing is charged, nothing is; and the other way round."""
    codes, tax = codes_in(reading.text("tax_code")), _amount(reading, "tax")
    net = _amount(reading, "net")
    if tax == 0 and net and codes and CHARGED.issuperset(codes):
        yield tested("untaxed", ok=False, code=reading.text("tax_code"), tax=tax,
                     **_currency(reading))  # fmt: skip
    elif tax is not None and codes and not CHARGED.intersection(codes):
        code, ok = reading.text("tax_code"), abs(tax) <= CENT
        yield tested("untaxed", ok=ok, code=code, tax=tax, **_currency(reading))


def tax_number(reading: Reading) -> Iterator[Check]:
    """Its check digits fit."""
    number = reading.text("seller_vat")
    fits = tax_number_fits(number, country_code(reading.text("seller_country"))) if number else None
    if fits is not None:
        yield tested("tax_number", ok=fits, number=number)


def account(reading: Reading) -> Iterator[Check]:
    """The account's check digits fit, as far as its scheme has any."""
    number, bank = reading.text("iban"), reading.text("bank_code")
    if reading.text("currency") == "CAD":
        bank = ""  # transit and institution: nine digits as well, and none of them checks
    fits = account_fits(number, bank) if number else None
    if fits is not None:
        yield tested("account_fits", ok=fits, account=number)


def one_alphabet(reading: Reading) -> Iterator[Check]:
    """A Cyrillic letter in a Latin name is how a name is imitated."""
    name = reading.text("seller_name")
    if name:
        yield tested("one_alphabet", ok=one_script(name), vendor=name)


def dates_plausible(reading: Reading) -> Iterator[Check]:
    """Due on the day of issue or later, and not years later."""
    issued, due = _day(reading, "issue_date"), _day(reading, "due_date")
    if issued and due:
        ok = 0 <= (due - issued).days <= _LONGEST_TERM
        yield tested("dates_plausible", ok=ok, issued=issued, due=due)


def _country(reading: Reading) -> str:
    return country_of(reading.text("seller_vat")) or country_code(reading.text("seller_country"))


def _currency(reading: Reading) -> dict[str, str]:
    return {"currency": reading.text("currency")}


def _amount(reading: Reading, name: str) -> Decimal | None:
    try:
        amount = reading.amount(name)
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None


def _day(reading: Reading, name: str) -> date | None:
    try:
        return reading.date(name)
    except ValueError:
        return None
