"""The command line. Modules here import nothing heavy at their top: `--help` has to be instant."""

import os
import sys
from typing import NoReturn

import typer

from mailagent.cli.audit import audit_app
from mailagent.cli.away import away, back
from mailagent.cli.backup import backup, restore_backup
from mailagent.cli.books import books_app
from mailagent.cli.brief import brief, digest
from mailagent.cli.calendar import calendar_app
from mailagent.cli.case import case_app
from mailagent.cli.contracts import contracts
from mailagent.cli.demo import demo
from mailagent.cli.doctor import doctor
from mailagent.cli.enroll import enroll
from mailagent.cli.figures import figures
from mailagent.cli.find import find
from mailagent.cli.imports import import_app
from mailagent.cli.init import init
from mailagent.cli.lessons import lessons_app
from mailagent.cli.login import login_app
from mailagent.cli.mode import mode
from mailagent.cli.orders import orders
from mailagent.cli.papers import papers
from mailagent.cli.pause import pause, resume
from mailagent.cli.policy import policy_app
from mailagent.cli.queue import queue
from mailagent.cli.read import read_command
from mailagent.cli.renewals import renewals
from mailagent.cli.run import run
from mailagent.cli.senders import senders
from mailagent.cli.tasks import tasks_app
from mailagent.cli.unfreeze import unfreeze
from mailagent.cli.version import version
from mailagent.core.errors import ConfigInvalid, MailagentError, Transient

# Exit codes of sysexits.h: a service manager does not restart over 78, and may over 75.
_TRY_LATER, _CONFIG, _FAILED = 75, 78, 1

app = typer.Typer(
    name="mailagent",
    help="An operations agent whose only interface is a mailbox.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables
    rich_markup_mode=None,  # rich doubles the time of --help
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(init)
app.command()(run)
app.command("read")(read_command)
app.command()(queue)
app.command()(brief)
app.command()(digest)
app.command()(figures)
app.command()(mode)
app.command()(pause)
app.command()(resume)
app.command()(away)
app.command()(back)
app.add_typer(tasks_app, name="tasks")
app.add_typer(case_app, name="case")
app.add_typer(audit_app, name="audit")
app.add_typer(policy_app, name="policy")
app.add_typer(books_app, name="books")
app.add_typer(calendar_app, name="calendar")
app.command()(contracts)
app.command()(orders)
app.command()(senders)
app.add_typer(lessons_app, name="lessons")
app.command()(renewals)
app.command()(papers)
app.command()(find)
app.add_typer(import_app, name="import")
app.command()(enroll)
app.command()(unfreeze)
app.command()(demo)
app.command()(doctor)
app.add_typer(login_app, name="login")
app.command()(backup)
app.command("restore-backup")(restore_backup)
app.command()(version)


def main() -> None:
    """Runs one command; an error that was foreseen is one line and an exit code."""
    os.umask(0o077)  # what the agent keeps is nobody else's on this machine
    try:
        app()
    except MailagentError as error:
        _fail(error)
    except ExceptionGroup as group:  # an agent's parts run side by side
        _fail(foreseen(group) or group)


def _fail(error: Exception) -> NoReturn:
    if not isinstance(error, MailagentError):
        raise error
    print(f"mailagent: {error}", file=sys.stderr)  # noqa: T201 - the one place that speaks
    sys.exit(_exit_code(error))


def _exit_code(error: MailagentError) -> int:
    match error:
        case ConfigInvalid():
            return _CONFIG
        case Transient():
            return _TRY_LATER
        case _:
            return _FAILED


def foreseen(group: BaseExceptionGroup[BaseException]) -> MailagentError | None:
    """The first error in there that has advice for a person."""
    for error in group.exceptions:
        if isinstance(error, MailagentError):
            return error
        if isinstance(error, BaseExceptionGroup) and (inside := foreseen(error)):
            return inside
    return None
