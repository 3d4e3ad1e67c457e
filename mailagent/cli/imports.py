"""`mailagent import`: what other tools know, so that the agent can ask for it."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.bank import bank, did_book, say_compared
from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.capability import RecordBill
    from mailagent.core.orders import PurchaseOrder
    from mailagent.core.shadow import Compared, Foreseen
    from mailagent.store.store import SqlTransaction

    Seen = list[tuple[Foreseen, Compared]]

_ORDERS = {"": None, "dmy": False, "mdy": True}
import_app = typer.Typer(help="Take in what other tools know.", no_args_is_help=True)
import_app.command("bank")(bank)


@import_app.command("orders")
def orders(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, UBL Order or Order-X.")],
    home: Home = None,
) -> None:
    """Take in purchase orders: a bill that names one is compared with it."""
    from mailagent.core.audit import Entry

    found = _orders(path)

    async def keep(tx: "SqlTransaction") -> int:
        new = await tx.save_orders(found)
        numbers = [order.number for order in found][:100]
        details = {"file": path.name, "orders": len(found), "numbers": numbers}
        await tx.audit(Entry(actor="terminal", what="orders.imported", details=details))
        return new

    new = ask_store(home, keep)
    typer.echo(f"{len(found)} orders taken in: {new} new, {len(found) - new} known before.")


@import_app.command("bills")
def bills(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="CSV of QuickBooks, Xero, or any.")
    ] = None,
    home: Home = None,
    *,
    from_mail: Annotated[
        str, typer.Option(metavar="FOLDER", help="Read the old mails of this folder instead.")
    ] = "",
    days: Annotated[int, typer.Option(min=1, help="With --from-mail: how far back.")] = 365,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="OURS=THEIRS", help="As vendor=Lieferant, total=Betrag."),
    ] = None,
    dates: Annotated[str, typer.Option(help="dmy or mdy, where the file does not tell.")] = "",
) -> None:
    """Take in past bills: their vendors are known then. They are in no book of ours."""
    from mailagent.core.audit import Entry
    from mailagent.core.errors import ConfigInvalid
    from mailagent.ports.shadow import compare
    from mailagent.settings import find_home, read_settings
    from mailagent.store.past import learn

    if from_mail and (path or column or dates):
        raise ConfigInvalid("A file and --from-mail are two things", advice="Name one of them.")
    if from_mail:
        from mailagent.cli.past import import_mail

        import_mail(home, from_mail, days)
        return
    if path is None:
        raise ConfigInvalid("No file is named", advice="Name a CSV, or --from-mail FOLDER.")
    currency = read_settings(find_home(home)).company.currency
    found = _past(path, column or [], dates, currency)

    async def keep(tx: "SqlTransaction") -> "tuple[int, Seen]":
        new = await learn(tx, found)
        details = {"file": path.name, "bills": len(found), "new": new}
        await tx.audit(Entry(actor="terminal", what="bills.imported", details=details))
        return new, await compare(tx, map(did_book, found))

    (new, seen), vendors = ask_store(home, keep), len({bill.vendor for bill in found})
    known = len(found) - new
    typer.echo(
        f"{len(found)} bills of {vendors} vendors taken in: {new} new, {known} known before."
    )
    say_compared(seen)


def _past(path: Path, columns: list[str], dates: str, currency: str) -> "list[RecordBill]":
    from mailagent.core.capability import RecordBill
    from mailagent.core.errors import ConfigInvalid, Unreadable
    from mailagent.reading.files import content_of
    from parsers.past.table import COLUMNS, past_bills

    named = dict(each.split("=", 1) for each in columns if "=" in each)
    if len(named) < len(columns) or not set(named) <= set(COLUMNS) or dates not in _ORDERS:
        advice = f"--column OURS=THEIRS; ours are {', '.join(COLUMNS)}; --dates dmy or mdy."
        raise ConfigInvalid("An option is not understood", advice=advice)
    try:
        text = content_of(path).decode("utf-8-sig", "replace")
        past = past_bills(text, named, month_first=_ORDERS[dates])
    except OSError as error:
        raise ConfigInvalid(f"{path}: {error.strerror}", advice="Name a file.") from None
    except Unreadable as error:
        raise ConfigInvalid(f"{path}: {error.what}", advice="Nothing was taken in.") from None
    return [
        RecordBill(
            vendor=bill.vendor,
            vendor_vat=bill.vat,
            number=bill.number,
            issued=bill.issued,
            total=bill.total,
            currency=bill.currency or currency,
            book_to=bill.book_to,
            iban=bill.account,
            sender_domain=bill.domain,
            document="",
        )
        for bill in past
    ]


def _orders(path: Path) -> "tuple[PurchaseOrder, ...]":
    """A table is text of the user's own; anything else is opened in a child."""
    from mailagent.core.errors import ConfigInvalid, Unreadable
    from mailagent.reading.files import content_of
    from parsers.orders.table import orders_in

    try:
        content = content_of(path)
        if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"%PDF")):
            return orders_in(content.decode("utf-8", "replace"))
        return asyncio.run(_read(path))
    except OSError as error:
        raise ConfigInvalid(f"{path}: {error.strerror}", advice="Name a file.") from None
    except Unreadable as error:
        raise ConfigInvalid(f"{path}: {error.what}", advice="Nothing was taken in.") from None


async def _read(path: Path) -> "tuple[PurchaseOrder, ...]":
    from mailagent.core.errors import Unreadable
    from mailagent.core.orders import orders_of
    from mailagent.core.reading import Kind
    from mailagent.reading.files import read_files
    from mailagent.reading.pool import Pool

    pool = Pool(1)
    pool.start()
    try:
        (found,) = [each async for each in read_files(pool, [path])]
    finally:
        await pool.close()
    if found.error or found.reading.kind is not Kind.PURCHASE_ORDER:
        kind = found.reading.kind.value.replace("_", " ")
        raise Unreadable(found.error or f"it is no purchase order but looks like {kind}")
    if not (orders := orders_of(found.reading)):
        raise Unreadable("the order has no number")
    return orders
