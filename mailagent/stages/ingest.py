"""Ingest: what lies in the INBOX is kept, whole, before anything reads it."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing

from mailagent.core.audit import Entry
from mailagent.core.errors import MailboxUnavailable
from mailagent.core.gates.shape import plain_address
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.message import Arrival, Disposition
from mailagent.core.people import Person
from mailagent.core.post import owner_of
from mailagent.core.said import Said, say
from mailagent.core.token import tokens_for, tokens_in
from mailagent.ports import SWEPT, Header, Office, Transaction, Watermark
from mailagent.ports.notify import Note, notify
from mailagent.turns import urgently

# Two batches are held in memory at once; a mail that is larger goes to the disk in pieces.
_BATCH_BYTES = 8_000_000
_FROM = re.compile(r"^from:([^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+)", re.IGNORECASE | re.MULTILINE)
# Who asks for something needs few words; what is longer keeps its place among all mails.
_SHORT = 50_000
_Stages = dict[int, Stage]  # who takes a mail first, by its UID
_Brought = tuple[Arrival, str]  # a mail, by now without its content, and its name in the blobs
# Batches on their way at once: one is fetched, one waits for the disk, one is written down.
_ON_THEIR_WAY = 3
_REPORT = re.compile(rb"^content-type:\s*multipart/report\b", re.IGNORECASE | re.MULTILINE)


async def ingest(office: Office) -> int:
    """Keeps all that is new; how many that was.

    Headers first: a word from the owner is taken in before any other body is fetched. The
    watermark only follows the rest, oldest first, so nothing can fall between.
    """
    began = office.clock.now()
    async with office.store.begin(office.company.id) as tx:
        mark = await tx.watermark(office.mailbox.name)
    uidvalidity, headers, stages = await _swept(office, mark)
    early = _early(office, headers, stages)
    new = 0
    for batch in _batches(office, early):
        new += await _keep(office, batch, stages, None)
    first = {header.place.uid for header in early}
    rest = [h for h in reversed(headers) if h.place.uid not in first]
    newest = headers[0].place.uid if headers else mark.uid
    async with aclosing(_brought(office, _batches(office, rest))) as batches:
        async for batch, brought in batches:
            reached = Watermark(uidvalidity, batch[-1].place.uid)
            new += await _store(office, batch, brought, stages, reached)
            if batch[-1] is not rest[-1]:  # a pile takes its time: somebody may have answered
                newest, late = await _answered_since(office, uidvalidity, newest)
                new += late
    if headers and headers[0].place.uid in first:  # else the last batch has reached it
        await _reach(office, Watermark(uidvalidity, headers[0].place.uid))
    office.ear.heard_until = began
    return new


async def _swept(office: Office, mark: Watermark) -> tuple[int, list[Header], _Stages]:
    """All that is new, newest first, and who takes it; by then a header is held no longer."""
    headers: list[Header] = []
    stages: _Stages = {}
    uidvalidity, piece = await office.mailbox.sweep(mark.uidvalidity, mark.uid)
    while piece:
        stages |= await _stages(office, piece)
        headers += (h if h.size > office.mail_bytes else h._replace(header=b"") for h in piece)
        if len(piece) < SWEPT:
            break
        lowest = piece[-1].place.uid
        again, piece = await office.mailbox.sweep(mark.uidvalidity, mark.uid, below=lowest)
        if again != uidvalidity:
            raise MailboxUnavailable("the mails were numbered anew while they were looked at")
    return uidvalidity, headers, stages


async def _brought(
    office: Office, batches: Iterable[list[Header]]
) -> AsyncGenerator[tuple[list[Header], Sequence[_Brought]], None]:
    """Each batch with its mails in the blobs; the next are on their way meanwhile."""
    coming: list[tuple[list[Header], asyncio.Task[Sequence[_Brought]]]] = []
    try:
        for batch in batches:
            coming.append((batch, asyncio.ensure_future(_bring(office, batch))))
            if len(coming) == _ON_THEIR_WAY:
                yield coming[0][0], await coming.pop(0)[1]
        for batch, mails in coming:
            yield batch, await mails
    finally:
        for _, task in coming:
            task.cancel()
        await asyncio.gather(*(task for _, task in coming), return_exceptions=True)


async def _bring(
    office: Office, batch: Sequence[Header], *, urgent: bool = False
) -> Sequence[_Brought]:
    """What of it is still there, in the order of the batch; durable in the blobs."""
    if _BATCH_BYTES < batch[0].size <= office.mail_bytes:
        (header,) = batch  # nothing else fits in beside it
        return await _pour(office, header, urgent=urgent)
    places = [h.place for h in batch if h.size <= office.mail_bytes]
    mails = list(await office.mailbox.fetch(places, urgent=urgent))
    # Of what is too large only the header is kept: enough to tell its owner which mail it was.
    mails += [
        Arrival(place=h.place, raw=h.header, received_at=h.received_at)
        for h in batch
        if h.size > office.mail_bytes
    ]
    names = await office.blobs.put_many(mail.raw for mail in mails)
    return [(_emptied(mail), name) for mail, name in zip(mails, names, strict=True)]


def _emptied(mail: Arrival) -> Arrival:
    """Whatever waits to be written down is not held in memory."""
    return Arrival(place=mail.place, raw=b"", received_at=mail.received_at)


async def _pour(office: Office, header: Header, *, urgent: bool) -> Sequence[_Brought]:
    """A large mail, straight to the disk; nothing when it is gone."""
    with office.blobs.begin() as sink:
        if not await office.mailbox.pour(header.place, sink.write, urgent=urgent):
            return []
        name = await sink.keep()
    return [(Arrival(place=header.place, raw=b"", received_at=header.received_at), name)]


async def _answered_since(office: Office, uidvalidity: int, newest: int) -> tuple[int, int]:
    """Words that came since the sweep are kept at once; what else came waits for the next."""
    _, headers = await office.mailbox.sweep(uidvalidity, newest, urgent=True)
    if not headers:
        return newest, 0
    return headers[0].place.uid, await _keep_words(office, headers)


class Words:
    """Looks for what our own people say while a pile is taken in, on a way of its own.

    It only looks at what arrives from its first look on; whatever it misses the pile brings.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._mark = Watermark()

    async def look(self) -> int:
        """Keeps the words that came since the last look; how many that was."""
        with urgently():
            return await self._look()

    async def _look(self) -> int:
        office, mark = self._office, self._mark
        self._mark = Watermark(*await office.mailbox.newest())
        if self._mark.uidvalidity != mark.uidvalidity or self._mark.uid <= mark.uid:
            return 0
        _, headers = await office.mailbox.sweep(mark.uidvalidity, mark.uid, urgent=True)
        if not headers:
            return 0
        self._mark = Watermark(mark.uidvalidity, headers[0].place.uid)
        return await _keep_words(office, headers)


async def _keep_words(office: Office, headers: Sequence[Header]) -> int:
    """What of it our own people say, at once; how many mails that was."""
    stages = await _stages(office, headers)
    batches = _batches(office, _early(office, headers, stages))
    return sum([await _keep(office, batch, stages, None, urgent=True) for batch in batches])


def _early(office: Office, headers: Sequence[Header], stages: _Stages) -> list[Header]:
    """Replies, and short mails of our own people: they may be requests. Newest first."""
    replies = [h for h in headers if stages[h.place.uid] is Stage.DECIDE]
    short = [h for h in headers if stages[h.place.uid] is Stage.LISTEN and h.size < _SHORT]
    return [*replies, *short[: office.batch]]


async def _stages(office: Office, headers: Sequence[Header]) -> _Stages:
    """Who takes each mail first: by a token of ours, or one that pretends to be, by its sender."""
    hashes = {h.place.uid: [t.hash for t in tokens_in(_text(h))] for h in headers}
    asked = [token for tokens in hashes.values() for token in tokens]
    async with office.store.begin(office.company.id) as tx:
        known = await tx.known_tokens(asked)
        ours = {a.address for person in await tx.people() for a in person.addresses}

    def stage_of(header: Header) -> Stage:
        if _REPORT.search(header.header):  # a bounce of ours quotes our token, decides nothing
            return Stage.SORT
        if known.intersection(hashes[header.place.uid]) or _pretends(office, header):
            return Stage.DECIDE
        return Stage.LISTEN if _sender(header) in ours else Stage.SORT

    return {header.place.uid: stage_of(header) for header in headers}


def _sender(header: Header) -> str:
    """The one address in From; empty where it cannot be told at a glance."""
    found = _FROM.search(_text(header))
    return plain_address(" ".join(found[1].split())) if found else ""


def _pretends(office: Office, header: Header) -> bool:
    company = office.company
    return bool(tokens_for(_text(header), company.ops_address, company.domain))


def _text(header: Header) -> str:
    return header.header.decode("ascii", "replace")


def _batches(office: Office, headers: Sequence[Header]) -> Iterator[list[Header]]:
    batch: list[Header] = []
    size = 0
    for header in headers:
        size += header.size
        if batch and (size > _BATCH_BYTES or len(batch) == office.batch):
            yield batch
            batch, size = [], header.size
        batch.append(header)
    if batch:
        yield batch


async def _keep(
    office: Office,
    batch: Sequence[Header],
    stages: _Stages,
    mark: Watermark | None,
    *,
    urgent: bool = False,
) -> int:
    brought = await _bring(office, batch, urgent=urgent)
    return await _store(office, batch, brought, stages, mark)


async def _store(
    office: Office,
    batch: Sequence[Header],
    brought: Sequence[_Brought],
    stages: _Stages,
    mark: Watermark | None,
) -> int:
    office.probe("ingest: fetched")
    large = {h.place.uid for h in batch if h.size > office.mail_bytes}
    rows = [(mail, name, Job(stage=stages[mail.place.uid], subject=0)) for mail, name in brought]
    whole = [row for row in rows if row[0].place.uid not in large]
    headers = [row for row in rows if row[0].place.uid in large]
    async with office.store.begin(office.company.id) as tx:
        new = await tx.keep(office.mailbox.name, whole, mark)
        await _set_aside(office, tx, await tx.keep(office.mailbox.name, headers, None))
        office.probe("ingest: before commit")
    office.probe("ingest: committed")
    return len(new)


async def _set_aside(office: Office, tx: Transaction, messages: Sequence[int]) -> None:
    person = owner_of((), await tx.people(), "") if messages else None
    for message in messages:
        megabytes = office.mail_bytes // 1_000_000
        entry = Entry(actor="agent", what="message.parked", details={"why": "too large"})
        await tx.dispose(message, Disposition.PARKED, entry)
        if person is not None:
            await _tell(office, tx, person, message, say("failed.larger", most=megabytes))


async def _tell(office: Office, tx: Transaction, person: Person, message: int, why: Said) -> None:
    kept = await tx.message(message)
    facts = (("why", why), ("arrived", kept.received_at.isoformat(" ", "minutes")))
    await notify(office, tx, person, Note(Notice.TOO_LARGE, f"parked/message/{message}", facts))


async def _reach(office: Office, mark: Watermark) -> None:
    async with office.store.begin(office.company.id) as tx:
        if await tx.watermark(office.mailbox.name) != mark:
            await tx.keep(office.mailbox.name, [], mark)
