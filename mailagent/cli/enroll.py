"""`mailagent enroll`: ties a person to a proof, once."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.people import Person, Pin
    from mailagent.ports import KeptMessage


def enroll(
    address: Annotated[str, typer.Argument(help="An address of a person in mailagent.toml.")],
    home: Home = None,
    code: Annotated[
        bool, typer.Option("--code", help="Only an authenticator app, also a new one.")
    ] = False,
    pin: Annotated[
        str, typer.Option("--pin", help="`code`: pin nothing stronger than a code each time.")
    ] = "",
) -> None:
    """Tie an address to its proof, and its person to an app."""
    from mailagent.bootstrap import build
    from mailagent.log import configure_log
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    if pin not in ("", "code"):
        raise ConfigInvalid(f"{pin} cannot be pinned", advice="--pin knows `code` alone.")
    settings = read_settings(find_home(home))
    configure_log(settings.log.form, "error")
    app = build(settings, read_passwords(settings))
    address = address.lower()
    asyncio.run(_enrol_code(app, address) if code else _enroll(app, address, pin))


async def _enrol_code(app: "App", address: str) -> None:
    from mailagent.cli.authenticator import enrol_app

    async with app.opened():
        await enrol_app(app, await _person(app, address))


async def _enroll(app: "App", address: str, wanted: str) -> None:
    from mailagent.cli.arrival import arrival
    from mailagent.core.enrolment import PATIENCE, new_code

    code = new_code()
    async with app.opened():
        person = await _person(app, address)
        until = app.office.clock.now() + PATIENCE
        async with app.store.begin(app.office.company.id) as tx:
            await tx.open_enrolment(code, address, until)
        typer.echo(
            f"Send a mail from {address} to {app.office.company.ops_address}\n"
            f"with this subject:\n\n    {code}\n\n"
            f"Waiting for it, {PATIENCE.seconds // 60} minutes at most."
        )
        kept = await arrival(app, code, PATIENCE, "Look into Junk, then enroll again.")
        pin = await _safest(app, await _measure(app, kept, address), wanted)
        _show(pin, address)
        typer.confirm("Pin this?", abort=True)
        await _pin(app, person, address, pin)
        typer.echo(f"{person.name} is enrolled with {address}.")
        await _offer_app(app, person, pin)


async def _offer_app(app: "App", person: "Person", pin: "Pin") -> None:
    """Not asked of whoever has one: it serves all addresses."""
    from mailagent.cli.authenticator import enrol_app
    from mailagent.core.people import Proof

    async with app.store.begin(app.office.company.id) as tx:
        if await tx.authenticator(person.id):
            return
    typer.echo("Heavy decisions, as over a changed bank account, need an authenticator app.")
    if pin.method is Proof.CODE or typer.confirm("Enrol one now?", default=True):
        await enrol_app(app, person)


async def _person(app: "App", address: str) -> "Person":
    async with app.store.begin(app.office.company.id) as tx:
        people = await tx.people()
    found = next((person for person in people if person.address(address)), None)
    if found is None:
        raise ConfigInvalid(
            f"{address} belongs to nobody",
            advice="Add it to a person under [[people]] in mailagent.toml.",
        )
    return found


async def _measure(app: "App", kept: "KeptMessage", address: str) -> "tuple[Pin, ...]":
    from mailagent.core.enrolment import measure
    from mailagent.ports import all_signatures, facts_of

    office = app.office
    reply = await facts_of(office, kept)
    if reply.sender != address:
        raise ConfigInvalid(f"The mail came from {reply.sender or 'nobody'}, not from {address}")
    return measure(reply, await all_signatures(office, kept, reply), office.marks)


async def _safest(app: "App", measured: "tuple[Pin, ...]", wanted: str) -> "Pin":
    """The strongest that arrived; marks of a server only if they were shown to be safe."""
    from mailagent.core.enrolment import is_safe
    from mailagent.core.people import Proof

    office, strongest = app.office, measured[0]
    if wanted == Proof.CODE:
        return measured[-1]
    async with app.store.begin(office.company.id) as tx:
        stripped = await tx.stripped()
    if is_safe(strongest, stripped, office.mailbox.name):
        return strongest
    await _ask_for_proof(app, strongest)
    raise ConfigInvalid(
        f"Only {strongest.by or 'the receiving server'} says who sent that mail, and it is not"
        " known that its marks cannot be forged from outside",
        advice="Run `mailagent doctor --proof`, then enroll again. Or `mailagent enroll --pin"
        " code`: every decision of this address then needs a code.",
    )


async def _ask_for_proof(app: "App", pin: "Pin") -> None:
    """So that `doctor --proof` knows what to forge."""
    from mailagent.core.audit import Entry
    from mailagent.core.forgery import Stripped
    from mailagent.core.marks import NAMED

    office = app.office
    async with app.store.begin(office.company.id) as tx:
        if any(outcome.is_of(pin, office.mailbox.name) for outcome in await tx.stripped()):
            return
        untried = Stripped(
            mailbox=office.mailbox.name,
            marks=pin.marks or NAMED,
            by=pin.by,
            held=False,
            at=office.clock.now(),
            why="nobody tried yet",
        )
        details = untried.model_dump(mode="json")
        entry = Entry(actor="terminal", what="mailbox.proof_wanted", details=details)
        await tx.note_stripped(untried, entry)


def _show(pin: "Pin", address: str) -> None:
    from mailagent.core.people import Proof

    match pin.method:
        case Proof.DKIM:
            typer.echo(f"It carries a DKIM signature of {pin.domain} that holds. Strongest proof.")
        case Proof.SERVER:
            typer.echo(
                f"{pin.by or 'The receiving server'} vouches for {address}. Its marks cannot be\n"
                "forged from outside: `mailagent doctor --proof` has tried."
            )
        case Proof.CODE:
            typer.echo(
                "Nothing in it proves who sent it. Pinned like this, every decision needs a code\n"
                "of an authenticator app. Better: sign outgoing mail with DKIM, then enrol again."
            )


async def _pin(app: "App", person: "Person", address: str, pin: "Pin") -> None:
    from mailagent.core.audit import Entry

    pinned = tuple(
        entry.model_copy(update={"pin": pin}) if entry.address == address else entry
        for entry in person.addresses
    )
    details = {"person": person.id, "address": address, "pin": pin.model_dump(mode="json")}
    async with app.store.begin(app.office.company.id) as tx:
        entry = Entry(actor="terminal", what="person.enrolled", details=details)
        await tx.save_person(person.model_copy(update={"addresses": pinned}), entry)
