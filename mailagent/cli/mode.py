"""`mailagent mode`: how far each task goes. The terminal narrows; only a person's mail widens."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.modes import Mode, Ruled
    from mailagent.store.store import SqlTransaction


def mode(
    task: Annotated[str, typer.Argument(help="As bills, or bills/credit_note; else all.")] = "",
    to: Annotated[str, typer.Argument(help="off, shadow, suggest or approve.")] = "",
    home: Home = None,
) -> None:
    """Show how far each task goes by itself, or narrow one."""
    lines = ask_app(home, lambda app, tx: _answer(app, tx, task, to))
    for line in lines:
        typer.echo(line)


async def _answer(app: "App", tx: "SqlTransaction", task: str, to: str) -> list[str]:
    name, _, kind = task.partition("/")
    if name and name not in app.office.tasks:
        names = ", ".join(sorted(app.office.tasks))
        raise ConfigInvalid(f"There is no task {name!r}", advice=f"There are {names}.")
    if kind and kind not in (kinds := sorted(app.office.tasks[name].kinds)):
        raise ConfigInvalid(f"{name} has no kind {kind!r}", advice=f"It has {', '.join(kinds)}.")
    return await (_narrowed(app, tx, task, to) if to else _shown(app, tx))


async def _shown(app: "App", tx: "SqlTransaction") -> list[str]:
    from mailagent.core.modes import Mode, Scope, last_word
    from mailagent.ports.standing import mode_for

    lines = []
    for name, most in sorted(app.office.modes.items()):
        if name in app.office.tasks:
            holds = await mode_for(app.office, tx, Scope(task=name))
            last = last_word(Scope(task=name), await tx.rulings(name))
            lines.append(f"{name:<12} {holds}{_because(name, holds, most, last)}")
            plain = [row for row in await tx.rulings(name) if row.mode is not Mode.STANDING]
            for kind in sorted({row.scope.kind for row in plain if row.scope.kind}):
                scope = Scope(task=name, kind=kind)
                lines.append(f"  {kind:<10} {await mode_for(app.office, tx, scope)}")
    for row in await tx.rulings():
        if row.mode is Mode.STANDING:
            covers = f"{row.vendor or 'every vendor'}, up to {row.most or 'no money'}"
            lines.append(f"{row.name:<12} {row.scope}: {covers}, given by {row.person}")
    return lines


def _because(task: str, holds: "Mode", most: "Mode", last: "Ruled | None") -> str:
    """Where it is narrower than usual, why; and the way back."""
    if last is not None and last.by_itself and last.mode is holds:
        back = f"mail `mode {task} approve` and answer with your code"
        return f" (stepped down {last.since:%d %b %Y}: {last.why.replace('_', ' ')}; {back})"
    return f" (tasks.toml: {most})" if most is holds and holds != "approve" else ""


async def _narrowed(app: "App", tx: "SqlTransaction", task: str, to: str) -> list[str]:
    from mailagent.core.modes import Scope
    from mailagent.core.reading import Kind
    from mailagent.core.wishes import mode_called
    from mailagent.ports.standing import mode_for, narrow

    wanted = mode_called(to)
    if wanted is None:
        raise ConfigInvalid(f"{to!r} is no mode", advice="off, shadow, suggest or approve.")
    name, _, kind = task.partition("/")
    scope = Scope(task=name, kind=Kind(kind) if kind else None)
    before = await mode_for(app.office, tx, scope)
    if _widens(wanted, before):
        advice = f"Mail `mode {task} {to}` to the agent, and answer its draft with your code."
        raise ConfigInvalid(f"{task} is at {before}; the terminal only narrows", advice=advice)
    key = f"terminal/{app.office.clock.now().isoformat()}"
    gone = await narrow(app.office, tx, scope, wanted, "terminal", why="said so", key=key)
    ended = f" Ended: {', '.join(row.name for row in gone)}." if gone else ""
    return [f"{task}: {wanted}.{ended}"]


def _widens(wanted: "Mode", before: "Mode") -> bool:
    return wanted.rank > before.rank
