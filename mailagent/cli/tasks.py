"""`mailagent tasks`: the list of work, what each task may, and what it takes to switch one on."""

from pathlib import Path

import typer

from mailagent.cli.launch import disable, enable
from mailagent.cli.options import Home

tasks_app = typer.Typer(help="List the work, what each task may, and what is never done.")


@tasks_app.callback(invoke_without_command=True)
def tasks(context: typer.Context, home: Home = None) -> None:
    """List the work, what each task may, and what is never done."""
    if context.invoked_subcommand is None:
        _list(home)


def _list(home: Path | None) -> None:
    from mailagent.bootstrap import task_cards
    from mailagent.core.tasklist import NEVER
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    for card in task_cards(settings):
        typer.echo(f"{card.name}  {'on' if card.on else 'off'}")
        rows = {
            "reads": ", ".join(card.reads).replace("_", " "),
            "asks of other systems": ", ".join(card.asks),
            "may, once approved": ", ".join(card.may),
            "needs the code": ", ".join(card.code),
            "undo takes back": ", ".join(card.undone),
            "forbidden": ", ".join(card.forbidden),
            "asks": ", ".join(card.approvers) or "the first person",
            "owner": card.owner,
            "reviewer": card.reviewer,
            "technical contact": card.technical_contact,
            "answer within": f"{card.answer_hours} hours" if card.answer_hours else "",
            "how it is done here": card.card,
        }
        for name, said in rows.items():
            if said:
                typer.echo(f"  {name:<22} {said}")
    typer.echo(f"Never, whatever is set: {', '.join(NEVER)}. Everything is in the audit log.")


tasks_app.command("enable")(enable)
tasks_app.command("disable")(disable)
