"""How long a word waits behind a pile: from the server's announcement of a reply to its decision.

On Dovecot and Postfix, on loopback. Before the agent starts, its store holds many cases in work,
and its mailbox many unread mails; while it works them off, the owner answers drafts, one at a time.
The clock runs from the moment another IDLE connection is told of a reply to the commit of its
decision.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from bench.figures import HEAD, figures, table
from bench.latency import approval_of
from bench.scene import OPS, OWNER, Onlooker, built, enroll, real_servers, send
from bench.spans import Span, Spans, rows
from mailagent.bootstrap import App
from mailagent.demo.documents import Bill, Letterhead, bill_mail, factur_x
from tests.servers import MailServers

_PATIENCE = 120.0
# One in so many mails of the pile carries a bill; the others are newsletters and talk.
_BILLS = 25
_COPIED = ("cases", "drafts", "proposals", "readings", "messages")


class Answered(NamedTuple):
    """One reply on its way, as moments."""

    sent: float  # the 250 to its content
    told: float  # the server tells another client of it
    decided: float
    spans: tuple[Span, ...]


class Scene(NamedTuple):
    """How much lies there."""

    replies: int
    unread: int
    in_work: int
    pause: float


async def measure(scene: Scene) -> list[Answered]:
    """Fills mailbox and store, then answers while the agent works them off."""
    spans = Spans()
    with (
        real_servers() as servers,
        tempfile.TemporaryDirectory(prefix="mailagent-bench-") as home,
    ):
        async with _working(servers, Path(home), spans) as app:
            await asyncio.sleep(1.0)
            drafts = await _drafts(servers, scene.replies + 1)
        _multiply(app.settings.database, scene.in_work)
        await asyncio.to_thread(_pile, servers, scene.unread)
        async with _working(servers, Path(home), spans):
            with Onlooker(servers, "ops") as ops:
                return await _answers(servers, ops, spans, drafts, scene.pause)


class _working:  # noqa: N801 - used as a function
    """The agent on this home, until the block ends."""

    def __init__(self, servers: MailServers, home: Path, spans: Spans) -> None:
        self._app = built(servers, home, spans)
        self._servers = servers

    async def __aenter__(self) -> App:
        self._app.reader.start()
        self._opened = self._app.opened()
        await self._opened.__aenter__()
        await enroll(self._app, self._servers)
        self._work = asyncio.create_task(self._app.work())
        return self._app

    async def __aexit__(self, *_: object) -> None:
        self._work.cancel()
        with suppress(asyncio.CancelledError):
            await self._work
        await self._opened.__aexit__(None, None, None)


async def _drafts(servers: MailServers, count: int) -> list[bytes]:
    """So many real drafts in the owner's mailbox."""
    for number in range(count):
        await asyncio.to_thread(send, servers, _bill(number, "first"), OPS)
    return await servers.await_mails("owner", count, seconds=_PATIENCE)


def _bill(number: int, kind: str) -> bytes:
    bill = Bill(number=f"RE-{kind}-{number:05}")
    head = Letterhead(recipient=OPS, message_id=f"<{bill.number}@nordlicht.example>")
    return bill_mail(head, bill, factur_x(bill))


def _multiply(database: Path, wanted: int) -> None:
    """Copies the first case until there are so many, each with a draft and a token of its own."""
    with closing(sqlite3.connect(database)) as store, store:
        (there,) = store.execute("SELECT count(*) FROM cases").fetchone()
        for name in _COPIED:
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({name})")]
            key = "case" if "case" in columns else "id"
            (row,) = store.execute(f'SELECT * FROM {name} WHERE "{key}" = 1 LIMIT 1').fetchall()
            made = [_copy(dict(zip(columns, row, strict=True)), n) for n in range(wanted - there)]
            marks = ",".join("?" * len(columns))
            store.executemany(
                f"INSERT INTO {name} VALUES ({marks})", [tuple(m.values()) for m in made]
            )


def _copy(row: dict[str, object], number: int) -> dict[str, object]:
    own = 1_000_000 + number
    for name in ("id", "case", "message", "arrived_uid", "uid"):
        if name in row:
            row[name] = own
    for name in ("token_hash", "ref", "sha256"):
        if name in row:
            row[name] = f"copy-{number}"
    return row


def _pile(servers: MailServers, count: int) -> None:
    with servers.client("ops") as client:
        for raw in _unread(count):
            client.append("INBOX", raw)


def _unread(count: int) -> Iterator[bytes]:
    for number in range(count):
        if number % _BILLS == 0:
            yield _bill(number, "pile")
        else:
            yield _newsletter(number)


def _newsletter(number: int) -> bytes:
    head = (
        f"From: news{number % 50}@letters.example\r\nTo: {OPS}\r\nSubject: News {number}\r\n"
        f"Date: Mon, 17 Nov 2025 09:30:00 +0000\r\nMessage-ID: <n{number}@letters.example>\r\n"
        "List-Id: <news.letters.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (head + "Something happened again, and here is what it was.\r\n" * 60).encode()


async def _answers(
    servers: MailServers, ops: Onlooker, spans: Spans, drafts: Sequence[bytes], pause: float
) -> list[Answered]:
    found = []
    for number, draft in enumerate(drafts):
        await asyncio.sleep(pause)
        reply = approval_of(draft, number)
        spans.clear()
        sent = await asyncio.to_thread(send, servers, reply.as_bytes(), str(reply["To"]), OWNER)
        async with asyncio.timeout(_PATIENCE):
            told = await ops.told(sent)
            decided = await spans.reached("decide: committed")
        found.append(Answered(sent, told, decided, tuple(spans.done)))
    return found[1:]  # the first finds everything cold


def _report(found: Sequence[Answered], *, markdown: bool) -> str:
    took = [max(0.0, one.decided - one.told) for one in found]
    whole = [one.decided - one.sent for one in found]
    summary = [figures(took).row("announced to decided"), figures(whole).row("250 to decided")]
    head = ("median ms since the server told", "starts", "takes")
    during = rows([(one.told, [s for s in one.spans if s.end >= one.told]) for one in found])
    return "\n\n".join(
        (
            table(HEAD, summary, markdown=markdown),
            table(head, during, markdown=markdown),
        )
    )


def main() -> None:
    """Measures and prints."""
    warnings.simplefilter("error", category=DeprecationWarning)
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/decide.py")
    parser.add_argument("--count", type=int, default=20, help="replies")
    parser.add_argument("--unread", type=int, default=10_000)
    parser.add_argument("--in-work", type=int, default=1_000)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two replies")
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    start = time.monotonic()
    scene = Scene(given.count, given.unread, given.in_work, given.pause)
    found = asyncio.run(measure(scene))
    print(_report(found, markdown=given.markdown), end="\n\n")
    command = f"--count {given.count} --unread {given.unread} --in-work {given.in_work}"
    print(f"Repeat ({time.monotonic() - start:.0f} s): python bench/decide.py {command}")


if __name__ == "__main__":
    main()
