"""Companies and the people who decide for them."""

from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from mailagent.core.bridge import BridgeRules
from mailagent.core.money import Money
from mailagent.core.private import PrivateRule
from mailagent.core.value import Value

# So many mails in a row that carried a live token of the person and not the pinned proof.
_LOST = 2


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
    marks: str = ""  # server: their form in providers.toml; empty: Authentication-Results
    tenant: str = ""  # server: whose inside the marks must say the mail comes from

    @property
    def by(self) -> str:
        """Whose word it is, where a server vouches: its name, or the tenant's."""
        return self.tenant or self.authserv_id


class Address(Value):
    """An address of a person, lower case, with its pinned proof; without one it decides nothing."""

    address: str
    pin: Pin | None = None


class Arriving(Value):
    """Whether the pinned proof of an address still arrives with what is sent from it."""

    address: str
    held_at: datetime | None = None  # when it last did
    missed: int = 0  # how often in a row it did not since then
    why: str = ""

    @property
    def is_lost(self) -> bool:
        """Once is a forger, or a mail by another way; again and again it is the pin."""
        return self.missed >= _LOST


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
    place: int = 0  # among the people of the settings: where nobody is named, the first is asked

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


class Us(Value):
    """Who we are, as readers need it: bills are addressed to us."""

    name: str = ""
    vat_ids: tuple[str, ...] = ()
    private: tuple[PrivateRule, ...] = ()  # what is nobody's business, beside what is shipped


NOBODY = Us()


class Company(Value):
    """One client's world. Its people live in the store, where enrolment pins their proofs."""

    id: str
    name: str
    domain: str
    ops_address: str
    currency: str = "EUR"
    country: str = ""
    vat_ids: tuple[str, ...] = ()
    trade_names: tuple[str, ...] = ()  # by which bills may name it as well
    plus_tags: bool = True  # measured: mail to ops+tag@ arrives
    assistant_name: str = "mailagent"
    bridge: BridgeRules = BridgeRules()  # where approved bills are handed to
    bookkeeper: str = ""  # who gets the month pack
    private: tuple[PrivateRule, ...] = ()

    def foreign_domain(self, sender: str) -> str:
        """The domain that a mail came from; empty for our own."""
        theirs, ours = parseaddr(sender)[1].lower().rpartition("@")[2], self.domain.lower()
        return "" if theirs == ours or theirs.endswith(f".{ours}") else theirs

    @property
    def us(self) -> Us:
        """As a reader needs it."""
        return Us(name=self.name, vat_ids=self.vat_ids, private=self.private)
