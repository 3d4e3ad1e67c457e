"""Something a person should know: a mail that asks for nothing, once for each `about`."""

from collections.abc import Iterable
from typing import NamedTuple

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import Letter, Notice, NoticeLetter, Original
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.said import Said
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


class Note(NamedTuple):
    """What is told: facts by their labels."""

    notice: Notice
    about: str
    facts: Iterable[tuple[str, str | Said]]
    thread: Thread = Thread(subject="")
    case: int | None = None
    original: Original | None = None  # the mail that it is about


async def notify(office: Office, tx: Transaction, person: Person | None, note: Note) -> None:
    """Nobody is told where nobody is there any more; the audit log has it all."""
    if person is None:
        return
    facts, now = tuple(note.facts), office.clock.now()

    def write(head: AuditEntry) -> Letter:
        return NoticeLetter(
            envelope=envelope(office.company, person, note.thread, head, now, about=note.about),
            notice=note.notice,
            facts=facts,
            original=note.original,
        )

    await tx.post(note.about, note.case, write)


async def notify_owner(office: Office, tx: Transaction, note: Note) -> None:
    """Whoever answers for the agent hears of it."""
    await notify(office, tx, owner_of((), await tx.people(), ""), note)
