"""`mailagent init`: a home for the agent, tried as it is made."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli import questions
from mailagent.cli.options import Home, program
from mailagent.cli.questions import answer
from mailagent.core.errors import MailagentError, MailboxRefused

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.settings.providers import Server
    from mailagent.settings.starter import Start

_TRIES = 3


def init(  # noqa: PLR0913 - one option a question
    *,
    home: Home = None,
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    ops_address: Annotated[str, typer.Option(help="The address documents are sent to.")] = "",
    owner: Annotated[str, typer.Option(help="The name of the person who decides.")] = "",
    owner_address: Annotated[str, typer.Option(help="Where that person reads mail.")] = "",
    imap_host: Annotated[str, typer.Option(help="HOST[:PORT], if yours is not known.")] = "",
    smtp_host: Annotated[str, typer.Option(help="HOST[:PORT] of the server that sends.")] = "",
    ca_file: Annotated[str, typer.Option(help="Certificates of a server of your own.")] = "",
    login: Annotated[str, typer.Option(help="The mailbox's login, if not its address.")] = "",
    country: Annotated[str, typer.Option(help="Two letters: how dates are read.")] = "",
    currency: Annotated[str, typer.Option(help="Without it, the country's.")] = "",
    language: Annotated[str, typer.Option(help="Of the mails to the owner: en or de.")] = "",
    timezone: Annotated[str, typer.Option(help="The owner's.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write mailagent.toml anew.")] = False,
) -> None:
    """Write mailagent.toml, and try what it says.

    What is not given as an option is asked for; the password always is, and never an option. Run
    again, it tries what is there.
    """
    from mailagent.settings import find_home
    from mailagent.settings.home import CONFIG

    folder = find_home(home)
    if (folder / CONFIG).exists() and not force:
        typer.echo(f"{folder / CONFIG} is there already, and is tried. `--force` writes it anew.")
        _try(folder, home)
        return
    questions.may_write(folder)
    question = "Address that documents are sent to"
    ops = answer(ops_address, "--ops-address", question, questions.address)
    imap, smtp, signs_in = _servers(ops, imap_host, smtp_host)
    password = _password(login or ops) if signs_in == "password" else ""
    name, address = _owner(owner, owner_address, ops)
    start = _start(ops, (name, address), company, country, currency, language, timezone).model_copy(
        update={"imap": imap, "smtp": smtp, "login": login or ops, "ca_file": ca_file}
    )
    _write(folder, start, password)
    if signs_in != "password":
        there = _there(home)
        typer.echo(f"\nNow: {program()} login {signs_in}{there}\nthen: {program()} init{there}")
        return
    if password:
        _try(folder, home)
    else:
        typer.echo(
            "\nThe password of the mailbox goes into secrets.toml beside it (mode 600), the\n"
            "system's keyring, or the variable MAILAGENT_MAILBOX_PASSWORD; then run init again."
        )
        _say_next(start.owner, start.owner_address, home)


def _owner(name: str, address: str, ops: str) -> tuple[str, str]:
    given = f"{name} <{address}>" if name and address else address
    question = "Who decides (Ann Lee <ann@your.company>)"
    return answer(given, "--owner-address", question, questions.person_beside(ops))


def _start(
    ops: str,
    owner: tuple[str, str],
    company: str,
    country: str,
    currency: str,
    language: str,
    timezone: str,
) -> "Start":
    from mailagent.settings.providers import Server
    from mailagent.settings.starter import Start, local_timezone

    named = answer(company, "--company", "Name of the company", questions.name)
    here = local_timezone()
    guess = questions.country_of(here, ops.rpartition("@")[2]) or None
    land = answer(country, "--country", "Country (two letters)", questions.country, guess or "GB")
    there = questions.zone_of(land, here)
    zone = answer(timezone, "--timezone", "Time zone", questions.timezone, there)
    nowhere = Server(host="localhost", port=993)
    return Start(
        company=named,
        ops_address=ops,
        owner=owner[0],
        owner_address=owner[1],
        imap=nowhere,
        smtp=nowhere,
        login=ops,
        country=land,
        currency=currency or questions.currency_of(land),
        language=language or ("de" if land in ("DE", "AT") else "en"),
        timezone=zone,
    )


def _servers(ops_address: str, imap: str, smtp: str) -> "tuple[Server, Server, str]":
    """Of a host that is known nothing is asked."""
    from mailagent.settings.providers import provider_of, server_at

    known = None if imap or smtp else provider_of(ops_address, _mail_host)
    if known:
        typer.echo(f"{known.name}. {known.hint}".strip())
        return known.imap, known.smtp, known.login
    domain = ops_address.rpartition("@")[2]
    far = answer(imap, "--imap-host", "IMAP server", server_at(993), f"imap.{domain}")
    out = answer(smtp, "--smtp-host", "SMTP server", server_at(465), f"smtp.{domain}")
    return far, out, "password"


def _mail_host(domain: str) -> str:
    """Who takes its mail; empty where DNS does not say, or nobody is there to be asked."""
    from mailagent.bootstrap import mail_server
    from mailagent.core.errors import KeysUnavailable

    if not sys.stdin.isatty():
        return ""
    try:
        return asyncio.run(mail_server(domain))
    except KeysUnavailable:
        return ""


def _password(login: str) -> str:
    if not sys.stdin.isatty():
        return ""
    question = f"Password of {login} (an app password where there are such; empty: later)"
    return str(typer.prompt(question, default="", hide_input=True, show_default=False))


def _write(folder: Path, start: "Start", password: str) -> None:
    from mailagent.settings.recovery import FILE, new_recovery_key
    from mailagent.settings.starter import write_home

    try:
        written = write_home(folder, start, password)
    except OSError as error:
        raise questions.unwritable(folder, error) from None
    for path in written:
        typer.echo(f"written  {path}")
    if not (folder / FILE).exists():
        key = new_recovery_key(folder)
        typer.echo(
            f"\nRecovery key, shown only now. Print it: it opens the passwords in your backups.\n\n"
            f"    {key}\n"
        )


def _try(folder: Path, home: Path | None) -> None:
    """Signs in, and says hello to the owner; a password that is refused is asked for again."""
    from mailagent.bootstrap import build, try_mailbox, try_sending
    from mailagent.log import configure_log
    from mailagent.settings import read_settings
    from mailagent.settings.passwords import read_passwords
    from mailagent.settings.starter import write_secret

    settings = read_settings(folder)
    configure_log(settings.log.form, "error")
    passwords = None
    for left in reversed(range(_TRIES)):
        try:
            passwords = read_passwords(settings)
            try_mailbox(settings, passwords)
            try_sending(settings, passwords)
            break
        except MailboxRefused as error:
            typer.echo(f"{typer.style('STOP', fg='red')}  {error}")
            if not (left and sys.stdin.isatty()):
                raise typer.Exit(1) from None
            write_secret(folder, _password(settings.mailbox.user))
        except MailagentError as error:
            typer.echo(f"{typer.style('STOP', fg='red')}  {error}")
            typer.echo(f"Then: {program()} init{_there(home)}")
            raise typer.Exit(1) from None
    typer.echo(f"{typer.style('ok  ', fg='green')}  mailbox opens, and the server takes our mail")
    asyncio.run(_welcome(build(settings, passwords)))
    person = settings.people[0]
    _say_next(person.name, person.addresses[0], home)


async def _welcome(app: "App") -> None:
    """One mail to the owner, once however often this runs."""
    from mailagent.core.audit import AuditEntry
    from mailagent.core.letter import Letter, Notice, NoticeLetter
    from mailagent.core.post import Thread, envelope

    office = app.office
    async with app.opened():
        async with app.store.begin(office.company.id) as tx:
            person = (await tx.people())[0]
            about = f"welcome/{person.id}"

            def write(head: AuditEntry) -> Letter:
                thread = Thread(subject="")
                at = office.clock.now()
                return NoticeLetter(
                    envelope=envelope(office.company, person, thread, head, at, about=about),
                    notice=Notice.WELCOME,
                    facts=(
                        ("first", f"mailagent enroll {person.addresses[0].address}"),
                        ("bills_to", office.company.ops_address),
                    ),
                )

            await tx.post(about, None, write)
        await app.engine.drain()
    mark = typer.style("ok  ", fg="green")
    typer.echo(f"{mark}  a first mail went to {person.addresses[0].address}")


def _there(home: Path | None) -> str:
    return f" --home {home}" if home else ""


def _say_next(name: str, address: str, home: Path | None) -> None:
    there = _there(home)
    typer.echo(f"""
Next
  {program()} enroll{there} {address}
      one mail ties {name} to what proves it; where only your mail server vouches for
      you, it asks for `mailagent doctor --proof` first
  {program()} run{there}
      the agent begins to work. One task is on: bills. The others: tasks.toml
Whenever something is odd
  {program()} doctor{there}
      says what stands in the way, and what to do""")
