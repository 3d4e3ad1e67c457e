"""`mailagent find`: what is on file with these words."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.filing import Found
    from mailagent.store.store import SqlTransaction

_LISTED = 50


def find(
    words: Annotated[list[str], typer.Argument(help="All of them have to be in it.")],
    home: Home = None,
) -> None:
    """Find filed documents by the words in them. What is private is not found."""
    wanted = " ".join(words)

    async def ask(tx: "SqlTransaction") -> "Found":
        return await tx.find_filed(wanted, _LISTED)

    found = ask_store(home, ask)
    if not found.filed:
        typer.echo(f"Nothing on file holds all of: {wanted}")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("date", "what", "case", "where", box=None, pad_edge=False)
    for one in found.filed:
        table.add_row(one.day.isoformat(), one.kind.replace("_", " "), one.case, one.path)
    Console().print(table, markup=False)
    if found.total > len(found.filed):
        more = "more than " if found.capped else ""
        typer.echo(f"The best {len(found.filed)} of {more}{found.total}.")
