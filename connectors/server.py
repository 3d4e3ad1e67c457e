"""Where a mail server is, how to reach it safely, and who we are there."""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from mailagent.core.errors import ConfigInvalid

_GREETS_TO_SEND = "unexpected response: b'220"  # as imaplib quotes the greeting of SMTP
_SENDS = "what answers at that port sends mail; mail is read at another one, mostly 993 or 143"


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "none"  # loopback only, or where no password is given


@dataclass(frozen=True, kw_only=True)
class Server:
    """One account on one server."""

    host: str
    port: int
    security: Security
    login: str
    password: str = field(repr=False)
    # Gives a token to sign in with instead of a password (XOAUTH2); never the one it is told the
    # server has just refused. Blocks.
    token: Callable[[str], str] | None = field(default=None, repr=False)
    ca: Path | None = None  # PEM; None: what the system trusts
    connect_timeout: float = 15.0
    read_timeout: float = 60.0

    def __post_init__(self) -> None:
        if (
            self.security is Security.PLAIN
            and (self.password or self.token)
            and not is_loopback(self.host)
        ):
            raise ConfigInvalid(
                f"An unprotected connection to {self.host} would show the password to the network",
                advice='Use security = "tls" (or "starttls").',
            )

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def tls(self) -> ssl.SSLContext:
        """Checks certificate and name; there is no way around that."""
        return ssl.create_default_context(cafile=self.ca)


def is_open(url: str) -> bool:
    """Whether what is sent there can be read on the way."""
    parts = urlsplit(url)
    return parts.scheme != "https" and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether nothing sent there leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def in_words(error: BaseException) -> str:
    """Why nobody could be reached, for who has to mend it."""
    match error:
        case socket.gaierror():
            return "no address is known for that name"
        case ConnectionRefusedError():
            return "nobody listens at that port"
        case TimeoutError():
            return "it does not answer"
        case ssl.SSLError(reason="WRONG_VERSION_NUMBER" | "RECORD_LAYER_FAILURE"):
            return "it does not speak TLS at that port"
        case OSError(strerror=str(said)):
            return said
        case _:
            said = str(error) or type(error).__name__
            return _SENDS if _GREETS_TO_SEND in said else said
