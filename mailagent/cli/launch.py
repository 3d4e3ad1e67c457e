"""`mailagent tasks enable`: the launch questions, a score, and what was measured before."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.questions import answer
from mailagent.cli.store import ask_app
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.launch import Launch
    from mailagent.settings.model import Settings
    from mailagent.store.store import SqlTransaction

_OFTEN, _DAMAGE = ("yes", "partly", "no"), ("small", "some", "large")
_QUESTIONS = {
    "repetitive": ("Is it much the same each time?", _OFTEN),
    "structured": ("Do its papers come in a known form?", _OFTEN),
    "damage": ("How large is the damage of a mistake that nobody sees?", _DAMAGE),
    "logged": ("Can it be seen later who did what?", _OFTEN),
}
_SAYS = {
    "start": "Ready: every case is shown, and waits for a word.",
    "watch": "To be watched first, in shadow: the digest compares it with what you do.",
    "wait": "Not yet: somebody has to answer for it, and it has to come again and again.",
}


def enable(  # noqa: PLR0913 - an option for each question
    name: Annotated[str, typer.Argument(help="One of tasks.toml.")],
    home: Home = None,
    *,
    repetitive: Annotated[str, typer.Option(help="Much the same each time: yes, partly, no.")] = "",
    structured: Annotated[str, typer.Option(help="Papers in a known form: yes, partly, no.")] = "",
    damage: Annotated[str, typer.Option(help="Of a mistake unseen: small, some, large.")] = "",
    logged: Annotated[str, typer.Option(help="Seen later who did what: yes, partly, no.")] = "",
    owner: Annotated[str, typer.Option(help="Who answers for it.")] = "",
    minutes: Annotated[str, typer.Option(help="A case takes a person now; 0: not measured.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Also below the score.")] = False,
) -> None:
    """Ask the launch questions, print a score, and switch a task on."""
    from mailagent.core.launch import Advice, Launch

    settings = _settings(home, name)
    _tell_seen(settings, name)
    given = {"repetitive": repetitive, "structured": structured, "damage": damage, "logged": logged}
    said: dict[str, object] = {key: _choice(key, typed) for key, typed in given.items()}
    said["owner"] = answer(owner, "--owner", "Who answers for it", _somebody, _first(settings))
    asked = "How many minutes does a case take a person now (0: not measured)"
    said["baseline_minutes"] = answer(minutes, "--minutes", asked, _count, "0")
    launch = Launch.model_validate(said)
    _tell_score(launch)
    if launch.advice is Advice.WAIT and not anyway:
        typer.echo(f"{name} stays as it is. --anyway switches it on all the same.")
        raise typer.Exit(1)
    _switch(settings, name, _keys(launch), "task.enabled", launch.record())
    typer.echo(f"{name} is on, mode {launch.mode}, as soon as the agent is started again.")


def disable(
    name: Annotated[str, typer.Argument(help="One of tasks.toml.")], home: Home = None
) -> None:
    """Switch a task off: what comes in is shown to you, and nothing is done with it."""
    settings = _settings(home, name)
    _switch(settings, name, {"on": False}, "task.disabled", {})
    typer.echo(f"{name} is off, as soon as the agent is started again.")


def _settings(home: Path | None, name: str) -> "Settings":
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    if name not in settings.tasks:
        names = ", ".join(settings.tasks)
        raise ConfigInvalid(f"There is no task {name!r}", advice=f"There are {names}.")
    if name == "payments" and not settings.payments.account:
        raise ConfigInvalid(
            "[payments] has no account", advice="Name the one that pays in mailagent.toml first."
        )
    return settings


def _tell_seen(settings: "Settings", name: str) -> None:
    """What of it has come in lately, by the audit log."""
    if not settings.database.is_file():
        return
    from mailagent.bootstrap import TASKS
    from mailagent.core.launch import SEEN_WEEKS

    async def ask(app: "App", tx: "SqlTransaction") -> dict[str, int]:
        from mailagent.core.figures import summed, week_of
        from mailagent.ports.figures import counted

        await counted(tx)
        since = week_of(app.office.clock.now()) - timedelta(weeks=SEEN_WEEKS)
        sums = summed(await tx.figures(since))
        return {kind: sums[f"kind:{kind}"] for kind in sorted(TASKS[name].kinds)}

    seen = {kind: n for kind, n in ask_app(settings.home, ask).items() if n}
    told = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in seen.items())
    typer.echo(f"Came in the last {SEEN_WEEKS} weeks: {told or 'nothing of it'}.")


def _choice(key: str, given: str) -> str:
    question, choices = _QUESTIONS[key]

    def take(text: str) -> str:
        found = [one for one in choices if one.startswith(text.lower()) and text]
        if len(found) != 1:
            raise ValueError(f"{text!r} is none of {', '.join(choices)}")
        return found[0]

    return answer(given, f"--{key}", f"{question} {'/'.join(choices)}", take)


def _somebody(text: str) -> str:
    return text.strip()


def _first(settings: "Settings") -> str:
    return settings.people[0].name


def _count(text: str) -> int:
    try:
        minutes = int(text)
    except ValueError:
        minutes = -1
    if minutes < 0:
        raise ValueError(f"{text!r} is no number of minutes")
    return minutes


def _tell_score(launch: "Launch") -> None:
    from mailagent.core.launch import MOST, best

    for name, points in launch.points.items():
        said = getattr(launch, name)
        typer.echo(f"  {name:<12} {said or 'nobody':<24} {points} of {best(name)}")
    typer.echo(f"Score {launch.score} of {MOST}. {_SAYS[launch.advice]}")


def _keys(launch: "Launch") -> dict[str, object]:
    measured = {"baseline_minutes": n} if (n := launch.baseline_minutes) else {}
    return {"on": True, "mode": str(launch.mode), "owner": launch.owner, **measured}


def _switch(
    settings: "Settings",
    name: str,
    keys: Mapping[str, object],
    what: str,
    details: Mapping[str, object],
) -> None:
    """The file is changed, and who looks into the log sees why."""
    from mailagent.core.audit import Entry
    from mailagent.settings.written import set_task

    set_task(settings.home / "tasks.toml", name, keys)
    if settings.database.is_file():
        entry = Entry(actor="terminal", what=what, details={"task": name, **details})
        ask_app(settings.home, lambda _app, tx: tx.audit(entry))
