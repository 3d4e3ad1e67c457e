"""`mailagent import`: what other tools know, so that the agent can ask for it."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.purchase import PurchaseOrder
    from mailagent.store.store import SqlTransaction

import_app = typer.Typer(help="Take in what other tools know.", no_args_is_help=True)


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
    from mailagent.core.purchase import order_of
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
    return (order_of(found.reading),)
