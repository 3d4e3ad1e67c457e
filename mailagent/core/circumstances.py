"""What surrounds a proposal when rules look at it: who sent it, who is asked, what day it is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from mailagent.core.people import Person
from mailagent.core.value import Value

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Circumstances(Value):
    """Kept with the verdict, so that other rules can be tried on the same case later."""

    sender: str = ""  # the address that the mail says it comes from
    signed_by: str = ""  # the domain that signed for it
    person: str = ""  # who is asked
    weekday: str = ""  # where that person lives
    failing: dict[str, int] = {}  # by capability: so many of the last calls in a row failed


def around(
    sender: str,
    signed_by: str,
    person: Person,
    now: datetime,
    failing: Mapping[str, int] = MappingProxyType({}),
) -> Circumstances:
    """As they are now."""
    day = WEEKDAYS[now.astimezone(person.zone).weekday()]
    return Circumstances(
        sender=sender.lower(),
        signed_by=signed_by.lower(),
        person=person.id,
        weekday=day,
        failing=dict(failing),
    )


def address_in(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip("> ").lower()
