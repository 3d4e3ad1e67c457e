"""What a mail seems to be, weighed against what is known of its sender."""

from mailagent.core.message import Message
from mailagent.core.reading import Kind
from mailagent.core.triage import Look, Sighting, weighed
from mailagent.ports.store import Transaction


async def looked(tx: Transaction, kept: int, message: Message) -> Look:
    """Keeps the look, and gives the one that counts.

    A mail that one of our people sent on counts for its first sender.
    """
    ours = any(person.address(message.sender_address) for person in await tx.people())
    address = message.first_sender if ours else message.sender_address
    look = weighed(message.look, await tx.history(address))
    unseen = message.automatic and not look.reason  # by its header alone
    sighting = Sighting(
        message=kept,
        address=address,
        name="" if ours else message.sender.rpartition("<")[0].strip(' "'),
        kind=Kind.AUTOMATIC if unseen else look.kind,
        look=message.look,
        signs=message.signs,
    )
    await tx.keep_sighting(sighting)
    return look


async def looked_before(tx: Transaction, kept: int) -> Look:
    """The look that counts, of a mail that was sorted."""
    sighting = await tx.sighting(kept)
    if sighting is None:
        return Look()
    return weighed(sighting.look, await tx.history(sighting.address))
