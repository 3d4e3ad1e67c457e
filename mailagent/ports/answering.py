"""Whom an answer to a request goes to: who wrote it, also where one of our people sent it on."""

from mailagent.core.case import Case
from mailagent.core.circumstances import address_in
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.ports.store import Transaction


async def with_its_writer(tx: Transaction, case: Case, reading: Reading) -> Reading:
    """The reading of a request with its recipient; what was sent on goes on with no thread."""
    sighting = await tx.sighting(case.message)
    if reading.kind is not Kind.REQUEST or sighting is None or not sighting.address:
        return reading
    kept = await tx.message(case.message)
    said = {"recipient": sighting.address, "subject": " ".join(kept.subject.split())[:150]}
    if address_in(kept.sender) == sighting.address:
        said["in_reply_to"] = kept.message_id
    fields = {name: _read(value) for name, value in said.items() if value}
    return reading.model_copy(update={"fields": {**reading.fields, **fields}})


def _read(value: str) -> Field:
    return Field(value=value, confidence=1, source=Source.TEXT, evidence=Evidence(quote=value))
