"""The embedded mail server: SMTP and IMAP on loopback, in this process, forgotten when it ends.

It stands in for a company's server in the demo and in tests: it knows its users, relays nothing,
and says of every mail who was logged in when it was sent.
"""

import asyncio
import logging
import re
import secrets
import ssl
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime, localtime
from functools import cache
from weakref import WeakSet

from connectors.server import Security
from mailagent.core.errors import ConfigInvalid
from mailagent.demo.idle import tell_everything

try:
    from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
    from proxyprotocol.sock import SocketInfo
    from pymap.backend.dict import Config, Identity, Login
    from pymap.backend.dict.mailbox import MailboxData
    from pymap.concurrent import Subsystem
    from pymap.imap import IMAPServer
    from pymap.parsing.message import AppendMessage
    from pymap.parsing.specials.flag import Recent, Wildcard, get_system_flags
    from pymap.user import UserMetadata
    from pysasl import SASLAuth
    from pysasl.hashing import Cleartext
except ImportError as missing:
    raise ConfigInvalid(
        f"The embedded mail server needs a package that is not installed ({missing.name})",
        advice="Install mailagent with its extra: mailagent[demo].",
    ) from missing

HOST = "127.0.0.1"
FOLDERS = ("Archive", "Drafts", "Junk", "Sent", "Trash")
_LARGEST = 64 * 1024 * 1024
_CLAIMS = re.compile(rb"(?im)^authentication-results[ \t]*:.*(?:\r?\n[ \t].*)*\r?\n")


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        return b"mailagent's embedded server is ready"  # pymap's own asks DNS for our name

    @property
    def tls_auth(self) -> SASLAuth:
        return _ways_to_log_in()


@cache
def _ways_to_log_in() -> SASLAuth:
    """Once: pymap's own looks for them among all installed packages, at each connection."""
    return SASLAuth.defaults()


class _InTheClear(Cleartext):
    """Nothing is kept on disk. pymap's own cannot compare letters beyond ASCII."""

    def verify(self, secret: str, hash: str) -> bool:  # noqa: A002 - its name there
        return secrets.compare_digest(secret.encode(), hash.encode())


class MailServer:
    """Users are given as name and password; `name+anything@domain` reaches them, too."""

    def __init__(
        self,
        domain: str,
        users: Mapping[str, str],
        *,
        security: Security = Security.PLAIN,
        tls: ssl.SSLContext | None = None,
        smtp_port: int = 0,
        imap_port: int = 0,
    ) -> None:
        self.domain, self.users = domain.lower(), dict(users)
        self.smtp_port, self.imap_port = smtp_port, imap_port  # 0: a free one, known after start
        self._tls = tls if security is Security.TLS else None
        self._starttls = tls if security is Security.STARTTLS else None
        self._servers: list[asyncio.Server] = []
        self._sessions: set[asyncio.Task[None]] = set()
        self._clients: WeakSet[SMTP] = WeakSet()

    @property
    def authserv_id(self) -> str:
        """The name under which the server says who was authenticated (RFC 8601)."""
        return f"mx.{self.domain}"

    async def start(self) -> None:
        """Listens; when it returns, the ports are known and open."""
        tell_everything()
        # It warns at every login that it still sets an attribute which nobody here reads.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        MailboxData.permanent_flags = property(_permanent_flags)  # type: ignore[assignment]
        self._config = self._configure()
        self._config.apply_context()
        self._login = Login(self._config)
        self._imap = IMAPServer(self._login, self._config)
        for user, password in self.users.items():
            await self._open_account(f"{user}@{self.domain}", password)
        loop = asyncio.get_running_loop()
        imap = await asyncio.start_server(self._serve_imap, HOST, self.imap_port, ssl=self._tls)
        smtp = await loop.create_server(self._serve_smtp, HOST, self.smtp_port, ssl=self._tls)
        self._servers = [imap, smtp]
        self.imap_port, self.smtp_port = (
            server.sockets[0].getsockname()[1] for server in self._servers
        )

    async def stop(self) -> None:
        """Ends every connection."""
        for server in self._servers:
            server.close()
        sessions = list(self._sessions)
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
        for client in list(self._clients):
            if isinstance(client.transport, asyncio.WriteTransport):
                client.transport.abort()
        for server in self._servers:
            await server.wait_closed()
        for _ in range(3):
            await asyncio.sleep(0)  # the connections' last callbacks

    def _configure(self) -> Config:
        # pymap wants to be configured from its command line.
        args = Namespace(passlib_cfg=None, proxy_protocol=None)
        return _Config(
            args,
            host=HOST,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=self._starttls is not None,
            ssl_context=self._starttls or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            hash_context=_InTheClear(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0.0,
            reject_dnsbl=False,
        )

    def _identity(self, address: str) -> Identity:
        return Identity(address, self._login, None, frozenset())

    async def _open_account(self, address: str, password: str) -> None:
        identity = self._identity(address)
        await identity.set(UserMetadata(self._config, address, password=password))
        async with identity.new_session() as session:
            for folder in FOLDERS:
                await session.create_mailbox(folder)
                await session.subscribe(folder)  # mail clients hide the others

    # --- IMAP

    async def _serve_imap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if session := asyncio.current_task():
            self._sessions.add(session)
            session.add_done_callback(self._sessions.discard)
        try:
            await self._imap(reader, writer, SocketInfo.get(writer, None))
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    # --- SMTP

    def _serve_smtp(self) -> SMTP:
        client = SMTP(
            _Door(self),
            hostname=self.authserv_id,
            ident="mailagent embedded",
            data_size_limit=_LARGEST,
            tls_context=self._starttls,
            auth_require_tls=self._starttls is not None,
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )
        self._clients.add(client)
        return client

    def _authenticate(
        self, _smtp: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        if isinstance(given, LoginPassword):
            login = given.login.decode(errors="replace").lower()
            user = self._user(login)
            if user and login == f"{user}@{self.domain}":
                known = self.users[user].encode()
                return AuthResult(success=known == given.password, handled=False, auth_data=login)
        return AuthResult(success=False, handled=False)

    def _user(self, address: str) -> str | None:
        """Whose mailbox an address means."""
        local, _, domain = address.lower().rpartition("@")
        user = local.partition("+")[0]
        return user if domain == self.domain and user in self.users else None

    def knows(self, address: str) -> bool:
        return self._user(address) is not None

    async def deliver(
        self, raw: bytes, recipient: str, sender: str, *, login: str = "", helo: str = "localhost"
    ) -> None:
        """Puts a mail into a mailbox, with the marks that a receiving server makes."""
        now = localtime().astimezone(UTC)
        verdict = f"auth=pass smtp.auth={login}" if login else "auth=none"
        marks = (
            f"Return-Path: <{sender}>\r\n"
            f"Delivered-To: {recipient}\r\n"
            f"Received: from {helo} by {self.authserv_id}; {format_datetime(now)}\r\n"
            f"Authentication-Results: {self.authserv_id}; {verdict}\r\n"
        )
        mail = AppendMessage(marks.encode() + without_claims(raw), now, frozenset())
        async with self._identity(f"{self._user(recipient)}@{self.domain}").new_session() as box:
            await box.append_messages("INBOX", [mail])


class _Door:
    """What aiosmtpd asks while a mail comes in."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _smtp: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if not self._server.knows(address):
            return "550 5.1.1 No such user here; this server relays nothing"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _smtp: SMTP, session: Session, envelope: Envelope
    ) -> str:
        for recipient in envelope.rcpt_tos:
            await self._server.deliver(
                envelope.original_content or b"",
                recipient,
                envelope.mail_from or "",
                login=str(session.auth_data) if session.authenticated else "",
                helo=session.host_name or "localhost",
            )
        return "250 2.0.0 Delivered"


def without_claims(raw: bytes) -> bytes:
    """The mail without what its sender says about its authentication: only we say that here."""
    end = re.search(rb"\r?\n\r?\n", raw)
    head = raw[: end.start() + 2] if end else raw
    return _CLAIMS.sub(b"", head) + raw[len(head) :]


def _permanent_flags(_mailbox: MailboxData) -> frozenset[object]:
    # pymap's memory backend refuses keywords, which mail clients use to mark mails.
    return frozenset((get_system_flags() - {Recent}) | {Wildcard})
