"""What is left when the conversation is over, and whether it is what was to be expected."""

from pathlib import Path

from mailagent.core.audit import AuditEntry, first_break
from mailagent.core.books import Booked
from mailagent.core.gates import Gate
from mailagent.core.money import Money
from mailagent.core.spelling import spell_money
from mailagent.core.value import Value, sha256
from mailagent.demo.bills import Bill
from mailagent.demo.world import World
from mailagent.store.store import SqlTransaction


class Delivered(Value):
    """A bill of the story, with the document that was mailed in."""

    bill: Bill
    document: bytes


class Row(Value):
    """A line of the ledger, spelled."""

    number: str
    vendor: str
    due: str
    total: str
    void: bool


class Finding(Value):
    """Something that had to come true."""

    what: str
    ok: bool


class Result(Value):
    """All of it."""

    ledger: tuple[Row, ...]
    filed: tuple[Path, ...]
    board: dict[str, list[str]]
    anchor: str
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether everything was as expected."""
        return all(finding.ok for finding in self.findings)


class Told(Value):
    """What the story leaves to be looked for."""

    approved: Delivered
    undone: Delivered
    refused: Delivered
    unexpected: tuple[str, ...] = ()  # subjects of mails to Ann that no step waited for


async def result_of(world: World, told: Told) -> Result:
    """Looks at ledger, files, mailbox and audit chain."""
    board = await world.until("the last mail's way into its folder", lambda: _tidy(world))
    books = await world.ask(lambda tx: tx.bills())
    entries = await world.ask(_chain)
    head = await world.ask(lambda tx: tx.chain_head())
    root = world.desk.settings.files_root
    filed = tuple(sorted(path for path in root.rglob("*") if path.is_file()))
    broken = first_break(entries) or (
        "" if head == (entries[-1].seq, entries[-1].hash) else "the chain lost its end"
    )
    findings = (
        *_about_bills(told, books, filed),
        *_about_decisions(entries),
        Finding(what="Every mail has its folder, nothing is parked.", ok=not _strays(board)),
        Finding(what="Ann got the mails she had to get, and no others.", ok=not told.unexpected),
        Finding(what=f"The audit chain is whole: {len(entries)} entries.", ok=not broken),
    )
    return Result(
        ledger=tuple(map(_row, books)),
        filed=filed,
        board=board,
        anchor=entries[-1].anchor,
        findings=findings,
    )


def _about_bills(told: Told, books: list[Booked], filed: tuple[Path, ...]) -> tuple[Finding, ...]:
    def rows(delivered: Delivered) -> list[bool]:
        return [row.void for row in books if row.bill.number == delivered.bill.number]

    kept = [sha256(path.read_bytes()) for path in filed]
    once = rows(told.approved) == [False] and kept == [sha256(told.approved.document)]
    return (
        Finding(what="The approved bill is recorded once and filed once.", ok=once),
        Finding(what="What was undone is void, its file is gone.", ok=rows(told.undone) == [True]),
        Finding(what="The bill with the new account is in no book.", ok=not rows(told.refused)),
    )


def _about_decisions(entries: list[AuditEntry]) -> tuple[Finding, ...]:
    refused = [entry.details["gates"] for entry in entries if entry.what == "decision.refused"]
    gates = [{gate for gate, ruling in r.items() if ruling != "pass"} for r in refused]
    by_ann = [e.what for e in entries if e.actor == "ann" and e.what.startswith("case.")]
    expected = ["case.approve", "case.approve", "case.undo", "case.rejected"]
    return (
        Finding(what="The forged approval was refused at gate G5.", ok=gates == [{Gate.REALLY}]),
        Finding(what="Only what Ann said was done.", ok=by_ann == expected),
    )


async def _tidy(world: World) -> dict[str, list[str]] | None:
    """The folders of the ops mailbox that matter, once its inbox is empty."""
    folders = await world.ops.folders()
    if folders.get("INBOX"):
        return None
    return {name: found for name, found in folders.items() if name.startswith(("INBOX", "Ops/"))}


def _strays(board: dict[str, list[str]]) -> list[str]:
    return [*board.get("INBOX", []), *board.get("Ops/Parked", [])]


async def _chain(tx: SqlTransaction) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    while step := await tx.entries(len(entries)):
        entries += step
    return entries


def _row(recorded: Booked) -> Row:
    bill = recorded.bill
    return Row(
        number=bill.number,
        vendor=bill.vendor,
        due=f"{bill.due:%d %b}" if bill.due else "",
        total=spell_money(Money(amount=bill.total, currency=bill.currency), "en_GB"),
        void=recorded.void,
    )
