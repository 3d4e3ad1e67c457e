"""`mailagent queue` and `mailagent case show`: the board, and one case on it."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store, reference
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.core.audit import AuditEntry
    from mailagent.core.case import Case
    from mailagent.core.letter import Held
    from mailagent.core.proposal import Proposal
    from mailagent.core.reading import Reading
    from mailagent.core.routine import Pause
    from mailagent.ports import Waiting
    from mailagent.store.store import SqlTransaction

case_app = typer.Typer(help="Look at one case.", no_args_is_help=True)


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


@case_app.command("show")
def show(ref: Annotated[str, typer.Argument(help="As in [ops 4F7Q].")], home: Home = None) -> None:
    """Show what was read, proposed and decided in a case."""
    wanted = reference(ref)

    async def ask(
        tx: "SqlTransaction",
    ) -> "tuple[Case, Reading | None, Proposal | None, list[AuditEntry]]":
        case = await tx.case_by_ref(wanted)
        if case is None:
            raise ConfigInvalid(
                f"There is no case {wanted}", advice="`mailagent queue` lists them."
            )
        proposal = (await tx.proposal(case.id, case.version))[0] if case.version else None
        reading = proposal.reading if proposal else None
        return case, reading, proposal, list(await tx.entries(case=case.id))

    case, reading, proposal, entries = ask_store(home, ask)
    typer.echo(f"{case.ref}  {case.state}, version {case.version}  {case.title}")
    typer.echo(f"document  {case.document.name} ({case.document.media_type})")
    _say_reading(reading)
    for action in proposal.actions if proposal else ():
        typer.echo(f"{action.number:>8}  {action.payload.model_dump_json(exclude_defaults=True)}")
    typer.echo("history")
    for entry in entries:
        typer.echo(
            f"  {entry.seq:>6}  {entry.at:%d %b %H:%M:%S}  {entry.actor}  {entry.what}"
            f"  {entry.details.get('error', '')}".rstrip()
        )


def _say_reading(reading: "Reading | None") -> None:
    if reading is None:
        return
    typer.echo(f"read      {reading.kind}, {reading.confidence:.0%}")
    for name, field in reading.fields.items():
        if isinstance(field.value, str):
            typer.echo(f"  {name:<16}  {field.value}  ({field.source}, {field.confidence:.0%})")
    for check in reading.checks:
        typer.echo(f"  {'ok' if check.ok else 'FAILED':<16}  {check.name} {check.detail}".rstrip())
