"""The search for a time: exact, and every time that is no good says why."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailagent.core.appointment import Busy, utc
from mailagent.core.availability.index import BusyIndex
from mailagent.core.availability.rules import Availability, Clock, Hours
from mailagent.core.said import Said, say
from mailagent.core.value import Value

_MOST_REJECTED = 200
_MOST_DAYS = 366


class Wish(Value):
    """What is looked for. Windows are when the others said they can; none: whenever."""

    length: timedelta
    windows: tuple[tuple[datetime, datetime], ...] = ()
    excluded: tuple[tuple[datetime, datetime], ...] = ()  # when they said they cannot
    theirs: tuple[Clock, ...] = ()
    at_a_place: bool = False  # somebody has to get there


class Rejection(Value):
    """A time that was looked at and is no good, and why."""

    start: datetime
    end: datetime
    why: Said
    by: Busy | None = None  # what stands in its way
    soft: bool = False  # only something tentative does


class Found(Value):
    """Times that are good, the best first; and the others with their reasons."""

    slots: tuple[tuple[datetime, datetime], ...] = ()
    rejected: tuple[Rejection, ...] = ()


def search(wish: Wish, rules: Availability, busy: BusyIndex, now: datetime) -> Found:
    """The first good times; on different days as far as there are, preferred ones before others."""
    good: list[tuple[datetime, datetime]] = []
    rejected: list[Rejection] = []
    tz = rules.tz
    for start in _starts(wish, rules, now):
        end = (start.astimezone(UTC) + wish.length).astimezone(tz)
        told_enough = len(rejected) >= _MOST_REJECTED
        if told_enough and not any(one.spans(start, end) for one in rules.hours):
            continue  # most of a week is neither working time nor worth another reason
        why = objection(start, end, wish, rules, busy, now)
        if why is None:
            good.append((start, end))
        elif not told_enough:
            rejected.append(why)
    return Found(slots=_chosen(good, rules), rejected=tuple(rejected))


def objection(
    start: datetime, end: datetime, wish: Wish, rules: Availability, busy: BusyIndex, now: datetime
) -> Rejection | None:
    """Why a meeting cannot be then; None: it can."""
    why = _by_rule(start, end, wish, rules, now) or _by_clock(start, end, wish)
    if why is not None:
        return Rejection(start=start, end=end, why=why)
    return clash(start, end, rules, busy, at_a_place=wish.at_a_place)


def clash(
    start: datetime, end: datetime, rules: Availability, busy: BusyIndex, *, at_a_place: bool
) -> Rejection | None:
    """What stands in the calendar then, or so near that the buffer is gone."""
    # In UTC: two times of one zone compare by the wall clock, which says 2:30 twice a year.
    start, end = utc(start), utc(end)
    widest = max(rules.buffer, rules.travel)
    near = busy.between(start - widest, end + widest)
    inside = [one for one in near if one.start < end and start < one.end]
    hard = [one for one in inside if not one.tentative]
    for one in (*hard[:1], *inside[:1]):
        why = say("slot.clash_tentative" if one.tentative else "slot.clash", what=one.what)
        return Rejection(start=start, end=end, why=why, by=one, soft=one.tentative)
    for one in near:
        needed = max(rules.buffer, rules.travel if one.away or at_a_place else timedelta())
        if not one.all_day and start - needed < one.end and one.start < end + needed:
            minutes = int(needed / timedelta(minutes=1))
            why = say("slot.buffer", minutes=minutes, what=one.what)
            return Rejection(start=start, end=end, why=why, by=one, soft=one.tentative)
    return None


def _by_rule(
    start: datetime, end: datetime, wish: Wish, rules: Availability, now: datetime
) -> Said | None:
    here, till = start.astimezone(rules.tz), end.astimezone(rules.tz)
    return (
        _by_distance(start, rules, now) or _by_day(here, till, rules) or _by_wish(start, end, wish)
    )


def _by_distance(start: datetime, rules: Availability, now: datetime) -> Said | None:
    start = utc(start)
    if start < now + rules.notice:
        return say("slot.too_soon", hours=int(rules.notice / timedelta(hours=1)))
    if start > now + rules.horizon:
        return say("slot.too_far", days=rules.horizon.days)
    return None


def _by_day(here: datetime, till: datetime, rules: Availability) -> Said | None:
    if name := rules.holidays.get(here.date()):
        return say("slot.holiday", name=name)
    if till - here > timedelta(days=1) or not any(h.spans(here, till) for h in rules.hours):
        return say("slot.hours")
    if blocked := next((one for one in rules.never if one.touches(here, till)), None):
        return say("slot.never", why=blocked.why)
    return None


def _by_wish(start: datetime, end: datetime, wish: Wish) -> Said | None:
    start, end = utc(start), utc(end)
    if any(start < utc(last) and utc(first) < end for first, last in wish.excluded):
        return say("slot.excluded")
    return None


def _by_clock(start: datetime, end: datetime, wish: Wish) -> Said | None:
    for clock in wish.theirs:
        hours = Hours(days=frozenset(range(5)), opens=clock.opens, closes=clock.closes)
        zone = ZoneInfo(clock.zone)
        if not hours.spans(start.astimezone(zone), end.astimezone(zone)):
            there = start.astimezone(zone)
            return say("slot.their_night", zone=clock.zone, at=f"{there:%a %H:%M}")
    return None


def _starts(wish: Wish, rules: Availability, now: datetime) -> Iterator[datetime]:
    """Every start that is on the grid, by the clock of the rules; an hour that is not there
    in spring is left out, one that is there twice in autumn is looked at twice.
    """
    first, last = utc(now), utc(now) + rules.horizon
    windows = [(max(utc(a), first), min(utc(b), last)) for a, b in wish.windows]
    seen: set[datetime] = set()
    for begins, ends in windows or [(first, last)]:
        for day in _days(begins.astimezone(rules.tz).date(), ends.astimezone(rules.tz).date()):
            for start in _on_day(day, rules):
                at = start.astimezone(UTC)
                if begins <= at and at + wish.length <= ends and at not in seen:
                    seen.add(at)
                    yield start


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(min((last - first).days + 1, _MOST_DAYS)):
        yield first + timedelta(days=number)


def _on_day(day: date, rules: Availability) -> Iterator[datetime]:
    tz, step = rules.tz, rules.step
    midnight = datetime.combine(day, time(), tz)
    grid = [midnight + number * step for number in range(int(timedelta(days=1) / step))]
    if midnight.utcoffset() == (midnight + timedelta(days=1)).utcoffset() == grid[-1].utcoffset():
        yield from grid
        return
    for start in grid:  # a day on which the clocks are changed
        for there in dict.fromkeys(start.replace(fold=fold).astimezone(UTC) for fold in (0, 1)):
            back = there.astimezone(tz)
            if back.replace(tzinfo=None, fold=0) == start.replace(tzinfo=None, fold=0):
                yield back


def _chosen(
    good: list[tuple[datetime, datetime]], rules: Availability
) -> tuple[tuple[datetime, datetime], ...]:
    """Preferred times first; of each day one, before a second of any."""
    ordered = sorted(good, key=lambda slot: (not rules.prefers(slot[0]), utc(slot[0])))
    taken: dict[date, int] = {}
    rounds = []
    for slot in ordered:
        day = slot[0].astimezone(rules.tz).date()
        rounds.append((taken.get(day, 0), slot))
        taken[day] = taken.get(day, 0) + 1
    best = [slot for _, slot in sorted(rounds, key=lambda one: one[0])][: rules.offers]
    return tuple(sorted(best, key=lambda slot: utc(slot[0])))
