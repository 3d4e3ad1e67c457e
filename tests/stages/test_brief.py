"""Many decisions, one reply: briefs from the first hold-back to the receipt of an undo."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.case import State
from mailagent.core.letter import BriefLetter, Ending, ItemsLetter
from mailagent.core.reading import Check, Reading
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import reading

FAILED = Check(name="totals_add_up", ok=False, detail="100 + 19 is not 120")


def bills(number: int, *failed: int) -> list[bytes]:
    """So many bills, of which these fail a check."""
    return [bill(n, failed=n in failed) for n in range(1, number + 1)]


def bill(n: int, *, failed: bool = False, vendor: str = "Acme GmbH") -> bytes:
    what: Reading = reading(
        checks=(FAILED,) if failed else (),
        invoice_number=f"R-{n}",
        net=f"{n * 100}.00",
        tax=f"{n * 19}.00",
        total=f"{n * 119}.00",
        seller_name=vendor,
    )
    return bill_mail(what, message_id=f"<b{n}@acme.test>")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def burst(desk: Desk, number: int = 7, *failed: int) -> BriefLetter:
    """They come at once, and the brief of them follows."""
    await desk.take_in(*bills(number, *failed))
    await settle(desk)
    (letter,) = desk.letters("brief")
    found: BriefLetter = letter
    return found


async def settle(desk: Desk) -> None:
    desk.clock.advance(timedelta(seconds=6))
    await desk.engine.drain()


async def answered(desk: Desk, letter: Any, own: str, **changes: Any) -> ItemsLetter:
    """The one receipt that comes of an answer."""
    before = len(desk.letters("items"))
    await desk.take_in(reply_mail(letter, own, **changes))
    (receipt,) = desk.letters("items")[before:]
    found: ItemsLetter = receipt
    return found


async def states(desk: Desk) -> list[State]:
    return [case.state for case in await desk.cases()]


def endings(letter: ItemsLetter) -> dict[int, Ending]:
    return {item.number: item.ending for item in letter.items}


async def test_a_burst_gives_one_brief_and_no_draft(desk: Desk) -> None:
    letter = await burst(desk)
    assert [line.number for line in letter.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert all(line.ready for line in letter.lines)
    assert [mail.kind for mail in desk.post.sent] == ["brief"]
    assert letter.envelope.ref == "B-1"


async def test_a_handful_comes_as_drafts(desk: Desk) -> None:
    await desk.take_in(*bills(5))
    assert [mail.kind for mail in desk.post.sent] == ["draft"] * 5


async def test_each_item_is_decided_and_one_receipt_tells_it(desk: Desk) -> None:
    letter = await burst(desk, 7, 6, 7)
    assert [line.number for line in letter.lines if not line.ready] == [6, 7]
    receipt = await answered(desk, letter, "1 ok, 2 no, rest ok")
    assert await states(desk) == [
        State.DONE,
        State.REJECTED,
        *[State.DONE] * 3,
        *[State.PROPOSED] * 2,
    ]
    assert endings(receipt) == {
        **dict.fromkeys((1, 3, 4, 5), Ending.APPROVED),
        2: Ending.REJECTED,
        **dict.fromkeys((6, 7), Ending.NOT_COVERED),
    }
    assert receipt.undo == (1, 2, 3, 4, 5)
    assert desk.letters("receipt") == []
    entries = await desk.entries("item.")
    assert len(entries) == 5
    assert len({entry.details["digest"] for entry in entries}) == 5
