"""Days as a person tells them: the 15th, 15 Dec, next Friday, in 3 days."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from mailagent.core.decision.calendar import (
    a_date,
    day_number,
    in_figures,
    months,
    weekday_of,
)
from mailagent.core.decision.text import Text, meanings

_JOINED = re.compile(r"(\d{1,3})([a-z]{1,5})")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)|(\d{1,2})(am|pm|h|uhr)")
_YEAR = re.compile(r"20\d\d")
_LONGEST_PHRASE = 6  # words
_JUST_PASSED = timedelta(days=60)
_STILL_AHEAD = timedelta(days=31)


class Told(NamedTuple):
    """What a day may be: one reading, two where nobody can tell, none where there is no such."""

    days: tuple[date, ...]
    end: int
    clock: time | None = None  # where an hour was said


class Frame(NamedTuple):
    """From where days are counted."""

    now: datetime  # in the person's zone
    locale: str
    near: date | None = None  # the day that is to be replaced
    past: bool = False  # a day of the past is meant: when a bill was written
    bare: bool = False  # a number alone may be a day: "due 15"
    loose: bool = False  # "next week" is near enough: its first day

    @property
    def today(self) -> date:
        """By the person's own calendar."""
        return self.now.date()


def day_at(text: Text, at: int, frame: Frame | None) -> Told | None:
    """The day that is told here; None where none is."""
    if frame is None:
        return None
    reader = _Reader(text, frame)
    start = reader.past_links(at)
    told = reader.told(start)
    return told and reader.with_clock(told)


class _Reader:
    def __init__(self, text: Text, frame: Frame) -> None:
        self._text = text
        self._frame = frame
        self._means = meanings(text.verbs.days)
        self._phrases = frozenset(self._means)

    def told(self, at: int) -> Told | None:
        return (
            self._phrase(at)
            or self._after(at)
            or self._weekday(at)
            or self._in_figures(at)
            or self._with_month(at)
            or self._day_of_month(at)
        )

    def past_links(self, at: int) -> int:
        """Past `on the`, `bis zum`; not past what means something with the next words."""
        while (end := self._means_at(at, "links")) and not self._phrase(at):
            at = end
        return at

    def with_clock(self, told: Told) -> Told:
        """`monday 9:00`, `tomorrow at 3pm`."""
        at = self.past_links(told.end)
        match = _CLOCK.fullmatch(self._word(at))
        if match is None or told.clock:
            return told
        hour = int(match[1] or match[3]) + (12 if match[4] == "pm" and match[3] != "12" else 0)
        minute = int(match[2] or 0)
        if hour > 23 or minute > 59:
            return told
        return told._replace(end=at + 1, clock=time(hour, minute))

    # -- the ways to tell a day

    def _phrase(self, at: int) -> Told | None:
        today = self._frame.today
        last = date(today.year, today.month, monthrange(today.year, today.month)[1])
        days = {"today": today, "tomorrow": today + timedelta(1)}
        days |= {"overmorrow": today + timedelta(2), "month_end": last}
        if self._frame.loose:
            days["next_week"] = today + timedelta(7 - today.weekday())
            days["next_month"] = last + timedelta(1)
        for name, day in days.items():
            end = self._means_at(at, name)
            if end:
                return Told((day,), end)
        return None

    def _after(self, at: int) -> Told | None:
        """`in 3 days`, `3d`, `in a week`."""
        start = self._means_at(at, "in")
        joined = _JOINED.fullmatch(self._word(at))
        if joined:
            return self._added(int(joined[1]), joined[2], at + 1)
        counted = self._count(start or at)
        if counted is None:
            return None
        number, end = counted
        found = self._text.phrase(end, self._phrases)
        return self._added(number, found.phrase, found.end) if found else None

    def _count(self, at: int) -> tuple[int, int] | None:
        word = self._word(at)
        if word.isascii() and word.isdecimal() and len(word) < 4:
            return int(word), at + 1
        for number, name in enumerate(("one", "two", "three"), 1):
            end = self._means_at(at, name)
            if end:
                return number, end
        return None

    def _added(self, number: int, unit: str, end: int) -> Told | None:
        means = self._means.get(unit, ())
        now = self._frame.now
        if "hour" in means and self._frame.loose:
            later = now + timedelta(hours=number)
            return Told((later.date(),), end, later.time().replace(second=0, microsecond=0))
        if "day" in means:
            return Told((now.date() + timedelta(number),), end)
        if "week" in means:
            return Told((now.date() + timedelta(weeks=number),), end)
        return Told((_months_on(now.date(), number),), end) if "month" in means else None

    def _weekday(self, at: int) -> Told | None:
        following = self._means_at(at, "next")
        start = following or self._means_at(at, "coming") or at
        weekday = weekday_of(self._word(start), self._frame.locale)
        if weekday is None:
            return None
        end = start + 1
        after = self._means_at(end, "next")  # lundi prochain
        dated = self.told(self.past_links(end)) if not following and not after else None
        if dated and len(dated.days) == 1:  # Friday, 4 Dec: both have to agree
            agreed = dated.days[0].weekday() == weekday
            return dated if agreed else Told((), dated.end)
        return self._next_weekday(weekday, following or after, after or end)

    def _next_weekday(self, weekday: int, said_next: int, end: int) -> Told:
        today = self._frame.today
        coming = today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
        this_week = coming.isocalendar()[:2] == today.isocalendar()[:2]
        if said_next and this_week:  # nobody can tell whether this week's is meant
            return Told((coming, coming + timedelta(7)), end)
        return Told((coming,), end)

    def _in_figures(self, at: int) -> Told | None:
        found = in_figures(self._word(at), self._frame.locale)
        if found is None:
            return None
        year, month, day = found
        end = at + 1
        if year is None and _YEAR.fullmatch(self._word(end)):
            year, end = int(self._word(end)), end + 1
        return Told(self._resolved(year, month, day), end)

    def _with_month(self, at: int) -> Told | None:
        """`15 Dec`, `15 de diciembre de 2026`, `December 15th`."""
        names = months(self._frame.locale)
        first = day_number(self._word(at))
        if first:
            middle = self._means_at(at + 1, "links") or at + 1
            month, end, day = names.get(self._word(middle)), middle + 1, first[0]
        else:
            second = day_number(self._word(at + 1))
            month, end, day = names.get(self._word(at)), at + 2, second[0] if second else 0
        if month is None or not day:
            return None
        year_at = self._means_at(end, "links") or end
        year = int(self._word(year_at)) if _YEAR.fullmatch(self._word(year_at)) else None
        return Told(self._resolved(year, month, day), year_at + 1 if year else end)

    def _day_of_month(self, at: int) -> Told | None:
        """`the 15th`: of this month, the next one, or the one that is to be replaced."""
        found = day_number(self._word(at))
        if found is None or not (found[1] or self._frame.bare or self._is_marked(at)):
            return None
        today, near = self._frame.today, self._frame.near
        around = [_months_on(today.replace(day=1), by) for by in (0, -1 if self._frame.past else 1)]
        days = [day for first in around if (day := a_date(first.year, first.month, found[0]))]
        days = [day for day in days if day == today or (day < today) == self._frame.past][:1]
        same = a_date(near.year, near.month, found[0]) if near else None
        if same and (self._frame.past or same >= today):
            days.append(same)
        return Told(tuple(sorted(set(days))), at + 1)

    def _is_marked(self, at: int) -> bool:
        """`den 15.`, `le 15`, `dia 15`: what stands before it makes it a day."""
        before = self._text.words[at - 1].folded if at else ""
        dotted = self._text.own[self._text.words[at].end :][:1] == "."
        return "links" in self._means.get(before, ()) or (dotted and at + 1 == len(self._text))

    # -- years, and words

    def _resolved(self, year: int | None, month: int, day: int) -> tuple[date, ...]:
        if year is not None:
            found = a_date(year, month, day)
            return (found,) if found else ()
        today = self._frame.today
        years = range(today.year - 1, today.year + 5)
        days = [found for y in years if (found := a_date(y, month, day))]
        before = max((d for d in days if d < today), default=None)
        after = min((d for d in days if d >= today), default=None)
        if before is None or after is None:
            return ()
        if self._frame.past:
            return (before, after) if after - today <= _STILL_AHEAD else (before,)
        if self._frame.loose or today - before > _JUST_PASSED:
            return (after,)
        return (before, after)

    def _means_at(self, at: int, name: str) -> int:
        """Where a phrase of this meaning ends; 0 when none stands here."""
        words = [word.folded for word in self._text.words[at : at + _LONGEST_PHRASE]]
        for count in range(len(words), 0, -1):
            if name in self._means.get(" ".join(words[:count]), ()):
                return at + count
        return 0

    def _word(self, at: int) -> str:
        return self._text.words[at].folded if at < len(self._text) else ""


def _months_on(day: date, number: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
