"""What somebody who was handed a document says of it, or does not say."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.handover import Handed, HandedState
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.post import Thread, envelope
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
    if person is None:
        return
    about = f"{handed.key}/{handed.state}"
    facts = (("draft", case.title), ("from", handed.to), ("text", handed.said))

    def write(head: AuditEntry) -> Letter:
        thread, now = Thread(subject=case.title, ref=case.ref), office.clock.now()
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=notice,
            facts=tuple((name, said) for name, said in facts if said),
        )

    await tx.post(about, case.id, write)
