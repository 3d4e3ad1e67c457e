"""An authenticator app: enrolled once a person, shown as a QR code, proven by a code of its own."""

import sys
from typing import TYPE_CHECKING

import typer

from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.authenticator import Authenticator
    from mailagent.core.people import Person

_TRIES = 3


async def enrol_app(app: "App", person: "Person") -> None:
    """Shows the secret once, and keeps it when a code of it comes back."""
    import segno

    from mailagent.core.audit import Entry
    from mailagent.core.authenticator import new_authenticator

    made = new_authenticator()
    typer.echo("Scan this with an authenticator app, or type the secret into it:\n")
    code = segno.make(made.uri(person.main_address, app.office.company.name), error="m")
    code.terminal(out=sys.stdout, compact=True)
    typer.echo(f"\n    {_in_fours(made.secret)}\n")
    step = ask_code(app, made)
    async with app.store.begin(app.office.company.id) as tx:
        entry = Entry(actor="terminal", what="person.authenticator", details={"person": person.id})
        await tx.save_authenticator(person.id, made, entry)
        await tx.use_code(person.id, step)
    typer.echo(f"{person.name} has an authenticator now; the one before counts no more.")


def ask_code(app: "App", authenticator: "Authenticator") -> int:
    """The step of a code that is typed in."""
    for _ in range(_TRIES):
        typed = "".join(str(typer.prompt("The six digits it shows now")).split())
        step = authenticator.unused_step(typed, app.office.clock.now())
        if step is not None:
            return step
        typer.echo("That is not the code of this moment, or it was used already.")
    raise ConfigInvalid(
        "No code was right",
        advice="Check that this machine and the phone show the same time, then try again.",
    )


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
