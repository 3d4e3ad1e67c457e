"""Time zones by whatever name they are told: IANA, Windows, Outlook's display names, CET."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_LONGEST = 200  # characters of a name
_OFFSET = re.compile(r"\(?(?:utc|gmt|z)? ?([+-]) ?(\d{1,2})(?:[:.]?(\d\d))?\)?")
_STANDARD = datetime(2026, 1, 15, 12, tzinfo=UTC)
_SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
# The letters people write after an hour. A standard and a summer name mean the same place: who
# writes "3pm EST" in July hardly ever means New York's winter.
ABBREVIATIONS = {
    "utc": "UTC", "gmt": "Etc/GMT", "z": "UTC", "zulu": "UTC",
    "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "bst": "Europe/London",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin", "hnec": "Europe/Paris", "heec": "Europe/Paris",
    "eet": "Europe/Athens", "eest": "Europe/Athens", "msk": "Europe/Moscow",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
    "ast": "America/Halifax", "adt": "America/Halifax", "brt": "America/Sao_Paulo",
    "ist": "Asia/Kolkata", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore", "gst": "Asia/Dubai", "sast": "Africa/Johannesburg",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "awst": "Australia/Perth",
    "acst": "Australia/Adelaide", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
# What display names say where the IANA name has another city.
_PLACES = {
    "coordinated universal time": "UTC", "universal": "UTC", "greenwich mean time": "Europe/London",
    "eastern time": "America/New_York", "eastern": "America/New_York",
    "central time": "America/Chicago", "central": "America/Chicago",
    "mountain time": "America/Denver", "mountain": "America/Denver",
    "pacific time": "America/Los_Angeles", "pacific": "America/Los_Angeles",
    "atlantic time": "America/Halifax", "newfoundland": "America/St_Johns",
    "arizona": "America/Phoenix", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
    "indiana": "America/Indiana/Indianapolis", "baja california": "America/Tijuana",
    "central america": "America/Guatemala", "saskatchewan": "America/Regina",
    "guadalajara": "America/Mexico_City", "chihuahua": "America/Chihuahua",
    "brasilia": "America/Sao_Paulo", "georgetown": "America/Guyana", "rio": "America/Sao_Paulo",
    "edinburgh": "Europe/London", "bern": "Europe/Zurich", "st. petersburg": "Europe/Moscow",
    "western/central europe": "Europe/Berlin", "western europe": "Europe/London",
    "central europe": "Europe/Berlin", "eastern europe": "Europe/Athens",
    "west central africa": "Africa/Lagos", "pretoria": "Africa/Johannesburg",
    "harare": "Africa/Harare", "abu dhabi": "Asia/Dubai", "tbilisi": "Asia/Tbilisi",
    "islamabad": "Asia/Karachi", "new delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "chennai": "Asia/Kolkata", "kolkata": "Asia/Kolkata", "beijing": "Asia/Shanghai",
    "hanoi": "Asia/Bangkok", "osaka": "Asia/Tokyo", "sapporo": "Asia/Tokyo",
    "canberra": "Australia/Sydney", "wellington": "Pacific/Auckland",
}  # fmt: skip


@lru_cache(maxsize=512)
def zone_named(name: str) -> tzinfo | None:
    """The zone that has this name with IANA, with Windows or in letters."""
    plain = _plain(name)
    for key in (plain, *_endings(plain)):
        iana = _iana().get(key) or ABBREVIATIONS.get(key)
        if iana:
            return zone_of(iana)
    return None


@lru_cache(maxsize=512)
def zone_displayed(name: str) -> tzinfo | None:
    """`(UTC+01:00) Amsterdam, Berlin, Bern`: the first city whose winter agrees, or the offset."""
    plain = _plain(name)
    offset = offset_named(plain)
    words = plain.partition(")")[2] if plain.startswith("(") and ")" in plain else plain
    for place in re.split(r"[,;/:(&]| and | - ", words):
        iana = _cities().get(place.strip(" )\\"))
        zone = zone_of(iana) if iana else None
        if zone and (offset is None or offset == winter_offset(zone)):
            return zone
    return fixed(offset) if offset is not None else None


def zone_of(iana: str) -> tzinfo | None:
    """The zone of this IANA name."""
    try:
        return ZoneInfo(iana)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that is none, or a path
        return None


def name_of(zone: tzinfo | None) -> str:
    """The IANA name; empty for a bare offset."""
    key = zone.key if isinstance(zone, ZoneInfo) else ""
    return "UTC" if zone is UTC or key == "Etc/UTC" else key


def offset_named(text: str) -> timedelta | None:
    """`UTC+2`, `GMT-03:30`, `(UTC+01:00)`, `+0200`."""
    found = _OFFSET.match(text)
    if found is None or (not found[3] and not text.startswith(("(", "utc", "gmt"))):
        return None
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if found[1] == "-" else offset


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name[:_LONGEST]).casefold()
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    return " ".join(letters.replace("\u2212", "-").split()).strip("\"'/ ")


def _endings(name: str) -> list[str]:
    """`freeassociation.sourceforge.net/tzfile/europe/berlin`: the longest ending first."""
    parts = name.replace("://", "/").split("/")
    return ["/".join(parts[at:]) for at in range(1, len(parts))][:6]


@lru_cache(maxsize=1)
def _iana() -> dict[str, str]:
    names = {name.casefold(): name for name in sorted(available_timezones())}
    return names | {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    cities: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if name.count("/") and not name.startswith(("Etc/", "SystemV/", "posix", "right")):
            cities.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), name)
    return cities | _PLACES


def winter_offset(zone: tzinfo) -> timedelta | None:
    """The offset without summer time, on either side of the equator."""
    both = [_STANDARD.astimezone(zone).utcoffset(), _SUMMER.astimezone(zone).utcoffset()]
    return min((one for one in both if one is not None), default=None)
