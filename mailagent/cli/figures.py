"""`mailagent figures`: how good the agent was, counted from the audit log alone."""

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import built
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.core.figures import Count, Figures

_WEEKS = 4


def figures(
    home: Home = None,
    since: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="From this week on; otherwise four weeks.")
    ] = "",
    weekly: Annotated[bool, typer.Option("--weekly", help="Each week by itself.")] = False,
    recount: Annotated[
        bool, typer.Option("--recount", help="Count the whole log again, and compare.")
    ] = False,
) -> None:
    """Say how good the agent was, by task and week."""
    counts, differ = asyncio.run(_counted(home, _first_week(since), recount=recount))
    if recount:
        typer.echo(f"Counted again from the first entry: {differ or 'the same sums'}.")
    if not counts:
        typer.echo("Nothing was counted yet.")
        return
    _print(counts, weekly=weekly)
    if differ:
        raise typer.Exit(1)


def _first_week(since: str) -> date | None:
    if not since:
        return None
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise ConfigInvalid(f"{since!r} is no day", advice="Like 2026-11-02.") from None
    return day - timedelta(days=day.weekday())


async def _counted(home: "Home", since: date | None, *, recount: bool) -> "tuple[list[Count], str]":
    from mailagent.core.figures import week_of

    app = built(home)
    company = app.office.company.id
    async with app.opened():
        counted = 1
        while counted:  # each step by itself: a running agent is not held up
            async with app.store.begin(company) as tx:
                counted = await tx.count_on()
        async with app.store.begin(company) as tx:
            differ = await tx.miscounted() if recount else ""
            first = since or week_of(app.office.clock.now()) - timedelta(weeks=_WEEKS - 1)
            return list(await tx.figures(first)), differ


def _print(counts: "list[Count]", *, weekly: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from mailagent.core.figures import summed

    head = ("task", "came", "done", "approved", "corrected", "escalated", "untouched")
    more = ("tool errors", "incidents", "took", "ignored", "mails", "words")
    table = Table("week", *head, *more, box=None, pad_edge=False)
    groups = sorted({(one.week if weekly else None, one.task) for one in counts}, key=str)
    for week, task in groups:
        some = [c for c in counts if c.task == task and week in (None, c.week)]
        table.add_row(str(week or "all"), task or "-", *_row(summed(some)))
    Console(width=160).print(table, markup=False)


def _row(sums: "Figures") -> tuple[str, ...]:
    took = sums.turnaround
    return (
        str(sums["received"]),
        _share(sums.completion),
        _share(sums.approval),
        _share(sums.correction),
        _share(sums.escalation),
        _share(sums.untouched),
        _share(sums.tool_errors),
        str(sums["incidents"]),
        f"{took.total_seconds() / 3600:.1f} h" if took is not None else "-",
        str(sums["ignored"]),
        str(sums["mails"]),
        str(sums["words"]),
    )


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0%}"
