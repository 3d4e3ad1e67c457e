"""`mailagent contracts`: the register, what runs out first on top."""

from typing import TYPE_CHECKING

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.case import Case
    from mailagent.core.proposal import Proposal
    from mailagent.store.store import SqlTransaction


def contracts(home: Home = None) -> None:
    """List the contracts on file, what runs out first on top."""

    async def ask(tx: "SqlTransaction") -> "list[tuple[Case, Proposal]]":
        return await tx.approved("contracts")

    found = ask_store(home, ask)
    if not found:
        typer.echo("No contract was filed yet: forward one to the ops address.")
        return
    from rich.console import Console
    from rich.table import Table

    from mailagent.core.contracts import registered

    table = Table("notice by", "ends", "what", "renewed for", "case", box=None, pad_edge=False)
    for row in registered(found):
        what = ", ".join(filter(None, (row.what, row.names)))
        renewed = row.reading.text("renewal_term")
        table.add_row(row.notice or "?", row.ends or "?", what, renewed, row.case.ref)
        for case, made in row.changed_by:
            changes = made.reading.text("document_name") or case.title
            table.add_row("", "", f"  changed by {changes}", "", case.ref)
    Console().print(table, markup=False)
