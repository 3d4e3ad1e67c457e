"""A rewriting mail gateway before the ops mailbox, as Exchange Online is one.

It speaks SMTP, knows the users' logins, takes mails apart and puts them together anew, and marks
what comes from inside its tenant. `careless`: it leaves such marks in mail from outside.
"""

import base64
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from typing import Any
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mailagent.core.people import Pin, Proof
from tests.mailstack import free_ports
from tests.servers import MailServers

TENANT = "53d82571-da19-47e4-9cb4-625a166a4a2a"
TENANT_PIN = Pin(method=Proof.SERVER, marks="exchange-online", tenant=TENANT)
DISCLAIMER = "This e-mail is confidential. If you are not the intended recipient, delete it."
_HOST = "AM0PR04MB5922.eurprd04.prod.outlook.com"
_LINK = re.compile(r"https?://[^\s\"<>]+")
# What belongs to the form of the parts, or to those who had the mail before.
_REMADE = ("content-", "mime-version", "x-ms-exchange-", "message-id", "received")


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a gateway does to a mail. All of it breaks signatures over the body."""

    disclaimer: str = ""
    links: bool = False  # go through its own scanner from now on
    keeps_tag: bool = True  # else the recipient loses what stands behind the plus
    keeps_id: bool = False
    keeps_subject: bool = True  # else what stands in brackets is taken out
    encoding: str = "base64"
    careless: bool = False
    both_ways: bool = True  # else what we send is passed on as it is


class Gateway:
    """Listens where clients and the world outside hand mails in; passes them on."""

    def __init__(self, servers: MailServers, habits: Habits) -> None:
        self.behind, self.habits = servers, habits
        (self.port,) = free_ports(1)
        tls = None
        if servers.ca is not None:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(servers.ca.with_name("cert.pem"), servers.ca.with_name("key.pem"))
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ready_timeout=10,
            authenticator=self._authenticate,
            auth_require_tls=tls is not None,
            tls_context=tls,
            data_size_limit=64 * 1024 * 1024,
        )

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def servers(self) -> MailServers:
        """The servers behind it, with mail handed in here."""
        return replace(self.behind, smtp_port=self.port, mx_port=self.port)

    def _authenticate(
        self, _smtp: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password.decode() == self.behind.password
        login = given.login.decode() if right else ""
        return AuthResult(success=right, handled=False, auth_data=login)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _smtp: SMTP, session: Session, envelope: Envelope
    ) -> str:
        login = str(session.auth_data) if session.authenticated else ""
        sent = envelope.original_content or b""
        for address in envelope.rcpt_tos:
            to = address if self.habits.keeps_tag else _untagged(address)
            comes_in = address.startswith("ops")
            remade = comes_in or self.habits.both_ways
            raw = self.passed(sent, inside=bool(login)) if remade else sent
            by = login.partition("@")[0] or None
            self.behind.deliver(raw, to, by, envelope.mail_from or "")
        return "250 2.0.0 OK"

    def passed(self, raw: bytes, *, inside: bool) -> bytes:
        """The mail as it leaves the gateway."""
        mail = message_from_bytes(raw, policy=policy.default)
        if not isinstance(mail, EmailMessage):
            raise TypeError(type(mail))
        made = EmailMessage(policy=WIRE)
        for name, value in self._marks(mail, inside=inside):
            made[name] = value
        for name, value in mail.items():
            if not name.lower().startswith(_REMADE):
                made[name] = self._routed(name, str(value))
        kept = str(mail["Message-ID"] or "")
        made["Message-ID"] = kept if self.habits.keeps_id else f"<{uuid4().hex}@{_HOST}>"
        self._body(mail, made)
        return made.as_bytes()

    def _routed(self, name: str, value: str) -> str:
        if name.lower() == "to" and not self.habits.keeps_tag:
            return _untagged(value)
        if name.lower() == "subject" and not self.habits.keeps_subject:
            return re.sub(r"\s*\[[^\]]*\]", "", value)
        return value

    def _marks(self, mail: EmailMessage, *, inside: bool) -> Iterator[tuple[str, str]]:
        if self.habits.careless and not inside:
            yield from ((n, str(v)) for n, v in mail.items() if n.lower().startswith("x-ms-"))
            return
        yield from exchange_marks(inside=inside)

    def _body(self, mail: EmailMessage, made: EmailMessage) -> None:
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        text = str(plain.get_content()) if plain else ""
        end = f"\n{self.habits.disclaimer}\n" if self.habits.disclaimer else ""
        made.set_content(self._scanned(text) + end, cte=self.habits.encoding)
        if html:
            body = self._scanned(str(html.get_content()))
            meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
            foot = f"<p>{self.habits.disclaimer}</p>" if end else ""
            made.add_alternative(
                f"<html><head>{meta}</head><body>{body}{foot}</body></html>",
                subtype="html",
                cte=self.habits.encoding,
            )
        for part in mail.iter_attachments():
            content = part.get_payload(decode=True)
            kind, form = part.get_content_type().split("/")
            name = part.get_filename()
            made.add_attachment(
                content if isinstance(content, bytes) else b"",
                maintype=kind,
                subtype=form,
                filename=name,
            )
        if made.is_multipart():
            made.set_boundary(f"_000_{uuid4().hex.upper()}_")

    def _scanned(self, text: str) -> str:
        if not self.habits.links:
            return text
        return _LINK.sub(
            lambda found: (
                "https://eur01.safelinks.protection.outlook.com/?url="
                + base64.urlsafe_b64encode(found[0].encode()).decode()
            ),
            text,
        )


def exchange_marks(*, inside: bool) -> Iterator[tuple[str, str]]:
    """What Exchange Online writes: of a mail between its mailboxes, and of one from outside."""
    said = "Internal" if inside else "Anonymous"
    yield "X-MS-Exchange-Organization-AuthAs", said
    yield "X-MS-Exchange-Organization-AuthSource", _HOST
    yield (
        "X-MS-Exchange-Organization-MessageDirectionality",
        "Originating" if inside else "Incoming",
    )
    yield "X-MS-Exchange-CrossTenant-AuthAs", said
    yield "X-MS-Exchange-CrossTenant-FromEntityHeader", "Hosted" if inside else "Internet"
    yield "X-MS-Exchange-CrossTenant-Id", TENANT


def _untagged(address: str) -> str:
    return re.sub(r"\+[^@\s>]*@", "@", address)


@contextmanager
def gateway_before(servers: MailServers, habits: Habits) -> Iterator[Gateway]:
    """At work until the block ends."""
    gateway = Gateway(servers, habits)
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()
