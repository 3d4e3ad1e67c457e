"""`mailagent login`: signing in with Google or Microsoft where there is no app password."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home

if TYPE_CHECKING:
    from connectors.oauth import Client, Grant, Provider

login_app = typer.Typer(help="Sign in to the mailbox at its provider.", no_args_is_help=True)
_PATIENCE = 300.0  # seconds to sign in in a browser
Id = Annotated[str, typer.Option("--client-id", help="Of the app you registered there.")]


@login_app.command("google")
def google(
    home: Home = None,
    *,
    client_id: Id = "",
    paste: Annotated[
        bool, typer.Option("--paste", help="The browser is on another machine: paste its address.")
    ] = False,
    authorize_url: Annotated[str, typer.Option(hidden=True)] = "",
    token_url: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Sign in to Gmail or Google Workspace in a browser."""
    provider = _provider("google", authorize=authorize_url, token=token_url)
    typer.echo(
        "An app whose publishing status is Testing loses its sign-in after 7 days. Set it to\n"
        "In production (or, in Google Workspace, make it Internal) before you rely on it."
    )
    client = _client(client_id, secret=True)
    _keep(home, _in_browser(provider, client, paste=paste))


@login_app.command("microsoft")
def microsoft(
    home: Home = None,
    *,
    client_id: Id = "",
    tenant: Annotated[str, typer.Option(help="The directory's id or domain.")] = "organizations",
    device_url: Annotated[str, typer.Option(hidden=True)] = "",
    token_url: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Sign in to Microsoft 365 with a code; for a shared mailbox as one who may open it."""
    from connectors.oauth import await_device, device_code
    from mailagent.bootstrap import SystemClock

    provider = _provider("microsoft", tenant=tenant, device=device_url, token=token_url)
    client = _client(client_id, secret=False)
    now = SystemClock().now
    code = device_code(provider, client, now)
    typer.echo(f"Open {code.where} and type {code.user_code}\nWaiting ...")
    _keep(home, await_device(provider, client, code, now=now))


def _provider(name: str, tenant: str = "", **instead: str) -> "Provider":
    from mailagent.settings.providers import sign_in

    given = {key: value for key, value in instead.items() if value}
    return sign_in(name, tenant).model_copy(update=given)


def _client(client_id: str, *, secret: bool) -> "Client":
    from connectors.oauth import Client
    from mailagent.core.errors import ConfigInvalid

    if not client_id and not sys.stdin.isatty():
        raise ConfigInvalid("--client-id is missing", advice="Give it, or run this in a terminal.")
    given = client_id or str(typer.prompt("Client id of your app"))
    asked = secret and sys.stdin.isatty()
    question = "Client secret (Google calls it so; empty: none)"
    word = (
        str(typer.prompt(question, default="", hide_input=True, show_default=False))
        if asked
        else ""
    )
    return Client(id=given.strip(), secret=word.strip())


def _in_browser(provider: "Provider", client: "Client", *, paste: bool) -> "Grant":
    from connectors.oauth import Redirect, landing
    from mailagent.bootstrap import SystemClock

    now = SystemClock().now

    with landing(_PATIENCE) as page:
        redirect = Redirect(provider, client, page.address)
        typer.echo(f"Open this in a browser and agree:\n\n  {redirect.url}\n")
        if paste:
            ask = "Then paste the address of the page it ends at (it may say it cannot be opened)"
            return redirect.grant(str(typer.prompt(ask)), now)
        typer.echo("Waiting ... (browser on another machine? Ctrl-C, then again with --paste)")
        came_back = page.wait()
    if not came_back:
        raise typer.BadParameter("nobody signed in within five minutes")
    return redirect.grant(came_back, now)


def _keep(home: Path | None, grant: "Grant") -> None:
    from connectors.oauth import write_grant
    from mailagent.settings import find_home
    from mailagent.settings.passwords import GRANT

    path = find_home(home) / GRANT
    write_grant(path, grant)
    typer.echo(f"written  {path}")
    if grant.ends_at is not None:
        typer.echo(f"This sign-in ends on {grant.ends_at:%d %b %Y}: then it has to be given anew.")
    typer.echo("Now `mailagent doctor` shows whether the mailbox opens with it.")
