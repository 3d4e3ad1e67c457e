"""Mail hosts that are known, so that nobody has to look up server names."""

from mailagent.core.marks import Marks
from mailagent.core.value import Value
from mailagent.settings.files import read_toml
from mailagent.settings.model import Port, Security
from mailagent.shipped import shipped


class Server(Value):
    """Where to connect."""

    host: str
    port: Port
    security: Security = "tls"


class Provider(Value):
    """One mail host of config/providers.toml."""

    name: str
    domains: tuple[str, ...]
    mx: tuple[str, ...]
    imap: Server
    smtp: Server
    hint: str  # what a person has to do there first


def provider_of(address: str) -> Provider | None:
    """The known host of an address, by its domain."""
    domain = address.rpartition("@")[2].lower()
    rows = read_toml(shipped("config") / "providers.toml")["provider"]
    known = (Provider.model_validate(row) for row in rows)
    return next((provider for provider in known if domain in provider.domains), None)


def shipped_marks() -> tuple[Marks, ...]:
    """The forms in which receiving servers vouch for a sender."""
    rows = read_toml(shipped("config") / "providers.toml")["marks"]
    return tuple(Marks.model_validate(row) for row in rows)
