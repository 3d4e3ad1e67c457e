"""Ann is enrolled as everybody is: she mails a code in, and what arrives with it is measured."""

from mailagent.core.audit import Entry
from mailagent.core.enrolment import PATIENCE, measure
from mailagent.core.message import Arrival
from mailagent.core.people import Address, Pin
from mailagent.demo import cast
from mailagent.demo.world import DidNotHappen, World
from mailagent.ports import KeptMessage
from mailagent.store.store import SqlTransaction


async def waited_for(world: World, code: str) -> None:
    """From now on a mail with this subject counts."""
    await world.ask(lambda tx: tx.open_enrolment(code, cast.ANN, world.now + PATIENCE))


async def pinned(world: World, code: str) -> Pin:
    """The proof that came with Ann's mail, from now on the only one that counts."""
    kept = await world.until(
        "Ann's enrolment", lambda: world.ask(lambda tx: tx.enrolment_mail(code))
    )
    pin = await _measured(world, kept)
    await world.ask(lambda tx: _pin(tx, pin))
    return pin


async def _measured(world: World, kept: KeptMessage) -> Pin:
    office = world.agent.office
    raw = await office.blobs.get(kept.sha256)
    arrival = Arrival(place=kept.place, raw=raw, received_at=kept.received_at)
    reply = await office.reader.reply(arrival)
    if reply.sender != cast.ANN:
        raise DidNotHappen(f"the enrolment came from {reply.sender or 'nobody'}")
    return measure(reply, (), office.marks)[0]


async def _pin(tx: SqlTransaction, pin: Pin) -> None:
    person = (await tx.people())[0]
    pinned_now = person.model_copy(update={"addresses": (Address(address=cast.ANN, pin=pin),)})
    details = {"person": person.id, "address": cast.ANN, "pin": pin.model_dump(mode="json")}
    entry = Entry(actor="terminal", what="person.enrolled", details=details)
    await tx.save_person(pinned_now, entry)
