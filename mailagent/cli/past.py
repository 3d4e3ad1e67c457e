"""`mailagent import bills --from-mail`: the vendors of a year of old mails."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.ports import Header, Watermark
    from mailagent.stages.past import Lot


def import_mail(home: Path | None, folder: str, days: int) -> None:
    """Reads a folder of the mailbox; ended in between, it goes on where it was."""
    from mailagent.bootstrap import build
    from mailagent.log import configure_log
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    settings = read_settings(find_home(home))
    configure_log(settings.log.form, "error")
    app = build(settings, read_passwords(settings))
    with suppress(KeyboardInterrupt):
        asyncio.run(_import(app, folder, days))
        return
    typer.echo("\nEnded; the same command goes on from here.")
    raise SystemExit(130)


async def _import(app: "App", folder: str, days: int) -> None:
    async with app.opened():
        await read_past(app, folder, days)


async def read_past(app: "App", folder: str, days: int) -> None:
    """The work itself, on an agent that is open."""
    from mailagent.stages.past import past
    from mailagent.tasks.bills import past_bill

    office, name = app.office, f"{app.office.mailbox.name} past {days} {folder}"
    headers = await office.mailbox.since(folder, (office.clock.now() - timedelta(days=days)).date())
    if not headers:
        raise ConfigInvalid(
            f"No mail of the last {days} days lies in {folder}",
            advice="Name the folder as your mail program does, with / between its parts.",
        )
    async with app.store.begin(office.company.id) as tx:
        left = _left(headers, await tx.watermark(name))
    if len(left) < len(headers):
        typer.echo(f"{len(headers) - len(left)} of {len(headers)} mails were read before.")
    done = bills = new = unreadable = 0
    async for lot in past(office, left, past_bill):
        new += await _learn(app, folder, name, lot)
        done, bills = done + lot.mails, bills + len(lot.bills)
        unreadable += lot.unreadable
        typer.echo(f"{done} of {len(left)} mails read, {bills} bills found")
    odd = f"; {unreadable} mails or documents could not be read" if unreadable else ""
    typer.echo(f"{bills} bills taken in: {new} new, {bills - new} known before{odd}.")


def _left(headers: "Sequence[Header]", mark: "Watermark") -> "list[Header]":
    return [h for h in headers if h.place.uidvalidity != mark.uidvalidity or h.place.uid > mark.uid]


async def _learn(app: "App", folder: str, name: str, lot: "Lot") -> int:
    """What a lot brought, and how far it came, in one transaction: never twice, never lost."""
    from mailagent.core.audit import Entry
    from mailagent.store.past import learn

    async with app.store.begin(app.office.company.id) as tx:
        new = await learn(tx, lot.bills)
        await tx.keep(name, [], lot.reached)
        if lot.bills:
            details = {"folder": folder, "bills": len(lot.bills), "new": new}
            await tx.audit(Entry(actor="terminal", what="bills.imported", details=details))
    return new
