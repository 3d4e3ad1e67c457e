"""A32 to A39: machines, and our own mail."""

import html
import re

from tests.agent import (
    Firm,
)
from tests.clients import Mail
from tests.gates.told import case, draft, passed_over


async def machine(firm: Firm, gate: str = "G3", **marks: str) -> None:
    shown = await draft(firm)
    told = {name: value.format(shown.subject) for name, value in marks.items()}
    await firm.reply(shown, "approve\n\nI am away until Monday.", **told)
    await passed_over(firm, gate)


@case("A32")
async def _(firm: Firm) -> None:
    await machine(firm, Subject="Automatic reply: {}")


@case("A33")
async def _(firm: Firm) -> None:
    await machine(firm, Auto_Submitted="auto-replied")


def _report(shown: Mail, kind: str, fields: str) -> bytes:
    head = (
        "From: MAILER-DAEMON@mx.corp.test\r\nTo: ops@corp.test\r\n"
        f"Subject: Re: {shown.subject}\r\nIn-Reply-To: {shown.message_id}\r\n"
        "Date: Mon, 17 Nov 2025 09:30:00 +0000\r\nMessage-ID: <report@mx.corp.test>\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="=_r"\r\n\r\n'
        "--=_r\r\nContent-Type: text/plain\r\n\r\napprove\r\n"
        f"--=_r\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; mx.corp.test\r\n\r\n"
        f"{fields}\r\n"
        "--=_r\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return head.encode() + shown.raw + b"\r\n--=_r--\r\n"


async def report(firm: Firm, kind: str, fields: str) -> None:
    """Nothing happens, and nobody is told: it does not even count as an answer."""
    shown = await draft(firm)
    await firm.arrives(_report(shown, kind, fields), shown.reply_to, sender="<>")
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    assert await firm.news() == []


@case("A34")
async def _(firm: Firm) -> None:
    await report(firm, "disposition-notification", "Disposition: manual-action/MDN-sent; displayed")


@case("A35")
async def _(firm: Firm) -> None:
    status = "Final-Recipient: rfc822; owner@corp.test\r\nAction: failed\r\nStatus: 5.1.1"
    await report(firm, "delivery-status", status)


@case("A36")
async def _(firm: Firm) -> None:
    await machine(firm, Subject="Accepted: {}")


@case("A37")
async def _(firm: Firm) -> None:
    await machine(firm, List_Id="<all.corp.test>")


@case("A38")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    for part in (shown.text, html.unescape(shown.html)):
        assert not re.search(r"(?i)\b(https?|ftp):", part)
    links = re.findall(r'(?i)(?:href|src|action)="([^"]+)"', shown.html)
    assert links
    assert all(link.startswith(("mailto:", "cid:")) for link in links)
    assert firm.states() == ["proposed"]


@case("A39")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.arrives(shown.raw)
    await firm.arrives(shown.raw, shown.reply_to)
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    assert await firm.news() == []
