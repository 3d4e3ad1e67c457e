"""A table of purchase orders, as it comes attached to a mail."""

from mailagent.core.errors import Unreadable
from mailagent.core.orders import as_rows
from mailagent.core.reading import Check, Evidence, Field, Kind, Reading, Source
from parsers.opened import Opened
from parsers.orders.table import LINE_COLUMNS, columns_of, orders_in

_QUOTED = 300  # letters of the table
# A table with a number in it may be anything; with these beside it, it is one of orders.
_TELLING = frozenset({"vendor", "net", "total", *LINE_COLUMNS})


class OrderTables:
    """CSV files, by the names of their columns."""

    kinds = frozenset({Kind.PURCHASE_ORDER})

    def read(self, document: Opened) -> Reading | None:
        """All its orders as one reading; None where its columns are others."""
        columns = columns_of(document.plain) if document.plain else frozenset()
        if "number" not in columns or len(columns & _TELLING) < 2:
            return None
        try:
            orders = orders_in(document.plain)
        except Unreadable as error:
            broken = Check(name="order_table", ok=False, detail=error.what, why=error.why)
            return Reading(kind=Kind.PURCHASE_ORDER, confidence=0.6, checks=(broken,))
        quote = Evidence(quote=document.plain[:_QUOTED])
        rows = Field(value=as_rows(orders), confidence=1.0, source=Source.TEXT, evidence=quote)
        reason = "its columns are those of a table of orders"
        return Reading(
            kind=Kind.PURCHASE_ORDER, confidence=0.95, fields={"orders": rows}, reason=reason
        )


KIND = OrderTables()
