"""`mailagent init`: a home for the agent."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.settings.providers import Server
    from mailagent.settings.starter import Start


def init(  # noqa: PLR0913 - one option a question
    *,
    home: Home = None,
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    ops_address: Annotated[str, typer.Option(help="The address documents are sent to.")] = "",
    owner: Annotated[str, typer.Option(help="The name of the person who decides.")] = "",
    owner_address: Annotated[str, typer.Option(help="Where that person reads mail.")] = "",
    imap_host: Annotated[str, typer.Option(help="The IMAP server (TLS, port 993).")] = "",
    smtp_host: Annotated[str, typer.Option(help="The server that sends (TLS, port 465).")] = "",
    login: Annotated[str, typer.Option(help="The mailbox's login, if not its address.")] = "",
    currency: Annotated[str, typer.Option(help="The company's usual currency.")] = "EUR",
    language: Annotated[str, typer.Option(help="Of the mails to the owner: en or de.")] = "en",
    timezone: Annotated[str, typer.Option(help="The owner's; without it, this machine's.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over mailagent.toml.")] = False,
) -> None:
    """Write mailagent.toml and the files beside it.

    What is not given as an option is asked for; the password always is, and never an option.
    """
    from mailagent.settings import find_home
    from mailagent.settings.starter import (
        Start,
        local_timezone,
        refuse_to_overwrite,
        write_home,
    )

    folder = find_home(home)
    if not force:
        refuse_to_overwrite(folder)
    ops = _answer(ops_address, "--ops-address", "Address that documents are sent to")
    imap, smtp = _servers(ops, imap_host, smtp_host)
    start = Start(
        company=_answer(company, "--company", "Name of the company"),
        ops_address=ops,
        owner=_answer(owner, "--owner", "Name of the person who decides"),
        owner_address=_answer(owner_address, "--owner-address", "Address of that person"),
        imap=imap,
        smtp=smtp,
        login=login or ops,
        currency=currency,
        language=language,
        timezone=timezone or local_timezone(),
    )
    _say_next(write_home(folder, start, _password(start.login)), start, home)


def _answer(given: str, option: str, question: str, default: str | None = None) -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        if default:
            return default
        raise ConfigInvalid(f"{option} is missing", advice="Give it, or run this in a terminal.")
    return str(typer.prompt(question, default=default))


def _servers(ops_address: str, imap_host: str, smtp_host: str) -> "tuple[Server, Server]":
    from mailagent.settings.providers import Server, provider_of

    known = provider_of(ops_address)
    if known and not (imap_host or smtp_host):
        typer.echo(f"{known.name}. {known.hint}".strip())
        return known.imap, known.smtp
    domain = ops_address.rpartition("@")[2]
    imap = _answer(imap_host, "--imap-host", "IMAP server", f"imap.{domain}")
    smtp = _answer(smtp_host, "--smtp-host", "SMTP server", f"smtp.{domain}")
    return Server(host=imap, port=993), Server(host=smtp, port=465)


def _password(login: str) -> str:
    if not sys.stdin.isatty():
        return ""
    question = f"Password of {login} (empty: later)"
    return str(typer.prompt(question, default="", hide_input=True, show_default=False))


def _say_next(written: list[Path], start: "Start", home: Path | None) -> None:
    for path in written:
        typer.echo(f"written  {path}")
    if not any(path.name == "secrets.toml" for path in written):
        typer.echo(
            "\nThe password of the mailbox goes into secrets.toml beside it (mode 600), the\n"
            "system's keyring, or the variable MAILAGENT_MAILBOX_PASSWORD."
        )
    there = f" --home {home}" if home else ""
    typer.echo(f"""
Next
  mailagent doctor{there}
      checks what was written
  mailagent enroll{there} {start.owner_address}
      ties {start.owner} to a proof, once
  mailagent run{there}
      the agent begins to work""")
