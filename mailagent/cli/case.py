"""`mailagent case show`: one case as it stands, and its story as the audit log tells it."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app, reference
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.case import Case
    from mailagent.core.proposal import Proposal
    from mailagent.core.reading import Reading
    from mailagent.ports.story import Story
    from mailagent.store.store import SqlTransaction

case_app = typer.Typer(help="Look at one case.", no_args_is_help=True)

_ALTERED = 1


@case_app.command("show")
def show(
    ref: Annotated[str, typer.Argument(help="As in [ops 4F7Q].")],
    home: Home = None,
    *,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="The story without anybody's words: their hashes.")
    ] = False,
) -> None:
    """Show a case as it stands, and tell its story from the audit log."""
    wanted = reference(ref)

    async def ask(
        app: "App", tx: "SqlTransaction"
    ) -> "tuple[Case, Proposal | None, bool, Story, dict[str, str]]":
        from mailagent.core.proposal import digest
        from mailagent.ports.story import told

        case = await tx.case_by_ref(wanted)
        if case is None:
            raise ConfigInvalid(
                f"There is no case {wanted}", advice="`mailagent queue` lists them."
            )
        found = await told(tx, case.id, sealed=sealed)
        proposal = (await tx.proposal(case.id, case.version))[0] if case.version else None
        made = digest(app.office.company.id, proposal) if proposal else ""
        logged = {entry.details.get("digest") for entry in found.entries}
        kept = {content: await _evidence(app, content) for content in found.replies}
        is_logged = not proposal or proposal.purpose == "undo" or made in logged
        return case, proposal, is_logged, found, kept

    case, proposal, is_logged, found, kept = ask_app(home, ask)
    typer.echo(f"{case.ref}  {case.state}, version {case.version}  {case.title}")
    typer.echo(f"document  {case.document.name} ({case.document.media_type})")
    if not sealed:
        _say_reading(proposal.reading if proposal else None)
        for action in proposal.actions if proposal else ():
            said = action.payload.model_dump_json(exclude_defaults=True)
            typer.echo(f"{action.number:>8}  {said}")
    _say_story(found, kept)
    if not is_logged:
        typer.echo("ALTERED: the log knows no version with this content.", err=True)
    if found.altered:
        names = ", ".join(map(str, found.altered))
        typer.echo(f"ALTERED since they were written: entries {names}.", err=True)
    if found.altered or not is_logged:
        raise typer.Exit(_ALTERED)


async def _evidence(app: "App", content: str) -> str:
    """Whether a signed reply is still there, as it came."""
    from mailagent.core.value import sha256

    try:
        same = sha256(await app.office.blobs.get(content)) == content
    except FileNotFoundError:
        return "gone"
    return "kept, whole" if same else "ALTERED"


def _say_reading(reading: "Reading | None") -> None:
    if reading is None:
        return
    typer.echo(f"read      {reading.kind}, {reading.confidence:.0%}")
    for name, field in reading.fields.items():
        if isinstance(field.value, str):
            typer.echo(f"  {name:<16}  {field.value}  ({field.source}, {field.confidence:.0%})")
    for check in reading.checks:
        typer.echo(f"  {'ok' if check.ok else 'FAILED':<16}  {check.name} {check.detail}".rstrip())


def _say_story(found: "Story", kept: dict[str, str]) -> None:
    holds = "" if found.altered else ", each as it was written"
    gone = f"; of {found.erased} the words were taken away" if found.erased else ""
    typer.echo(f"story, by {len(found.entries)} entries of the audit log{holds}{gone}")
    before = ""
    for line in found.lines:
        head = line.section if line.section != before else ""
        typer.echo(f"  {head:<10} {line.seq:>6}  {line.at:%d %b %H:%M:%S}  {line.text}")
        before = line.section
    for content, state in kept.items():
        typer.echo(f"  reply {content}: {state}")
