"""Bills of other books make their vendors known, once, and are in no book of ours."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from mailagent.core.capability import RecordBill
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.past import learn
from tests.desk import open_desk
from tests.store.test_books import asked


def past(number: str, total: str = "1234.50") -> RecordBill:
    return RecordBill(
        vendor="Nordlicht Hosting GmbH",
        number=number,
        issued=date(2026, 3, 1),
        total=Decimal(total),
        currency="EUR",
        book_to="6815",
        document="",
    )


async def test_what_was_learned_is_known_and_is_learned_once(tmp_path: Path) -> None:
    bills = [past("R-1"), past("R-2", "1300"), past("R-1")]
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert await learn(tx, bills) == 2
        assert await learn(tx, bills) == 0
        known = await EmbeddedLedger().vendor(tx, asked(vendor="NORDLICHT Hosting"))
        assert (known.bills, known.since, known.book_to) == (2, date(2026, 3, 1), "6815")
    assert desk.post.sent == []
