"""The month pack: what the books, the blobs and the queue have of a month, as one file."""

from mailagent.core.books import Booked
from mailagent.core.pack import Month, Packed
from mailagent.core.vendor import slug
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

# What goes by mail; beyond that the originals stay here, and the pack says so.
_LARGEST = 15_000_000


async def month_pack(office: Office, tx: Transaction, month: Month) -> tuple[bytes, int]:
    """The zip, and how many bills are in it."""
    bills = tuple(await tx.bills(month.first, month.last))
    questions = await _questions(tx, bills)
    originals = await _originals(office, bills)
    if sum(len(content) for _, content in originals) > _LARGEST:
        originals = ()
        questions += "The originals are too large for a mail: `mailagent books pack` has them.\n"
    packed = Packed(month, bills, originals, questions)
    return office.packs(packed), len(bills)


async def _originals(office: Office, bills: tuple[Booked, ...]) -> tuple[tuple[str, bytes], ...]:
    """Each document once, named like its bill."""
    named = {booked.bill.document: booked for booked in reversed(bills)}
    return tuple(
        [(_name(booked), await office.blobs.get(sha)) for sha, booked in sorted(named.items())]
    )


def _name(booked: Booked) -> str:
    bill = booked.bill
    return f"originals/{bill.issued.isoformat()} {slug(bill.vendor)} {slug(bill.number)}"


async def _questions(tx: Transaction, bills: tuple[Booked, ...]) -> str:
    """What is not decided, and what is booked without an account."""
    waiting = [one for one in await tx.queue() if one.case.task == "bills"]
    unbooked = [booked for booked in bills if not booked.bill.book_to and not booked.void]
    lines = [
        "Open questions",
        "",
        f"Not decided yet: {len(waiting)}",
        *(f"  [{one.case.ref}] {one.case.title}: {one.case.state}" for one in waiting),
        f"Booked without an account: {len(unbooked)}",
        *(f"  [{one.case}] {one.bill.vendor} {one.bill.number}" for one in unbooked),
    ]
    return "\n".join(lines) + "\n"
