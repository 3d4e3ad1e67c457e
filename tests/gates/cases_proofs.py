"""A11 to A19: what a signature and a server's word must be."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from tests.agent import (
    Firm,
)
from tests.clients import Mail, Written
from tests.core.signing import rsa_key, signed, signed_anyhow
from tests.gates.told import (
    BY_SERVER,
    case,
    draft,
    executed,
    held_back,
    refused,
    signed_by,
    unsigned,
)


async def forged(firm: Firm, forge: Callable[[Mail], bytes]) -> None:
    """Even when it is sent by somebody who is logged in."""
    shown = await draft(firm)
    await firm.hand_in(forge(shown), shown.reply_to)
    await refused(firm, "G5")


@case("A11")
async def _(firm: Firm) -> None:
    await forged(firm, lambda shown: unsigned(firm, shown))


@case("A12")
async def _(firm: Firm) -> None:
    theirs = signed_by(firm, "attacker.test")
    await forged(firm, lambda shown: theirs.answer(shown, "approve"))


@case("A13")
async def _(firm: Firm) -> None:
    theirs = signed_by(firm, f"mail.{firm.servers.domain}")
    await forged(firm, lambda shown: theirs.answer(shown, "approve"))


def _with_our_key(firm: Firm) -> str:
    """The owner's domain publishes one more key, which the test can sign with as it likes."""
    firm.keys.records[f"s1._domainkey.{firm.servers.domain}"] = rsa_key().record
    return firm.servers.domain


@case("A14")
async def _(firm: Firm) -> None:
    domain = _with_our_key(firm)

    def forge(shown: Mail) -> bytes:
        written = Written("")
        headers = {
            "From": firm.owner.address,
            "To": shown.reply_to,
            "Subject": f"Re: {shown.subject}",
            "In-Reply-To": shown.message_id,
        }
        return signed(firm.owner.compose(headers, written), domain, length=True) + b"approve\r\n"

    await forged(firm, forge)


@case("A15")
async def _(firm: Firm) -> None:
    domain = _with_our_key(firm)
    shown = await draft(firm)
    for covered in (("from", "date"), ("subject", "date"), ("from", "subject")):
        raw = signed_anyhow(unsigned(firm, shown), domain, covered)
        await firm.hand_in(raw, shown.reply_to)
        held_back(firm, "G5")
    await firm.hand_in(
        signed(unsigned(firm, shown), domain, covered=("from", "subject", "date")), shown.reply_to
    )
    executed(firm)  # the same key, and all that has to be covered


@case("A16", BY_SERVER)
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    claim = f"Authentication-Results: mx.corp.test; auth=pass smtp.auth={firm.owner.address}\r\n"
    await firm.arrives(claim.encode() + unsigned(firm, shown), shown.reply_to)
    await refused(firm, "G5")


@case("A17")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    marks = "Received-SPF: pass\r\nAuthentication-Results: mx.corp.test; spf=pass\r\n"
    raw = marks.encode() + unsigned(firm, shown)
    await firm.arrives(raw, shown.reply_to, sender=firm.owner.address)
    await refused(firm, "G5")


@case("A18")
async def _(firm: Firm) -> None:
    chain = (
        "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=forwarder.test; s=s1; b=AAAA\r\n"
        "ARC-Message-Signature: i=1; a=rsa-sha256; d=forwarder.test; s=s1; h=from; bh=A; b=A\r\n"
        "ARC-Authentication-Results: i=1; mx.corp.test; dkim=pass header.d=corp.test\r\n"
    )

    def forge(shown: Mail) -> bytes:
        return chain.encode() + firm.owner.answer(shown, "approve") + b"Forwarded for you.\r\n"

    await forged(firm, forge)


async def _held(firm: Firm, shown: Mail) -> None:
    firm.keys.silent = True
    await firm.owner.send(firm.owner.answer(shown, "approve"), shown.reply_to)
    firm.sent_in += 1
    async with asyncio.timeout(60):
        # the agent knows nothing of us and sets no event
        while not firm.rows("SELECT id FROM jobs WHERE stage = 'decide' AND attempts > 0"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert firm.nothing_happened()


@case("A19")
async def _(firm: Firm) -> None:
    await _held(firm, await draft(firm))
    firm.clock.ahead = timedelta(hours=1, minutes=1)
    await firm.settled()
    await refused(firm, "G5")


@case("A19 answered")
async def _(firm: Firm) -> None:
    await _held(firm, await draft(firm))
    firm.keys.silent = False
    await firm.settled()
    executed(firm)
