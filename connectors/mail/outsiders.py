"""Mail to somebody outside, as a system that actions are done in.

Nobody outside gets a mail twice by accident. The bytes are kept with the intent; the ops mailbox
gets a copy of every mail, and that copy is the witness: where it was not said whether a mail went
out, the copy tells. Where it does not come either, the owner is asked.
"""

from datetime import timedelta

from mailagent.core.bridge import BridgeBill
from mailagent.core.capability import Outcome, Payload
from mailagent.core.effect import outside_name
from mailagent.core.errors import (
    MailboxRefused,
    OutcomeUnknown,
    Permanent,
    SendingUnavailable,
    Transient,
)
from mailagent.core.handover import Handed
from mailagent.core.inquiry import PATIENCE, InquiryState
from mailagent.core.letter import OutgoingMail
from mailagent.core.people import Company
from mailagent.core.said import say
from mailagent.core.written import Written
from mailagent.ports import Clock, KeptMail, Post, Store, Transaction

# Our own server delivers the copy within seconds; a queue may take some minutes.
_WITNESS = timedelta(minutes=10)


class Outsiders:
    """Sends, once."""

    def __init__(self, store: Store, post: Post, clock: Clock, *, company: Company) -> None:
        self._store, self._post, self._clock = store, post, clock
        self._company, self._ops = company.id, company.ops_address
        self._silence = timedelta(days=company.bridge.days)

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Sends the mail that was kept with the intent."""
        if not isinstance(action, Written):
            raise TypeError(f"no mail is sent for {action.capability}")
        name = outside_name(key)
        # In transactions of its own: that of the outcome must not wait for a mail server.
        async with self._store.begin(self._company) as own:
            kept = await own.outside(name)
            if kept is None:
                raise LookupError(f"no mail {name}")
            await own.outside_became(name, "sending")
        try:
            await self._post.send(self._with_copies(kept, action), self._ops)
        except (Transient, Permanent) as error:  # certainly nothing went out
            async with self._store.begin(self._company) as own:
                await own.outside_became(name, "intended")
            if isinstance(error, MailboxRefused):  # the next password sends it
                raise SendingUnavailable(error.what) from error
            raise
        return await self._sent(tx, case, action, name, kept)

    def _with_copies(self, kept: KeptMail, action: Written) -> OutgoingMail:
        return kept.mail.model_copy(update={"copies": (*action.cc, self._ops)})

    async def _sent(
        self, tx: Transaction, case: int, action: Written, name: str, kept: KeptMail
    ) -> Outcome:
        """What follows from it commits together with the outcome."""
        await tx.outside_became(name, "sent")
        for address in (action.to, *action.cc):
            await tx.note_correspondent(address)
        if isinstance(action, BridgeBill):
            await tx.save_handed(await self._handed(tx, case, action, name, kept))
        inquiry = await tx.inquiry(case)
        if inquiry is not None and inquiry.state is InquiryState.DRAFTED:
            until = self._clock.now() + PATIENCE
            waits = {"state": InquiryState.WAITING, "until": until}
            await tx.save_inquiry(inquiry.model_copy(update=waits))
        return Outcome(reference=kept.mail.message_id)

    async def _handed(
        self, tx: Transaction, case: int, bill: BridgeBill, name: str, kept: KeptMail
    ) -> Handed:
        now = self._clock.now()
        return Handed(
            key=name,
            case=case,
            ref=(await tx.case(case)).ref,
            to=bill.to,
            tool=bill.tool,
            subject=bill.subject,
            message_id=kept.mail.message_id,
            at=now,
            until=now + self._silence,
        )

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """Whether it went out: we know, or the copy to ourselves says so."""
        name = outside_name(key)
        kept = await tx.outside(name)
        if kept is None or kept.state == "intended" or not isinstance(action, Written):
            return None
        if kept.state == "sent":
            return Outcome(reference=kept.mail.message_id)
        if kept.case is not None and await tx.arrived(kept.mail.message_id):
            return await self._sent(tx, kept.case, action, name, kept)
        if kept.at and self._clock.now() - kept.at < _WITNESS:
            raise SendingUnavailable("Whether the mail went out is not known yet")
        why = say("failed.went_out", to=action.to)
        raise OutcomeUnknown(f"Nobody can tell whether the mail to {action.to} went out", why=why)
