"""`mailagent calendar`: a day, free times, and the agent's own calendar as a file."""

import asyncio
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home

if TYPE_CHECKING:
    from pathlib import Path

    from mailagent.bootstrap import App
    from mailagent.core.question import KnownCalendars
    from mailagent.render.words import Words
    from mailagent.store.store import SqlTransaction

calendar_app = typer.Typer(help="Your calendars, as the agent sees them.", no_args_is_help=True)

Day = Annotated[
    datetime | None,
    typer.Argument(formats=["%Y-%m-%d"], help="The day; without it, today.", show_default=False),
]
Week = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="Not before this day.", show_default=False),
]


@calendar_app.command("day")
def day(day: Day = None, home: Home = None) -> None:
    """Show what is taken on a day, in all calendars."""
    from mailagent.core.appointment import DayPlan, utc

    known, words = _known(home, day)
    here = day.date() if day else known.now.astimezone(known.rules.tz).date()
    first, last = _bounds(here, known)
    from mailagent.core.availability import BusyIndex

    found = BusyIndex(known.busy).between(first, last)
    plan = DayPlan(day=here, zone=known.rules.zone, spans=())
    typer.echo(f"{words.day(plan.day, year=True)} ({plan.zone})")
    for one in sorted(found, key=lambda busy: utc(busy.start)):
        start, end = max(one.start, first), min(one.end, last)
        clock = "all day    " if one.all_day else f"{_clock(start, known)}-{_clock(end, known)}"
        unsure = " (tentative)" if one.tentative else ""
        typer.echo(f"{clock}  {one.what or 'busy'}{unsure}  [{one.calendar}]")
    if not found:
        typer.echo("nothing")
    _tell_unread(known)


@calendar_app.command("free")
def free(
    minutes: Annotated[int, typer.Argument(min=5, max=1440, help="How long.")] = 30,
    start: Week = None,
    days: Annotated[int, typer.Option(min=1, max=180, help="So many days of them.")] = 7,
    zone: Annotated[str, typer.Option(help="The other side's time zone: America/New_York.")] = "",
    why: Annotated[bool, typer.Option("--why", help="Say of the others why not.")] = False,
    home: Home = None,
) -> None:
    """Look for times that suit your rules and your calendars."""
    from mailagent.core.availability import BusyIndex, Clock, Wish, search
    from mailagent.core.errors import ConfigInvalid
    from mailagent.render.said import said

    if zone:
        from zoneinfo import available_timezones

        if zone not in available_timezones():
            raise ConfigInvalid(f"There is no time zone {zone!r}", advice="Try Europe/Berlin.")
    known, words = _known(home, start)
    here = start.date() if start else known.now.astimezone(known.rules.tz).date()
    first, _ = _bounds(here, known)
    rules = known.rules.model_copy(
        update={
            "offers": 20,
            "horizon": max(known.rules.horizon, first - known.now + timedelta(days)),
        }
    )
    wish = Wish(
        length=timedelta(minutes=minutes),
        windows=((first, first + timedelta(days=days)),),
        theirs=(Clock(zone=zone),) if zone else (),
    )
    found = search(wish, rules, BusyIndex(known.busy), known.now)
    for begins, _ends in found.slots:
        typer.echo(f"{begins.astimezone(rules.tz):%a} {words.moment(begins)}")
    if not found.slots:
        typer.echo("No time is free." if not why else "No time is free:")
    for one in found.rejected[:60] if why else ():
        when = f"{one.start.astimezone(rules.tz):%a} {words.moment(one.start)}"
        gaps = {**one.why.gaps, "when": when}
        typer.echo("  " + said(one.why.model_copy(update={"gaps": gaps}), words))
    _tell_unread(known)


@calendar_app.command("export")
def export(home: Home = None) -> None:
    """Write the agent's own calendar to standard output, as a file to subscribe to."""
    from mailagent.cli.store import ask_app

    async def ask(app: "App", tx: "SqlTransaction") -> bytes:
        return await app.office.calendars.written(tx)

    sys.stdout.buffer.write(ask_app(home, ask))


def _known(home: "Path | None", near: datetime | None) -> "tuple[KnownCalendars, Words]":
    """All calendars, read now; words as the first person reads them."""
    from mailagent.bootstrap import build
    from mailagent.core.question import AskCalendars
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    settings = read_settings(find_home(home))
    app = build(settings, read_passwords(settings) if settings.calendars else None)

    async def go() -> "tuple[KnownCalendars, Words]":
        around = (near.replace(tzinfo=app.office.clock.now().tzinfo),) if near else ()
        asked = AskCalendars(around=(*around, *(one + timedelta(days=30) for one in around)))
        async with app.opened():
            if settings.calendars:
                app.reader.start()
                await app.office.calendars.look(asked)
            async with app.store.begin(app.office.company.id) as tx:
                return await app.office.calendars.known(tx, asked), _words(app)

    return asyncio.run(go())


def _words(app: "App") -> "Words":
    from mailagent.render.words import Words, load
    from mailagent.shipped import shipped

    person = app.settings.planner.person()
    phrases = load(shipped("templates") / "words" / person.language)
    return Words(phrases, person, app.office.clock.now())


def _bounds(day: date, known: "KnownCalendars") -> tuple[datetime, datetime]:
    midnight = datetime.min.time()
    first = datetime.combine(day, midnight, known.rules.tz)
    return first, datetime.combine(day + timedelta(days=1), midnight, known.rules.tz)


def _clock(moment: datetime, known: "KnownCalendars") -> str:
    return f"{moment.astimezone(known.rules.tz):%H:%M}"


def _tell_unread(known: "KnownCalendars") -> None:
    for one in known.unread:
        typer.echo(f"not read: {one}", err=True)
