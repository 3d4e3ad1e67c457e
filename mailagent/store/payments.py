"""Payment runs: the file goes into the tree, and its bills are in no other run."""

from collections.abc import Callable

from mailagent.core.capability import (
    Outcome,
    Payload,
    ReleasePayments,
    RemoveFile,
    StoreFile,
    WithdrawPayments,
)
from mailagent.core.errors import Permanent
from mailagent.core.payments import Part, PaymentRun
from mailagent.core.said import say
from mailagent.core.value import sha256
from mailagent.ports import Blobs, System, Transaction
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import bills


class PaymentFiles:
    """Hands payment files over, and takes them back. It never pays."""

    def __init__(self, files: System, blobs: Blobs, write: Callable[[PaymentRun], bytes]) -> None:
        self._files, self._blobs, self._write = files, blobs, write

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Releases or withdraws a run."""
        match action:
            case ReleasePayments():
                return await self._release(tx, case, action, key)
            case WithdrawPayments():
                return await self._withdraw(tx, case, action, key)
            case _:
                raise TypeError(f"payment files do not know {action.capability}")

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """The bills say in which run they are; the file lies there from before."""
        scope = embedded(tx)
        match action:
            case ReleasePayments():
                done = await _in_run(scope, action.run.name)
                if not done:
                    return None
                if not action.run.transfers:
                    return Outcome(reference="")
                file = await self._file(action.run, action.folder)
                return await self._files.find(tx, file, key)
            case WithdrawPayments():
                still = await _in_run(scope, action.run.name)
                return None if still else Outcome(reference=action.path)
            case _:
                return None

    async def _release(
        self, tx: Transaction, case: int, action: ReleasePayments, key: str
    ) -> Outcome:
        """The file first: bills without a file are the worse half of the two."""
        scope, run = embedded(tx), action.run
        for payment in run.payments:
            for part in payment.parts:
                await _is_free(scope, part, payment.vendor, run.name)
        stored = Outcome(reference="")
        if run.transfers:
            file = await self._file(run, action.folder)
            stored = await self._files.perform(tx, case, file, key)
        await _mark(scope, [part.bill for part in run.parts], run.name)
        return stored

    async def _file(self, run: PaymentRun, folder: str) -> StoreFile:
        (content,) = await self._blobs.put_many([self._write(run)])
        name = f"{run.day.isoformat()} {run.name}{run.form.ending}"
        return StoreFile(folder=folder, name=name, content=content)

    async def _withdraw(
        self, tx: Transaction, case: int, action: WithdrawPayments, key: str
    ) -> Outcome:
        scope = embedded(tx)
        numbers = await _in_run(scope, action.run.name)
        if not numbers:
            raise Permanent(
                f"no bill is in the run {action.run.name} any more",
                why=say("failed.run_empty", run=action.run.name),
            )
        if action.run.transfers:
            content = sha256(self._write(action.run))
            await self._files.perform(tx, case, RemoveFile(path=action.path, content=content), key)
        await _mark(scope, numbers, None)
        return Outcome(reference=action.path)


async def _is_free(scope: Scope, part: Part, vendor: str, run: str) -> None:
    """A bill is paid once, and a credit note used once."""
    row = await scope.one(scope.rows(bills, bills.c.id == part.bill))
    if row is None or row.voided_by is not None:
        raise Permanent(
            f"bill {part.reference} of {vendor} is void by now",
            why=say("failed.void_by_now", number=part.reference, vendor=vendor),
        )
    if row.run not in (None, run):
        raise Permanent(
            f"bill {part.reference} is in the run {row.run} already",
            why=say("failed.in_run", number=part.reference, run=row.run),
        )


async def _in_run(scope: Scope, name: str) -> list[int]:
    return [row.id for row in await scope.all(scope.rows(bills, bills.c.run == name))]


async def _mark(scope: Scope, numbers: list[int], run: str | None) -> None:
    for number in numbers:
        await scope.run(scope.change(bills, bills.c.id == number).values(run=run))
