"""Senders: what their mails seemed to be, and what people said of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from mailagent.core.audit import Entry
from mailagent.core.fraud import Around
from mailagent.core.lookalike import face, own_label, shapes, site
from mailagent.core.triage import History, Sighting, Teaching
from mailagent.store.chain import Chain
from mailagent.store.tables import (
    correspondents,
    lessons_on_senders,
    looks,
    messages,
    outbox,
    sightings,
)

# So many of a sender's latest mails tell how they are.
_LATEST = 50
_MOST = 20  # mails of a thread


class Senders(Chain):
    """One company's knowledge of who writes to it."""

    async def keep_sighting(self, sighting: Sighting) -> None:
        """What a mail seemed to be."""
        await self.run(
            self.add_or_change(
                sightings,
                ["message"],
                message=sighting.message,
                address=sighting.address,
                name=face(sighting.name),
                kind=sighting.kind,
                look=sighting.look.model_dump(mode="json"),
                signs=sighting.signs.model_dump(mode="json"),
            )
        )

    async def sighting(self, message: int) -> Sighting | None:
        """What a mail seemed to be; None: nobody looked at it."""
        row = await self.one(self.rows(sightings, sightings.c.message == message))
        return _sighting(row) if row else None

    async def history(self, address: str) -> History:
        """What is known of a sender."""
        if not address:
            return History()
        seen = self.rows(sightings, sightings.c.address == address)
        rows = await self.all(seen.order_by(sightings.c.message.desc()).limit(_LATEST))
        taught = self.rows(lessons_on_senders, lessons_on_senders.c.address == address)
        known = self.rows(correspondents, correspondents.c.address == address)
        return History(
            kinds=dict(Counter(row.kind for row in rows)),
            lessons=tuple(map(_lesson, await self.all(taught))),
            written_to=await self.one(known) is not None,
        )

    async def around(self, sighting: Sighting, references: Sequence[str]) -> Around:
        """What is known of the name, the domain and the thread of a mail."""
        return Around(
            alike=await self._alike(sighting.address.rpartition("@")[2]),
            named=await self._named(sighting),
            thread=await self._thread(sighting.message, references),
        )

    async def _alike(self, domain: str) -> tuple[str, ...]:
        """Domains of vendors in the books that are no other's, and look like this one."""
        wanted = [f"@{shape}" for shape in shapes(own_label(domain))] if domain else []
        rows = await self.all(self.rows(looks, looks.c.shape.in_(wanted)).limit(_MOST))
        names = dict.fromkeys(row.name for row in rows)
        return () if any(site(name) == site(domain) for name in names) else tuple(names)

    async def _named(self, sighting: Sighting) -> tuple[str, ...]:
        """The houses from which earlier mails under this name came."""
        name = face(sighting.name)
        if not name:
            return ()
        same = self.rows(
            sightings, sightings.c.name == name, sightings.c.message < sighting.message
        )
        rows = await self.all(same.order_by(sightings.c.message.desc()).limit(_LATEST))
        domains = Counter(row.address.rpartition("@")[2] for row in rows if row.address)
        return tuple(domain for domain, n in domains.most_common() if n > 1)

    async def _thread(self, message: int, references: Sequence[str]) -> tuple[str, ...]:
        names = [one for one in references if one][-_MOST:]
        if not names:
            return ()
        kept = self.rows(messages, messages.c.message_id.in_(names), messages.c.id != message)
        ids = [row.id for row in await self.all(kept.limit(_MOST))]
        seen = await self.all(self.rows(sightings, sightings.c.message.in_(ids)))
        bare = [name.strip("<> ") for name in names]
        ours = self.rows(outbox, outbox.c.message_id.in_(bare), outbox.c.kind == "outside")
        sent = await self.all(ours.limit(_MOST))
        addresses = [*(row.address for row in seen), *(row.recipient for row in sent)]
        return tuple(dict.fromkeys(a.rpartition("@")[2] for a in addresses if a))

    async def teach_sender(self, lesson: Teaching, entry: Entry) -> None:
        """A person's word on mails of a sender that look like this; the last one counts."""
        await self.run(
            self.add_or_change(
                lessons_on_senders,
                ["address", "seen"],
                address=lesson.sender,
                seen=lesson.seen,
                kind=lesson.kind,
                person=lesson.person,
                message=lesson.message,
                taught_by=lesson.taught_by,
                at=self._clock.now(),
            )
        )
        await self.audit(entry)

    async def sender_teachings(self) -> list[Teaching]:
        """All that was said of senders."""
        rows = self.rows(lessons_on_senders).order_by(lessons_on_senders.c.address)
        return [_lesson(row) for row in await self.all(rows)]

    async def forget_sender(self, address: str, entry: Entry) -> int:
        """Forgets all that was said of this sender."""
        gone = self.drop(lessons_on_senders, lessons_on_senders.c.address == address)
        count = int((await self.run(gone)).rowcount)
        if count:
            await self.audit(entry)
        return count


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting.model_validate({name: getattr(row, name) for name in Sighting.model_fields})


def _lesson(row: Row[Any]) -> Teaching:
    return Teaching(
        sender=row.address,
        seen=row.seen,
        kind=row.kind,
        person=row.person,
        message=row.message,
        taught_by=row.taught_by,
    )
