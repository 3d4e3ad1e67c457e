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

    found = [(case, proposal.reading) for case, proposal in ask_store(home, ask)]
    if not found:
        typer.echo("No contract was filed yet: forward one to the ops address.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("notice by", "ends", "what", "renewed for", "case", box=None, pad_edge=False)
    from mailagent.core.contracts import runs_out

    ends = ("last_notice_day", "expiration_date")
    found.sort(key=lambda one: runs_out(one[1]))
    for case, reading in found:
        notice, end, renewed = map(reading.text, (*ends, "renewal_term"))
        table.add_row(notice or "?", end or "?", case.title, renewed, case.ref)
    Console().print(table, markup=False)
