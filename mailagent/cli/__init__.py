"""The command line. Modules here import nothing heavy at their top: `--help` has to be instant."""

import sys

import typer

from mailagent.cli.doctor import doctor
from mailagent.cli.init import init
from mailagent.cli.read import read_command
from mailagent.cli.run import run
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
app.command()(doctor)
app.command()(version)


def main() -> None:
    """Runs one command; an error that was foreseen is one line and an exit code."""
    try:
        app()
    except MailagentError as error:
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
