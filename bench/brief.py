"""A flood becomes one brief, and one answer settles it: python -m bench.brief [400]

Mail servers and readers are fakes here: measured is the store's work, in time of computing, so that
it does not matter what else the machine does.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from mailagent.core.brief import MOST_ITEMS
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import reading


def _bill(n: int) -> bytes:
    what = reading(invoice_number=f"R-{n}", seller_name=f"Stranger {n}")
    return bill_mail(what, message_id=f"<b{n}@acme.test>")


async def _flood(desk: Desk, number: int) -> None:
    began = time.process_time()
    await desk.take_in(*(_bill(n) for n in range(number)))
    taken = time.process_time()
    desk.clock.advance(timedelta(seconds=6))
    await desk.engine.drain()
    sent = time.process_time()
    print(f"{number} bills taken in and proposed: {(taken - began) * 1000 / number:.1f} ms each")
    print(f"brief of {MOST_ITEMS} made and sent: {(sent - taken) * 1000:.0f} ms")
    print(f"mails sent: {dict(Counter(mail.kind for mail in desk.post.sent))}")


async def _answer(desk: Desk) -> None:
    (letter,) = desk.letters("brief")
    began = time.process_time()
    await desk.take_in(reply_mail(letter, "1 no, all ok", date=desk.clock.now()))
    ended = time.process_time()
    (receipt,) = desk.letters("items")
    print(
        f"{len(receipt.items)} items decided, done and receipted: {(ended - began) * 1000:.0f} ms"
    )


async def _main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_desk(Path(folder)) as desk:
            await _flood(desk, number)
            await _answer(desk)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 400))
