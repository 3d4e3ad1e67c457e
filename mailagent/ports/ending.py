"""The sign-in to the mailbox ends: whoever answers for the agent is told while that goes."""

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.sign_in import SignIn, told
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def tell_ending(office: Office, tx: Transaction, given: SignIn) -> None:
    """Once a day."""
    person, now = owner_of((), await tx.people(), ""), office.clock.now()
    if person is None:
        return
    about = f"sign-in/{now.date().isoformat()}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.SIGN_IN,
            facts=told(given, person),
        )

    await tx.post(about, None, write)
