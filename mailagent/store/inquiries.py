"""What people outside were asked, and whom we wrote to at all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement

from mailagent.core.inquiry import OPEN, Inquiry, InquiryState
from mailagent.core.question import KnownCorrespondent
from mailagent.store.chain import Chain
from mailagent.store.tables import correspondents, inquiries


class Inquiries(Chain):
    """One company's questions to the world outside."""

    async def save_inquiry(self, inquiry: Inquiry) -> None:
        """A new one, or how it stands now."""
        await self.run(
            self.add_or_change(
                inquiries,
                ["case"],
                case=inquiry.case,
                about=inquiry.about,
                state=inquiry.state,
                message_id=inquiry.message_id,
                until=inquiry.until,
                body=inquiry.model_dump(mode="json"),
            )
        )

    async def inquiry(self, case: int) -> Inquiry | None:
        """The question that this case sends."""
        found = await self._inquiries(inquiries.c.case == case)
        return found[0] if found else None

    async def inquiries_about(self, case: int) -> list[Inquiry]:
        """All that was asked about a case."""
        return await self._inquiries(inquiries.c.about == case)

    async def open_inquiry(self, case: int) -> Inquiry | None:
        """What is being asked about a case."""
        found = await self._inquiries(inquiries.c.about == case, inquiries.c.state.in_(OPEN))
        return found[0] if found else None

    async def inquiry_of(self, message_ids: Sequence[str]) -> Inquiry | None:
        """The question that one of these mails was."""
        bare = [name for one in message_ids if (name := one.strip().strip("<>"))]
        found = await self._inquiries(inquiries.c.message_id.in_(bare)) if bare else []
        return found[-1] if found else None

    async def unanswered(self, now: datetime) -> list[Inquiry]:
        """What was waited for long enough."""
        late = (inquiries.c.state == InquiryState.WAITING, inquiries.c.until <= now)
        return await self._inquiries(*late)

    async def correspondent(self, address: str) -> KnownCorrespondent:
        """How often we wrote to somebody."""
        wanted = correspondents.c.address == address.lower()
        row = await self.one(self.rows(correspondents, wanted))
        return KnownCorrespondent(address=address.lower(), mails=row.mails if row else 0)

    async def note_correspondent(self, address: str) -> None:
        """We wrote to them."""
        row = {"address": address.lower(), "mails": 0, "since": self._clock.now()}
        await self.run(self.add_or_keep(correspondents, **row))
        wanted = correspondents.c.address == row["address"]
        counted = self.change(correspondents, wanted).values(mails=correspondents.c.mails + 1)
        await self.run(counted)

    async def _inquiries(self, *where: ColumnElement[bool]) -> list[Inquiry]:
        found = self.rows(inquiries, *where).order_by(inquiries.c.case)
        return [Inquiry.model_validate(row.body) for row in await self.all(found)]
