"""`mailagent papers`: what vendors have to prove, until when it holds, and what is missing."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.said import Said
    from mailagent.store.store import SqlTransaction


def papers(
    vendor: Annotated[list[str] | None, typer.Argument(help="Or a part of its name.")] = None,
    home: Home = None,
) -> None:
    """List what vendors have to prove, and what is missing."""
    wanted = " ".join(vendor or ())

    async def ask(app: "App", tx: "SqlTransaction") -> "tuple[tuple[str, Said], ...]":
        from mailagent.core.vendor_papers import listed

        rules = app.settings.papers.rules()
        return listed(rules, await tx.papers(), app.office.clock.now().date(), wanted)

    found = ask_app(home, ask)
    if not found:
        typer.echo("No papers of vendors are on file, and no rule asks for any.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("vendor", "paper", "number", "valid until", "case", box=None, pad_edge=False)
    for name, said in found:
        gaps = said.gaps
        state = said.key.rpartition(".")[2]
        day = {"missing": "missing", "open": ""}.get(state, gaps.get("day", ""))
        until = f"{date.fromisoformat(day):%Y-%m-%d}, over" if state == "ended" else day
        what = gaps["paper"].replace("_", " ")
        table.add_row(name, what, gaps.get("number", ""), until, gaps.get("ref", ""))
    Console().print(table, markup=False)
