"""The embedded books: bills, and what is known of each vendor."""

from sqlalchemy import Row

from mailagent.core.capability import Outcome, Payload, RecordBill, VoidBill
from mailagent.core.errors import Permanent
from mailagent.core.question import AskVendor, KnownVendor
from mailagent.core.vendor import vendor_keys
from mailagent.ports import Transaction
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import bills, vendors

_ACCOUNTS_KEPT = 5


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
        scope = embedded(tx)
        keys = vendor_keys(question.vendor, question.vat)
        rows = await scope.all(scope.rows(vendors, vendors.c.vendor_key.in_(keys)))
        rows = sorted(rows, key=lambda row: row.bills, reverse=True)
        if not rows:
            return KnownVendor()
        accounts = dict.fromkeys(account for row in rows for account in row.accounts)
        return KnownVendor(
            bills=rows[0].bills,
            since=min(row.since for row in rows),
            book_to=rows[0].book_to,
            accounts=tuple(accounts),
            same_number=await self._same_number(scope, keys, question.number),
        )

    async def _same_number(
        self, scope: Scope, keys: tuple[str, ...], number: str
    ) -> tuple[str, ...]:
        same = scope.rows(
            bills,
            bills.c.vendor_key.in_(keys),
            bills.c.number == number,
            bills.c.voided_by.is_(None),
        )
        found = await scope.all(same.limit(5))
        return tuple(f"{row.body['issued']} ({row.body['number']})" for row in found)

    async def _record(
        self, scope: Scope, case: int, bill: RecordBill, key: str, tx: Transaction
    ) -> Outcome:
        keys = vendor_keys(bill.vendor, bill.vendor_vat)
        head = await tx.head()
        result = await scope.run(
            scope.add(
                bills,
                key=key,
                case=case,
                vendor=bill.vendor,
                vendor_key=keys[0],
                number=bill.number,
                body=bill.model_dump(mode="json"),
                recorded_at=head.at if head else None,
            )
        )
        for vendor in keys:
            await self._remember(scope, vendor, bill)
        (number,) = result.inserted_primary_key or (0,)
        return Outcome(reference=str(number))

    async def _remember(self, scope: Scope, vendor: str, bill: RecordBill) -> None:
        row = await scope.one(scope.rows(vendors, vendors.c.vendor_key == vendor))
        before = [a for a in (row.accounts if row else []) if a != bill.iban]
        accounts = ([bill.iban] if bill.iban else []) + before
        await scope.run(
            scope.add_or_change(
                vendors,
                ["vendor_key"],
                vendor_key=vendor,
                bills=(row.bills if row else 0) + 1,
                since=min(row.since, bill.issued.isoformat()) if row else bill.issued.isoformat(),
                book_to=bill.book_to or (row.book_to if row else ""),
                accounts=accounts[:_ACCOUNTS_KEPT],
            )
        )

    async def _void(self, scope: Scope, bill: VoidBill, key: str) -> Outcome:
        row = await scope.one(scope.rows(bills, bills.c.id == int(bill.bill)))
        if row is None:
            raise LookupError(f"no bill {bill.bill}")
        if row.voided_by is not None:
            raise Permanent(f"bill {row.number} is void already")
        await scope.run(scope.change(bills, bills.c.id == row.id).values(voided_by=key))
        await self._forget(scope, row)
        return Outcome(reference=bill.bill)

    async def _forget(self, scope: Scope, voided: Row[tuple[object, ...]]) -> None:
        """A voided bill taught nothing: an account first seen on it is new again."""
        bill = RecordBill.model_validate(voided.body)
        same_account = scope.rows(
            bills,
            bills.c.vendor_key == voided.vendor_key,
            bills.c.voided_by.is_(None),
            bills.c.body["iban"].as_string() == bill.iban,
        )
        others = await scope.all(same_account.limit(1))
        for key in vendor_keys(bill.vendor, bill.vendor_vat):
            known = await scope.one(scope.rows(vendors, vendors.c.vendor_key == key))
            if known is None:
                continue
            kept = [a for a in known.accounts if a != bill.iban or others]
            await scope.run(
                scope.change(vendors, vendors.c.vendor_key == key).values(
                    bills=known.bills - 1, accounts=kept
                )
            )
