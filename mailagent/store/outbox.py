"""Mail of ours: written in the transaction that it reports on, sent afterwards."""

from collections.abc import Callable

from mailagent.core.audit import GENESIS, AuditEntry, Entry
from mailagent.core.job import Job, Stage
from mailagent.core.letter import DraftLetter, Letter, OutgoingMail, OutsideLetter
from mailagent.ports import KeptMail, Stale
from mailagent.store.chain import Chain
from mailagent.store.tables import outbox

# Who wants the same mail more often than this is no person, or has it in another folder.
_MOST_AGAIN = 3


class Outbox(Chain):
    """What we say to our people."""

    async def post(
        self, about: str, case: int | None, write: Callable[[AuditEntry], Letter]
    ) -> bool:
        """Writes the mail, once per `about`, and the job that sends it."""
        if await self.was_posted(about):
            return False
        head = await self.head()
        letter = write(head or self._before_all())
        mail = self._renderer(letter)
        # The bytes are durable before the row that names them; an orphan does no harm.
        (blob,) = await self._blobs.put_many([mail.raw])
        urgent = isinstance(letter, DraftLetter) and letter.stop
        number = await self._put(about, case, mail, blob, urgent=urgent)
        await self.defer(Job(stage=Stage.SEND, subject=number))
        return True

    async def _put(
        self,
        about: str,
        case: int | None,
        mail: OutgoingMail,
        blob: str,
        *,
        urgent: bool = False,
        state: str = "queued",
    ) -> int:
        result = await self.run(
            self.add(
                outbox,
                about=about,
                case=case,
                kind=mail.kind,
                urgent=urgent,
                recipient=mail.recipient,
                message_id=mail.message_id,
                blob=blob,
                state=state,
                error="",
                again=0,
                queued_at=self._clock.now(),
            )
        )
        (number,) = result.inserted_primary_key or (0,)
        return int(number)

    async def keep_outside(self, about: str, case: int, letter: OutsideLetter) -> None:
        """Written before it is sent, so that it is the same mail whenever it is tried."""
        if await self.was_posted(about):
            return
        mail = self._renderer.outside(letter)
        (blob,) = await self._blobs.put_many([mail.raw])
        await self._put(about, case, mail, blob, state="intended")

    async def outside(self, about: str) -> KeptMail | None:
        """A mail to somebody outside, and how far it got."""
        row = await self.one(self.rows(outbox, outbox.c.about == about))
        return await self.mail(row.id) if row else None

    async def outside_became(self, about: str, state: str) -> None:
        """Intended, sending (nobody knows), or sent."""
        row = await self.one(self.rows(outbox, outbox.c.about == about))
        if row is None:
            raise LookupError(f"no mail {about}")
        changed = self.change(outbox, outbox.c.id == row.id)
        await self.run(changed.values(state=state, sent_at=self._clock.now()))
        details = {
            "mail": row.id,
            "kind": row.kind,
            "recipient": row.recipient,
            "content": row.blob,
        }
        await self.audit(Entry(actor="agent", what=f"mail.{state}", case=row.case, details=details))

    def _before_all(self) -> AuditEntry:
        """What an anchor is before anything was written."""
        return AuditEntry(
            company=self.company,
            seq=0,
            at=self._clock.now(),
            actor="agent",
            what="genesis",
            case=None,
            details={},
            previous=GENESIS,
            hash=GENESIS,
        )

    async def mail(self, mail: int) -> KeptMail:
        """A mail of ours with its bytes."""
        row = await self.one(self.rows(outbox, outbox.c.id == mail))
        if row is None:
            raise LookupError(f"no mail {mail}")
        return KeptMail(
            id=row.id,
            case=row.case,
            sent=row.state != "queued",
            urgent=row.urgent,
            state=row.state,
            at=row.sent_at or row.queued_at,
            mail=OutgoingMail(
                kind=row.kind,
                recipient=row.recipient,
                message_id=row.message_id,
                raw=await self._blobs.get(row.blob),
            ),
        )

    async def mail_sent(self, mail: int) -> None:
        """It went out."""
        await self._ended(mail, "sent", "")

    async def mail_refused(self, mail: int, why: str) -> None:
        """It never will."""
        await self._ended(mail, "refused", why)

    async def mail_undelivered(self, message_id: str, why: str, *, delayed: bool = False) -> None:
        """A server says that a mail which went out did not arrive; what is not ours is nothing.

        One that is delayed may still arrive: it stays sent, and keeps what was said of it.
        """
        row = await self.one(self.rows(outbox, outbox.c.message_id == message_id))
        if row is None or row.state != "sent":
            return
        state = "sent" if delayed else "undelivered"
        await self.run(self.change(outbox, outbox.c.id == row.id).values(state=state, error=why))
        details = {"mail": row.id, "kind": row.kind, "recipient": row.recipient, "error": why}
        what = "mail.delayed" if delayed else "mail.undelivered"
        await self.audit(Entry(actor="agent", what=what, case=row.case, details=details))

    async def _ended(self, mail: int, state: str, error: str) -> None:
        row = await self.one(self.rows(outbox, outbox.c.id == mail))
        result = await self.run(
            self.change(outbox, outbox.c.id == mail, outbox.c.state == "queued").values(
                state=state, error=error, sent_at=self._clock.now()
            )
        )
        if row is None or result.rowcount != 1:
            raise Stale(f"mail {mail} is {row.state if row else 'gone'} already")
        details = {"mail": mail, "kind": row.kind, "recipient": row.recipient, "content": row.blob}
        if error:
            details["error"] = error
        await self.audit(Entry(actor="agent", what=f"mail.{state}", case=row.case, details=details))

    async def is_ours(self, message_id: str) -> bool:
        """Whether a Message-ID is one of ours."""
        bare = message_id.strip().strip("<>")
        return await self.one(self.rows(outbox, outbox.c.message_id == bare)) is not None

    async def sent_as(self, message_id: str) -> bytes | None:
        """The bytes of a mail of ours, by its Message-ID."""
        bare = message_id.strip().strip("<>")
        row = await self.one(self.rows(outbox, outbox.c.message_id == bare))
        return await self._blobs.get(row.blob) if row else None

    async def was_posted(self, about: str) -> bool:
        """Whether this was said already."""
        return await self.one(self.rows(outbox, outbox.c.about == about)) is not None

    async def send_again(self, about: str) -> None:
        """The same bytes once more: somebody asks for what he was sent already."""
        row = await self.one(self.rows(outbox, outbox.c.about == about))
        if row is None or row.state == "queued" or row.again >= _MOST_AGAIN:
            return
        changed = self.change(outbox, outbox.c.id == row.id)
        await self.run(changed.values(state="queued", again=row.again + 1))
        await self.defer(Job(stage=Stage.SEND, subject=row.id))
