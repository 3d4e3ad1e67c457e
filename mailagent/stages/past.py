"""Past: the bills of old mails are read to know the vendors; nothing is drafted or kept."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import NamedTuple

from mailagent.core.capability import RecordBill
from mailagent.core.errors import Unreadable
from mailagent.core.message import Place
from mailagent.core.people import Company
from mailagent.core.reading import Kind, Reading
from mailagent.ports import Header, Office, Watermark, contents_of, unpacked

_LOT = 20  # mails; what was reached is kept after each
_SURE = 0.9  # of the kind and of what a vendor is known by: a guess would teach wrong things
BillIn = Callable[[Reading, Company], RecordBill | None]  # what the task for bills makes of a page
_KNOWN_BY = ("seller_name", "total", "issue_date")


class Lot(NamedTuple):
    """Some mails, read."""

    mails: int
    unreadable: int  # mails, and documents in them
    bills: tuple[RecordBill, ...]
    reached: Watermark


async def past(office: Office, headers: Sequence[Header], bill_in: BillIn) -> AsyncIterator[Lot]:
    """Reads old mails, lot by lot; what is too large is left out."""
    for at in range(0, len(headers), _LOT):
        lot = headers[at : at + _LOT]
        last = lot[-1].place
        bills: list[RecordBill] = []
        unreadable = 0
        for place in (h.place for h in lot if h.size <= office.mail_bytes):
            try:
                found, closed = await _bills_at(office, place, bill_in)
            except Unreadable:
                unreadable += 1
                continue
            bills, unreadable = bills + found, unreadable + closed
        yield Lot(len(lot), unreadable, tuple(bills), Watermark(last.uidvalidity, last.uid))


async def _bills_at(office: Office, place: Place, bill_in: BillIn) -> tuple[list[RecordBill], int]:
    """Of one mail, and how many of its documents cannot be read.

    What we sent ourselves teaches nothing of a vendor.
    """
    found: list[RecordBill] = []
    unreadable = 0
    for arrival in await office.mailbox.fetch([place]):
        message = await office.reader.open(arrival.raw)
        if message.sender_address == office.company.ops_address.lower():
            continue
        for each in contents_of(await unpacked(office.reader, message)):
            us = office.company.us
            try:
                reading = await office.reader.read(each.content, each.document, us=us)
            except Unreadable:
                unreadable += 1
                continue
            bill = bill_in(reading, office.company) if _is_sure(reading) else None
            if bill and bill.issued <= arrival.received_at.date():
                found.append(bill)
    return found, unreadable


def _is_sure(reading: Reading) -> bool:
    """Only what is surely a bill, and whose sums and checks are right."""
    fields = [reading.fields.get(name) for name in _KNOWN_BY]
    clear = all(field is not None and field.confidence >= _SURE for field in fields)
    is_bill = reading.kind is Kind.INVOICE and reading.confidence >= _SURE
    return clear and is_bill and all(check.ok for check in reading.checks)
