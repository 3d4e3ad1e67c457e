"""`mailagent queue`: the board."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.letter import Held
    from mailagent.core.routine import Pause
    from mailagent.ports import Waiting
    from mailagent.store.store import SqlTransaction


def queue(
    home: Home = None,
    ended: Annotated[bool, typer.Option("--ended", help="Those that are over instead.")] = False,
) -> None:
    """List what waits, and for whom."""

    async def ask(tx: "SqlTransaction") -> "tuple[list[Waiting], list[Held], dict[str, Pause]]":
        return await tx.queue(ended=ended), await tx.held(), await tx.pauses()

    found, held, paused = ask_store(home, ask)
    for pause in paused.values():
        typer.echo(f"Paused: {pause.task or 'everything'}, since {pause.since:%d %b %H:%M} UTC")
    for answer in held:
        typer.echo(f"Held, an hour at most: {answer.sender}, {answer.subject} ({answer.why})")
    if not found:
        typer.echo("Nothing is over yet." if ended else "Nothing waits.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("case", "state", "since", "what", "from", "waits for", box=None, pad_edge=False)
    for row in found:
        since = row.received_at.strftime("%d %b %H:%M")
        table.add_row(row.case.ref, row.case.state, since, row.case.title, row.sender, row.waits)
    Console().print(table, markup=False)
