"""Rules of repetition: which are followed, and how far.

A rule may name a billion repetitions, or days that never come, and whoever follows it never
returns. What is followed is decided before, from the rule's own words.
"""

import re
from datetime import datetime, timedelta
from math import gcd

from dateutil.rrule import rrulestr
from icalendar.prop import vRecur

STEPS = 20_000  # that may be taken from the start of a rule to the end of what is asked
_PARTS = frozenset(vRecur.canonical_order) - {"RSCALE", "SKIP", "BYWEEKDAY"}
_LISTS = ("BYSECOND", "BYMINUTE", "BYHOUR")
_PERIOD = {
    "SECONDLY": timedelta(seconds=1),
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "MONTHLY": timedelta(days=28),
    "YEARLY": timedelta(days=365),
}
_BYDAY = "([+-]?[1-5]?[0-9])?(MO|TU|WE|TH|FR|SA|SU)"
_ZEROTH = re.compile(r"(?<!\d)[+-]?0+(?=[A-Z])")  # Exchange counts no Monday as "0MO"
_BY_THE_CLOCK = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_VALUE = {
    "FREQ": re.compile("|".join(_PERIOD)),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "COUNT": re.compile(r"[1-9]\d{0,8}"),
    "INTERVAL": re.compile(r"[1-9]\d{0,3}"),
    "BYDAY": re.compile(rf"{_BYDAY}(,{_BYDAY}){{0,60}}"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
_NUMBERS = re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3}){0,400}")
# What may narrow a rule: with more, it may look for a day through eight thousand years.
_NARROWED_BY = {
    "DAILY": frozenset({"BYDAY", "BYMONTH"}),
    "WEEKLY": frozenset({"BYDAY", "BYMONTH", "BYSETPOS"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"}),
}
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def clean_rule(text: str) -> str | None:
    """A rule in one spelling; None where it is none."""
    parts: dict[str, str] = {}
    for piece in text.upper().replace(" ", "").split(";")[:30]:
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            continue
        if name == "BYWEEKDAY":
            name = "BYDAY"
        value = _respelled(name, value)
        if name in _PARTS and _VALUE.get(name, _NUMBERS).fullmatch(value):
            parts[name] = value
        elif name in _PARTS:
            return None
    if "FREQ" not in parts:
        return None
    if "UNTIL" in parts:  # only one of both is allowed
        parts.pop("COUNT", None)
    return ";".join(f"{name}={parts[name]}" for name in vRecur.canonical_order if name in parts)


def _respelled(name: str, value: str) -> str:
    if name == "UNTIL":
        return value.replace("-", "").replace(":", "")
    return _ZEROTH.sub("", value) if name == "BYDAY" else value


def is_followed(rule: str, start: datetime, last: datetime, *, all_day: bool = False) -> bool:
    """Whether all repetitions until `last` can be found in a bounded number of steps."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if all_day and (parts["FREQ"] in _BY_THE_CLOCK or set(_LISTS) & set(parts)):
        return False
    each = 1
    for name in _LISTS:
        each *= len(parts.get(name, "0").split(","))
    period = _PERIOD[parts["FREQ"]] * int(parts.get("INTERVAL", 1))
    steps = max((last - start) / period, 1) * each
    return steps <= STEPS and _comes_true(parts, start) and _is_rule(parts, start)


def _comes_true(parts: dict[str, str], start: datetime) -> bool:
    """Not the 30th of February, not every 14th day if it is another weekday."""
    often, interval = parts["FREQ"], int(parts.get("INTERVAL", 1))
    narrowing = {name for name in parts if name.startswith("BY")} - set(_LISTS)
    if not narrowing <= _NARROWED_BY.get(often, frozenset()) or not _days_exist(parts):
        return False
    if often == "DAILY" and "BYDAY" in parts and interval % 7 == 0:
        return _WEEKDAYS[start.weekday()] in parts["BYDAY"]
    if often == "MONTHLY" and "BYMONTH" in parts:
        step = gcd(interval, 12)
        if not any((month - start.month) % step == 0 for month in _numbers(parts, "BYMONTH")):
            return False
    picked = max(map(abs, _numbers(parts, "BYSETPOS")), default=0)
    return picked <= _set_size(parts)


def _days_exist(parts: dict[str, str]) -> bool:
    months = _numbers(parts, "BYMONTH") or [*range(1, 13)]
    days = _numbers(parts, "BYMONTHDAY") or [1]
    weeks = [abs(int(one[:-2] or 1)) for one in parts.get("BYDAY", "").split(",") if one]
    alone = not ({"BYWEEKNO", "BYYEARDAY"} & set(parts)) or not (
        {"BYMONTH", "BYMONTHDAY"} & set(parts)
    )
    return (
        alone
        and all(1 <= month <= 12 for month in months)
        and any(abs(day) <= _LONGEST_MONTH[month - 1] for day in days for month in months)
        and all(week <= 5 for week in weeks)
        and all(1 <= abs(week) <= 53 for week in _numbers(parts, "BYWEEKNO"))
        and all(1 <= abs(day) <= 366 for day in _numbers(parts, "BYYEARDAY"))
    )


def _set_size(parts: dict[str, str]) -> int:
    """How many days there are at least, most of the time, to pick from."""
    days = parts.get("BYDAY", "").split(",")
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        return 1
    if "BYMONTHDAY" in parts:
        return len(_numbers(parts, "BYMONTHDAY"))
    return len(days) if parts["FREQ"] == "WEEKLY" else 4 * len(days)


def _is_rule(parts: dict[str, str], start: datetime) -> bool:
    try:
        rrulestr(";".join(f"{k}={v}" for k, v in parts.items() if k != "UNTIL"), dtstart=start)
    except ValueError:  # BYHOUR=77; every 5 hours, but only at one that never comes
        return False
    return True


def _numbers(parts: dict[str, str], name: str) -> list[int]:
    return [int(one) for one in parts.get(name, "").split(",") if one]
