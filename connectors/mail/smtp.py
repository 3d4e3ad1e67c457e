"""The port `Post` on SMTP: one connection, kept for the next mail."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from connectors.server import Security, Server, in_words
from mailagent.core.errors import (
    MailagentError,
    MailboxRefused,
    MailRefused,
    OutcomeUnknown,
    Permanent,
    RecipientRefused,
    SendingUnavailable,
)
from mailagent.core.letter import OutgoingMail
from mailagent.core.said import say

# RFC 5321, 4.5.3.2.6: a server may take its time to look into a mail before it answers.
_VERDICT_TIMEOUT = 300.0
# RFC 4954: these say that we are not logged in as we should be, whatever the mail.
_LOGIN_WANTED = (530, 534, 535, 538)
_START_MAIL = 354
_ACCEPTED = 250
_HANGS_UP = 421
_FIRST_PERMANENT = 500
_QUIT_TIMEOUT = 1.0
# An address literal: looking up our own name in DNS can take many seconds.
_OUR_NAME = "[127.0.0.1]"

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class SmtpPost:
    """Sends one mail after the other; any failure ends the connection, the next mail opens one."""

    def __init__(self, server: Server, *, verdict_timeout: float = _VERDICT_TIMEOUT) -> None:
        self._server, self._verdict_timeout = server, verdict_timeout
        self._smtp: SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, mail: OutgoingMail, sender: str) -> None:
        if _BARE.search(mail.raw) or not mail.raw.endswith(b"\r\n"):
            raise MailRefused(
                "SMTP cannot carry a mail unchanged whose lines do not end in CRLF",
                why=say("failed.no_mail"),
            )
        async with self._turn:
            reused = self._smtp is not None
            try:
                await self._deliver(mail, sender)
            except SendingUnavailable as error:
                # Servers hang up on who is silent for long. Nothing was accepted: once more.
                if not (reused and _hung_up(error.__cause__)):
                    raise
                await self._deliver(mail, sender)

    async def check(self) -> None:
        """Signs in, and sends nothing."""
        async with self._turn:
            with smtp_errors(self._server):
                await (await self._connected()).noop()

    async def _deliver(self, mail: OutgoingMail, sender: str) -> None:
        with ExitStack() as on_error:
            on_error.callback(self._hang_up)
            with smtp_errors(self._server):
                smtp = await self._connected()
                await _announce(smtp, mail, sender)
                await _offer(smtp, mail.raw)
            await self._verdict(smtp)
            on_error.pop_all()

    async def _connected(self) -> SMTP:
        if self._smtp is None:
            try:
                self._smtp = await _connected(self._server, "")
            except _Refused as refused:  # the token ended a moment ago, or was taken back
                self._smtp = await _connected(self._server, refused.token)
        return self._smtp

    async def _verdict(self, smtp: SMTP) -> None:
        """The server's last word. Without it nobody knows whether it took the mail."""
        try:
            if smtp.protocol is None:
                raise ConnectionError("the connection was lost")
            answer = await smtp.protocol.read_response(timeout=self._verdict_timeout)
        except (SMTPException, OSError) as error:
            raise OutcomeUnknown(
                f"{self._server} had the whole mail and did not say whether it took it: {error}",
                why=say("failed.not_told", server=str(self._server)),
            ) from error
        if answer.code != _ACCEPTED:
            raise _refusal(answer.code, answer.message, MailRefused)

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    async def close(self) -> None:
        async with self._turn:
            if self._smtp is not None:
                with suppress(SMTPException, OSError):
                    await self._smtp.quit(timeout=_QUIT_TIMEOUT)
                self._hang_up()
            await asyncio.sleep(0)  # an aborted connection is closed in the next round


class _Client(SMTP):
    """The driver, which closes a connection at once, also where it gives up while it connects."""

    def close(self) -> None:
        transport = self.transport
        super().close()
        # What is still to be written would keep it open, and TLS waits for a goodbye.
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


def _client(server: Server) -> SMTP:
    return _Client(
        hostname=server.host,
        port=server.port,
        username=(server.login or None) if server.token is None else None,
        password=(server.password or None) if server.token is None else None,
        use_tls=server.security is Security.TLS,
        start_tls=server.security is Security.STARTTLS,
        tls_context=None if server.security is Security.PLAIN else server.tls(),
        timeout=server.read_timeout,
        local_hostname=_OUR_NAME,
    )


class _Refused(SMTPAuthenticationError):
    """The server did not take this token."""

    def __init__(self, error: SMTPAuthenticationError, token: str) -> None:
        super().__init__(error.code, error.message)
        self.token = token


async def _connected(server: Server, refused: str) -> SMTP:
    """Signed in, with another token than the one that was refused."""
    smtp = _client(server)
    await smtp.connect(timeout=server.connect_timeout)
    if server.token is None:
        return smtp
    token = ""
    try:
        token = await asyncio.to_thread(server.token, refused)
        await smtp.auth_xoauth2(server.login, token)
    except SMTPAuthenticationError as error:
        smtp.close()
        if refused:
            raise
        raise _Refused(error, token) from error
    except BaseException:  # nothing is left open, also when cancelled
        smtp.close()
        raise
    return smtp


async def _announce(smtp: SMTP, mail: OutgoingMail, sender: str) -> None:
    options = [f"SIZE={len(mail.raw)}"] if smtp.supports_extension("size") else []
    if not mail.raw.isascii() and smtp.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    await smtp.mail(sender, options=options)
    for recipient in (mail.recipient, *mail.copies):  # all of them, or nobody gets it
        try:
            await smtp.rcpt(recipient)
        except ValueError as error:
            why = say("failed.no_mail_address", address=recipient)
            raise RecipientRefused(
                f"SMTP cannot carry the address {recipient!r}", why=why
            ) from error


async def _offer(smtp: SMTP, raw: bytes) -> None:
    """Sends the content. Not by the driver's own `data`: it does not tell how far it came."""
    answer = await smtp.execute_command(b"DATA")
    if answer.code != _START_MAIL or smtp.protocol is None:
        raise SMTPDataError(answer.code, answer.message)
    smtp.protocol.write(_LEADING_DOT.sub(b"..", raw) + b".\r\n")


@contextmanager
def smtp_errors(server: Server) -> Iterator[None]:
    """What goes wrong before the content is out, in our words: nothing was sent."""
    try:
        yield
    except SMTPRecipientRefused as error:
        raise _refusal(error.code, error.message, RecipientRefused) from error
    except SMTPAuthenticationError as error:
        raise _refusal(error.code, error.message, MailboxRefused) from error
    except (SMTPConnectResponseError, SMTPHeloError) as error:
        raise SendingUnavailable(
            f"{server} does not serve us: {error.code} {error.message}"
        ) from error
    except SMTPResponseException as error:
        raise _refusal(error.code, error.message, MailRefused) from error
    except (SMTPException, OSError) as error:
        why = in_words(error.__cause__ if isinstance(error.__cause__, OSError) else error)
        raise SendingUnavailable(f"The mail server {server} cannot be used: {why}") from error


def _refusal(code: int, message: str, permanent: type[Permanent]) -> MailagentError:
    said = f"the server said {code} {message}"
    if code < _FIRST_PERMANENT:
        return SendingUnavailable(f"Not now: {said}")
    if code in _LOGIN_WANTED:
        return MailboxRefused(f"The login to send mail was refused: {said}")
    why = say("failed.mail_server_says", answer=f"{code} {message}")
    return permanent(f"Refused: {said}", why=why)


def _hung_up(cause: BaseException | None) -> bool:
    return isinstance(cause, ConnectionError) or getattr(cause, "code", 0) == _HANGS_UP
