"""The latest bills of each vendor: asked for whole on request, by an index every morning."""

from datetime import date, timedelta

from mailagent.core.capability import RecordBill
from mailagent.core.renewals import Came, Series, renewal, with_bill, without_bill
from mailagent.core.vendor import vendor_keys
from mailagent.store.chain import Chain
from mailagent.store.scope import Scope
from mailagent.store.tables import series

_MISSED = timedelta(days=30)  # what is missed longer than that has ended


class AllSeries(Chain):
    """One company's."""

    async def series(self) -> list[Series]:
        """The latest bills of every vendor."""
        return [Series.model_validate(row.body) for row in await self.all(self.rows(series))]

    async def series_missed(self, today: date) -> list[Series]:
        """Those whose next bill should have come by now, and not long ago."""
        missed = self.rows(
            series,
            series.c.late_on <= today.isoformat(),
            series.c.late_on > (today - _MISSED).isoformat(),
        )
        return [Series.model_validate(row.body) for row in await self.all(missed)]


async def note_bill(scope: Scope, bill: RecordBill, *, gone: bool = False) -> None:
    """A bill was recorded, or voided."""
    (key, *_) = vendor_keys(bill.vendor, bill.vendor_vat)
    wanted = (series.c.vendor_key == key, series.c.currency == bill.currency)
    row = await scope.one(scope.rows(series, *wanted))
    empty = Series(vendor=bill.vendor, currency=bill.currency, came=())
    before = Series.model_validate(row.body) if row else empty
    one = Came(day=bill.issued, total=bill.total, number=bill.number)
    after = (without_bill if gone else with_bill)(before, one)
    expected = renewal(after)
    await scope.run(
        scope.add_or_change(
            series,
            ["vendor_key", "currency"],
            vendor_key=key,
            currency=bill.currency,
            late_on=expected.late_on.isoformat() if expected else None,
            body=after.model_dump(mode="json"),
        )
    )
