"""`mailagent enroll`: ties a person to a proof, once."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.core.errors import AlreadyRunning, ConfigInvalid, KeysUnavailable, Permanent

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.people import Person, Pin
    from mailagent.ports import KeptMessage

_LOOK_EVERY = 1.0  # second


def enroll(
    address: Annotated[str, typer.Argument(help="An address of a person in mailagent.toml.")],
    home: Home = None,
    code: Annotated[
        bool, typer.Option("--code", help="Only an authenticator app, also a new one.")
    ] = False,
) -> None:
    """Tie an address to its proof, and its person to an app."""
    from mailagent.bootstrap import build
    from mailagent.log import configure_log
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    settings = read_settings(find_home(home))
    configure_log(settings.log.form, "error")
    app = build(settings, read_passwords(settings))
    asyncio.run(_enrol_code(app, address.lower()) if code else _enroll(app, address.lower()))


async def _enrol_code(app: "App", address: str) -> None:
    from mailagent.cli.authenticator import enrol_app

    async with app.opened():
        await enrol_app(app, await _person(app, address))


async def _enroll(app: "App", address: str) -> None:
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
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                kept = await _arrival(app, code)
        except TimeoutError:
            raise Permanent(
                f"No mail with {code} arrived", advice="Look into Junk, then enroll again."
            ) from None
        pin = await _measure(app, kept, address)
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


async def _arrival(app: "App", code: str) -> "KeptMessage":
    """Takes mail in itself, unless an agent that runs on this home does."""
    work = asyncio.create_task(_work(app))
    try:
        while True:
            if work.done():
                work.result()
            async with app.store.begin(app.office.company.id) as tx:
                if kept := await tx.enrolment_mail(code):
                    return kept
            await asyncio.sleep(_LOOK_EVERY)
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _work(app: "App") -> None:
    try:
        await app.work()
    except AlreadyRunning:
        await asyncio.Event().wait()  # the other one takes the mail in


async def _measure(app: "App", kept: "KeptMessage", address: str) -> "Pin":
    from mailagent.core.enrolment import measure
    from mailagent.ports import facts_of

    office = app.office
    reply = await facts_of(office, kept)
    if reply.sender != address:
        raise ConfigInvalid(f"The mail came from {reply.sender or 'nobody'}, not from {address}")
    keys = {}
    for claim in reply.claims[:5]:
        with suppress(KeysUnavailable):  # then this signature proves nothing today
            if record := await office.keys.record(claim.key_name):
                keys[claim.key_name] = record
    raw = await office.blobs.get(kept.sha256)
    return measure(reply, await office.reader.signatures(raw, keys))


def _show(pin: "Pin", address: str) -> None:
    from mailagent.core.people import Proof

    match pin.method:
        case Proof.DKIM:
            typer.echo(f"It carries a DKIM signature of {pin.domain} that holds. Strongest proof.")
        case Proof.SERVER:
            typer.echo(
                f"The server {pin.authserv_id} vouches for {address}. Pin this only if the server\n"
                "takes such marks out of mail from outside; if in doubt, say no."
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
