"""What speaks against the mail that a case came in."""

from email.utils import parseaddr

from mailagent.core.fraud import Sender, suspicions
from mailagent.core.reading import Check
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction


async def suspected(office: Office, tx: Transaction, kept: KeptMessage) -> tuple[Check, ...]:
    """The signs of fraud that it shows, by what is known now; empty: none."""
    sighting = await tx.sighting(kept.id)
    if sighting is None:
        return ()
    name, address = parseaddr(kept.sender)
    around = await tx.around(sighting, kept.references)
    sender = Sender(name=name, address=address.lower())
    return suspicions(sender, sighting.signs, around, office.company, await tx.people())
