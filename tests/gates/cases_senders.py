"""A20 to A31: whose word, and of which draft."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta

from mailagent.core.token import new_token
from tests.agent import (
    Firm,
)
from tests.clients import Mail, Written, outlook
from tests.gates.told import (
    EMBEDDED,
    asked,
    case,
    draft,
    executed,
    held_back,
    put_into_inbox,
    refused,
    somebody,
    unsigned,
)


@case("A20")
async def _(firm: Firm) -> None:
    one, other = await draft(firm), await draft(firm)
    genuine = await firm.reply(one, "approve")
    await firm.news()
    firm.clock.ahead = timedelta(minutes=1)
    await firm.arrives(genuine, other.reply_to)
    assert "G6" in firm.refusals()
    assert firm.states() == ["done", "proposed"]
    executed_once = len(firm.bills())
    assert executed_once == 1


_SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "two-from": lambda raw: b"From: Eve <eve@attacker.test>\r\n" + raw,
    "group": lambda raw: re.sub(rb"From: [^\r]*", b"From: us: owner@corp.test;", raw, count=1),
    "encoded": lambda raw: re.sub(
        rb"From: [^\r]*", b"From: <=?utf-8?q?owner?=@corp.test>", raw, count=1
    ),
    "comment": lambda raw: re.sub(
        rb"From: [^\r]*", b"From: owner@corp.test (x) <eve@attacker.test>", raw, count=1
    ),
    "two-subjects": lambda raw: b"Subject: another\r\n" + raw,
    "no-date": lambda raw: re.sub(rb"Date: [^\r]*\r\n", b"", raw, count=1),
}


@case("A21")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    for change in _SHAPES.values():
        raw = firm.owner.signed(change(unsigned(firm, shown)))
        await put_into_inbox(firm, raw)
        held_back(firm, "G2")


@case("A21 bytes", EMBEDDED)
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    raw = firm.owner.answer(shown, "approve")
    # what else is odd in bytes, the test's own client would mend: see tests/core/test_gates_cases
    for odd in (b"X-A: a\0b\r\n", b"no field\r\n", b": nameless\r\n"):
        await put_into_inbox(firm, odd + raw)
        held_back(firm, "G2")


@case("A22")
async def _(firm: Firm) -> None:
    shown, eve = await draft(firm), somebody(firm, "stranger")
    raw = eve.answer(shown, "approve", From=f'"{firm.owner.address}" <{eve.address}>')
    await firm.arrives(raw, shown.reply_to, sender=eve.address)
    await refused(firm, "G4")


@case("A23")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.arrives(unsigned(firm, shown, From="Ann Lee <0wner@corp.test>"), shown.reply_to)
    await refused(firm, "G4")
    await firm.reply(shown, "approve", From="Ann Lee <OWNER@Corp.Test>")
    executed(firm)


@case("A24")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    raw = somebody(firm, "stranger").answer(shown, "approve", Reply_To=firm.owner.address)
    await firm.arrives(raw, shown.reply_to)
    await refused(firm, "G4")


@case("A25")
async def _(firm: Firm) -> None:
    shown, ben = await draft(firm), somebody(firm, "ben", firm.owner.signer)
    await ben.send(ben.answer(shown, "approve"), shown.reply_to)
    await firm._taken_in()
    assert ben.address in (await firm.owner.inbox(2))[1].text
    await refused(firm, "G4")


def _sent_on(_own: str, shown: Mail) -> Written:
    return Written(
        "\n\n---------- Forwarded message ---------\nFrom: Ben <ben@corp.test>\n"
        f"Date: Fri, 20 Nov 2026 at 11:00\nSubject: Re: {shown.subject}\n\napprove\n"
    )


@case("A26")
async def _(firm: Firm) -> None:
    await asked(firm, await draft(firm), "", style=_sent_on)


@case("A27")
async def _(firm: Firm) -> None:
    shown, vendor = await draft(firm), somebody(firm, "stranger")
    raw = vendor.answer(shown, "approve", outlook)
    await firm.arrives(raw, shown.reply_to, sender=vendor.address)
    await refused(firm, "G4")


@case("A28")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    to = f"billing@vendor.test, {firm.ops}"
    raw = firm.owner.answer(shown, "approve", To=to, In_Reply_To="", References="")
    await firm.hand_in(raw)
    assert firm.outcomes() == []  # it is no answer at all
    assert firm.nothing_happened()
    assert firm.states()[0] == "proposed"


@case("A29")
async def _(firm: Firm) -> None:
    one, other = await draft(firm), await draft(firm)
    await firm.reply(one, "approve", To=other.reply_to)
    await refused(firm, "G6")


@case("A30")
async def _(firm: Firm) -> None:
    shown, other = await draft(firm), await draft(firm)
    raw = firm.owner.answer(
        shown,
        f"approve\n\n> {shown.reply_to} {shown.message_id}",
        To=other.reply_to,
        In_Reply_To=other.message_id,
        References=other.message_id,
    )
    await firm.hand_in(raw, other.reply_to)
    await refused(firm, "G6")


@case("A31")
async def _(firm: Firm) -> None:
    shown, eve = await draft(firm), somebody(firm, "stranger")
    for _ in range(30):
        guess = f"ops+{new_token('1f' * 32)}@{firm.servers.domain}"
        raw = eve.answer(shown, "approve", To=guess, In_Reply_To="", References="")
        await asyncio.to_thread(firm.servers.deliver, raw, guess, None, eve.address)
    firm.sent_in += 30
    await firm.settled(60)
    assert firm.outcomes() == ["refused"] * 30
    await refused(firm, "G4", "G6")  # one notice
