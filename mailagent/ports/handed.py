"""What somebody who was handed a document says of it, or does not say."""

from mailagent.core.audit import Entry
from mailagent.core.handover import Handed, HandedState
from mailagent.core.letter import Notice
from mailagent.core.post import Thread
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

# What is told at once; what was confirmed is only written down, and silence stands in the brief.
_TOLD = {
    HandedState.REJECTED: Notice.NOT_HANDED,
    HandedState.LOST: Notice.NOT_HANDED,
    HandedState.ANSWERED: Notice.HANDED,
}


async def became(office: Office, tx: Transaction, handed: Handed) -> None:
    """Keeps it, and tells whoever approved it where that is needed."""
    await tx.save_handed(handed)
    details = {"key": handed.key, "tool": handed.tool, "said": handed.said}
    what = f"bridge.{handed.state}"
    await tx.audit(Entry(actor="agent", what=what, case=handed.case, details=details))
    notice = _TOLD.get(handed.state)
    if notice is not None:
        await _tell(office, tx, handed, notice)


async def _tell(office: Office, tx: Transaction, handed: Handed, notice: Notice) -> None:
    case = await tx.case(handed.case)
    decided = await tx.last_answer(case.id)
    person = await tx.person(decided.person) if decided else None
    facts = (("draft", case.title), ("from", handed.to), ("text", handed.said))
    said = [(name, one) for name, one in facts if one]
    thread, about = Thread(subject=case.title, ref=case.ref), f"{handed.key}/{handed.state}"
    await notify(office, tx, person, Note(notice, about, said, thread=thread, case=case.id))
