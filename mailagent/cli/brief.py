"""`mailagent brief --preview`: the next brief as it would read, without sending it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.people import Person
    from mailagent.store.store import SqlTransaction


def brief(
    home: Home = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Print it; nothing is sent or decided.")
    ] = False,
    person: Annotated[str, typer.Option("--person", help="Whose; otherwise the first one's.")] = "",
) -> None:
    """Send the brief now, or show how it would read."""
    typer.echo(_asked(home, person, preview=preview, weekly=False))


def digest(
    home: Home = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Print it; nothing is sent or decided.")
    ] = False,
    person: Annotated[str, typer.Option("--person", help="Whose; otherwise the first one's.")] = "",
) -> None:
    """Send the weekly digest now, or show how it would read."""
    typer.echo(_asked(home, person, preview=preview, weekly=True))


def _asked(home: Path | None, person: str, *, preview: bool, weekly: bool) -> str:
    async def ask(app: "App", tx: "SqlTransaction") -> str:
        whose = _person(await tx.people(), person)
        if preview:
            return await _text(app, tx, whose, weekly=weekly)
        await _ask_for(tx, whose, weekly=weekly)
        return f"{whose.name} gets it within a minute, if the agent runs."

    return ask_app(home, ask)


def _person(people: "list[Person]", wanted: str) -> "Person":
    found = [one for one in people if wanted in ("", one.id)]
    if not found:
        raise ConfigInvalid(f"There is no person {wanted!r}", advice="See mailagent.toml.")
    return found[0]


async def _text(app: "App", tx: "SqlTransaction", whose: "Person", *, weekly: bool) -> str:
    """Subject and plain part, as they would arrive."""
    from email import message_from_bytes, policy

    from mailagent.stages.brief import preview

    letter = await preview(app.office, tx, whose, weekly=weekly)
    mail = message_from_bytes(app.office.renderer(letter).raw, policy=policy.default)
    body = mail.get_body(("plain",))
    return f"Subject: {mail['Subject']}\n\n{body.get_content() if body else ''}"


async def _ask_for(tx: "SqlTransaction", whose: "Person", *, weekly: bool) -> None:
    from mailagent.core.audit import Entry
    from mailagent.core.brief import MORNING, WEEKLY
    from mailagent.core.job import Job, Stage

    details = {"person": whose.id}
    await tx.audit(Entry(actor="terminal", what="brief.asked", details=details))
    await tx.defer(
        Job(stage=Stage.BRIEF, subject=0, version=WEEKLY if weekly else MORNING, routine=whose.id)
    )
