"""`mailagent audit`: the chain, shown, exported and proved."""

import json
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app, ask_store

if TYPE_CHECKING:
    from mailagent.bootstrap import App
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
    anchors: Annotated[
        list[Path] | None,
        typer.Option(
            "--anchors",
            metavar="MAILBOX",
            exists=True,
            help="A mailbox export (mbox, Maildir, .eml): what our mails in it know.",
        ),
    ] = None,
) -> None:
    """Prove that no entry was changed, taken out or put in."""
    broken, last, matched = prove(home, anchor, tuple(anchors or ()))
    if broken:
        typer.echo(f"BROKEN: {broken}", err=True)
        raise typer.Exit(_BROKEN)
    known = f" {matched} anchors from outside agree." if anchors else ""
    typer.echo(f"The chain is whole. Its head: {last}{known}")


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
def export(
    home: Home = None,
    opened: Annotated[
        bool, typer.Option("--opened", help="With the personal words that the chain seals.")
    ] = False,
) -> None:
    """Write every entry as a line of JSON to standard output."""

    async def ask(tx: "SqlTransaction") -> None:
        async for step in _steps(tx):
            words = await tx.sealed_words(step[0]["seq"], step[-1]["seq"]) if opened else {}
            for entry in step:
                if entry["seq"] in words:
                    salt, said = words[entry["seq"]]
                    entry["opened"] = {"salt": salt, "words": said}
            sys.stdout.writelines(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in step)

    ask_store(home, ask)


@audit_app.command("verifier")
def verifier() -> None:
    """Write the verifier to standard output: one file that needs nothing but Python."""
    from mailagent import verify_audit

    sys.stdout.write(Path(verify_audit.__file__).read_text("utf-8"))


async def _steps(tx: "SqlTransaction") -> "AsyncIterator[Sequence[dict[str, Any]]]":
    after = 0
    while step := await tx.links(after):
        yield step
        after = step[-1]["seq"]


def prove(
    home: Path | None, anchor: str = "", mailboxes: tuple[Path, ...] = ()
) -> tuple[str | None, str, int]:
    """Why the chain does not hold (None: it does), its newest anchor, and how many agreed."""
    from mailagent.core.errors import ConfigInvalid
    from mailagent.verify_audit import Broken, Proof, anchor_of, anchors_in

    async def ask(app: "App", tx: "SqlTransaction") -> tuple[str | None, str, int]:
        ops = app.office.company.ops_address
        known = [found for path in mailboxes for found in anchors_in(path, ops)]
        if mailboxes and not known:
            advice = f"Export the folder with the mails of {ops}."
            raise ConfigInvalid("No mail of the agent is in there", advice=advice)
        typed = anchor_of(anchor, "what you typed") if anchor else None
        if anchor and typed is None:
            raise ConfigInvalid(f"{anchor!r} is no anchor", advice="Like 1182:9f2c41d7a0b35e11.")
        proof = Proof([*known, *([typed] if typed else [])])
        try:
            async for step in _steps(tx):
                for entry in step:
                    proof.take(entry)
            proof.finish()
        except Broken as error:
            return str(error), proof.anchor, proof.matched
        ends_well = await tx.chain_head() == (proof.seq, proof.hash)
        broken = f"the chain ends at {proof.seq}, but its head says otherwise"
        return (None if ends_well else broken), proof.anchor, proof.matched

    return ask_app(home, ask)
