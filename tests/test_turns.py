"""A reply goes before any document, and no place is lost."""

import asyncio

import pytest

from mailagent.turns import Turns


async def test_a_reply_goes_before_the_documents_that_waited_longer() -> None:
    turns, order = Turns(1), list[str]()

    go = asyncio.Event()

    async def ask(name: str, *, urgent: bool) -> None:
        async with turns.turn(urgent=urgent):
            order.append(name)
            await go.wait()

    asking = [asyncio.create_task(ask(f"document {n}", urgent=False)) for n in range(3)]
    asking.append(asyncio.create_task(ask("reply", urgent=True)))
    await asyncio.sleep(0)  # the first has its place, the others wait
    go.set()
    await asyncio.gather(*asking)
    assert order == ["document 0", "reply", "document 1", "document 2"]


@pytest.mark.parametrize("moment", ["waiting", "called"])
async def test_who_gives_up_takes_no_place_with_it(moment: str) -> None:
    turns = Turns(1)

    async def ask(go: asyncio.Event) -> None:
        async with turns.turn(urgent=False):
            await go.wait()

    go = asyncio.Event()
    first, second = asyncio.create_task(ask(go)), asyncio.create_task(ask(go))
    await asyncio.sleep(0)
    if moment == "called":
        go.set()
        await first  # the second was just given the place
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    go.set()
    await asyncio.wait_for(asyncio.gather(first, ask(go)), 1)
