"""Bills of other books: they teach who the vendors are, and are in no book of ours."""

from collections.abc import Iterable

from mailagent.core.capability import RecordBill
from mailagent.core.value import sha256
from mailagent.core.vendor import vendor_keys
from mailagent.ports import Transaction
from mailagent.store.scope import embedded
from mailagent.store.tables import traces
from mailagent.store.vendors import remember

_OTHER_BOOKS = 0  # no bill of ours has this number


def of_other_books(bill: RecordBill) -> RecordBill:
    """Known again by vendor and number, as there is no file of it."""
    (key, *_) = vendor_keys(bill.vendor, bill.vendor_vat)
    same = f"past/{key}/{bill.number}/{bill.issued}/{bill.total}"
    return bill.model_copy(update={"document": sha256(same.encode())})


async def learn(tx: Transaction, bills: Iterable[RecordBill]) -> int:
    """How many were new: what was learned once is not counted twice."""
    scope, new = embedded(tx), 0
    for bill in map(of_other_books, bills):
        seen = scope.rows(traces, traces.c.mark == f"file {bill.document} {bill.part}")
        if await scope.one(seen.limit(1)) is None:
            await remember(scope, _OTHER_BOOKS, bill)
            new += 1
    return new
