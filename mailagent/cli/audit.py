"""`mailagent audit`: the chain, shown, exported and proved."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.audit import AuditEntry
    from mailagent.store.store import SqlTransaction

audit_app = typer.Typer(help="The audit log: prove it, show it, export it.", no_args_is_help=True)

_BROKEN = 1


@audit_app.command("verify")
def verify(
    home: Home = None,
    anchor: Annotated[
        str, typer.Option(help="The seq:hash from the foot of a mail: must be in the chain.")
    ] = "",
) -> None:
    """Prove that no entry was changed, taken out or put in."""
    broken, last = prove(home, anchor)
    if broken:
        typer.echo(f"BROKEN: {broken}", err=True)
        raise typer.Exit(_BROKEN)
    typer.echo(f"The chain is whole. Its head: {last}")


@audit_app.command("show")
def show(
    home: Home = None,
    last: Annotated[int, typer.Option(help="How many of the newest entries.")] = 30,
) -> None:
    """Show the newest entries."""

    async def ask(tx: "SqlTransaction") -> "list[AuditEntry]":
        head = await tx.head()
        return list(await tx.entries(max(0, head.seq - last) if head else 0, at_most=last))

    for entry in ask_store(home, ask):
        case = f" case {entry.case}" if entry.case else ""
        typer.echo(
            f"{entry.anchor}  {entry.at:%d %b %Y %H:%M:%S}  {entry.actor}  {entry.what}{case}"
        )


@audit_app.command("export")
def export(home: Home = None) -> None:
    """Write every entry as a line of JSON to standard output."""

    async def ask(tx: "SqlTransaction") -> None:
        async for step in _steps(tx):
            sys.stdout.writelines(f"{entry.model_dump_json()}\n" for entry in step)

    ask_store(home, ask)


async def _steps(tx: "SqlTransaction") -> "AsyncIterator[list[AuditEntry]]":
    after = 0
    while step := list(await tx.entries(after)):
        yield step
        after = step[-1].seq


def prove(home: Path | None, anchor: str = "") -> tuple[str | None, str]:
    """Why the chain does not hold (None: it does), and its newest anchor."""
    from mailagent.core.audit import GENESIS, first_break

    async def ask(tx: "SqlTransaction") -> tuple[str | None, str]:
        head, found = (0, GENESIS), not anchor
        last = f"0:{GENESIS[:16]}"
        async for step in _steps(tx):
            if broken := first_break(step, head):
                return broken, last
            head, last = (step[-1].seq, step[-1].hash), step[-1].anchor
            found = found or any(entry.anchor == anchor for entry in step)
        known = await tx.head()
        if (known.seq if known else 0) != head[0] or await tx.chain_head() != head:
            return f"the chain ends at {head[0]}, but its head says otherwise", last
        return (None if found else f"{anchor} is not in this chain"), last

    return ask_store(home, ask)
