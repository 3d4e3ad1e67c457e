"""The embedded server tells of every mail, also of one that comes while it tells of another."""

import asyncio

import pytest

from connectors.mail.imap import ImapMailbox
from connectors.server import Security, Server
from mailagent.demo.idle import tell_everything
from mailagent.demo.server import HOST, MailServer

pytestmark = pytest.mark.slow  # whole processes and servers

MAILS = 150


async def test_no_mail_goes_untold() -> None:
    tell_everything()
    server = MailServer("corp.test", {"ops": "secret"})
    await server.start()
    box = ImapMailbox(
        Server(
            host=HOST,
            port=server.imap_port,
            security=Security.PLAIN,
            login="ops@corp.test",
            password="secret",
            connect_timeout=5.0,
            read_timeout=5.0,
        )
    )
    arrivals: asyncio.Queue[int] = asyncio.Queue()
    moves: set[asyncio.Task[object]] = set()

    async def take_in() -> None:
        valid, seen = 0, 0
        while True:
            valid, headers = await box.sweep(valid, seen)
            for header in reversed(headers):
                seen = header.place.uid
                arrivals.put_nowait(seen)
                moves.add(asyncio.create_task(box.move(header.place, "Ops/Done")))
            await box.wait(60)  # nothing is found by looking again

    intake = asyncio.create_task(take_in())
    try:
        for number in range(MAILS):
            await asyncio.sleep(number % 7 * 0.004)
            await server.deliver(b"Subject: x\r\n\r\nx\r\n", "ops@corp.test", "a@vendor.test")
            async with asyncio.timeout(5):
                await arrivals.get()
        await asyncio.gather(*moves)
    finally:
        intake.cancel()
        await asyncio.gather(intake, return_exceptions=True)
        await box.close()
        await server.stop()
