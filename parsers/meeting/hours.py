"""Hours by themselves: `at 11`, and `11 instead of 10 tomorrow`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from parsers.meeting.cues import LANGUAGES, common, cues, fold, says
from parsers.values.when import When, find_times
from parsers.values.when.numerals import numbers

_EXACT = frozenset({"minute", "hour"})
_DATE = re.compile(r"\d/\d|\d\.\s?\d{1,2}\.|\d{4}|\d-\d{1,2}-\d")
_GLUED = re.compile(r"(\d)(?=[a-zA-Z])")  # 3pm, 10h30
_HOURS_GLUED = re.compile(r"(?<=\d)h(?=\d\d)")  # 14h30
_FIGURES = re.compile(r"(?<![\d:.h])(\d{1,2})(?:[:.h]\d\d)?")
_CLOCK = r"\d{1,2}(?:[:.h]\d\d)?(?:\s?(?:[ap]\.?m\.?|h|uhr|uur|u))?"
# `make it 11 instead of`, `would 4 work instead of`: few words between.
_BEFORE = re.compile(rf"(?<![\d.:,/])({_CLOCK})(?:\s+[a-z']+){{0,2}}\s*,?\s*$")
_AFTER = re.compile(rf"\s*(?:[a-z]+\s+){{0,2}}({_CLOCK})(?![\d:./]*\d)")
_BARE = re.compile(r"(?<![\w:.,#/-])\d{1,2}(?![\w:./,-])")
_FEW = 8  # words
_LEADS = 9  # characters: ` auf `, ` over to `
_ACTS = ("accept", "refuse", "not_then", "cannot", "instead")
_LOWEST = 3  # a lower figure counts what was offered
_BEHIND = 30  # characters behind the words that may tell the other time


def is_hour_alone(quote: str, start: datetime) -> bool:
    """`at 11`: no word and no figure in it names a day; of `le 14 à 11h` the first one does."""
    figures = _FIGURES.findall(quote)
    if _DATE.search(quote) or (len(figures) > 1 and int(figures[0]) % 12 != start.hour % 12):
        return False
    plain = fold(_GLUED.sub(r"\1 ", _HOURS_GLUED.sub(":", quote)))
    return not re.search(r"[a-z]", _spelled().sub("", common("clock").sub("", plain)))


@lru_cache(maxsize=1)
def _spelled() -> re.Pattern[str]:
    """Numbers in words, in every language."""
    words = {fold(word) for one in LANGUAGES for said in numbers(one).values() for word in said}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")


class Swap(NamedTuple):
    """The words that put one time in the place of another, which stands behind them."""

    start: int
    end: int


def swap_in(folded: str) -> Swap | None:
    """`instead of`; of `lieber 15 Uhr als 14 Uhr` the last word."""
    instead = common("instead_of").search(folded)
    if instead is not None:
        return Swap(*instead.span())
    preferred = common("preferred").search(folded)
    if preferred is None:
        return None
    return Swap(folded.rindex(" ", 0, preferred.end()) + 1, preferred.end())


def exchanged(
    text: str, at: datetime, languages: Sequence[str], times: tuple[When, ...]
) -> tuple[When, ...]:
    """The times of a sentence; where one hour stands for another, bare figures are hours as well.

    Both are of the day that is told beside them, or of today.
    """
    folded = fold(text)
    swap = swap_in(folded)
    if swap is None:
        return times
    new = _exact(one for one in reversed(times) if one.at < swap.start)
    old = _exact(one for one in times if one.at >= swap.start)
    told = [*_said_before(folded[: swap.start], at, languages)] if new is None else []
    told += [*_said_after(folded, swap.end, at, languages)] if old is None else []
    both = [one for one in (new, old) if one is not None] + told
    if len(both) != 2:
        return times
    named = next((one for one in times if one.grain == "day"), None)
    day = named.start if named else _day(both, at)
    kept = [one for one in times if one not in both and one is not named]
    moved = (_on(day, one, named is not None) for one in both)
    return tuple(sorted((*kept, *moved), key=lambda one: one.at))


def asked(text: str, folded: str, at: datetime, languages: Sequence[str]) -> tuple[When, ...]:
    """`Would 10 work?` behind another hour: a bare figure, and nothing that it may count."""
    figures = [*_BARE.finditer(folded)]
    spoken = [one.partition("-")[0] for one in languages]
    weak = says("weak", folded, spoken) or common("would_you").search(folded)
    if len(figures) != 1 or weak is None or "?" not in text:
        return ()
    found = figures[0]
    counts = any(cues(one).option.search(folded) for one in spoken)
    if counts or len(folded.split()) > _FEW:
        return ()
    ends = folded[found.end() :].lstrip()[:1] == "?"
    inside = weak.start() <= found.start() and found.end() < weak.end()
    return tuple(_clock(found[0], found.start(), at, languages)) if ends or inside else ()


def figured(text: str, folded: str, at: datetime, languages: Sequence[str]) -> tuple[When, ...]:
    """`Can't do 3`, `4 works`: in an answer to an hour, a bare figure that is taken or refused."""
    figures = [*_BARE.finditer(folded)]
    spoken = [one.partition("-")[0] for one in languages]
    acts = any(says(name, folded, spoken) for name in _ACTS)
    if len(figures) != 1 or len(folded.split()) > _FEW or not acts:
        return asked(text, folded, at, languages)
    found = figures[0]
    if int(found[0]) < _LOWEST or any(cues(one).option.search(folded) for one in spoken):
        return ()
    return tuple(_clock(found[0], found.start(), at, languages))


def left_out(
    folded: str, at: datetime, languages: Sequence[str], times: tuple[When, ...]
) -> tuple[When, ...]:
    """With an hour that only its preposition tells: `Friday I am in from ten`, `from 10 to 11.30`.

    It stands beside a day that has no hour yet, or leads to an hour that was read.
    """
    days = any(when.grain == "day" and not when.bound for when in times)
    exact = [when for when in times if when.grain in _EXACT]
    for found in _hours_left_out().finditer(folded) if days else ():
        start, end = found.span("hour")
        leads = any(end < when.at <= end + _LEADS for when in exact)
        taken = any(when.at < end and start < when.at + len(when.quote) for when in times)
        if taken or (exact and not leads) or not _is_number(found["hour"]):
            continue
        hour = next(_clock(found["hour"], start, at, languages), None)
        if hour is None:
            continue
        if found["since"] and not leads:
            day = hour.start.replace(hour=0, minute=0) + timedelta(days=1)
            hour = hour.model_copy(update={"bound": "after", "end": day})
        return tuple(sorted((*times, hour), key=lambda one: one.at))
    return times


@lru_cache(maxsize=1)
def _hours_left_out() -> re.Pattern[str]:
    """A number behind `from` or `at`, and behind it nothing that it may count."""
    before = rf"(?:(?P<since>{common('since').pattern})|{common('at_hour').pattern})"
    number = r"(?P<hour>\d{1,2}|[a-z]{3,9})\b(?![.:,]?\d)"
    return re.compile(rf"{before}\s{number}(?!\s*{common('counts').pattern})")


def _is_number(said: str) -> bool:
    return said.isdecimal() or _spelled().fullmatch(said) is not None


def _exact(times: Iterable[When]) -> When | None:
    return next((one for one in times if one.grain in _EXACT and one.bound != "before"), None)


def _said_before(folded: str, at: datetime, languages: Sequence[str]) -> Iterator[When]:
    found = _BEFORE.search(folded)
    if found is not None:
        yield from _clock(found[1], found.start(1), at, languages)


def _said_after(folded: str, start: int, at: datetime, languages: Sequence[str]) -> Iterator[When]:
    """A figure, or an hour in words."""
    found = _AFTER.match(folded[start : start + _BEHIND])
    if found is not None:
        yield from _clock(found[1], start + found.start(1), at, languages)
        return
    word = folded[start : start + _BEHIND].split()[:1]
    if word:
        yield from _clock(word[0], folded.index(word[0], start), at, languages)


def _clock(said: str, place: int, at: datetime, languages: Sequence[str]) -> Iterator[When]:
    for language in languages:
        before = cues(language.partition("-")[0]).at
        for when in find_times(f"{before} {said}", at, (language,)):
            if when.grain in _EXACT and not when.bound:
                yield when.model_copy(update={"at": place, "quote": said})
                return


def _day(both: Sequence[When], at: datetime) -> datetime:
    """Of the hour that has one."""
    return next((one.start for one in both if not is_hour_alone(one.quote, one.start)), at)


def _on(day: datetime, when: When, always: bool) -> When:
    if when.bound:  # `au lieu de 10h`: no time from which on
        when = when.model_copy(update={"bound": "", "end": when.start + timedelta(hours=1)})
    if not always and not is_hour_alone(when.quote, when.start):
        return when
    apart = day.date() - when.start.date()
    moved = {"start": when.start + apart, "end": when.end + apart}
    return when.model_copy(update={**moved, "others": tuple(one + apart for one in when.others)})
