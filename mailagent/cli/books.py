"""`mailagent books`: what is recorded, for people and for other books."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app, ask_store

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.books import Booked
    from mailagent.store.store import SqlTransaction

books_app = typer.Typer(help="The books: the recorded bills.", no_args_is_help=True)


class Form(StrEnum):
    """What the books can be written as."""

    CSV = "csv"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Bills of this day and later.", show_default=False),
]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Bills of this day and before.", show_default=False),
]


@books_app.command("export")
def export(
    home: Home = None,
    form: Annotated[Form, typer.Option("--as", help="How to write them.")] = Form.CSV,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the recorded bills to standard output."""
    from connectors.ledger import beancount, hledger, table

    write = {Form.CSV: table.write, Form.BEANCOUNT: beancount.write, Form.HLEDGER: hledger.write}

    async def ask(tx: "SqlTransaction") -> "list[Booked]":
        return await tx.bills(since.date() if since else None, until.date() if until else None)

    sys.stdout.write(write[form](ask_store(home, ask)))


@books_app.command("pack")
def pack(
    month: Annotated[str, typer.Argument(help="2026-10; without it, the last one.")] = "",
    to: Annotated[
        Path | None, typer.Option("--to", help="Where to write it.", show_default=False)
    ] = None,
    home: Home = None,
) -> None:
    """Write the month pack for the bookkeeper: bills, ledger, originals, open questions."""
    from mailagent.bootstrap import SystemClock
    from mailagent.core.errors import ConfigInvalid
    from mailagent.core.pack import month_meant
    from mailagent.ports.pack import month_pack

    meant = month_meant(month, SystemClock().now().date(), "en_GB")
    if meant is None:
        raise ConfigInvalid(f"{month} is no month", advice="Write it as 2026-10.")

    async def make(app: "App", tx: "SqlTransaction") -> tuple[bytes, int]:
        return await month_pack(app.office, tx, meant)

    content, bills = ask_app(home, make)
    path = to or Path(f"books-{meant}.zip")
    path.write_bytes(content)
    typer.echo(f"{bills} bills of {meant} in {path}.")
