"""Companies and the people who decide for them."""

from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from mailagent.core.money import Money
from mailagent.core.value import Value


class Proof(StrEnum):
    """How a mail from an address is known to be genuine (GATES, G5)."""

    DKIM = "dkim"
    SERVER = "server"
    CODE = "code"


class Pin(Value):
    """The one proof accepted for one address, measured at enrolment."""

    method: Proof
    domain: str = ""  # dkim: the exact d=; server: the domain dmarc must pass for
    authserv_id: str = ""  # server: who wrote the topmost Authentication-Results
    login: str = ""  # server: the login that auth=pass must name


class Address(Value):
    """An address of a person, lower case, with its pinned proof; without one it decides nothing."""

    address: str
    pin: Pin | None = None


class Person(Value):
    """A human the agent listens to."""

    id: str
    name: str
    addresses: tuple[Address, ...]
    language: Literal["en", "de"] = "en"
    locale: str = "en_GB"
    timezone: str = "UTC"
    limit: Money | None = None
    substitute: str | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone this person lives in."""
        return ZoneInfo(self.timezone)

    @property
    def main_address(self) -> str:
        """Where mail to this person goes."""
        return self.addresses[0].address

    def address(self, address: str) -> Address | None:
        """This person's entry for an address, ASCII case ignored."""
        wanted = address.lower()
        return next((a for a in self.addresses if a.address == wanted), None)


class Company(Value):
    """One client's world. Its people live in the store, where enrolment pins their proofs."""

    id: str
    name: str
    domain: str
    ops_address: str
    currency: str = "EUR"
    country: str = ""
    vat_ids: tuple[str, ...] = ()
    plus_tags: bool = True  # measured: mail to ops+tag@ arrives
    assistant_name: str = "mailagent"
