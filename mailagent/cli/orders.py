"""`mailagent orders`: what was ordered, and what of it is billed."""

from typing import TYPE_CHECKING

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.orders import Ordered
    from mailagent.store.store import SqlTransaction


def orders(home: Home = None) -> None:
    """List your purchase orders: what is not billed yet first."""

    async def ask(tx: "SqlTransaction") -> "list[Ordered]":
        return await tx.all_orders()

    found = ask_store(home, ask)
    if not found:
        typer.echo("No order is known: send one to the ops address, or `mailagent import orders`.")
        return
    from rich.console import Console
    from rich.table import Table

    from mailagent.core.orders import is_billed

    table = Table("order", "vendor", "ordered", "billed", "", box=None, pad_edge=False)
    for one in sorted(found, key=lambda one: (is_billed(one), one.order.number)):
        order = one.order
        by_net = order.net is not None
        ordered, billed = (order.net, one.net) if by_net else (order.total, one.total)
        told = f"{order.currency} {ordered}" if ordered is not None else "?"
        state = "billed" if is_billed(one) else "open"
        table.add_row(order.number, order.vendor or "?", told, str(billed), state)
    Console().print(table, markup=False)
