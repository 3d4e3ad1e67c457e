"""`mailagent books`: what is recorded, for people and for other books."""

import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
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
