"""`mailagent pause` and `mailagent resume`: the same as by mail, at the terminal."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.store.store import SqlTransaction

Task = Annotated[str, typer.Argument(help="One of tasks.toml; without it, everything.")]


def pause(task: Task = "", home: Home = None) -> None:
    """Propose nothing more, or nothing of one task."""
    from mailagent.core.audit import Entry

    _known(task)

    async def do(tx: "SqlTransaction") -> None:
        await tx.pause(task, "terminal")
        await tx.audit(Entry(actor="terminal", what="task.paused", details={"task": task}))

    ask_store(home, do)
    typer.echo(f"Paused: {task or 'everything'}. `mailagent resume` goes on.")


def resume(task: Task = "", home: Home = None) -> None:
    """Go on proposing, also what waited."""
    from mailagent.core.audit import Entry

    _known(task)

    async def do(tx: "SqlTransaction") -> tuple[int, bool]:
        waited = await tx.resume(task)
        await tx.audit(Entry(actor="terminal", what="task.resumed", details={"task": task}))
        return waited, "" in await tx.pauses()

    waited, still = ask_store(home, do)
    typer.echo(f"{task or 'Everything'} goes on; {waited} waited, and come within a minute.")
    if still:
        typer.echo("Everything is paused all the same: `mailagent resume` without a name goes on.")


def _known(task: str) -> None:
    from mailagent.bootstrap import TASKS

    if task and task not in TASKS:
        there = ", ".join(sorted(TASKS))
        raise ConfigInvalid(f"There is no task {task}", advice=f"There are: {there}.")
