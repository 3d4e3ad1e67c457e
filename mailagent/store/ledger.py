"""The embedded books: bills, and what is known of each vendor."""

from mailagent.core.capability import Outcome, Payload, RecordBill, VoidBill
from mailagent.core.errors import Permanent
from mailagent.core.question import AskVendor, KnownVendor
from mailagent.core.said import say
from mailagent.core.vendor import vendor_keys
from mailagent.ports import Transaction
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import bills
from mailagent.store.vendors import forget, known, remember


class EmbeddedLedger:
    """Implements the port Ledger in the store itself: effect and outcome commit together."""

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Records or voids a bill."""
        scope = embedded(tx)
        match action:
            case RecordBill():
                return await self._record(scope, case, action, key, tx)
            case VoidBill():
                return await self._void(scope, action, key)
            case _:
                raise TypeError(f"the ledger does not know {action.capability}")

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """Looks an earlier attempt up by its key."""
        scope = embedded(tx)
        column = bills.c.key if isinstance(action, RecordBill) else bills.c.voided_by
        row = await scope.one(scope.rows(bills, column == key))
        return Outcome(reference=str(row.id)) if row else None

    async def vendor(self, tx: Transaction, question: AskVendor) -> KnownVendor:
        """What the books know of a vendor, by its name or by its tax number."""
        return await known(embedded(tx), question)

    async def _record(
        self, scope: Scope, case: int, bill: RecordBill, key: str, tx: Transaction
    ) -> Outcome:
        (key_of_name, *_) = vendor_keys(bill.vendor, bill.vendor_vat)
        head = await tx.head()
        result = await scope.run(
            scope.add(
                bills,
                key=key,
                case=case,
                vendor=bill.vendor,
                vendor_key=key_of_name,
                number=bill.number,
                body=bill.model_dump(mode="json"),
                recorded_at=head.at if head else None,
                due=bill.pay_by.isoformat() if bill.pay_by else None,
            )
        )
        (number,) = result.inserted_primary_key or (0,)
        await remember(scope, number, bill)
        return Outcome(reference=str(number))

    async def _void(self, scope: Scope, bill: VoidBill, key: str) -> Outcome:
        row = await scope.one(scope.rows(bills, bills.c.id == int(bill.bill)))
        if row is None:
            raise LookupError(f"no bill {bill.bill}")
        if row.voided_by is not None:
            raise Permanent(
                f"bill {row.number} is void already", why=say("failed.void", number=row.number)
            )
        if row.run is not None:
            raise Permanent(
                f"bill {row.number} is in the payment run {row.run}",
                advice="Take the run back first: answer `undo` to its receipt.",
                why=say("failed.in_run_first", number=row.number, run=row.run),
            )
        await scope.run(scope.change(bills, bills.c.id == row.id).values(voided_by=key))
        await forget(scope, row)
        return Outcome(reference=bill.bill)
