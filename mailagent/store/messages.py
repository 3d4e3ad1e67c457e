"""Messages: kept before anything reads them, then exactly one thing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Document
from mailagent.core.job import Job, Stage
from mailagent.core.message import Arrival, Disposition, Message, Place
from mailagent.ports import KeptMessage, Stale, Watermark
from mailagent.store.chain import Chain
from mailagent.store.tables import cases, mailboxes, messages

_Kept = tuple[Arrival, str, Job]  # a mail, its name in the blobs, and the job that it makes


class Messages(Chain):
    """What came in."""

    async def watermark(self, mailbox: str) -> Watermark:
        """Up to where the INBOX is kept."""
        row = await self.one(self.rows(mailboxes, mailboxes.c.mailbox == mailbox))
        return Watermark(row.uidvalidity, row.uid) if row else Watermark()

    async def keep(
        self, mailbox: str, arrivals: Sequence[_Kept], mark: Watermark | None
    ) -> list[int]:
        """Keeps what is new and moves the watermark."""
        new = await self._unseen(mailbox, arrivals)
        kept = await self._keep_new(mailbox, new) if new else []
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
        return kept

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

    async def _keep_new(self, mailbox: str, new: Sequence[_Kept]) -> list[int]:
        """A row, a link of the chain and a job for each, each kind in one go."""
        rows = [
            {
                "mailbox": mailbox,
                "arrived_uidvalidity": arrival.place.uidvalidity,
                "arrived_uid": arrival.place.uid,
                **dict(arrival.place),
                "sha256": sha256,
                "message_id": "",
                "subject": "",
                "sender": "",
                "references": [],
                "received_at": arrival.received_at,
                "disposition": Disposition.ARRIVED,
            }
            for arrival, sha256, _ in new
        ]
        await self.add_all(messages, rows)
        numbers = {
            (row.arrived_uidvalidity, row.arrived_uid): int(row.id)
            for row in await self.all(self._arrived(mailbox, new))
        }
        kept = [numbers[a.place.uidvalidity, a.place.uid] for a, _, _ in new]
        await self._audit_all(
            [
                Entry(
                    actor="agent",
                    what="message.kept",
                    details={
                        "message": number,
                        "mailbox": mailbox,
                        "sha256": sha256,
                        **dict(arrival.place),
                    },
                )
                for number, (arrival, sha256, _) in zip(kept, new, strict=True)
            ]
        )
        await self._defer((job, n) for n, (_, _, job) in zip(kept, new, strict=True))
        return kept

    def _arrived(self, mailbox: str, arrivals: Sequence[_Kept]) -> Select[Any]:
        """What is kept already of that which lies, or lay, at these places."""
        places = {(a.place.uidvalidity, a.place.uid) for a, _, _ in arrivals}
        return self.rows(
            messages,
            messages.c.mailbox == mailbox,
            messages.c.arrived_uidvalidity.in_({valid for valid, _ in places}),
            messages.c.arrived_uid.in_({uid for _, uid in places}),
        )

    async def _unseen(self, mailbox: str, arrivals: Sequence[_Kept]) -> list[_Kept]:
        """Those that are not kept yet. UIDs mean nothing across a change of UIDVALIDITY: then
        only the content tells, and a mail that is known lies in another place now.
        """
        if not arrivals:
            return []
        here = {
            (row.arrived_uidvalidity, row.arrived_uid)
            for row in await self.all(self._arrived(mailbox, arrivals))
        }
        left = [a for a in arrivals if (a[0].place.uidvalidity, a[0].place.uid) not in here]
        same = self.rows(
            messages,
            messages.c.mailbox == mailbox,
            messages.c.sha256.in_({sha256 for _, sha256, _ in left}),
        )
        twins = list(await self.all(same.order_by(messages.c.id))) if left else []
        return [each for each in left if not await self._is_twin(each, twins)]

    async def _is_twin(self, each: _Kept, twins: list[Row[Any]]) -> bool:
        arrival, sha256, _ = each
        place = arrival.place
        alike = [t for t in twins if (t.sha256, t.folder) == (sha256, place.folder)]
        if any((t.uidvalidity, t.uid) == (place.uidvalidity, place.uid) for t in alike):
            return True  # moved here by an earlier sweep
        before = next((t for t in alike if t.uidvalidity != place.uidvalidity), None)
        if before is None:
            return False
        await self.moved(before.id, place)
        twins.remove(before)  # the next of the same content is another mail
        return True

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
