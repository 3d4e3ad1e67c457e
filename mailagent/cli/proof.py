"""`mailagent doctor --proof`: can the marks that vouch for a sender be forged from outside?"""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from mailagent.core.errors import ConfigInvalid, MailRefused, Permanent, RecipientRefused

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.forgery import Forgery, Stripped
    from mailagent.core.people import Pin
    from mailagent.core.reply import Reply
    from mailagent.ports import Post

_PATIENCE = timedelta(minutes=5)
_LATE = "Look into Junk: moved to the INBOX while this waits, it counts as well. Then try again."


def prove_marks(app: "App", out: "Post", address: str) -> bool:
    """Forges the marks of this address from outside, says what came of it, and keeps it.

    Whether any may be pinned.
    """
    found = asyncio.run(_opened(app, out, address))
    for outcome in found:
        name = f"{outcome.marks} {outcome.by}".strip()
        mark = typer.style("ok  ", fg="green") if outcome.held else typer.style("STOP", fg="red")
        said = "taken out of mail from outside" if outcome.held else f"can be forged: {outcome.why}"
        typer.echo(f"{mark}  {name:<40} {said}")
    if not any(outcome.held for outcome in found):
        typer.echo("`server` cannot be pinned here: use DKIM, or codes (`--pin code`).")
        return False
    typer.echo("Marks that are taken out may be pinned by `mailagent enroll`.")
    return True


async def _opened(app: "App", out: "Post", address: str) -> "list[Stripped]":
    async with app.opened():
        try:
            return await prove(app, out, address)
        finally:
            await out.close()


async def prove(app: "App", out: "Post", address: str) -> "list[Stripped]":
    """One mail of our own shows the marks of mail from inside; one from outside forges them.

    If our server signs what comes from outside by another name, that name is forged as well.
    """
    from mailagent.core.forgery import claims_for, servers_in

    known = await _known(app)
    seen: Sequence[Pin] = await _from_inside(app)
    done: dict[tuple[str, str], Stripped] = {}
    for _ in range(2):
        claims = claims_for(address, seen, known, app.office.marks)
        reply, outcomes = await _forged(app, out, address, claims)
        done |= {(outcome.marks, outcome.by): outcome for outcome in outcomes}
        seen = [pin for pin in servers_in(reply) if (pin.marks, pin.by) not in done]
        if not seen:
            break
    return [done[key] for key in sorted(done)]


async def _known(app: "App") -> "list[Pin]":
    """What people are pinned to, and what an enrolment was refused for want of this proof."""
    from mailagent.core.forgery import pin_of

    async with app.store.begin(app.office.company.id) as tx:
        people, tried = await tx.people(), await tx.stripped()
    pins = [a.pin for person in people for a in person.addresses if a.pin]
    return [*pins, *(pin_of(outcome, app.office.marks) for outcome in tried)]


async def _from_inside(app: "App") -> "list[Pin]":
    from mailagent.core.enrolment import measure
    from mailagent.core.forgery import plain_mail, servers_in

    ops = app.office.company.ops_address
    code = await _awaited(app)
    raw = plain_mail(sender=ops, subject=code, at=app.office.clock.now(), nonce=_nonce())
    await _send(app.office.post, raw, ops, ops)
    reply = await _reply(app, code)
    return [*measure(reply, (), app.office.marks), *servers_in(reply)]


async def _forged(
    app: "App", out: "Post", address: str, claims: "Sequence[Pin]"
) -> "tuple[Reply, tuple[Stripped, ...]]":
    from mailagent.core.audit import Entry
    from mailagent.core.forgery import forge, forged_mail, judge_forgery

    office = app.office
    ops, now, code = office.company.ops_address, office.clock.now(), await _awaited(app)
    forgery: Forgery = forge(claims, office.marks, _nonce())
    raw = forged_mail(forgery, sender=address, recipient=ops, subject=code, at=now)
    typer.echo(f"A mail with forged marks is sent in the name of {address}, from outside ...")
    await _send(out, raw, ops, address)
    reply = await _reply(app, code)
    outcomes = judge_forgery(forgery, reply, office.marks, office.mailbox.name, now)
    async with app.store.begin(office.company.id) as tx:
        for outcome in outcomes:
            details = outcome.model_dump(mode="json")
            await tx.note_stripped(
                outcome, Entry(actor="terminal", what="mailbox.proof", details=details)
            )
    return reply, outcomes


async def _awaited(app: "App") -> str:
    from mailagent.core.enrolment import new_code

    code = new_code("PROOF")
    until = app.office.clock.now() + _PATIENCE
    async with app.store.begin(app.office.company.id) as tx:
        await tx.open_enrolment(code, "", until)
    return code


async def _reply(app: "App", code: str) -> "Reply":
    from mailagent.cli.arrival import arrival
    from mailagent.ports import facts_of

    return await facts_of(app.office, await arrival(app, code, _PATIENCE, _LATE))


async def _send(post: "Post", raw: bytes, to: str, sender: str) -> None:
    from mailagent.core.letter import OutgoingMail

    try:
        await post.send(OutgoingMail(kind="proof", recipient=to, message_id="", raw=raw), sender)
    except (MailRefused, RecipientRefused) as error:
        raise Permanent(
            f"The server refused a mail in the name of {sender}: {error.what}",
            advice="Then try `--address` with an address of yours outside the company.",
        ) from error


def _nonce() -> str:
    return secrets.token_hex(10)


def way_in(through: str, domain: str) -> tuple[str, int]:
    """Where mail from outside goes: as it was given, or to the domain's own server."""
    from mailagent.bootstrap import mail_server

    host, _, port = through.partition(":")
    if port and not port.isdecimal():
        raise ConfigInvalid(f"{through} is no host and port", advice="Write it like mx.corp.de:25.")
    return host or asyncio.run(mail_server(domain)), int(port or 25)
