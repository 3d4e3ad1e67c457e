"""A pile of bills: how many mails a second the agent takes in, reads and drafts.

The bills lie in the mailbox before the agent starts; the clock runs from its start to the moment
the server takes the last draft. On Dovecot and Postfix, on loopback.
"""

import argparse
import asyncio
import resource
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.figures import milliseconds, table
from bench.scene import OPS, real_servers, send, working_agent
from bench.spans import Spans, rows
from mailagent.demo.documents import Bill, Letterhead, bill_mail, factur_x
from tests.servers import MailServers

_PATIENCE = 600.0


class Tally(Spans):
    """Counts drafts as well."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.drafted: list[float] = []
        self.all_there = asyncio.Event()
        self._wanted = wanted

    def probe(self, point: str) -> None:
        super().probe(point)
        if point == "send: draft accepted":
            self.drafted.append(time.monotonic())
            if len(self.drafted) == self._wanted:
                self.all_there.set()


class Pile(NamedTuple):
    """How a pile was worked off."""

    seconds: float
    first: float  # seconds to the first draft
    agent: int  # peak of its memory, in bytes
    children: Sequence[int]  # likewise
    spans: list[tuple[str, ...]]


async def work_off(count: int) -> Pile:
    """Delivers, starts the agent, waits for the last draft."""
    with real_servers() as servers:
        await asyncio.to_thread(_deliver, servers, count)
        tally = Tally(count)
        start = time.monotonic()
        async with working_agent(servers, tally), asyncio.timeout(_PATIENCE):
            await tally.all_there.wait()
            found = rows([(start, tally.done)])
            agent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            first, last = tally.drafted[0] - start, tally.drafted[-1] - start
            return Pile(last, first, agent, _peaks_of_children(), found)


def _deliver(servers: MailServers, count: int) -> None:
    for number in range(count):
        bill = Bill(number=f"RE-2025-{number:04}")
        head = Letterhead(recipient=OPS, message_id=f"<{bill.number}@nordlicht.example>")
        send(servers, bill_mail(head, bill, factur_x(bill)), OPS)
    patience = time.monotonic() + _PATIENCE
    while len(servers.mails("ops")) < count:
        if time.monotonic() > patience:
            raise TimeoutError("the mail server does not deliver")
        time.sleep(0.2)


def _peaks_of_children() -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            status = (process / "status").read_text()
        except OSError:  # it has ended meanwhile
            continue
        facts = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if b"mailagent.reading.child" in command and int(facts["PPid"]) == _us():
            found.append(int(facts["VmHWM"].split()[0]) * 1024)
    return found


def _us() -> int:
    return int(Path("/proc/self").resolve().name)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}"


def main() -> None:
    """Measures and prints."""
    warnings.simplefilter("error")
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/throughput.py")
    parser.add_argument("--count", type=int, default=200, choices=range(1, 10_001), metavar="N")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    given = parser.parse_args()
    pile = asyncio.run(work_off(given.count))
    facts = [
        ("mails", str(given.count)),
        ("mails a second", f"{given.count / pile.seconds:.1f}"),
        ("seconds in all", f"{pile.seconds:.1f}"),
        ("seconds to the first draft", f"{pile.first:.1f}"),
        ("agent, peak MB", _megabytes(pile.agent)),
        ("children, peak MB", ", ".join(map(_megabytes, pile.children))),
    ]
    print(table(("a pile of bills", ""), facts, markdown=given.markdown), end="\n\n")
    spent = [
        (name, milliseconds(float(takes) / 1000 / given.count)) for name, _, takes in pile.spans
    ]
    print(table(("ms a mail, some at the same time", "takes"), spent, markdown=given.markdown))
    print(f"\nRepeat: python bench/throughput.py --count {given.count}")


if __name__ == "__main__":
    main()
