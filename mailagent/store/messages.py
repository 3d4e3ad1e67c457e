"""Messages: kept before anything reads them, then exactly one thing."""

from collections.abc import Sequence

from sqlalchemy import Row

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Document
from mailagent.core.job import Job, Stage
from mailagent.core.message import Arrival, Disposition, Message, Place
from mailagent.ports import KeptMessage, Stale, Watermark
from mailagent.store.chain import Chain
from mailagent.store.tables import cases, mailboxes, messages


class Messages(Chain):
    """What came in."""

    async def watermark(self, mailbox: str) -> Watermark:
        """Up to where the INBOX is kept."""
        row = await self.one(self.rows(mailboxes, mailboxes.c.mailbox == mailbox))
        return Watermark(row.uidvalidity, row.uid) if row else Watermark()

    async def keep(
        self, mailbox: str, arrivals: Sequence[tuple[Arrival, str, Job]], mark: Watermark | None
    ) -> list[int]:
        """Keeps what is new and moves the watermark."""
        kept = [await self._keep_one(mailbox, *arrival) for arrival in arrivals]
        if mark is not None:
            await self.run(
                self.add_or_change(
                    mailboxes,
                    ["mailbox"],
                    mailbox=mailbox,
                    uidvalidity=mark.uidvalidity,
                    uid=mark.uid,
                )
            )
        return [message for message in kept if message]

    async def begin(self, what: str, slot: int, sha256: str, subject: str) -> int | None:
        """Work that no mail brought: a routine's, once per slot. None: it was begun already."""
        row = self.rows(messages, messages.c.mailbox == what, messages.c.arrived_uid == slot)
        if await self.one(row):
            return None
        now = self._clock.now()
        result = await self.run(
            self.add(
                messages,
                mailbox=what,
                arrived_uidvalidity=0,
                arrived_uid=slot,
                folder="",
                uidvalidity=0,
                uid=slot,
                sha256=sha256,
                message_id="",
                subject=subject,
                sender="",
                references=[],
                received_at=now,
                disposition=Disposition.DOCUMENTS,
            )
        )
        (message,) = result.inserted_primary_key or (0,)
        details = {"message": message, "what": what, "slot": slot, "sha256": sha256}
        await self.audit(Entry(actor="agent", what="work.begun", details=details))
        return int(message)

    async def _keep_one(self, mailbox: str, arrival: Arrival, sha256: str, job: Job) -> int | None:
        place = arrival.place
        if await self._seen(mailbox, place, sha256):
            return None
        result = await self.run(
            self.add(
                messages,
                mailbox=mailbox,
                arrived_uidvalidity=place.uidvalidity,
                arrived_uid=place.uid,
                **place.model_dump(),
                sha256=sha256,
                message_id="",
                subject="",
                sender="",
                references=[],
                received_at=arrival.received_at,
                disposition=Disposition.ARRIVED,
            )
        )
        (message,) = result.inserted_primary_key or (0,)
        details = {"mailbox": mailbox, "sha256": sha256, **place.model_dump()}
        await self.audit(
            Entry(actor="agent", what="message.kept", details={"message": message, **details})
        )
        await self.defer(job.model_copy(update={"subject": message}))
        return int(message)

    async def _seen(self, mailbox: str, place: Place, sha256: str) -> bool:
        here = self.rows(
            messages,
            messages.c.mailbox == mailbox,
            messages.c.arrived_uidvalidity == place.uidvalidity,
            messages.c.arrived_uid == place.uid,
        )
        if await self.one(here):
            return True
        # UIDs mean nothing across a change of UIDVALIDITY: only the content tells.
        same = self.rows(
            messages,
            messages.c.sha256 == sha256,
            messages.c.mailbox == mailbox,
            messages.c.folder == place.folder,
        )
        twins = await self.all(same.order_by(messages.c.id))
        if any((t.uidvalidity, t.uid) == (place.uidvalidity, place.uid) for t in twins):
            return True  # moved here by an earlier sweep
        before = next((t for t in twins if t.uidvalidity != place.uidvalidity), None)
        if before:
            await self.moved(before.id, place)
        return before is not None

    async def message(self, message: int) -> KeptMessage:
        """One message."""
        row = await self.one(self.rows(messages, messages.c.id == message))
        if row is None:
            raise LookupError(f"no message {message}")
        return _kept(row)

    async def describe(self, message: int, said: Message) -> None:
        """What people look for, shortened to what fits a list."""
        await self.run(
            self.change(messages, messages.c.id == message).values(
                message_id=said.message_id[:500],
                subject=said.subject[:500],
                sender=said.sender[:300],
                signed_by=said.signed_by,
                references=[r[:500] for r in said.references[-20:]],
            )
        )

    async def dispose(
        self, message: int, to: Disposition, entry: Entry, *jobs: Job, cases: Sequence[Case] = ()
    ) -> None:
        """Decides once what a message is."""
        result = await self.run(
            self.change(
                messages,
                messages.c.id == message,
                messages.c.disposition == Disposition.ARRIVED,
            ).values(disposition=to)
        )
        if result.rowcount != 1:
            raise Stale(f"message {message} was sorted already")
        details = {"message": message, "cases": [case.ref for case in cases], **entry.details}
        await self.audit(entry.model_copy(update={"details": details}))
        await self.defer(*jobs, Job(stage=Stage.SHELVE, subject=message))

    async def arrived(self, message_id: str) -> bool:
        """Whether a mail of this name reached our own mailbox."""
        name = f"<{message_id.strip('<> ')}>"
        return await self.one(self.rows(messages, messages.c.message_id == name)) is not None

    async def moved(self, message: int, place: Place) -> None:
        """Notes where a message lies now."""
        await self.run(self.change(messages, messages.c.id == message).values(**place.model_dump()))

    async def case_states(self, message: int) -> list[State]:
        """How the cases of a message stand."""
        found = await self.all(self.rows(cases, cases.c.message == message))
        return [State(row.state) for row in found]

    async def documents(self, message: int) -> list[Document]:
        """What of a message has become cases."""
        found = await self.all(self.rows(cases, cases.c.message == message))
        return [Document.model_validate(row.document) for row in found]


def _kept(row: Row[tuple[object, ...]]) -> KeptMessage:
    return KeptMessage(
        id=row.id,
        mailbox=row.mailbox,
        place=Place(folder=row.folder, uidvalidity=row.uidvalidity, uid=row.uid),
        sha256=row.sha256,
        message_id=row.message_id,
        subject=row.subject,
        sender=row.sender,
        signed_by=row.signed_by,
        references=tuple(row.references),
        received_at=row.received_at,
        disposition=Disposition(row.disposition),
    )
