"""A cost over several accounts, as a person types it: `6815 60 %, rest 6820`."""

import re
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.decision.amounts import amount_at
from mailagent.core.decision.text import Text
from mailagent.core.splits import Share, spelled

_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_FIGURES = re.compile(r"\d{3,10}")
_NAME_WORDS = 4
_WHOLE = 100
_NEXT = frozenset(",;/\n")


class Split(NamedTuple):
    """The one reading of it, or none where it makes no whole; and where the text goes on."""

    readings: tuple[str, ...]
    end: int


class _Part(NamedTuple):
    share: Share
    end: int


def split_at(text: Text, at: int) -> Split | None:
    """The shares that stand here; None where no account is given a share."""
    shares: list[Share] = []
    end = at
    while part := _part(text, _past_joins(text, end) if shares else at):
        shares.append(part.share)
        end = at = part.end
    if all(share.is_rest for share in shares):
        return None
    if len(shares) == 1 and shares[0].percent is None:
        return None
    if len(shares) == 1 and shares[0].percent == _WHOLE:
        return Split((shares[0].account,), end)
    return Split(tuple(filter(None, [spelled(shares)])), end)


def _past_joins(text: Text, at: int) -> int:
    found = text.phrase(at, text.verbs.joins)
    return found.end if found else at


def _part(text: Text, at: int) -> _Part | None:
    return _rest(text, at) or _share_first(text, at) or _account_first(text, at)


def _rest(text: Text, at: int) -> _Part | None:
    """`rest 6820`, `the rest to 6820`."""
    found = text.phrase(at, text.verbs.rest)
    account = _account(text, _past_fillers(text, found.end)) if found else None
    return account and _Part(Share(account.share.account), account.end)


def _share_first(text: Text, at: int) -> _Part | None:
    """`60 % to 6815`, `100.00 on 6815`."""
    share = _share(text, at)
    account = _account(text, _past_fillers(text, share.end)) if share else None
    if share is None or account is None:
        return None
    return _Part(share.share._replace(account=account.share.account), account.end)


def _account_first(text: Text, at: int) -> _Part | None:
    """`6815 60 %`, `6820 the rest`, and figures alone: what is left."""
    account = _account(text, at)
    if account is None:
        return None
    start = _past_fillers(text, account.end)
    if share := _share(text, start):
        return _Part(share.share._replace(account=account.share.account), share.end)
    if rest := text.phrase(start, text.verbs.rest):
        return _Part(account.share, rest.end)
    return account if _FIGURES.match(account.share.account) else None


def _share(text: Text, at: int) -> _Part | None:
    words = [word.folded for word in text.words[at : at + 2]]
    if len(words) > 1 and words[1] == "%" and _PERCENT.fullmatch(words[0]):
        percent = Decimal(words[0].replace(",", "."))
        return _Part(Share("", percent=percent), at + 2) if 0 < percent <= _WHOLE else None
    money = amount_at(text, at)
    if money is None or not money.looks_like_money or len(money.readings) > 1:
        return None
    return _Part(Share("", amount=money.readings[0]), money.end)


def _account(text: Text, at: int) -> _Part | None:
    """Figures and the name behind them, or a name of a few words."""
    end = at
    while end < min(len(text), at + _NAME_WORDS) and _is_of_account(text, at, end):
        end += 1
    if end == at:
        return None
    written = text.own[text.words[at].start : text.words[end - 1].end]
    return _Part(Share(" ".join(written.split())), end)


def _is_of_account(text: Text, start: int, at: int) -> bool:
    word = text.words[at].folded
    if at == start and word.isdecimal():
        following = text.words[at + 1].folded if at + 1 < len(text) else ""
        return bool(_FIGURES.fullmatch(word)) and following != "%"
    verbs = text.verbs
    ends = verbs.joins | verbs.rest | verbs.approve | verbs.light | verbs.reject | verbs.conditions
    ends |= verbs.negations | verbs.instead | verbs.reasons
    ends |= frozenset(phrase for phrase, _ in verbs.fields)
    if at == start:  # `6815 IT costs`: what fills a sentence may be part of a name
        ends |= verbs.fillers | verbs.changes
    if at > start and not _NEXT.isdisjoint(text.gap(at)):
        return False
    return word.isalpha() and not text.phrase(at, ends) and text.courtesies(at) == at


def _past_fillers(text: Text, at: int) -> int:
    """Past `to`, `on`, `for` between an account and its share."""
    verbs = text.verbs
    found = text.phrase(at, verbs.fillers | verbs.links | verbs.changes | verbs.numbers)
    return found.end if found else at
