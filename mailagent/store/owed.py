"""How it stands with a bill: the books first, then what waits for a word."""

from typing import Any

from sqlalchemy import Row

from mailagent.core.case import State
from mailagent.core.owed import AskBill, KnownBill, Standing
from mailagent.core.reading import Kind
from mailagent.core.vendor import vendor_keys
from mailagent.store.scope import Scope
from mailagent.store.tables import bills, cases, readings
from mailagent.store.vendors import numbered_so

_UNDECIDED = [s.value for s in State if s not in (State.DONE, State.REJECTED, State.IGNORED)]


class Owed(Scope):
    """Implements OwedBills."""

    async def known_bill(self, question: AskBill) -> KnownBill:
        """However its number is spelled, where it is booked; as it was read, where it is not."""
        booked = await self._booked_as(question)
        if booked is not None:
            found = await self.one(self.rows(cases, cases.c.id == booked.case))
            return KnownBill(
                number=booked.number,
                standing=Standing.HANDED_OVER if booked.run else Standing.BOOKED,
                case=found.ref if found else "",
                issued=booked.body["issued"],
                run=booked.run or "",
            )
        waits = await self._read_as(question, _UNDECIDED)
        if waits is not None:
            return KnownBill(number=question.number, standing=Standing.WAITS, case=waits.ref)
        declined = await self._read_as(question, [State.REJECTED.value])
        if declined is not None:
            return KnownBill(number=question.number, standing=Standing.DECLINED, case=declined.ref)
        return KnownBill(number=question.number)

    async def _booked_as(self, question: AskBill) -> Row[Any] | None:
        keys = vendor_keys(question.vendor, question.vat)
        found = await numbered_so(self, keys, question.number)
        last = found[-1].bill if found else 0
        return await self.one(self.rows(bills, bills.c.id == last)) if last else None

    async def _read_as(self, question: AskBill, states: list[str]) -> Row[Any] | None:
        """The newest of this vendor; a number alone may be anybody's."""
        fields = readings.c.body["fields"]
        found = self.rows(
            cases,
            cases.c.state.in_(states),
            readings.c.company == cases.c.company,
            readings.c.case == cases.c.id,
            readings.c.body["kind"].as_string() == Kind.INVOICE.value,
            fields["invoice_number"]["value"].as_string() == question.number,
        ).add_columns(
            fields["seller_name"]["value"].as_string().label("vendor"),
            fields["seller_vat"]["value"].as_string().label("vat"),
        )
        wanted = set(vendor_keys(question.vendor, question.vat))
        rows = await self.all(found.order_by(cases.c.id.desc()).limit(20))
        theirs = (r for r in rows if wanted & set(vendor_keys(r.vendor or "", r.vat or "")))
        return next(theirs, None)
