"""Past: the bills of old mails are read to know the vendors; nothing is drafted or kept."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import NamedTuple

from mailagent.core.capability import RecordBill
from mailagent.core.errors import Unreadable
from mailagent.core.message import Place
from mailagent.core.people import Company
from mailagent.core.reading import Kind, Reading
from mailagent.ports import Header, Office, Watermark, contents_of, unpacked

_AT_ONCE = 20  # mails, fetched together; what was reached is kept after each lot
_SURE = 0.9  # of the kind and of what a vendor is known by: a guess would teach wrong things
BillIn = Callable[[Reading, Company], RecordBill | None]  # what the task for bills makes of a page
_KNOWN_BY = ("seller_name", "total", "issue_date")


class Lot(NamedTuple):
    """Some mails, read."""

    mails: int
    unreadable: int  # documents
    bills: tuple[RecordBill, ...]
    reached: Watermark


async def past(office: Office, headers: Sequence[Header], bill_in: BillIn) -> AsyncIterator[Lot]:
    """Reads old mails, lot by lot; what is too large is left out."""
    for at in range(0, len(headers), _AT_ONCE):
        lot = headers[at : at + _AT_ONCE]
        last = lot[-1].place
        bills: list[RecordBill] = []
        unreadable = 0
        for place in (h.place for h in lot if h.size <= office.mail_bytes):
            try:
                bills += await _bills_at(office, place, bill_in)
            except Unreadable:
                unreadable += 1
        yield Lot(len(lot), unreadable, tuple(bills), Watermark(last.uidvalidity, last.uid))


async def _bills_at(office: Office, place: Place, bill_in: BillIn) -> list[RecordBill]:
    """Of one mail. What we sent ourselves teaches nothing of a vendor."""
    found: list[RecordBill] = []
    for arrival in await office.mailbox.fetch([place]):
        message = await office.reader.open(arrival.raw)
        if message.sender_address == office.company.ops_address.lower():
            continue
        for each in contents_of(await unpacked(office.reader, message)):
            us = office.company.us
            reading = await office.reader.read(each.content, each.document, us=us)
            bill = bill_in(reading, office.company) if _is_sure(reading) else None
            if bill and bill.issued <= arrival.received_at.date():
                found.append(bill)
    return found


def _is_sure(reading: Reading) -> bool:
    """Only what is surely a bill, and whose sums and checks are right."""
    fields = [reading.fields.get(name) for name in _KNOWN_BY]
    clear = all(field is not None and field.confidence >= _SURE for field in fields)
    is_bill = reading.kind is Kind.INVOICE and reading.confidence >= _SURE
    return clear and is_bill and all(check.ok for check in reading.checks)
