"""Ingest: what lies in the INBOX is kept, whole, before anything reads it."""

import re
from collections.abc import Iterator, Sequence

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.message import Arrival, Disposition
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.token import tokens_for, tokens_in
from mailagent.ports import Header, Office, Transaction, Watermark

# At most this much is held in memory at once.
_BATCH_BYTES = 32_000_000
_REPORT = re.compile(rb"^content-type:\s*multipart/report\b", re.IGNORECASE | re.MULTILINE)


async def ingest(office: Office) -> int:
    """Keeps all that is new; how many that was.

    Headers first: a word from the owner is taken in before any other body is fetched. The
    watermark only follows the rest, oldest first, so nothing can fall between.
    """
    async with office.store.begin(office.company.id) as tx:
        mark = await tx.watermark(office.mailbox.name)
    uidvalidity, headers = await office.mailbox.sweep(mark.uidvalidity, mark.uid)
    replies = await _replies(office, headers)
    new = 0
    for batch in _batches(office, replies):
        new += await _keep(office, batch, Stage.DECIDE, None)
    rest = [h for h in reversed(headers) if h not in replies]
    newest = headers[0].place.uid if headers else mark.uid
    for number, batch in enumerate(_batches(office, rest)):
        if number:  # a pile takes its time: somebody may have answered meanwhile
            newest, late = await _answered_since(office, uidvalidity, newest)
            new += late
        reached = Watermark(uidvalidity, batch[-1].place.uid)
        new += await _keep(office, batch, Stage.SORT, reached)
    if headers and headers[0] in replies:  # else the last batch has reached it
        await _reach(office, Watermark(uidvalidity, headers[0].place.uid))
    return new


async def _answered_since(office: Office, uidvalidity: int, newest: int) -> tuple[int, int]:
    """Replies that came since the sweep are kept at once; what else came waits for the next."""
    _, headers = await office.mailbox.sweep(uidvalidity, newest)
    kept = [
        await _keep(office, batch, Stage.DECIDE, None)
        for batch in _batches(office, await _replies(office, headers))
    ]
    return (headers[0].place.uid if headers else newest), sum(kept)


async def _replies(office: Office, headers: Sequence[Header]) -> list[Header]:
    """Those that carry a token of ours, or one that pretends to be; newest first."""
    hashes = {h.place.uid: [t.hash for t in tokens_in(_text(h))] for h in headers}
    asked = [token for tokens in hashes.values() for token in tokens]
    async with office.store.begin(office.company.id) as tx:
        known = await tx.known_tokens(asked)
    return [
        h
        for h in headers
        if not _REPORT.search(h.header)  # a bounce of ours quotes our token, and decides nothing
        and (known.intersection(hashes[h.place.uid]) or _pretends(office, h))
    ]


def _pretends(office: Office, header: Header) -> bool:
    company = office.company
    return bool(tokens_for(_text(header), company.ops_address, company.domain))


def _text(header: Header) -> str:
    return header.header.decode("ascii", "replace")


def _batches(office: Office, headers: Sequence[Header]) -> Iterator[list[Header]]:
    batch: list[Header] = []
    for header in headers:
        full = sum(h.size for h in batch) + header.size > _BATCH_BYTES
        if batch and (full or len(batch) == office.batch):
            yield batch
            batch = []
        batch.append(header)
    if batch:
        yield batch


async def _keep(
    office: Office, batch: Sequence[Header], stage: Stage, mark: Watermark | None
) -> int:
    large = [h for h in batch if h.size > office.mail_bytes]
    arrivals = await office.mailbox.fetch([h.place for h in batch if h not in large])
    office.probe("ingest: fetched")
    # Of what is too large only the header is kept: enough to tell its owner which mail it was.
    headers = [Arrival(place=h.place, raw=h.header, received_at=h.received_at) for h in large]
    names = await office.blobs.put_many(a.raw for a in (*arrivals, *headers))
    job = Job(stage=stage, subject=0)
    async with office.store.begin(office.company.id) as tx:
        rows = [(a, name, job) for a, name in zip(arrivals, names, strict=False)]
        new = await tx.keep(office.mailbox.name, rows, mark)
        rows = [(a, name, job) for a, name in zip(headers, names[len(arrivals) :], strict=True)]
        await _set_aside(office, tx, await tx.keep(office.mailbox.name, rows, None))
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
            await _tell(office, tx, person, message, f"it is larger than {megabytes} MB")


async def _tell(office: Office, tx: Transaction, person: Person, message: int, why: str) -> None:
    about = f"parked/message/{message}"
    kept = await tx.message(message)

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="A mail is too large to be read")
        now = office.clock.now()
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.PARKED,
            what="A mail is too large, so it was not read.",
            then="It lies in the folder Ops/Parked; send what matters of it again.",
            facts=(("why", why), ("arrived", kept.received_at.isoformat(" ", "minutes"))),
        )

    await tx.post(about, None, write)


async def _reach(office: Office, mark: Watermark) -> None:
    async with office.store.begin(office.company.id) as tx:
        if await tx.watermark(office.mailbox.name) != mark:
            await tx.keep(office.mailbox.name, [], mark)
