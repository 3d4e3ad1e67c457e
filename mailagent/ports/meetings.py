"""What several stages do about a meeting."""

from mailagent.core.inquiry import InquiryState
from mailagent.core.question import AskMeeting, KnownMeeting
from mailagent.ports.store import Transaction


async def known_meeting(tx: Transaction, asked: AskMeeting) -> KnownMeeting:
    """The entry of this UID, the times that are held, and what the other side wrote back."""
    inquiry = await tx.inquiry(asked.case) if asked.case else None
    held = {one.appointment.uid: one for one in await tx.held_for(asked.case)} if asked.case else {}
    beside = await tx.appointment(asked.beside) if asked.beside else None
    if beside is not None and beside.until is not None:
        held[asked.beside] = beside
    return KnownMeeting(
        kept=await tx.appointment(asked.uid) if asked.uid else None,
        held=tuple(held.values()),
        answer=inquiry.reading if inquiry else None,
        silent=inquiry is not None and inquiry.state is InquiryState.SILENT,
    )
