"""Work that no mail brought: what it is about is written down like any document."""

from typing import Any

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Document, Origin
from mailagent.core.job import Job, Stage
from mailagent.core.modes import Mode, Scope
from mailagent.core.money import Money
from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.core.value import sha256
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def begin_work(
    office: Office,
    tx: Transaction,
    task: str,
    slot: int,
    document: Document,
    content: bytes,
    reading: Reading,
) -> Case | None:
    """A case of its own, once per slot; None: it was begun already."""
    await office.blobs.put_many([content])
    message = await tx.begin(task, slot, document.sha256, document.name)
    if message is None:
        return None
    case = await tx.open_case(message, document, task, document.name)
    await tx.save_reading(case.id, reading)
    details = {"kind": reading.kind, "task": task}
    return await tx.advance(
        case,
        State.READ,
        Entry(actor="agent", what="case.read", details=details),
        Job(stage=Stage.PROPOSE, subject=case.id, version=1),
    )


def made_document(name: str, media_type: str, content: bytes) -> Document:
    """What the agent wrote down itself."""
    return Document(
        name=name,
        media_type=media_type,
        sha256=sha256(content),
        size=len(content),
        origin=Origin.BODY if media_type == "application/json" else Origin.ATTACHMENT,
    )


def derived(value: str, rule: str) -> Field:
    """A value that no document says."""
    return Field(value=value, confidence=1.0, source=Source.DERIVED, rule=rule)


async def begin_widening(
    office: Office, tx: Transaction, wish: dict[str, Any], *, slot: int, person: str = ""
) -> Case | None:
    """Shown to its person for approval with a code; nothing is wider before that."""
    scope: Scope = wish["scope"]
    most: Money | None = wish.get("most")
    said = {
        "task": scope.task,
        "kind": str(scope.kind or ""),
        "mode": str(Mode(wish["mode"])),
        "before": str(Mode(wish["before"])),
        "vendor": wish.get("vendor", ""),
        "signed_by": wish.get("signed_by", ""),
        "most": str(most.amount) if most else "",
        "currency": most.currency if most else "",
        "a_day": str(wish.get("a_day", 0)),
        "hold_hours": str(wish.get("hold_hours", 0)),
        "capabilities": " ".join(wish.get("capabilities", ())),
        "seen": str(wish.get("seen", "")),
    }
    fields = {name: derived(value, "policy") for name, value in said.items() if value}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason="the policy")
    content = reading.model_dump_json().encode()
    name = f"policy {scope} {wish['mode']}.json"
    document = made_document(name, "application/json", content)
    case = await begin_work(office, tx, "policy", slot, document, content, reading)
    if case is not None and person:
        await tx.delegate(case.id, person, person)
    return case
