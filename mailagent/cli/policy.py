"""`mailagent policy`: the rules, and what other rules would have said of everything so far."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.policy import Trial
    from mailagent.store.store import SqlTransaction

policy_app = typer.Typer(help="The table of rules: show it, try another.", no_args_is_help=True)

_SHOWN = 20


@policy_app.command("show")
def show(home: Home = None) -> None:
    """List the rules that hold."""

    async def ask(app: "App", _tx: "SqlTransaction") -> None:
        for rule in app.office.rules:
            when = rule.when.model_dump_json(exclude_none=True)
            typer.echo(f"{rule.verdict.name.lower():<11} {rule.name:<28} {when}  {rule.why}")

    ask_app(home, ask)


@policy_app.command("test")
def try_rules(
    file: Annotated[
        Path | None,
        typer.Argument(help="A changed policy.toml; without it the one that holds now."),
    ] = None,
    home: Home = None,
    listed: Annotated[int, typer.Option("--show", help="So many differences one by one.")] = _SHOWN,
) -> None:
    """Say what a changed table would have said of every proposal so far. Changes nothing."""
    if file is not None and not file.is_file():
        raise ConfigInvalid(f"There is no {file}", advice="Name a file like your policy.toml.")
    trial = ask_app(home, lambda app, tx: _tried(app, tx, file))
    typer.echo(f"{trial.judged} proposals: {len(trial.differ)} would have been judged otherwise.")
    for (before, after), n in sorted(trial.moves.items(), reverse=True):
        easier = "  (easier)" if after < before else ""
        typer.echo(f"{n:>6}  {_name(before.name)} -> {_name(after.name)}{easier}")
    for one in trial.differ[:listed]:
        said = f"{_name(one.before.name)} -> {_name(one.after.name)}"
        typer.echo(f"{one.case:>8} v{one.version}  {said}  {', '.join(one.rules) or 'no rule'}")
    if len(trial.differ) > listed:
        typer.echo(f"... and {len(trial.differ) - listed} more: --show tells them.")


def _name(verdict: str) -> str:
    return verdict.lower().replace("_", " ")


async def _tried(app: "App", tx: "SqlTransaction", file: Path | None) -> "Trial":
    from mailagent.core.policy import tried
    from mailagent.settings.files import read_policy

    people = {person.id: person.limit for person in await tx.people()}
    path = file or app.settings.home / "policy.toml"
    rules = read_policy(path, app.settings.tasks, people)
    return tried([one async for one in tx.judged()], rules, people)
