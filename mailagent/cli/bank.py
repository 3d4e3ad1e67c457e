"""`mailagent import bank`: what was paid, beside what lies in shadow."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.cli.options import Home
from mailagent.cli.store import ask_store

if TYPE_CHECKING:
    from mailagent.core.capability import RecordBill
    from mailagent.core.shadow import Compared, Did, Foreseen
    from mailagent.store.store import SqlTransaction
    from parsers.past.bank import Paid

_ORDERS = {"": None, "dmy": False, "mdy": True}


def bank(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV that your bank exports.")],
    home: Home = None,
    *,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="OURS=THEIRS", help="As amount=Betrag, payee=Empfänger."),
    ] = None,
    dates: Annotated[str, typer.Option(help="dmy or mdy, where the file does not tell.")] = "",
) -> None:
    """Compare what was paid with bills in shadow. Nothing of the file is kept."""
    from mailagent.core.audit import Entry
    from mailagent.ports.shadow import compare

    paid = _payments(path, column or [], dates)

    async def ask(tx: "SqlTransaction") -> "list[tuple[Foreseen, Compared]]":
        details = {"file": path.name, "payments": len(paid)}
        await tx.audit(Entry(actor="terminal", what="bank.compared", details=details))
        return await compare(tx, map(_did_pay, paid))

    seen = ask_store(home, ask)
    typer.echo(f"{_many(len(paid), 'payment')} read.")
    say_compared(seen)


def say_compared(seen: "Sequence[tuple[Foreseen, Compared]]") -> None:
    """Of cases in shadow, how many were done as they would have been proposed."""
    if not seen:
        return
    others = [(one, found) for one, found in seen if found.differs]
    known = _many(len(seen), "case")
    typer.echo(f"Compared with {known} in shadow: {len(seen) - len(others)} the same.")
    for one, found in others:
        fields = ", ".join(found.differs).replace("_", " ")
        typer.echo(f"  otherwise: {one.vendor} {one.number}: {fields}")


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def did_book(bill: "RecordBill") -> "Did":
    """A bill as the owner's own books have it."""
    from mailagent.core.shadow import Did, Way

    return Did(
        way=Way.BOOKS,
        vendor=bill.vendor,
        number=bill.number,
        issued=bill.issued,
        total=bill.total,
        currency=bill.currency,
        account=bill.iban,
        book_to=bill.book_to,
    )


def _did_pay(paid: "Paid") -> "Did":
    from mailagent.core.shadow import Did, Way

    return Did(
        way=Way.BANK,
        vendor=paid.payee,
        total=paid.amount,
        currency=paid.currency,
        account=paid.account,
        purpose=paid.purpose,
    )


def _payments(path: Path, columns: list[str], dates: str) -> "tuple[Paid, ...]":
    from mailagent.core.errors import ConfigInvalid, Unreadable
    from mailagent.reading.files import content_of
    from parsers.past.bank import COLUMNS, payments_in

    named = dict(each.split("=", 1) for each in columns if "=" in each)
    if len(named) < len(columns) or not set(named) <= set(COLUMNS) or dates not in _ORDERS:
        advice = f"--column OURS=THEIRS; ours are {', '.join(COLUMNS)}; --dates dmy or mdy."
        raise ConfigInvalid("An option is not understood", advice=advice)
    try:
        text = content_of(path).decode("utf-8-sig", "replace")
        return payments_in(text, named, month_first=_ORDERS[dates])
    except OSError as error:
        raise ConfigInvalid(f"{path}: {error.strerror}", advice="Name a file.") from None
    except Unreadable as error:
        raise ConfigInvalid(f"{path}: {error.what}", advice="Nothing was compared.") from None
