"""`mailagent doctor`: what stands in the agent's way."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.kept import IN_THE_STORE, Examination, Finding, database
from mailagent.cli.options import Home
from mailagent.cli.surveyed import sign_in, surveyed
from mailagent.core.errors import MailagentError

if TYPE_CHECKING:
    from mailagent.settings import Settings
    from mailagent.settings.passwords import Passwords

_ENOUGH_MEGABYTES = 500
_FAILED = 1


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
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    if proof:
        _prove(settings, (through, login, address), wait)
        return
    well = True
    for finding in _findings(settings):  # each as soon as it is known: servers take their time
        mark = typer.style("ok  ", fg="green") if finding.well else typer.style("STOP", fg="red")
        typer.echo(f"{mark}  {finding.about:<14} {finding.what}")
        well = well and finding.well
    if not well:
        raise typer.Exit(_FAILED)


def _findings(settings: "Settings") -> Iterator[Finding]:
    yield Finding("configuration", True, str(settings.home))
    for examine in BEFORE_THE_STORE:
        yield examine(settings)
    yield (opened := database(settings))
    if opened.well:
        for examine in IN_THE_STORE:
            yield examine(settings)
    for found in (*surveyed(settings), *sign_in(settings)):
        yield Finding(*found)


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
        mend = f"user {os.getuid()}, who runs this, has to be able to write there"
        return Finding("places", False, f"{error.filename}: {error.strerror}; {mend}")
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
    if free < _ENOUGH_MEGABYTES:
        mend = f"free some on the disk of {settings.home}: {_ENOUGH_MEGABYTES} MB at least"
        return Finding("room", False, f"{free:,} MB free; {mend}. Nothing is lost meanwhile")
    return Finding("room", True, f"{free:,} MB free")


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


BEFORE_THE_STORE: tuple[Examination, ...] = (
    passwords,
    places,
    files,
    room,
    mailbox,
    sending,
    calendars,
    model,
)
