"""A cost over several accounts: `6815 60 % / 6820 40 %`, or `6815 100.00 / 6820`."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_BETWEEN = " / "
_SHARE = re.compile(
    r"(?P<account>[^/%]*[^/%\s]) "
    r"(?:(?P<percent>\d{1,3}(?:\.\d{1,2})?) %|(?P<amount>\d{1,12}\.\d\d))"
)
_CENT, _WHOLE = Decimal("0.01"), Decimal(100)
_MOST = 12


class Share(NamedTuple):
    """What one account takes: some percent, an amount, or, with neither, what is left."""

    account: str
    percent: Decimal | None = None
    amount: Decimal | None = None

    @property
    def is_rest(self) -> bool:
        return self.percent is None and self.amount is None

    def __str__(self) -> str:
        if self.percent is not None:
            return f"{self.account} {_plain(self.percent)} %"
        return self.account if self.amount is None else f"{self.account} {self.amount:.2f}"


def accounts_in(book_to: str) -> tuple[Share, ...]:
    """The shares that this says; none where it is one account, whatever that is called."""
    parts = book_to.split(_BETWEEN)
    if not 1 < len(parts) <= _MOST:
        return ()
    shares = tuple(map(_share, parts))
    rests = [share for share in shares if share.is_rest]
    return shares if len(rests) <= 1 and len(rests) < len(shares) else ()


def spelled(shares: Sequence[Share]) -> str:
    """In the one spelling that the books keep; empty where they can make no whole.

    Percents say what is left as a percent as well: so it can be seen.
    """
    percents = sum((share.percent for share in shares if share.percent), Decimal(0))
    rests = sum(share.is_rest for share in shares)
    amounts = any(share.amount is not None for share in shares)
    if rests > 1 or percents > _WHOLE or (percents == _WHOLE and (rests or amounts)):
        return ""
    if not rests and not amounts and percents != _WHOLE:
        return ""
    left = None if amounts else _WHOLE - percents
    whole = [share._replace(percent=left) if share.is_rest else share for share in shares]
    return _BETWEEN.join(map(str, whole))


def parted(
    total: Decimal, shares: Sequence[Share], coin: Decimal = _CENT
) -> tuple[tuple[str, Decimal], ...]:
    """The total by accounts, to the coin; none where their amounts do not make it.

    Percents are rounded as they add up, so that the last one takes no cents of the others and
    none has the other sign.
    """
    sign, size = (-1 if total < 0 else 1), abs(total)
    taken = list(_taken(size, shares, coin))
    left, last = size - sum(taken), _takes_what_is_left(shares)
    if last is not None:
        taken[last] += left
    whole = all(share.amount is None for share in shares) or (
        taken[last] > 0 if last is not None else not left
    )
    if not whole:
        return ()
    return tuple(
        (share.account, sign * amount) for share, amount in zip(shares, taken, strict=True)
    )


def _takes_what_is_left(shares: Sequence[Share]) -> int | None:
    rest = next((at for at, share in enumerate(shares) if share.is_rest), None)
    percents = sum(share.percent or 0 for share in shares)
    return len(shares) - 1 if rest is None and percents == _WHOLE else rest


def _taken(size: Decimal, shares: Sequence[Share], coin: Decimal) -> Iterator[Decimal]:
    exact = given = Decimal(0)
    for share in shares:
        if share.percent is None:
            yield share.amount or Decimal(0)
            continue
        exact += size * share.percent / _WHOLE
        part = exact.quantize(coin, ROUND_HALF_UP) - given
        given += part
        yield part


def _share(part: str) -> Share:
    match = _SHARE.fullmatch(part)
    if match is None:
        return Share(part)
    percent, amount = (match[name] and Decimal(match[name]) for name in ("percent", "amount"))
    return Share(match["account"], percent or None, amount or None)


def _plain(number: Decimal) -> str:
    """`60`, `33.33`: no zeros that say nothing."""
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value() if whole else number.normalize():f}"
