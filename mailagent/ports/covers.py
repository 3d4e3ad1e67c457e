"""The mail around a document, as its readers need it: opened again from what was kept."""

from collections.abc import Sequence

from mailagent.core.cover import BARE, Cover, cover_of
from mailagent.core.errors import Unreadable
from mailagent.core.meeting import Slot
from mailagent.core.message import Message
from mailagent.core.people import Person
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage


async def cover_for(
    office: Office, kept: KeptMessage, people: Sequence[Person], slots: tuple[Slot, ...] = ()
) -> Cover:
    """Who wrote to whom and when; `slots` are times of ours that it answers."""
    try:
        message = await office.reader.open(await office.blobs.get(kept.sha256))
    except Unreadable:  # it was opened once, to be sorted; what it holds can still be read
        return BARE
    return cover_around(office, message, people, slots)


def cover_around(
    office: Office, message: Message, people: Sequence[Person], slots: tuple[Slot, ...] = ()
) -> Cover:
    """The same of a mail that was opened already."""
    first = min(people, key=lambda person: person.place, default=None)
    home = first.timezone if first else "UTC"
    ours = (office.company.ops_address.lower(), office.company.assistant_name)
    known = tuple(one.address for person in people for one in person.addresses)
    return cover_of(message, home, ours, slots, known)
