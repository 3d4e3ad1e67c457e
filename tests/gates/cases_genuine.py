"""A01 to A10: what is genuine, once, and of what was shown."""

import asyncio

from mailagent.stages.ingest import ingest
from tests.agent import (
    Firm,
)
from tests.clients import gmail
from tests.gates.told import (
    OTHER_AMOUNT,
    case,
    draft,
    executed,
    refused,
    second_address,
)


@case("A01")
async def _(firm: Firm) -> None:
    await firm.reply(await draft(firm), "approve", style=gmail)
    executed(firm)


@case("A02")
async def _(firm: Firm) -> None:
    for number, own in enumerate(("Approve.", "APPROVE", "approve\n-- \nAnn Lee"), 1):
        await firm.reply(await draft(firm), own)
        executed(firm, number)
        await firm.news()


@case("A03")
async def _(firm: Firm) -> None:
    shown, other = await draft(firm), await second_address(firm)
    await other.send(other.answer(shown, "approve"), shown.reply_to)
    await firm._taken_in()
    executed(firm)


@case("A04")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    raw = await firm.reply(shown, "approve")
    await firm.hand_in(raw, shown.reply_to)
    assert firm.outcomes() == ["approve", "late"]
    assert firm.refusals() == {"G7"}
    executed(firm)
    receipts = (await firm.owner.inbox(3))[1:]
    assert len({receipt.message_id for receipt in receipts}) == 1


@case("A05")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.reply(shown, "approve")
    await firm.reply(shown, "approve")
    assert firm.refusals() == {"G7"}
    executed(firm)


@case("A06")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    raw = firm.owner.answer(shown, "approve")
    both = (firm.owner.send(raw, shown.reply_to), firm.owner.send(raw, shown.reply_to))
    await asyncio.gather(*both, ingest(firm.app.office), ingest(firm.app.office))
    firm.sent_in += 2
    await firm.settled()
    assert sorted(firm.outcomes()) == ["approve", "late"]
    executed(firm)


@case("A07")
async def _(firm: Firm) -> None:
    first = await draft(firm)
    firm.clock.ahead = firm.days(8)
    second = await firm.answer_to(first, "approve", Date=first["Date"])
    assert firm.refusals() == {"G7"}
    assert second.subject == first.subject
    assert firm.nothing_happened()
    await firm.reply(second, "approve")
    executed(firm)


@case("A08")
async def _(firm: Firm) -> None:
    first = await draft(firm)
    second = await firm.answer_to(first, "book to 6820")
    await firm.reply(first, "approve")
    assert firm.refusals() == {"G7"}
    assert (await firm.owner.inbox(3))[2].message_id == second.message_id
    assert firm.nothing_happened()


@case("A09")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.tamper(OTHER_AMOUNT)
    await firm.reply(shown, "approve")
    await refused(firm, "G8")


@case("A10")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    ((name,),) = firm.rows("SELECT json_extract(document, '$.sha256') FROM cases")
    blob = firm.app.settings.blobs / name[:2] / name
    blob.write_bytes(blob.read_bytes().replace(b"%PDF", b"%PdF"))
    await firm.reply(shown, "approve")
    await refused(firm, "G8")
