"""The sign-in to the mailbox ends: whoever answers for the agent is told while that goes."""

from mailagent.core.letter import Notice
from mailagent.core.post import owner_of
from mailagent.core.sign_in import SignIn, told
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def tell_ending(office: Office, tx: Transaction, given: SignIn) -> None:
    """Once a day."""
    person = owner_of((), await tx.people(), "")
    if person is not None:
        about = f"sign-in/{office.clock.now().date().isoformat()}"
        await notify(office, tx, person, Note(Notice.SIGN_IN, about, told(given, person)))
