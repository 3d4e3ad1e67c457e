"""The words beside a document: somebody who sends a paper may ask for a meeting as well."""

from mailagent.core.document import Document
from mailagent.core.errors import Unreadable
from mailagent.core.meeting import Intent
from mailagent.core.message import Message
from mailagent.core.reading import Kind
from mailagent.ports.covers import cover_around
from mailagent.ports.office import Office

_LONGEST = 6000  # characters: who writes more has written the paper itself
_WANTED = frozenset({Intent.REQUEST, Intent.RESCHEDULE, Intent.CANCELLATION})


async def asks_beside(office: Office, message: Message, body: Document, content: bytes) -> bool:
    """Whether the text asks for a meeting at a time that it names.

    What our own people write above a document is about the document.
    """
    if message.automatic or not 0 < len(message.text.strip()) <= _LONGEST:
        return False
    async with office.store.begin(office.company.id) as tx:
        people = await tx.people()
    if any(person.address(message.sender_address) for person in people):
        return False
    cover = cover_around(office, message, people)
    try:
        reading = await office.reader.read(content, body, us=office.company.us, cover=cover)
    except Unreadable:
        return False
    asks = reading.kind is Kind.MEETING_REQUEST and reading.text("intent") in _WANTED
    return asks and bool(reading.fields.get("times"))
