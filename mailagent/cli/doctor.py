"""`mailagent doctor`: what stands in the agent's way."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mailagent.cli.options import Home
from mailagent.core.errors import MailagentError

if TYPE_CHECKING:
    from mailagent.core.audit import AuditEntry
    from mailagent.settings import Settings
    from mailagent.settings.passwords import Passwords
    from mailagent.store.store import SqlTransaction

_ENOUGH_MEGABYTES = 500
_FAILED = 1


class Finding(NamedTuple):
    """One thing that was looked at."""

    about: str
    well: bool
    what: str


Examination = Callable[["Settings"], Finding]


def doctor(
    home: Home = None,
    *,
    proof: Annotated[
        bool,
        typer.Option("--proof", help="Measure by mails which marks come back, and can be forged."),
    ] = False,
    through: Annotated[
        str,
        typer.Option(metavar="HOST[:PORT]", help="The way in from outside; without it, the MX."),
    ] = "",
    login: Annotated[str, typer.Option(help="The login there, if it wants one.")] = "",
    address: Annotated[str, typer.Option(help="In whose name it is forged.")] = "",
    wait: Annotated[
        int, typer.Option(metavar="MINUTES", min=0, help="For your answer; 0: ask for none.")
    ] = 10,
) -> None:
    """Say what stands in the agent's way, and what to do."""
    from mailagent.cli.surveyed import sign_in, surveyed
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    if proof:
        _prove(settings, (through, login, address), wait)
        return
    config = Finding("configuration", True, str(settings.home))
    findings = [config, *(examine(settings) for examine in EXAMINATIONS)]
    findings += [Finding(*found) for found in (*surveyed(settings), *sign_in(settings))]
    for finding in findings:
        mark = typer.style("ok  ", fg="green") if finding.well else typer.style("STOP", fg="red")
        typer.echo(f"{mark}  {finding.about:<14} {finding.what}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(_FAILED)


def _prove(settings: "Settings", forger: tuple[str, str, str], wait: int) -> None:
    """Both halves, whatever comes of the first: no way in from outside is often no fault."""
    from mailagent.bootstrap import build
    from mailagent.cli.survival import measure_marks
    from mailagent.log import configure_log
    from mailagent.settings.passwords import read_passwords

    configure_log(settings.log.form, "error")
    passwords, trouble, held = read_passwords(settings), None, True
    try:
        held = _forge(settings, passwords, *forger)
    except MailagentError as error:
        typer.echo(f"{typer.style('STOP', fg='red')}  not tried from outside: {error}")
        trouble = error
    measure_marks(build(settings, passwords), timedelta(minutes=wait))
    if trouble is not None:
        raise trouble
    if not held:
        raise typer.Exit(_FAILED)


def _forge(
    settings: "Settings", passwords: "Passwords", through: str, login: str, address: str
) -> bool:
    from mailagent.bootstrap import build, outside
    from mailagent.cli.proof import prove_marks, way_in

    app = build(settings, passwords)
    host, port = way_in(through, app.office.company.domain)
    password = str(typer.prompt(f"Password of {login}", hide_input=True)) if login else ""
    whose = address or settings.people[0].addresses[0]
    return prove_marks(app, outside(host, port, login, password), whose.lower())


def passwords(settings: "Settings") -> Finding:
    """Whether there is something to sign in with; not whether the server takes it."""
    from mailagent.settings.passwords import read_passwords

    try:
        read_passwords(settings)
    except MailagentError as error:
        return Finding("passwords", False, str(error))
    return Finding("passwords", True, f"found for {settings.mailbox.user}")


def places(settings: "Settings") -> Finding:
    """Whether the agent may write where it keeps things."""
    try:
        for folder in (settings.database.parent, settings.blobs, settings.files_root):
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".mailagent-was-here"
            probe.touch()
            probe.unlink()
    except OSError as error:
        return Finding("places", False, f"{error.filename}: {error.strerror}")
    return Finding("places", True, f"writable: {settings.home}")


def files(settings: "Settings") -> Finding:
    """Whether documents can be filed where they go: one is, and taken out again."""
    from mailagent.bootstrap import try_files

    if settings.files.where == "local":
        return Finding("files", True, f"filed in {settings.files_root}")
    return _signing_in("files", f"filed on {settings.files.url}", settings, try_files)


def room(settings: "Settings") -> Finding:
    """Whether the disk has room for a while."""
    free = shutil.disk_usage(settings.home).free // 1_000_000
    return Finding("room", free >= _ENOUGH_MEGABYTES, f"{free:,} MB free")


def mailbox(settings: "Settings") -> Finding:
    """Whether the server lets us into the mailbox."""
    from mailagent.bootstrap import try_mailbox

    user = settings.mailbox.user
    return _signing_in("mailbox", f"{user} on {settings.mailbox.host}", settings, try_mailbox)


def sending(settings: "Settings") -> Finding:
    """Whether the server would take mail from us; none is sent."""
    from mailagent.bootstrap import try_sending

    return _signing_in("sending", settings.smtp.host, settings, try_sending)


def model(settings: "Settings") -> Finding:
    """Whether the model answers, where one is named: its key, its name, its form."""
    from mailagent.bootstrap import try_model
    from mailagent.settings.passwords import read_passwords

    if not settings.model.provider:
        return Finding("model", True, "off: everything is read without one")
    try:
        answered = try_model(settings, read_passwords(settings))
    except MailagentError as error:
        return Finding("model", False, str(error))
    cost = settings.model.rules().cost(answered) if answered else 0
    said = f"{settings.model.name} answers ({cost} {settings.model.currency} for a question)"
    return Finding("model", True, said)


def _signing_in(
    about: str, where: str, settings: "Settings", go: "Callable[[Settings, Passwords], object]"
) -> Finding:
    from mailagent.settings.passwords import read_passwords

    try:
        go(settings, read_passwords(settings))
    except MailagentError as error:
        return Finding(about, False, str(error))
    return Finding(about, True, where)


def calendars(settings: "Settings") -> Finding:
    """Whether every calendar can be read; nothing is written into any."""
    from mailagent.bootstrap import try_calendars
    from mailagent.settings.passwords import read_passwords

    if not settings.calendars:
        return Finding("calendars", True, "the agent's own; no other is set")
    try:
        troubles = try_calendars(settings, read_passwords(settings))
    except MailagentError as error:
        return Finding("calendars", False, str(error))
    wrong = [f"{name}: {trouble}" for name, trouble in troubles.items() if trouble]
    return Finding("calendars", not wrong, "; ".join(wrong) or f"read: {', '.join(troubles)}")


def people(settings: "Settings") -> Finding:
    """Whether anybody can decide anything."""
    everybody = [a for person in settings.people for a in person.addresses]
    proven = _proven(settings)
    waiting = [address for address in everybody if address not in proven]
    if len(waiting) == len(everybody):
        advice = f"run `mailagent enroll {everybody[0]}`: until then nobody can approve anything"
        return Finding("people", False, advice)
    rest = f"; not yet: {', '.join(waiting)}" if waiting else ""
    return Finding("people", True, f"enrolled: {len(proven)}{rest}")


def _proven(settings: "Settings") -> set[str]:
    from mailagent.cli.store import ask_store

    async def ask(tx: "SqlTransaction") -> set[str]:
        known = await tx.people()
        return {a.address for person in known for a in person.addresses if a.pin}

    return ask_store(settings.home, ask) if settings.database.is_file() else set()


def pins(settings: "Settings") -> Finding:
    """Whether what people were enrolled with still arrives, and cannot be forged."""
    from mailagent.cli.store import ask_store
    from mailagent.core.enrolment import doubts
    from mailagent.render.words import load
    from mailagent.shipped import shipped

    async def ask(tx: "SqlTransaction") -> list[str]:
        said = doubts(
            await tx.people(), await tx.proofs(), await tx.stripped(), settings.mailbox.user
        )
        phrases = load(shipped("templates") / "words" / "en")
        return [phrases[each.key].format_map(each.gaps) for each in said]

    found = ask_store(settings.home, ask) if settings.database.is_file() else []
    return Finding("pins", not found, "; ".join(found) or "nothing speaks against them")


def proven(settings: "Settings") -> Finding:
    """When it was measured last which of our marks come back, and what was chosen from that."""
    from mailagent.cli.store import ask_store
    from mailagent.core.survival import BY, Choice

    async def ask(tx: "SqlTransaction") -> "AuditEntry | None":
        return await tx.measured()

    found = ask_store(settings.home, ask) if settings.database.is_file() else None
    if found is None:
        return Finding("proof", True, "not measured yet: `mailagent doctor --proof` does")
    choice = Choice.model_validate_json(json.dumps(found.details["choice"]))
    routes = " and ".join(choice.routes) or "nothing: run `mailagent doctor --proof` again"
    known = f"; the owner is known by {BY[choice.proof]}" if choice.proof else ""
    told = f"measured {found.at:%d %b %Y}: answers are found by {routes}{known}"
    return Finding("proof", bool(choice.routes), told)


def held(settings: "Settings") -> Finding:
    """Whether answers wait because DNS does not say if they are genuine."""
    from mailagent.cli.store import ask_store

    async def ask(tx: "SqlTransaction") -> int:
        return len(await tx.held())

    number = ask_store(settings.home, ask) if settings.database.is_file() else 0
    told = f"{number} wait for DNS, an hour at most; then they are refused" if number else "none"
    return Finding("held answers", not number, told)


def chain(settings: "Settings") -> Finding:
    """Whether the audit log is whole."""
    from mailagent.cli.audit import prove

    if not settings.database.is_file():
        return Finding("audit", True, "nothing written yet")
    broken, anchor, _ = prove(settings.home)
    return Finding("audit", broken is None, broken or f"whole, head {anchor}")


EXAMINATIONS: tuple[Examination, ...] = (
    passwords,
    places,
    files,
    room,
    mailbox,
    sending,
    calendars,
    model,
    people,
    pins,
    proven,
    held,
    chain,
)
