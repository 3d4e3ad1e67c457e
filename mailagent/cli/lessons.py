"""`mailagent lessons`: what corrections taught, and forgetting it; the same as by mail."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.core.lesson import Lesson
    from mailagent.store.store import SqlTransaction

lessons_app = typer.Typer(help="What corrections taught.", invoke_without_command=True)


@lessons_app.callback()
def lessons(context: typer.Context, home: Home = None) -> None:
    """List what was learned from corrections, by vendor."""
    if context.invoked_subcommand:
        return

    async def ask(tx: "SqlTransaction") -> "list[Lesson]":
        return await tx.lessons()

    found = ask_store(home, ask)
    if not found:
        typer.echo("Nothing was learned yet: correct a draft, and approve it.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("", "vendor", "what", "is", "case", "day", "words", box=None, pad_edge=False)
    for one in found:
        what, taught = one.field.replace("_", " "), one.taught
        row = (str(one.id), one.vendor, what, one.value or "by its place", taught.ref)
        table.add_row(*row, taught.at.date().isoformat(), taught.words[:60])
    Console().print(table, markup=False)


@lessons_app.command("forget")
def forget(
    words: Annotated[str, typer.Argument(metavar="LESSON", help="Its number, or a vendor.")],
    home: Home = None,
) -> None:
    """Forget a lesson, or all of a vendor."""
    from mailagent.bootstrap import shipped_verbs
    from mailagent.core.lesson import forgotten, meant

    fields = shipped_verbs().fields

    async def do(tx: "SqlTransaction") -> "tuple[Lesson, ...]":
        gone = meant(words, await tx.lessons(), fields)
        if gone:
            await tx.forget(gone)
            await tx.audit(forgotten(gone, "terminal"))
        return gone

    gone = ask_store(home, do)
    if not gone:
        raise ConfigInvalid(f"There is no lesson {words}", advice="`mailagent lessons` lists them.")
    for one in gone:
        typer.echo(f"Forgotten: {one.id}, {one.field.replace('_', ' ')} of {one.vendor}.")
