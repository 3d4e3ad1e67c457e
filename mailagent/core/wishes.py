"""`mode bills standing 500 EUR Nordlicht`: what somebody wants of a mode."""

import re
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.modes import Mode
from mailagent.core.money import Money

_AMOUNT = re.compile(
    r"(?:(?P<before>[A-Z]{3})\s*)?(?P<n>\d{1,9}(?:\.\d{1,2})?)\s*(?P<after>[A-Z]{3})?"
)
_BETWEEN = frozenset({"for", "up", "to", "until", "each", "für", "bis", "je"})


class Wish(NamedTuple):
    """As it was written; what is empty was not said."""

    task: str = ""
    mode: str = ""
    kind: str = ""  # of document; empty: every kind of the task
    most: Money | None = None
    vendor: str = ""


def wished(words: str) -> Wish:
    """The task, the mode, and for a standing approval up to how much, and whose."""
    parts = words.replace(":", " ").replace("/", " ").split()
    at = next((n for n, word in enumerate(parts) if n and mode_called(word.lower())), 1)
    task, mode = (*parts[:1], "")[0], (*parts[at : at + 1], "")[0]
    kind, rest = "_".join(parts[1:at]).lower().replace("-", "_"), " ".join(parts[at + 1 :])
    found = next((m for m in _AMOUNT.finditer(rest) if m["before"] or m["after"]), None)
    left = rest[: found.start()] + rest[found.end() :] if found else rest
    vendor = " ".join(word for word in left.split() if word.lower() not in _BETWEEN)
    return Wish(task.lower(), mode.lower(), kind, _money(found), vendor)


def _money(found: re.Match[str] | None) -> Money | None:
    if found is None:
        return None
    return Money(amount=Decimal(found["n"]), currency=found["before"] or found["after"])


def mode_called(word: str) -> Mode | None:
    """None: there is no such mode."""
    return Mode(word) if word in set(Mode) else None
