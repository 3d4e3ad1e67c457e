"""Mail hosts that are known, so that nobody has to look up server names."""

import re
from collections.abc import Callable
from typing import Literal, cast
from urllib.parse import quote

from pydantic import Field

from connectors.oauth import Provider as SignIn
from mailagent.core.marks import Marks
from mailagent.core.value import Value
from mailagent.settings.files import read_toml
from mailagent.settings.servers import Port, Security
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


def provider_of(address: str, mx_of: Callable[[str], str] = lambda _: "") -> Provider | None:
    """The known host of an address, by its domain, else by the host that takes its mail."""
    domain = address.rpartition("@")[2].lower()
    rows = read_toml(shipped("config") / "providers.toml")["provider"]
    known = [Provider.model_validate(row) for row in rows]
    named = next((provider for provider in known if domain in provider.domains), None)
    if named or not (host := mx_of(domain).rstrip(".").lower()):
        return named
    return next((p for p in known if any(f".{host}".endswith(f".{mx}") for mx in p.mx)), None)


def server_at(usual: int) -> Callable[[str], Server]:
    """HOST[:PORT] as people type it; what protects the line follows from the port."""

    def take(text: str) -> Server:
        host, colon, port = text.partition(":")
        number = int(port) if port.isdigit() else usual
        if not re.fullmatch(r"[A-Za-z0-9.-]+", host) or (colon and not port.isdigit()):
            raise ValueError(f"{text!r} is no server: it looks like imap.your.company")
        plain = "tls" if number in (993, 465) else "starttls"
        return Server(host=host, port=number, security=cast("Security", plain))

    return take


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
