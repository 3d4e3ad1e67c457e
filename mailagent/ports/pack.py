"""The month pack: what the books, the blobs and the queue have of a month, as one file."""

from mailagent.core.books import Booked
from mailagent.core.pack import Month, Packed
from mailagent.core.people import Person
from mailagent.core.post import owner_of
from mailagent.core.said import say
from mailagent.core.vendor import slug
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_NOBODY = Person(id="", name="", addresses=())  # who is told where nobody is enrolled yet
# What goes by mail; beyond that the originals stay here, and the pack says so.
_LARGEST = 15_000_000


async def month_pack(office: Office, tx: Transaction, month: Month) -> tuple[bytes, int]:
    """The zip, and how many bills are in it."""
    bills = tuple(await tx.bills(month.first, month.last))
    reader = owner_of((), await tx.people(), "") or _NOBODY
    questions = await _questions(office, tx, bills, reader)
    originals = await _originals(office, bills)
    if sum(len(content) for _, content in originals) > _LARGEST:
        originals = ()
        questions += _said(office, reader, "pack.too_large") + "\n"
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


async def _questions(
    office: Office, tx: Transaction, bills: tuple[Booked, ...], reader: Person
) -> str:
    """What is not decided, and what is booked without an account."""
    waiting = [one for one in await tx.queue() if one.case.task == "bills"]
    unbooked = [booked for booked in bills if not booked.bill.book_to and not booked.void]
    lines = [
        _said(office, reader, "pack.questions"),
        "",
        _said(office, reader, "pack.undecided", n=len(waiting)),
        *(f"  [{one.case.ref}] {one.case.title}" for one in waiting),
        _said(office, reader, "pack.unbooked", n=len(unbooked)),
        *(f"  [{one.case}] {one.bill.vendor} {one.bill.number}" for one in unbooked),
    ]
    return "\n".join(lines) + "\n"


def _said(office: Office, reader: Person, key: str, **gaps: int) -> str:
    return office.renderer.phrase(say(key, **gaps), reader, office.clock.now())
