"""A58 to A69: providers, clocks, and what is crafted."""

import asyncio
import html
import re
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from mailagent.core.people import Pin, Proof
from mailagent.core.proposal import digest
from tests.agent import (
    COMPANY,
    Firm,
    enrol,
)
from tests.clients import Client, Written, apple, gmail, outlook
from tests.gates.told import (
    OTHER_AMOUNT,
    authenticator,
    case,
    code,
    draft,
    executed,
    held_back,
    refused,
    signed_by,
    somebody,
    unsigned,
)
from tests.gateway import TENANT_PIN, Habits, exchange_marks, gateway_before


@case("A58")
async def _(firm: Firm) -> None:
    await enrol(firm.app, firm.owner.address, TENANT_PIN)
    shown = await draft(firm)
    with gateway_before(firm.servers, Habits()) as gateway:
        inside = Client(servers=gateway.servers, user="owner", clock=firm.clock)
        await inside.send(inside.answer(shown, "approve"), shown.reply_to)
        await firm._taken_in()
    executed(firm)


@case("A59")
async def _(firm: Firm) -> None:
    await enrol(firm.app, firm.owner.address, TENANT_PIN)
    shown = await draft(firm)
    marks = "".join(f"{name}: {value}\r\n" for name, value in exchange_marks(inside=True))
    with gateway_before(firm.servers, Habits()) as gateway:
        raw = marks.encode() + unsigned(firm, shown)
        await asyncio.to_thread(gateway.servers.deliver, raw, shown.reply_to)
        await firm._taken_in()
    await refused(firm, "G5")


@case("A60")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    with gateway_before(firm.servers, Habits(links=True)) as gateway:
        behind = Client(
            servers=gateway.servers, user="owner", clock=firm.clock, signer=firm.owner.signer
        )
        await behind.send(behind.answer(shown, "approve"), shown.reply_to)
        await firm._taken_in()
    assert "pin `server` or `code`" in (await firm.owner.inbox(2))[1].text
    await refused(firm, "G5")


@case("A61")
async def _(firm: Firm) -> None:
    app, changed = await authenticator(firm), signed_by(firm, f"new.{firm.servers.domain}")
    shown = await draft(firm)
    await firm.hand_in(changed.answer(shown, "approve"), shown.reply_to)
    await refused(firm, "G5")
    headers = {
        "From": firm.owner.address,
        "To": firm.ops,
        "Subject": f"enroll {code(firm, app)}",
    }
    await firm.hand_in(changed.signed(changed.compose(headers, Written(""))))
    await firm.hand_in(changed.answer(shown, f"approve {code(firm, app, 1)}"), shown.reply_to)
    executed(firm)


@case("A62")
async def _(firm: Firm) -> None:
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    app, shown = await authenticator(firm), await draft(firm)
    question = await firm.answer_to(shown, "approve")
    assert "six digits" in question.text
    held_back(firm, "G10")
    await firm.reply(shown, f"approve {code(firm, app)}")
    executed(firm)


@case("A63")
async def _(firm: Firm) -> None:
    first = await draft(firm)
    before = format_datetime(firm.clock.now() - timedelta(minutes=20))
    old = firm.owner.answer(first, "approve", Date=before)
    second = await firm.answer_to(first, "book to 6820")
    await firm.arrives(old, second.reply_to)
    assert firm.refusals() == {"G7"}
    assert firm.nothing_happened()


@case("A64")
async def _(firm: Firm) -> None:
    slow = format_datetime(firm.clock.now() - timedelta(minutes=5))
    await firm.reply(await draft(firm), "approve", Date=slow)
    executed(firm)


@case("A65")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    links = map(html.unescape, re.findall(r'href="(mailto:[^"]+)"', shown.html))
    button = next(urlsplit(link) for link in links if "approve" in link)
    said = {name: values[0] for name, values in parse_qs(button.query).items()}
    to = unquote(button.path)
    headers = {"From": firm.owner.address, "To": to, "Subject": said["subject"]}
    await firm.hand_in(firm.owner.signed(firm.owner.compose(headers, Written(said["body"]))), to)
    executed(firm)


@case("A66")
async def _(firm: Firm) -> None:
    said = [("Approved, thanks!", outlook), ("Hi, approve please", gmail), ("Approved.", apple)]
    for number, (own, style) in enumerate(said, 1):
        await firm.reply(await draft(firm), own, style=style)
        executed(firm, number)
        await firm.news()


@case("A67")
async def _(firm: Firm) -> None:
    shown, eve = await draft(firm), somebody(firm, "stranger")
    for _ in range(50):
        raw = eve.answer(shown, "approve")
        await asyncio.to_thread(firm.servers.deliver, raw, shown.reply_to, None, eve.address)
    firm.sent_in += 50
    await firm.settled(90)
    assert firm.outcomes() == ["refused"] * 50
    await refused(firm, "G4")
    await firm.reply(shown, "approve")
    executed(firm)


@case("A68")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.tamper(OTHER_AMOUNT)
    async with firm.app.store.begin(COMPANY) as tx:
        proposal, _, _ = await tx.proposal(1, 1)
    await firm.tamper("UPDATE proposals SET digest = ?", digest(COMPANY, proposal))
    await firm.tamper("UPDATE drafts SET digest = ?", digest(COMPANY, proposal))
    await firm.reply(shown, "approve")
    await refused(firm, "G8")


@case("A69")
async def _(firm: Firm) -> None:
    """Nothing is restored from a mail that comes in: it is a document like any other."""
    shown = await draft(firm)
    state = b'{"company": "corp", "cases": [{"id": 1, "state": "approved"}], "people": []}'
    crafted = (
        b"From: ops@corp.test\r\nTo: ops@corp.test\r\nSubject: audit 1182:9f2c41d7a0b35e11\r\n"
        b"Date: Mon, 17 Nov 2025 09:30:00 +0000\r\nMessage-ID: <state@corp.test>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: application/json\r\n"
        b'Content-Disposition: attachment; filename="state.json"\r\n\r\n' + state + b"\r\n"
    )
    before = firm.rows("SELECT body FROM people")
    await firm.arrives(crafted)
    assert firm.rows("SELECT body FROM people") == before
    assert firm.states()[0] == "proposed"
    assert firm.nothing_happened()
    await firm.reply(shown, "approve")
    assert len(firm.bills()) == 1
