"""How long a colleague waits: from the bill to its draft, and from the approval to its receipt.

On Dovecot and Postfix, on loopback, one mail at a time. A figure is "net" when the time that the
server itself takes to tell of a new mail, measured for the same mail on another connection, is
taken off.
"""

import argparse
import asyncio
import email
import email.policy
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import NamedTuple

from bench.figures import HEAD, figures, table
from bench.scene import OPS, OWNER, Onlooker, real_servers, send, working_agent
from bench.spans import Span, Spans, rows
from mailagent.demo.documents import Bill, Letterhead, bill_mail, factur_x
from tests.servers import MailServers

_PATIENCE = 30.0  # seconds for one mail


class Trip(NamedTuple):
    """One mail's way through the agent, as moments."""

    sent: float  # the 250 to its content
    told: float  # the server tells another client of it
    answered: float  # the 250 to the content of the agent's answer
    spans: tuple[Span, ...]

    @property
    def gross(self) -> float:
        return self.answered - self.sent

    @property
    def notice(self) -> float:
        return self.told - self.sent

    @property
    def net(self) -> float:
        return self.gross - self.notice


@dataclass
class Bench:
    """The servers, the agent's clockwork, and who looks on."""

    servers: MailServers
    spans: Spans
    ops: Onlooker
    owner: Onlooker
    pause: float
    seen: list[float] = field(default_factory=list)  # from the agent's 250 to the owner's client

    async def trip(self, raw: bytes, to: str, by: str | None, answer: str) -> Trip:
        """Sends a mail and waits for what the agent says to it."""
        await asyncio.sleep(self.pause)
        self.spans.clear()
        sent = await asyncio.to_thread(send, self.servers, raw, to, by)
        async with asyncio.timeout(_PATIENCE):
            answered = await self.spans.reached(f"send: {answer} accepted")
            told = await self.ops.told(sent)
            self.seen.append(await self.owner.told(answered) - answered)
        return Trip(sent, told, answered, tuple(self.spans.done))

    async def bill(self, number: int) -> Trip:
        """A vendor sends a bill; the agent a draft."""
        bill = Bill(number=f"RE-2025-{number:04}")
        head = Letterhead(recipient=OPS, message_id=f"<{bill.number}@nordlicht.example>")
        raw = bill_mail(head, bill, factur_x(bill))
        return await self.trip(raw, OPS, None, "draft")

    async def approval(self) -> Trip:
        """The owner answers the last draft; the agent sends a receipt."""
        mails = await asyncio.to_thread(self.servers.mails, "owner")
        reply = approval_of(mails[-1], len(mails))
        return await self.trip(reply.as_bytes(), str(reply["To"]), OWNER, "receipt")


class Measured(NamedTuple):
    """All trips, and how long after the agent's 250 the owner's client was told."""

    drafts: list[Trip]
    receipts: list[Trip]
    seen: list[float]


def approval_of(draft: bytes, number: int) -> EmailMessage:
    shown = email.message_from_bytes(draft, policy=email.policy.default)
    reply = EmailMessage(policy=email.policy.SMTP)
    reply["From"], reply["To"] = OWNER, shown["Reply-To"]
    reply["Subject"] = f"Re: {shown['Subject']}"
    reply["In-Reply-To"] = reply["References"] = shown["Message-ID"]
    reply["Message-ID"] = f"<approval-{number}@corp.test>"
    reply["Date"] = email.utils.localtime()
    reply.set_content("approve\n")
    return reply


async def measure(count: int, warm_up: int, pause: float) -> Measured:
    """Bills and approvals in turn; what comes first is not counted."""
    spans = Spans()
    async with _company(spans, pause) as bench:
        drafts, receipts = [], []
        for number in range(warm_up + count):
            drafts.append(await bench.bill(number))
            receipts.append(await bench.approval())
        await _check(bench, 2 * (warm_up + count))
    return Measured(drafts[warm_up:], receipts[warm_up:], bench.seen)


@asynccontextmanager
async def _company(spans: Spans, pause: float) -> AsyncIterator[Bench]:
    with (
        real_servers() as servers,
        Onlooker(servers, "ops") as ops,
        Onlooker(servers, "owner") as owner,
    ):
        async with working_agent(servers, spans):
            yield Bench(servers, spans, ops, owner, pause)


async def _check(bench: Bench, expected: int) -> None:
    """Every answer arrived, once."""
    mails = await asyncio.to_thread(bench.servers.mails, "owner")
    ids = {email.message_from_bytes(raw)["Message-ID"] for raw in mails}
    if not len(mails) == len(ids) == expected:
        raise AssertionError(f"{len(mails)} mails, {len(ids)} different, {expected} expected")


def _report(title: str, trips: Sequence[Trip], *, markdown: bool) -> str:
    summary = [
        figures([trip.net for trip in trips]).row("net"),
        figures([trip.gross for trip in trips]).row("gross"),
        figures([trip.notice for trip in trips]).row("the server tells"),
    ]
    head = ("median ms since the server told", "starts", "takes")
    spans = rows([(trip.told, trip.spans) for trip in trips])
    tables = (table(HEAD, summary, markdown=markdown), table(head, spans, markdown=markdown))
    return "\n\n".join((f"## {title}" if markdown else title, *tables))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/latency.py")
    parser.add_argument("--count", type=int, default=20, choices=range(1, 1001), metavar="N")
    parser.add_argument("--warm-up", type=int, default=3, choices=range(101), metavar="N")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two mails")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    return parser.parse_args()


def main() -> None:
    """Measures and prints."""
    warnings.simplefilter("error")
    given = _options()
    found = asyncio.run(measure(given.count, given.warm_up, given.pause))
    seen = figures(found.seen).median * 1000
    command = f"--count {given.count} --warm-up {given.warm_up} --pause {given.pause:g}"
    print(_report("Bill to draft", found.drafts, markdown=given.markdown), end="\n\n")
    print(_report("Approval to receipt", found.receipts, markdown=given.markdown), end="\n\n")
    print(f"The owner's own mail client was told {seen:.0f} ms after the agent's 250.")
    print(f"Repeat: python bench/latency.py {command}")


if __name__ == "__main__":
    main()
