"""By whose clock a mail's times are told."""

import re
import tomllib
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from mailagent.core.cover import Cover
from parsers.meeting.cues import fold
from parsers.values.zones import name_of, zone_displayed, zone_named, zone_of

# One zone for each way that clocks are changed, where most business is done first.
_OF_PLACE = re.compile(
    r"\b(?:heure d[e']|hora d[ea]l?|ora d[i']|ortszeit|uhrzeit in|time in|tijd in)\s*"
    r"([a-z][a-z .-]{1,24}?)(?=[\s,;.!?)]|$)(?:\s([a-z]+))?"
    r"|\b([a-z][a-z-]{1,20}(?:\s[a-z-]{2,20})?)[ -](?:time|zeit|tijd)\b"
)


class Clock(NamedTuple):
    """The sender's zone, and others that may be theirs as well."""

    zone: tzinfo
    others: tuple[tzinfo, ...] = ()

    @property
    def name(self) -> str:
        """An IANA name, or `+02:00`."""
        return zone_name(self.zone)


def zone_name(zone: tzinfo) -> str:
    """An IANA name, or `+02:00`."""
    offset = zone.utcoffset(None)
    return name_of(zone) or (_signed(offset) if offset is not None else "UTC")


def _signed(offset: timedelta) -> str:
    minutes = int(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def clock_of(cover: Cover) -> Clock:
    """By the Date of the mail, the sender's address, and where the reader lives.

    Many servers write every Date in UTC: that says nothing.
    """
    home = zone_of(cover.home) or UTC
    country = zone_of(_table()["countries"].get(cover.address.rpartition(".")[2], ""))
    if cover.date is None:
        return Clock(country or home)
    offset = cover.date.utcoffset()
    if offset == cover.date.astimezone(home).utcoffset():
        return Clock(home)
    if country is not None and offset in {timedelta(), _offset(country, cover.date)}:
        return Clock(country)
    if not offset:
        return Clock(home, (zone_of("Europe/London") or UTC, UTC))
    places = map(zone_of, _table()["places"])
    there = [zone for zone in places if zone and _offset(zone, cover.date) == offset]
    if not there:
        return Clock(cover.date.tzinfo or UTC)
    return Clock(there[0], tuple(there[1:]))


def _offset(zone: tzinfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def zone_said(text: str) -> tzinfo | None:
    """`London time`, `heure de Paris`, `Berliner Zeit`."""
    for found in _OF_PLACE.finditer(fold(text)):
        named = found[1] or found[3] or ""
        words = named.split()
        for name in (f"{named} {found[2] or ''}".strip(), named, *words[-1:]):
            zone = _city(name.removeprefix("l'"))
            if zone is not None:
                return zone
    return None


def _city(name: str) -> tzinfo | None:
    """By the city's name, also as `Berliner` and `Londense`."""
    translated = _table()["cities"].get(name, name)
    for spelled in (translated, translated.removesuffix("er"), translated.removesuffix("se")):
        if len(spelled) > 2 and (zone := zone_displayed(spelled) or zone_named(spelled)):
            return zone
    return None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("parsers.meeting") / "clocks.toml").read_text("utf-8"))


def differing(moment: datetime, clock: Clock) -> tuple[datetime, ...]:
    """The same words by the other clocks, where they mean another moment."""
    wall = moment.replace(tzinfo=None)
    moments = [wall.replace(tzinfo=zone) for zone in clock.others]
    return tuple(
        dict.fromkeys(one for one in moments if one.astimezone(UTC) != moment.astimezone(UTC))
    )


def twice(moment: datetime) -> tuple[datetime, ...]:
    """The other moment where the clocks change: that hour is there twice, or not at all."""
    other = moment.replace(fold=1 - moment.fold)
    if other.utcoffset() == moment.utcoffset():
        return ()
    return (other.astimezone(UTC).astimezone(moment.tzinfo),)
