"""`mailagent doctor --proof`, its other half: which of our marks come back, and what is chosen."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import typer

from mailagent.core.errors import MailRefused, Permanent, RecipientRefused

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.core.letter import OutgoingMail
    from mailagent.core.people import Person
    from mailagent.core.survival import Choice, Probe, Survived

_HOME = timedelta(minutes=5)
_TAGGED = timedelta(seconds=60)  # after the bare one has come home


class Measured(NamedTuple):
    """What came back of each probe; None: nothing that was known again."""

    bare: "Survived | None"
    tagged: "Survived | None"
    answer: "Survived | None"
    choice: "Choice"


def measure_marks(app: "App", answer_within: timedelta) -> None:
    """Mails the mailbox itself and the owner, says what came back, and keeps what is chosen."""
    from mailagent.settings.choice import keep_plus_tags

    measured = asyncio.run(_opened(app, answer_within))
    home = app.settings.home
    _say(measured)
    if measured.bare is None and measured.answer is None:
        raise Permanent(
            "No mail of ours was known again, so nothing is chosen",
            advice="Look into Junk, and whether `mailagent doctor` says that mail can be sent.",
        )
    today = app.office.clock.now().date()
    if keep_plus_tags(home, measured.choice.plus_tags, today):
        typer.echo(
            f"kept  plus_tags = {str(measured.choice.plus_tags).lower()} in mailagent.toml;"
            " an agent that runs must be started again"
        )
    if not measured.choice.routes:
        raise typer.Exit(1)


async def _opened(app: "App", answer_within: timedelta) -> Measured:
    async with app.opened():
        return await measure(app, answer_within)


async def measure(
    app: "App", answer_within: timedelta, *, home: timedelta = _HOME, tagged: timedelta = _TAGGED
) -> Measured:
    """One mail to the owner, who answers it, one to ops@, one to ops+tag@."""
    asked = await _ask_owner(app) if answer_within else None
    bare = await _came_home(app, await _probe(app, home, at_tag=False), home)
    tag = await _came_home(app, await _probe(app, tagged, at_tag=True), tagged)
    answer = await _answered(app, asked, answer_within) if asked else None
    return await _chosen(app, bare, tag, answer)


async def _chosen(
    app: "App", bare: "Survived | None", tag: "Survived | None", answer: "Survived | None"
) -> Measured:
    from mailagent.core.audit import Entry
    from mailagent.core.enrolment import is_safe
    from mailagent.core.survival import MEASURED, choose

    office = app.office
    async with app.store.begin(office.company.id) as tx:
        stripped = await tx.stripped()
        pins = answer.pins if answer else ()
        safe = [pin for pin in pins if is_safe(pin, stripped, office.mailbox.name)]
        measured = Measured(bare, tag, answer, choose(bare, tag, answer, safe))
        details = {
            name: found.model_dump(mode="json") if found else None
            for name, found in measured._asdict().items()
        }
        await tx.audit(Entry(actor="terminal", what=MEASURED, details=details))
    return measured


async def _probe(app: "App", patience: timedelta, *, at_tag: bool) -> "Probe":
    """A code that is waited for from now on."""
    from mailagent.core.enrolment import new_code
    from mailagent.core.survival import Probe
    from mailagent.core.token import new_ref

    probe = Probe(code=new_code("PROOF"), ref=new_ref(4), at_tag=at_tag)
    async with app.store.begin(app.office.company.id) as tx:
        await tx.open_enrolment(probe.code, "", app.office.clock.now() + patience)
    return probe


async def _came_home(app: "App", probe: "Probe", patience: timedelta) -> "Survived | None":
    """What is left of it when it is back in the mailbox that sent it; None: it is not."""
    from mailagent.core.forgery import plain_mail

    company, to = app.office.company, probe.address(app.office.company)
    raw = plain_mail(
        sender=company.ops_address,
        recipient=to,
        subject=probe.subject,
        at=app.office.clock.now(),
        nonce=probe.name,
    )
    typer.echo(f"A mail goes from {company.ops_address} to {to} ...")
    return await _back(app, probe, patience) if await _went(app, raw, to) else None


async def _went(app: "App", raw: bytes, to: str) -> bool:
    from mailagent.core.letter import OutgoingMail

    try:
        mail = OutgoingMail(kind="proof", recipient=to, message_id="", raw=raw)
        await app.office.post.send(mail, app.office.company.ops_address)
    except (MailRefused, RecipientRefused) as error:
        typer.echo(f"      refused: {error.what}")
        return False
    return True


async def _back(app: "App", probe: "Probe", patience: timedelta) -> "Survived | None":
    from mailagent.cli.arrival import arrival
    from mailagent.core.survival import survived
    from mailagent.ports import all_signatures, facts_of

    office = app.office
    try:
        kept = await arrival(app, probe.code, patience, "")
    except Permanent:
        return None
    reply = await facts_of(office, kept)
    signatures = await all_signatures(office, kept, reply)
    return survived(probe, office.company, reply, signatures, office.marks)


async def _ask_owner(app: "App") -> "Probe | None":
    from mailagent.core.enrolment import PATIENCE

    office = app.office
    async with app.store.begin(office.company.id) as tx:
        owner = (await tx.people())[0]
    probe = await _probe(app, PATIENCE, at_tag=True)
    mail = _question(app, probe, owner)
    if not await _went(app, mail.raw, mail.recipient):
        return None
    typer.echo(f"{mail.recipient} gets a mail with {probe.code}: answer it, with any word.")
    return probe


def _question(app: "App", probe: "Probe", owner: "Person") -> "OutgoingMail":
    from mailagent.core.letter import Notice, NoticeLetter
    from mailagent.core.survival import proof_envelope

    at = app.office.clock.now()
    envelope = proof_envelope(probe, app.office.company, owner, at)
    return app.office.renderer(NoticeLetter(envelope=envelope, notice=Notice.PROOF))


async def _answered(app: "App", probe: "Probe", patience: timedelta) -> "Survived | None":
    minutes = int(patience.total_seconds() // 60)
    typer.echo(f"Waiting for the answer to {probe.code}, {minutes} minutes at most.")
    return await _back(app, probe, patience)


def _say(measured: Measured) -> None:
    """A line for each mail, then what is chosen and why."""
    from mailagent.core.survival import BY

    for about, found in (
        ("to ops@ itself", _told(measured.bare, tagged=False)),
        ("to ops+tag@", _told(measured.tagged)),
        ("the owner's answer", _told(measured.answer)),
    ):
        typer.echo(f"      {about:<20} {found}")
    routes, proof = measured.choice.routes, measured.choice.proof
    mark = typer.style("ok  ", fg="green") if routes else typer.style("STOP", fg="red")
    typer.echo(f"{mark}  answers are found by  {' and '.join(routes) or 'nothing'}")
    if proof is not None:
        typer.echo(f"{typer.style('ok  ', fg='green')}  the owner is known by {BY[proof]}")
    for reason in measured.choice.reasons:
        typer.echo(f"      because {reason}")


def _told(found: "Survived | None", *, tagged: bool = True) -> str:
    if found is None:
        return "was not known again, or did not come"
    kept = (
        ("Message-ID", found.message_id),
        *((("tag", found.plus_tag),) if tagged else ()),  # ops@ itself has none to lose
        ("Subject", found.subject),
    )
    said = [f"{name} {'kept' if is_kept else 'lost'}" for name, is_kept in kept]
    return ", ".join((*said, f"DKIM signature {found.signature}"))
