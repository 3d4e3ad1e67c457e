"""A connection to an IMAP server, and its driver's errors in our words."""

import imaplib
import io
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from connectors.server import Security, Server, in_words
from mailagent.core.errors import MailboxRefused, MailboxUnavailable

# RFC 5530: the server refuses the login for now, not this password.
_FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")

_GULP = 1 << 16


@contextmanager
def imap_errors(server: Server) -> Iterator[None]:
    """What goes wrong between us and the server, as MailboxUnavailable or MailboxRefused."""
    try:
        yield
    except LoginError as error:
        if _is_for_now(error):
            raise MailboxUnavailable(f"{server} does not let us in for now: {error}") from error
        raise MailboxRefused(f"{server} refused the login of {server.login}: {error}") from error
    except ssl.SSLCertVerificationError as error:
        raise MailboxUnavailable(
            f"The certificate of {server} cannot be trusted: {error.verify_message}",
            advice="Check the host name; for a private authority, give its certificate as `ca`.",
        ) from error
    except (IMAPClientError, OSError) as error:
        raise MailboxUnavailable(
            f"The mail server {server} cannot be used: {in_words(error)}"
        ) from error


def _is_for_now(error: LoginError) -> bool:
    # imapclient turns a connection that broke during the login into a LoginError, too.
    broke = isinstance(error.__context__, IMAPClientAbortError)
    return broke or any(code in str(error).upper() for code in _FOR_NOW)


def connect(server: Server) -> IMAPClient:
    """A connection that is logged in."""
    at_once = server.security is Security.TLS
    client = IMAPClient(
        server.host,
        server.port,
        ssl=at_once,
        ssl_context=server.tls() if at_once else None,
        timeout=SocketTimeout(server.connect_timeout, server.read_timeout),
    )
    try:
        # The driver sends some commands in two pieces; the second would wait 40 ms for an ACK.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _log_in(client, server)
    except (IMAPClientError, OSError):
        hang_up(client)
        raise
    client.normalise_times = False  # aware times
    _read_in_gulps(client)
    return client


class _Raw(io.RawIOBase):
    """What comes over TLS, without the four calls in Python that a socket's own file makes."""

    def __init__(self, secure: ssl.SSLSocket) -> None:
        self._secure = secure

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._secure.read(len(buffer), buffer)  # type: ignore[return-value]  # the count


def _read_in_gulps(client: IMAPClient) -> None:
    """Between two commands, when nothing waits in the file that is replaced."""
    driver = client._imap  # noqa: SLF001 - the driver offers no other way
    if isinstance(driver.sock, ssl.SSLSocket):
        driver.file = io.BufferedReader(_Raw(driver.sock), _GULP)


def _log_in(client: IMAPClient, server: Server) -> None:
    if server.security is Security.STARTTLS:
        client.starttls(server.tls())
    if server.token is not None:
        _log_in_with_token(client, server, server.token)
    elif client.has_capability("AUTH=PLAIN"):  # LOGIN cannot carry letters beyond ASCII
        client.plain_login(server.login, server.password)
    else:
        client.login(server.login, server.password)


def _log_in_with_token(client: IMAPClient, server: Server, token: Callable[[str], str]) -> None:
    """A token that ended a moment ago, or was taken back, is exchanged once."""
    first = token("")
    try:
        client.oauth2_login(server.login, first)
    except LoginError as error:
        if _is_for_now(error):
            raise
        client.oauth2_login(server.login, token(first))


def hang_up(client: IMAPClient) -> None:
    """Closes the connection without a word; works whatever state it is in."""
    with suppress(OSError, imaplib.IMAP4.error):
        client.shutdown()


def interrupt(client: IMAPClient) -> None:
    """Ends whatever another thread is waiting for on this connection; that thread closes it."""
    # Not SSLSocket.shutdown: it takes the TLS state away from the thread that is using it.
    with suppress(OSError):
        socket.socket.shutdown(client.socket(), socket.SHUT_RDWR)
