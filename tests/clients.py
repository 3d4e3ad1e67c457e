"""People at their mail clients: what their replies look like on the wire."""

import asyncio
import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from functools import cached_property
from html import escape
from typing import NamedTuple
from uuid import uuid4

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mailagent.ports import Clock
from tests.servers import MailServers

_SIGNED = [b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references"]


class Mail:
    """A mail as its reader sees it."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @cached_property
    def _head(self) -> EmailMessage:
        return BytesHeaderParser(policy=policy.default).parsebytes(self.raw)

    @cached_property
    def _parsed(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    def __getitem__(self, field: str) -> str:
        return re.sub(r"\r?\n", "", str(self._head[field] or ""))

    def fields(self, name: str) -> list[str]:
        return [str(value) for value in self._head.get_all(name, [])]

    @property
    def subject(self) -> str:
        return self["Subject"]

    @property
    def message_id(self) -> str:
        return self["Message-ID"].strip()

    @property
    def reply_to(self) -> str:
        return self["Reply-To"].strip()

    @property
    def text(self) -> str:
        """The text part, with its lines joined: where they break is a matter of layout."""
        return " ".join(self._part("plain").split())

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "" for part in self._parsed.iter_attachments()]

    @property
    def files(self) -> list[bytes]:
        """What is attached."""
        parts = self._parsed.iter_attachments()
        return [bytes(part.get_payload(decode=True)) for part in parts]

    @property
    def written(self) -> str:
        """The text part as it was set."""
        return self._part("plain")

    def quoted(self) -> str:
        return "".join(f"> {line}\n" for line in self.written.splitlines())

    def _part(self, kind: str) -> str:
        found = self._parsed.get_body((kind,))
        return str(found.get_content()) if found else ""


class Written(NamedTuple):
    """What a client makes of a few words: a text, and HTML where it writes any."""

    text: str
    html: str = ""


Style = Callable[[str, Mail], Written]


def _as_html(own: str) -> str:
    return "<br>".join(map(escape, own.splitlines()))


def gmail(own: str, to: Mail) -> Written:
    head = "On Mon, 17 Nov 2025 at 09:30, mailagent for Corp Ltd <ops@corp.test> wrote:"
    return Written(
        f"{own}\n\n{head}\n\n{to.quoted()}",
        f'<div dir="ltr">{_as_html(own)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(head)}<br></div><blockquote '
        f'class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{to.html}</blockquote></div>',
    )


def outlook(own: str, to: Mail) -> Written:
    head = (
        ("From", "mailagent for Corp Ltd <ops@corp.test>"),
        ("Sent", "Monday, 17 November 2025 09:30"),
        ("To", "Ann Lee <owner@corp.test>"),
        ("Subject", to.subject),
    )
    text = "".join(f"{name}: {value}\n" for name, value in head)
    html = "".join(f"<b>{name}:</b> {escape(value)}<br>" for name, value in head)
    return Written(
        f"{own}\n\n________________________________\n{text}\n{to.text}\n",
        f'<html><body><div class="elementToProof">{_as_html(own)}</div>'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{html}</font></div>{to.html}</body></html>',
    )


def apple(own: str, to: Mail) -> Written:
    head = "On 17 Nov 2025, at 09:30, mailagent for Corp Ltd <ops@corp.test> wrote:"
    return Written(f"{own}\n\nSent from my iPhone\n\n> {head}\n> \n{to.quoted()}")


class Signer:
    """A domain's DKIM key."""

    selector = "mail"

    def __init__(self, domain: str) -> None:
        self.domain = domain
        key = rsa.generate_private_key(65537, 2048)
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        self._key = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain)
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"

    @property
    def records(self) -> dict[str, str]:
        return {f"{self.selector}._domainkey.{self.domain}": self._record}

    def sign(self, raw: bytes) -> bytes:
        signature: bytes = dkim.sign(
            raw,
            self.selector.encode(),
            self.domain.encode(),
            self._key,
            include_headers=_SIGNED,
        )
        return signature + raw


@dataclass(frozen=True, kw_only=True)
class Client:
    """A person at a mail client, with an account on the servers."""

    servers: MailServers
    user: str
    clock: Clock
    signer: Signer | None = None
    style: Style = gmail

    @property
    def address(self) -> str:
        return self.servers.address(self.user)

    async def inbox(self, at_least: int = 0) -> list[Mail]:
        """What lies there, oldest first; waits for so many."""
        found = await self.servers.await_mails(self.user, at_least)
        return [Mail(raw) for raw in found]

    def answer(self, to: Mail, own: str, style: Style | None = None, **changed: str) -> bytes:
        """A reply as this client sends it. `changed`: other headers (In_Reply_To="...")."""
        written = (style or self.style)(own, to)
        headers = {
            "From": f"Ann Lee <{self.address}>",
            "To": to.reply_to,
            "Subject": to.subject if to.subject.startswith("Re:") else f"Re: {to.subject}",
            "In-Reply-To": to.message_id,
            "References": f"{to['References']} {to.message_id}".strip(),
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        return self.signed(self.compose(headers, written))

    def compose(self, headers: dict[str, str], written: Written) -> bytes:
        """A mail, not signed; an empty header is left out."""
        mail = EmailMessage()
        defaults = {
            "Date": format_datetime(self.clock.now()),
            "Message-ID": f"<{uuid4().hex}@client.test>",
        }
        for name, value in (defaults | headers).items():
            if value:
                mail[name] = value
        mail.set_content(written.text)
        if written.html:
            mail.add_alternative(written.html, subtype="html")
        return mail.as_bytes(policy=SMTP)

    def signed(self, raw: bytes) -> bytes:
        return self.signer.sign(raw) if self.signer else raw

    async def send(self, raw: bytes, to: str) -> None:
        """Through the server this person is logged in to."""
        await asyncio.to_thread(self.servers.deliver, raw, to, self.user)
