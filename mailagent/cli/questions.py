"""What `init` asks, and what it does not take for an answer."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from mailagent.core.errors import ConfigInvalid

T = TypeVar("T")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NAMED = re.compile(r"\s*(?P<name>[^<>@]*?)\s*<?(?P<address>[^\s<>]+@[^\s<>]+)>?\s*")


def answer(
    given: str, option: str, question: str, take: Callable[[str], T], default: str | None = None
) -> T:
    """What was given or is typed, as soon as it is one: a wrong one is asked for again."""
    if given:
        return _taken(take, given, option)
    if not sys.stdin.isatty():
        if default:
            return _taken(take, default, option)
        raise ConfigInvalid(f"{option} is missing", advice="Give it, or run this in a terminal.")
    while True:
        try:
            return take(str(typer.prompt(question, default=default)).strip())
        except ValueError as error:
            typer.echo(f"  {error}")


def _taken(take: Callable[[str], T], given: str, option: str) -> T:
    try:
        return take(given.strip())
    except ValueError as error:
        raise ConfigInvalid(f"{option}: {error}", advice="Give another.") from None


def address(text: str) -> str:
    """One address, and nothing else."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"{text!r} is no address: it looks like ops@your.company")
    return text.lower()


def person(text: str) -> tuple[str, str]:
    """Name and address, as `Ann Lee <ann@acme.example>`; an address alone names its owner."""
    found = _NAMED.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} has no address: it looks like Ann Lee <ann@your.company>")
    at = address(found["address"])
    name = found["name"].strip(" ,\"'") or at.partition("@")[0].replace(".", " ").title()
    return name, at


def person_beside(ops: str) -> Callable[[str], tuple[str, str]]:
    """A person whose address is not the agent's own."""

    def other(text: str) -> tuple[str, str]:
        found = person(text)
        if found[1] == ops:
            raise ValueError(f"{ops} is the agent's own: where does the person read mail?")
        return found

    return other


def may_write(folder: Path) -> None:
    """Before anything is asked: whether the answers could be kept there at all."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        raise unwritable(folder, NotADirectoryError(20, f"{there} is a file"))
    if not os.access(there, os.W_OK | os.X_OK):
        raise unwritable(folder, PermissionError(13, f"you may not write in {there}"))


def unwritable(folder: Path, error: OSError) -> ConfigInvalid:
    """What stands in the way of a home there, and what to do."""
    why = error.strerror or type(error).__name__
    return ConfigInvalid(
        f"{folder} cannot be written: {why}",
        advice="Mend that, or name another folder: `mailagent init --home FOLDER`.",
    )


def name(text: str) -> str:
    """Of a company: some letters, and no address."""
    if not any(letter.isalpha() for letter in text) or "@" in text:
        raise ValueError(f"{text!r} is no name")
    return text


def country(text: str) -> str:
    """Two letters, as on number plates of the internet."""
    from babel import Locale

    code = {"UK": "GB"}.get(text.upper(), text.upper())
    if code not in Locale("en").territories or not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(f"{text!r} is no country: two letters, as DE, GB or US")
    return code


def timezone(text: str) -> str:
    """As the world's table has it."""
    from zoneinfo import ZoneInfo

    try:
        return str(ZoneInfo(text))
    except (ValueError, OSError, LookupError):
        raise ValueError(f"{text!r} is no time zone: it looks like Europe/Berlin") from None


def currency_of(land: str) -> str:
    """What is paid with there."""
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(land)
    return str(found[-1]) if found else "EUR"


def country_of(zone: str, domain: str) -> str:
    """A guess, offered as the default: by the domain, else by the time zone."""
    end = domain.rpartition(".")[2].upper()
    try:
        return country(end)
    except ValueError:
        return _OF_ZONES.get(zone, "")


def zone_of(land: str, here: str) -> str:
    """This machine's, unless that is the UTC of a server: then the country's."""
    if here not in _OF_A_SERVER:
        return here
    return next((zone for zone, country in _OF_ZONES.items() if country == land), here)


_OF_A_SERVER = frozenset(("UTC", "Etc/UTC", "Etc/UCT", "Etc/GMT", "GMT", "Universal", "Zulu"))
_OF_ZONES = {
    "Europe/Berlin": "DE",
    "Europe/Vienna": "AT",
    "Europe/Zurich": "CH",
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
    "Europe/Paris": "FR",
    "Europe/Madrid": "ES",
    "Europe/Rome": "IT",
    "Europe/Amsterdam": "NL",
    "Europe/Brussels": "BE",
    "Europe/Lisbon": "PT",
    "America/New_York": "US",
    "America/Chicago": "US",
    "America/Denver": "US",
    "America/Los_Angeles": "US",
    "America/Toronto": "CA",
    "Australia/Sydney": "AU",
}
