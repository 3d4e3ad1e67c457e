"""`mailagent senders`: what was said of the mails of a sender, and how to forget it."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.triage import Teaching
    from mailagent.store.store import SqlTransaction


def senders(
    home: Home = None,
    *,
    forget: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Forget what was said of this sender.")
    ] = "",
) -> None:
    """List what you have said of senders."""
    from mailagent.core.audit import Entry

    async def ask(tx: "SqlTransaction") -> list[str]:
        if forget:
            address = forget.strip().lower()
            entry = Entry(actor="terminal", what="sender.forgotten", details={"address": address})
            gone = await tx.forget_sender(address, entry)
            return [f"{gone} forgotten" if gone else f"nothing was said of {address}"]
        return [_line(one) for one in await tx.sender_teachings()]

    for line in ask_store(home, ask) or ["nothing was said of any sender"]:
        typer.echo(line)


def _line(one: "Teaching") -> str:
    told = f"{one.sender}: what looks like {one.seen} is {one.kind}"
    return f"{told} ({one.person} said so of mail {one.message})"
