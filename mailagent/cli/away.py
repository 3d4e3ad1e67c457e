"""`mailagent away` and `mailagent back`: the same as by mail, at the terminal."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_app
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.people import Person
    from mailagent.store.store import SqlTransaction

Whose = Annotated[str, typer.Argument(help="The person's id, as in mailagent.toml.")]


def away(
    person: Whose,
    until: Annotated[str, typer.Argument(help="The last day of absence, like '3 Jan'.")],
    substitute: Annotated[
        str, typer.Option("--substitute", help="Who decides; otherwise as in the settings.")
    ] = "",
    home: Home = None,
) -> None:
    """Let somebody else decide until a person is back."""

    async def do(app: "App", tx: "SqlTransaction") -> str:
        from mailagent.core.audit import Entry
        from mailagent.core.away import Away, hindrance, substitute_of, wished
        from mailagent.ports import leave, tell_substitute

        office, people = app.office, await tx.people()
        whose, now = _known(person, people), office.clock.now()
        wish = wished(f"{until}, {substitute}", whose, now, office.verbs)
        others = [one for one in await tx.absences() if one.person != whose.id]
        why = hindrance(whose, wish, people, others, now)
        other = substitute_of(whose, wish, people)
        if why or other is None or wish.until is None:
            raise ConfigInvalid(_sentence(why.key if why else ""), advice=_ADVICE)
        gone = Away(person=whose.id, substitute=other.id, since=now, until=wish.until)
        entry = Entry(actor="terminal", what="person.away", details=gone.record())
        handed = await leave(office, tx, gone, entry)
        await tell_substitute(office, tx, whose, other, gone)
        last = gone.last_moment.astimezone(whose.zone)
        return (
            f"Until {last:%d %b %Y %H:%M} {other.name} decides for {whose.name}; "
            f"{handed} open decisions go to {other.name} as well."
        )

    typer.echo(ask_app(home, do))


def back(person: Whose, home: Home = None) -> None:
    """Ask a person again; they are told what was decided."""

    async def do(_app: "App", tx: "SqlTransaction") -> str:
        from mailagent.core.audit import Entry
        from mailagent.ports import come_home

        whose = _known(person, await tx.people())
        gone = next((one for one in await tx.absences() if one.person == whose.id), None)
        if gone is None:
            raise ConfigInvalid(f"{whose.name} is not away")
        entry = Entry(actor="terminal", what="person.back", details=gone.record())
        waiting = await come_home(tx, gone, entry)
        return f"{whose.name} is asked again; {waiting} decisions wait for them."

    typer.echo(ask_app(home, do))


_ADVICE = "Like `mailagent away ann '3 Jan' --substitute ben`."
_SENTENCES = {
    "away.when": "It is not clear until when",
    "away.when_two": "That day may be one of two",
    "away.who": "Nobody was named who decides meanwhile, and the settings name no substitute",
    "away.unknown": "Nobody is called so, or more than one",
    "away.self": "Nobody can stand in for themselves",
    "away.not_enrolled": "Who is to decide is not enrolled: run `mailagent enroll` first",
    "away.away_too": "Who is to decide is away as well",
    "away.stands_in": "They decide for somebody who is away: name somebody else there first",
}


def _sentence(key: str) -> str:
    return _SENTENCES.get(key, _SENTENCES["away.when"])


def _known(person: str, people: "list[Person]") -> "Person":
    found = next((one for one in people if one.id == person), None)
    if found is None:
        there = ", ".join(one.id for one in people)
        raise ConfigInvalid(f"There is no person {person!r}", advice=f"There are: {there}.")
    return found
