"""`mailagent tasks`: the list of work, and what each task may."""

import typer

from mailagent.cli.options import Home


def tasks(home: Home = None) -> None:
    """List the work, what each task may, and what is never done."""
    from mailagent.bootstrap import task_cards
    from mailagent.core.tasklist import NEVER
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    for card in task_cards(settings):
        typer.echo(f"{card.name}  {'on' if card.on else 'off'}")
        rows = {
            "reads": ", ".join(card.reads).replace("_", " "),
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
                typer.echo(f"  {name:<20} {said}")
    typer.echo(f"Never, whatever is set: {', '.join(NEVER)}. Everything is in the audit log.")
