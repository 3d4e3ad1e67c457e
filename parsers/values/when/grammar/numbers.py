"""Numbers and lengths: `2 weeks`, `half an hour`, `2,5 Stunden`."""

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.model import Length

NUMBERS = Layer()
LENGTHS = Layer()


@NUMBERS.rule("NUM", "int; num")
def _num(_: Context, number: int) -> int:
    return number


@NUMBERS.rule("ORD", "ord; int ordinal_suffix")
def _ord(_: Context, number: int) -> int | None:
    return number if 1 <= number <= 53 else None


@NUMBERS.rule("NTH", "int ordinal_suffix")
def _nth(_: Context, number: int) -> int | None:
    return number if 1 <= number <= 31 else None


@NUMBERS.rule("AMOUNT", "NUM more?; few more?; fraction; more NUM; more few; more fraction")
def _amount(_: Context, number: float) -> float:
    return number


@NUMBERS.rule("AMOUNT", "NUM and? fraction; NUM and the? fraction")
def _and_half(_: Context, number: int, fraction: float) -> float | None:
    return number + fraction if fraction < 1 else None


@LENGTHS.rule("LENGTH", "AMOUNT more? unit; AMOUNT of unit")
def _length(_: Context, amount: float, unit: str) -> Length:
    return Length(amount, unit)


@LENGTHS.rule("LENGTH", "idiom; more idiom")
def _weeks_in_days(_: Context, weeks: int) -> Length:
    """`quinze jours` are two weeks."""
    return Length(weeks, "week")


@LENGTHS.rule("LENGTH", "few? minutes")
def _minutes_long(_: Context, *rest: int) -> Length:
    return Length(rest[-1], "minute")


@LENGTHS.rule("LENGTH", "LENGTH and? LENGTH")
def _lengths(_: Context, first: Length, second: Length) -> Length | None:
    return first._replace(more=(*first.more, second)) if len(first.more) < 3 else None


@LENGTHS.rule("LENGTH", "AMOUNT unit and fraction; AMOUNT unit and the? fraction")
def _length_and_half(_: Context, amount: float, unit: str, fraction: float) -> Length:
    return Length(amount + fraction, unit)
