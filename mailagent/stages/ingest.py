"""Ingest: what lies in the INBOX is kept, whole, before anything reads it."""

from collections.abc import Iterator, Sequence

from mailagent.core.job import Job, Stage
from mailagent.core.message import Place
from mailagent.core.token import tokens_in
from mailagent.ports import Header, Office, Watermark

# At most this much is held in memory at once.
_BATCH_BYTES = 32_000_000


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
    for batch in _batches(office, rest):
        reached = Watermark(uidvalidity, batch[-1].place.uid)
        new += await _keep(office, batch, Stage.SORT, reached)
    if headers:
        await _reach(office, Watermark(uidvalidity, headers[0].place.uid))
    return new


async def _replies(office: Office, headers: Sequence[Header]) -> list[Header]:
    """Those that carry a token of ours, newest first."""
    hashes = {h.place.uid: [t.hash for t in tokens_in(_text(h))] for h in headers}
    asked = [token for tokens in hashes.values() for token in tokens]
    async with office.store.begin(office.company.id) as tx:
        known = await tx.known_tokens(asked)
    return [h for h in headers if known.intersection(hashes[h.place.uid])]


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
    places: list[Place] = [h.place for h in batch]
    arrivals = await office.mailbox.fetch(places)
    office.probe("ingest: fetched")
    names = await office.blobs.put_many(a.raw for a in arrivals)
    job = Job(stage=stage, subject=0)
    async with office.store.begin(office.company.id) as tx:
        rows = [(a, name, job) for a, name in zip(arrivals, names, strict=True)]
        new = await tx.keep(office.mailbox.name, rows, mark)
        office.probe("ingest: before commit")
    office.probe("ingest: committed")
    return new


async def _reach(office: Office, mark: Watermark) -> None:
    async with office.store.begin(office.company.id) as tx:
        if await tx.watermark(office.mailbox.name) != mark:
            await tx.keep(office.mailbox.name, [], mark)
