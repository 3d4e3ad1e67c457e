"""A mail client as a person has it: SMTP out, IMAP in, and an answer that quotes."""

import asyncio
import imaplib
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from mailagent.core.errors import Permanent
from mailagent.demo.server import HOST, MailServer

_ERRORS = (smtplib.SMTPException, imaplib.IMAP4.error, OSError)
_PATIENCE = 10.0  # seconds for an answer of a server in this very process
_FOLDER = re.compile(r'"/" "?([^"]+)"?$')


class NoMail(Permanent):
    """The embedded server did not do what a mail client asked of it."""

    advice = "If it happens again, this machine may not let programs talk to 127.0.0.1."


class MailClient:
    """Signs in as `address`; without a password it is just anybody who delivers mail."""

    def __init__(self, server: MailServer, address: str, password: str = "") -> None:
        self.address = address
        self._server, self._password = server, password
        self._imap: imaplib.IMAP4 | None = None
        self._seen = 0

    async def send(self, raw: bytes, recipient: str) -> None:
        """Hands a mail to the server."""
        with _errors():
            await asyncio.to_thread(self._send, raw, recipient)

    async def new_mails(self) -> list[bytes]:
        """What came into the inbox since the last look."""
        with _errors():
            return await asyncio.to_thread(self._new_mails)

    async def folders(self) -> dict[str, list[str]]:
        """The subjects in every folder, as the client's list shows them."""
        with _errors():
            return await asyncio.to_thread(self._folders)

    def close(self) -> None:
        """Hangs up."""
        if self._imap is not None:
            self._imap.shutdown()
            self._imap = None

    def _send(self, raw: bytes, recipient: str) -> None:
        with smtplib.SMTP(HOST, self._server.smtp_port, timeout=_PATIENCE) as smtp:
            if self._password:
                smtp.login(self.address, self._password)
            smtp.sendmail(self.address, [recipient], raw)

    def _signed_in(self) -> imaplib.IMAP4:
        if self._imap is None:
            self._imap = imaplib.IMAP4(HOST, self._server.imap_port, timeout=_PATIENCE)
            self._imap.login(self.address, self._password)
        return self._imap

    def _new_mails(self) -> list[bytes]:
        imap = self._signed_in()
        _, (counted,) = imap.select("INBOX")
        count = int(counted or 0)
        found = [_fetched(imap, number) for number in range(self._seen + 1, count + 1)]
        self._seen = count
        return found

    def _folders(self) -> dict[str, list[str]]:
        imap = self._signed_in()
        _, lines = imap.list()
        names = [m[1] for line in lines if (m := _FOLDER.search(_text(line)))]
        return {name: self._subjects(imap, name) for name in sorted(names)}

    def _subjects(self, imap: imaplib.IMAP4, folder: str) -> list[str]:
        selected, counted = imap.select(f'"{folder}"', readonly=True)
        if selected != "OK" or counted == [b"0"]:  # "Ops" itself is only a name
            return []
        _, found = imap.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        heads = [item[1] for item in found if isinstance(item, tuple)]
        return [str(parsed(head)["Subject"] or "") for head in heads]


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except _ERRORS as error:
        raise NoMail(f"the demo's mail server failed: {error}") from error


def parsed(raw: bytes) -> EmailMessage:
    """A mail as a client sees it."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - this policy makes nothing else
    return mail


def written(mail: EmailMessage) -> bytes:
    """A mail as bytes. Long Message-IDs are not folded, which would break the thread."""
    return mail.as_bytes(policy=policy.SMTP.clone(max_line_length=998))


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail; empty when there is none."""
    body = mail.get_body(("plain",))
    text = str(body.get_content()) if isinstance(body, EmailMessage) else ""
    return text.replace("\r\n", "\n")


def answer(to: EmailMessage, words: str, sender: str, at: datetime) -> EmailMessage:
    """An answer as mail clients write it: on top, the mail quoted below, in the same thread."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, str(to["Reply-To"] or to["From"])
    subject = str(to["Subject"])
    mail["Subject"] = subject if subject.startswith("Re: ") else f"Re: {subject}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    mail["In-Reply-To"] = str(to["Message-ID"])
    mail["References"] = " ".join(f"{to['References'] or ''} {to['Message-ID']}".split())
    quoted = "\n".join(f"> {line}".rstrip() for line in text_of(to).splitlines())
    writer = parseaddr(str(to["From"]))[0] or str(to["From"])
    mail.set_content(f"{words}\n\nOn {at:%a, %d %b %Y at %H:%M}, {writer} wrote:\n{quoted}\n")
    return mail


def _fetched(imap: imaplib.IMAP4, number: int) -> bytes:
    _, found = imap.fetch(str(number), "(RFC822)")
    return next(item[1] for item in found if isinstance(item, tuple))


def _text(line: object) -> str:
    return line.decode() if isinstance(line, bytes) else ""
