"""`mailagent renewals`: the bills that come again, with what they cost before."""

from typing import TYPE_CHECKING

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.renewals import Series
    from mailagent.store.store import SqlTransaction


def renewals(home: Home = None) -> None:
    """List the bills that come again, the next one first."""
    from mailagent.core.renewals import renewal

    async def ask(tx: "SqlTransaction") -> "list[Series]":
        return await tx.series()

    found = sorted(filter(None, map(renewal, ask_store(home, ask))), key=lambda r: r.following)
    if not found:
        typer.echo("No bill comes again as far as the books know: that takes three of a vendor.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("next", "vendor", "every", "total", "", "before", box=None, pad_edge=False)
    for one in found:
        prices = ", ".join(f"{c.before} until {c.day}" for c in one.changes[-3:])
        every = one.every.replace("_", " ")
        row = (one.following.isoformat(), one.vendor, every, str(one.total), one.currency, prices)
        table.add_row(*row)
    Console().print(table, markup=False)
