"""Mail hosts that are known, so that nobody has to look up server names."""

from typing import Literal
from urllib.parse import quote

from pydantic import Field

from connectors.oauth import Provider as SignIn
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


Known = Literal["measured", "documented", "assumed"]


class Fact(Value):
    """One thing about a host, how it is known, and from where."""

    says: str
    known: Known
    source: str


class Provider(Value):
    """One mail host of config/providers.toml."""

    name: str
    domains: tuple[str, ...]
    mx: tuple[str, ...]
    imap: Server
    smtp: Server
    hint: str  # what a person has to do there first
    login: Literal["password", "google", "microsoft"] = "password"
    limits: tuple[Fact, ...] = ()
    survives: dict[Literal["plus_tags", "message_id", "subject", "signature"], Fact] = Field(
        default_factory=dict
    )


def provider_of(address: str) -> Provider | None:
    """The known host of an address, by its domain."""
    domain = address.rpartition("@")[2].lower()
    rows = read_toml(shipped("config") / "providers.toml")["provider"]
    known = (Provider.model_validate(row) for row in rows)
    return next((provider for provider in known if domain in provider.domains), None)


def sign_in(name: str, tenant: str = "") -> SignIn:
    """Where a provider's sign-in is; Microsoft's is the directory's own."""
    row = read_toml(shipped("config") / "providers.toml")["sign_in"][name]
    doors = {key: _in_tenant(value, tenant) for key, value in row.items()}
    return SignIn.model_validate({"name": name, **doors})


def _in_tenant(value: object, tenant: str) -> object:
    return value.replace("{tenant}", quote(tenant, safe="")) if isinstance(value, str) else value


def shipped_marks() -> tuple[Marks, ...]:
    """The forms in which receiving servers vouch for a sender."""
    rows = read_toml(shipped("config") / "providers.toml")["marks"]
    return tuple(Marks.model_validate(row) for row in rows)
