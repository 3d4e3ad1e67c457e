"""The embedded books and reminders: what they do, find again, and remember of a vendor."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from mailagent.core.capability import CancelReminder, Outcome, VoidBill
from mailagent.core.errors import Permanent
from mailagent.core.orders import Ordered, PurchaseOrder
from mailagent.core.owed import AskBill, KnownBill, Standing
from mailagent.core.payloads.orders import RecordOrders, take_back
from mailagent.core.question import AskOrders, AskVendor, KnownVendor
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.orders import EmbeddedOrders
from mailagent.store.reminders import EmbeddedReminders
from mailagent.store.scope import embedded
from mailagent.store.tables import bills
from tests.desk import open_desk
from tests.values import record_bill, set_reminder

LEDGER, REMINDERS = EmbeddedLedger(), EmbeddedReminders()
IBAN, NEW_IBAN = "DE02120300000000202051", "GB33BUKB20201555555555"
VOID = VoidBill(bill="1", vendor="Acme GmbH", number="R-2026-7")


async def vendor(tx: Any, number: str = "") -> KnownVendor:
    return await LEDGER.vendor(tx, AskVendor(vendor="ACME", vat="DE 123 456 789", number=number))


async def test_nothing_is_known_of_a_stranger(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert await vendor(tx) == KnownVendor()


async def test_what_is_recorded_is_found_by_its_key_and_known_of_the_vendor(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert await LEDGER.find(tx, record_bill(), "k1") is None
        assert await LEDGER.perform(tx, 1, record_bill(), "k1") == Outcome(reference="1")
        assert await LEDGER.find(tx, record_bill(), "k1") == Outcome(reference="1")
        early = record_bill(number="R-1", issued=date(2025, 1, 1), iban=NEW_IBAN, book_to="")
        await LEDGER.perform(tx, 2, early, "k2")
        known = await vendor(tx, "R-1")
        assert known.bills == 2
        assert known.since == date(2025, 1, 1)
        assert known.book_to == "4980"
        assert known.accounts == (NEW_IBAN, IBAN)
        assert known.same_number == ("R-1 (2025-01-01)",)
        assert [(r.bill.number, r.void) for r in await tx.bills()] == [
            ("R-2026-7", False),
            ("R-1", False),
        ]


async def test_the_last_five_accounts_are_remembered(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        for number in range(7):
            await LEDGER.perform(tx, 1, record_bill(iban=f"I{number}"), f"k{number}")
        await LEDGER.perform(tx, 1, record_bill(iban="I4"), "again")
        assert (await vendor(tx)).accounts == ("I4", "I6", "I5", "I3", "I2")


async def test_a_voided_bill_taught_nothing(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(iban=NEW_IBAN), "k1")
        await LEDGER.perform(tx, 2, record_bill(number="R-8"), "k2")
        assert await LEDGER.find(tx, VOID, "k3") is None
        await LEDGER.perform(tx, 1, VOID, "k3")
        assert await LEDGER.find(tx, VOID, "k3") == Outcome(reference="1")
        known = await vendor(tx, "R-2026-7")
        assert (known.bills, known.accounts, known.same_number) == (1, (IBAN,), ())
        assert [r.void for r in await tx.bills()] == [True, False]


async def test_an_account_that_another_bill_shows_stays_known(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        await LEDGER.perform(tx, 2, record_bill(number="R-8"), "k2")
        await LEDGER.perform(tx, 1, VOID, "k3")
        assert (await vendor(tx)).accounts == (IBAN,)


async def test_a_bill_is_voided_once(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        await LEDGER.perform(tx, 1, VOID, "k2")
        with pytest.raises(Permanent, match="void already"):
            await LEDGER.perform(tx, 1, VOID, "k3")
        assert (await vendor(tx)).bills == 0


async def test_a_reminder_is_set_found_and_cancelled(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        done = await REMINDERS.perform(tx, 1, set_reminder(), "k1")
        assert await REMINDERS.find(tx, set_reminder(), "k1") == done
        assert await tx.due_reminders("2026-12-01") == []
        (due,) = await tx.due_reminders("2026-12-02")
        assert (due.person, due.case, due.day) == ("ann", 1, "2026-12-02")
        cancel = CancelReminder(reminder=done.reference, text="x")
        assert await REMINDERS.find(tx, cancel, "k2") is None
        assert await REMINDERS.perform(tx, 1, cancel, "k2") == Outcome(reference="1")
        assert await REMINDERS.find(tx, cancel, "k2") == Outcome(reference="1")
        assert await tx.due_reminders("2026-12-02") == []


async def test_a_reminder_that_went_out_cannot_be_unsent(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await REMINDERS.perform(tx, 1, set_reminder(), "k1")
        await tx.reminder_sent(1)
        cancelled = await REMINDERS.perform(tx, 1, CancelReminder(reminder="1", text=""), "k2")
        assert cancelled.detail == "already sent"


async def test_they_refuse_what_is_not_theirs(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        with pytest.raises(TypeError, match=r"reminders\.set"):
            await LEDGER.perform(tx, 1, set_reminder(), "k")
        with pytest.raises(TypeError, match=r"ledger\.record_bill"):
            await REMINDERS.perform(tx, 1, record_bill(), "k")
    with pytest.raises(TypeError, match="embedded store"):
        embedded(object())  # type: ignore[arg-type]


async def test_who_takes_a_vendors_name_is_compared_with_that_vendors_past(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        for vat in ("", "DE987654321"):
            question = AskVendor(vendor="Acme GmbH", vat=vat, number="R-2026-7")
            known = await LEDGER.vendor(tx, question)
            assert (known.bills, known.accounts) == (1, (IBAN,))
            assert known.same_number
        await LEDGER.perform(tx, 1, VOID, "k2")
        assert (await LEDGER.vendor(tx, AskVendor(vendor="Acme"))).accounts == ()


# -- what a later bill could share with one in the books -------------------------------------------


def asked(**changes: Any) -> AskVendor:
    bill = record_bill()
    given = {
        "vendor": bill.vendor,
        "vat": bill.vendor_vat,
        "number": "R-2026-8",
        "total": bill.total,
        "currency": bill.currency,
        "issued": bill.issued,
        "document": "ab" * 32,
    }
    return AskVendor(**{**given, **changes})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, {"same_amount"}),
        ({"number": "R-2026-7"}, {"same_number"}),
        ({"number": "r 2026/7"}, {"same_number", "same_amount"}),
        ({"number": "R-2026-7", "vat": ""}, {"same_number"}),
        ({"number": "R-2026-7", "vendor": "Acme Trading"}, {"same_number"}),  # by its tax number
        ({"number": "R-2026-7", "vendor": "Else", "vat": ""}, set()),
        ({"number": "R-2026-7", "total": Decimal(-119)}, set()),  # a credit note of that number
        ({"issued": date(2026, 11, 23)}, {"same_amount"}),
        ({"issued": date(2026, 11, 24)}, set()),
        ({"total": Decimal("119.01")}, set()),
        ({"currency": "USD"}, set()),
        ({"issued": None, "total": None}, set()),
        ({"document": record_bill().document, "total": Decimal(5)}, {"same_file"}),
        ({"document": record_bill().document, "part": 2, "total": Decimal(5)}, set()),
    ],
)
async def test_a_twin_is_found(tmp_path: Path, changes: dict[str, Any], same: set[str]) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        known = await LEDGER.vendor(tx, asked(**changes))
        ways = ("same_number", "same_amount", "same_file")
        twins = {name for name in ways if getattr(known, name)}
        assert twins == same
        await LEDGER.perform(tx, 1, VOID, "k2")
        known = await LEDGER.vendor(tx, asked(**changes))
        assert (known.same_number, known.same_amount, known.same_file) == ((), (), ())


@pytest.mark.parametrize(
    ("number", "again", "issued", "twin"),
    [
        ("12", "12", date(2026, 3, 1), True),
        ("12", "012", date(2026, 3, 1), True),
        ("12", "12", date(2027, 1, 10), False),  # of the next year
        ("7", "7", date(2025, 11, 1), False),
        ("2026012", "2026012", date(2027, 1, 10), True),  # no number of a year comes again
        ("R-12", "R-12", date(2027, 1, 10), True),
        ("12", "13", date(2026, 3, 1), False),
        ("12", "112", date(2026, 3, 1), False),
        ("0012", "12", date(2026, 3, 1), True),
    ],
)
async def test_small_numbers_begin_anew_each_year(
    tmp_path: Path, number: str, again: str, issued: date, twin: bool
) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        first = date(2026, 2, 1) if issued.year > 2025 else date(2026, 11, 1)
        await LEDGER.perform(tx, 1, record_bill(number=number, issued=first), "k1")
        known = await LEDGER.vendor(tx, asked(number=again, issued=issued, total=Decimal(5)))
        assert bool(known.same_number) is twin


async def test_the_last_amounts_and_senders_are_remembered(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        for n in range(1, 15):
            bill = record_bill(number=f"R-{n}", total=Decimal(n), sender_domain=f"{n % 2}.test")
            await LEDGER.perform(tx, n, bill, f"k{n}")
        dollars = record_bill(number="D", total=Decimal(7), currency="USD")
        await LEDGER.perform(tx, 15, dollars, "d")
        known = await LEDGER.vendor(tx, asked())
        assert known.amounts == tuple(map(Decimal, range(14, 2, -1)))
        assert known.domains == ("0.test", "1.test")
        assert (await LEDGER.vendor(tx, asked(currency="USD"))).amounts == (Decimal(7),)
        await LEDGER.perform(tx, 15, VOID.model_copy(update={"bill": "15"}), "v")
        assert (await LEDGER.vendor(tx, asked(currency="USD"))).amounts == ()


@pytest.mark.parametrize(
    ("vendor", "domain", "alike"),
    [
        ("Nordlicht Hosting GmbH", "", ()),
        ("N\u043erdlicht Hosting GmbH", "", ("Nordlicht Hosting",)),
        ("Nordlich Hosting", "", ("Nordlicht Hosting",)),
        ("Südlicht Hosting", "", ()),
        ("Anything else", "nordlicht.example", ()),
        ("Anything else", "nordlicht.com", ("Nordlicht Hosting",)),
        ("Anything else", "nordlcht.example", ("Nordlicht Hosting",)),
        ("Nordlicht Hosting", "mail.n0rdlicht.example", ("Nordlicht Hosting",)),
        ("Anything else", "gmail.example", ()),
    ],
)
async def test_who_could_be_taken_for_a_vendor(
    tmp_path: Path, vendor: str, domain: str, alike: tuple[str, ...]
) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        known = record_bill(vendor="Nordlicht Hosting", sender_domain="nordlicht.example")
        await LEDGER.perform(tx, 1, known, "k1")
        question = asked(vendor=vendor, vat="", domain=domain)
        assert (await LEDGER.vendor(tx, question)).alike == alike
        await LEDGER.perform(tx, 1, VOID, "k2")
        assert (await LEDGER.vendor(tx, question)).alike == ()


async def test_bills_that_a_credit_note_speaks_of(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        known = await LEDGER.vendor(tx, asked(corrects=("R-2026-7", "R-2026-6")))
        assert known.unknown == ("R-2026-6",)


@pytest.mark.slow
async def test_a_question_costs_the_same_after_many_bills(tmp_path: Path) -> None:
    """No plan of a question walks a table: every one goes by an index."""
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        scope = embedded(tx)
        run, plans = scope.run, list[str]()

        async def explained(statement: Any, rows: Any = None) -> Any:
            given = {"literal_binds": True}
            compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs=given)
            found = await run(text(f"EXPLAIN QUERY PLAN {compiled}"))
            plans.extend(str(row.detail) for row in found.all())
            return await run(statement, rows)

        scope.run = explained  # type: ignore[method-assign]
        strange = asked(vendor="Other", vat="DE1", domain="x.test", corrects=("R-1",))
        await LEDGER.vendor(tx, strange)
        await LEDGER.vendor(tx, asked(number="CN", total=Decimal(-5), corrects=("R-2026-7",)))
        assert plans
        assert [plan for plan in plans if plan.startswith("SCAN")] == []


async def test_orders_are_kept_once_and_taken_back(tmp_path: Path) -> None:
    orders = EmbeddedOrders()
    old = PurchaseOrder(number="PO-7", vendor="Acme", net=Decimal(1000))
    new = PurchaseOrder(number="PO-8", vendor="Acme")
    larger = old.model_copy(update={"net": Decimal(2000)})
    kept = RecordOrders(orders=(larger, new), before=(old,), document="")
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await tx.save_orders([old])
        assert await orders.find(tx, kept, "k") is None
        done = await orders.perform(tx, 1, kept, "k")
        assert done.reference == "PO-7, PO-8"
        assert await orders.find(tx, kept, "k") == done
        assert [one.order for one in await tx.all_orders()] == [larger, new]
        asked_for = AskOrders(numbers=("po 7", "PO-99"))
        assert (await tx.known_orders(asked_for)).orders == (Ordered(order=larger),)
        await orders.perform(tx, 1, take_back(kept), "b")
        assert [one.order for one in await tx.all_orders()] == [old]


async def test_what_is_billed_for_an_order_adds_up(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        strange = await LEDGER.vendor(tx, asked(order="PO-7"))
        assert (strange.has_orders, strange.order) == (False, None)
        order = PurchaseOrder(number="PO-7", vendor="Acme", net=Decimal(1000))
        assert await tx.save_orders([order]) == 1
        for n in (1, 2):
            await LEDGER.perform(tx, n, record_bill(number=f"R-{n}", order="po 7"), f"k{n}")
        known = await LEDGER.vendor(tx, asked(order="PO 7"))
        assert known.order == Ordered(order=order, net=Decimal(200), total=Decimal(238))
        larger = order.model_copy(update={"net": Decimal(2000)})
        assert await tx.save_orders([larger]) == 0  # what was billed stays
        await LEDGER.perform(tx, 1, VOID, "v")
        known = await LEDGER.vendor(tx, asked(order="PO 7"))
        assert known.order == Ordered(order=larger, net=Decimal(100), total=Decimal(119))
        unknown = await LEDGER.vendor(tx, asked(order="PO 8"))
        assert (unknown.has_orders, unknown.order) == (True, None)
        assert (await LEDGER.vendor(tx, asked(order="n/a"))).has_orders is False


async def test_a_bill_with_something_off_is_to_be_paid_in_time_for_that(tmp_path: Path) -> None:
    early = record_bill(
        due=date(2026, 12, 20), discount=Decimal(2), discount_until=date(2026, 11, 25)
    )
    gone = record_bill(
        number="R-2",
        due=date(2026, 12, 20),
        discount=Decimal(2),
        discount_until=date(2026, 11, 19),
    )
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        for number, one in enumerate((early, gone), 1):
            await LEDGER.perform(tx, number, one, f"k{number}")
        soon = await tx.payable(date(2026, 11, 27))
        assert [booked.bill.number for booked in soon] == [early.number]
        assert len(await tx.payable(date(2026, 12, 20))) == 2


async def owed(tx: Any, number: str, vendor: str = "Acme") -> KnownBill:
    found: KnownBill = await tx.known_bill(AskBill(vendor=vendor, number=number))
    return found


async def test_how_it_stands_with_a_bill(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert await owed(tx, "R-2026-7") == KnownBill(number="R-2026-7")
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        found = await owed(tx, "r 2026/7")  # however it is spelled
        assert (found.number, found.standing) == ("R-2026-7", Standing.BOOKED)
        assert (await owed(tx, "R-2026-7", "Globex")).standing is Standing.UNKNOWN
        scope = embedded(tx)
        await scope.run(scope.change(bills, bills.c.id == 1).values(run="run-1"))
        found = await owed(tx, "R-2026-7")
        assert (found.standing, found.run) == (Standing.HANDED_OVER, "run-1")


async def test_a_credit_note_of_the_same_number_is_no_bill_that_is_owed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(total=Decimal(-119), net=None, tax=None), "k1")
        assert (await owed(tx, "R-2026-7")).standing is Standing.UNKNOWN
        again = AskVendor(vendor="Acme", number="R-2026-7", total=Decimal(119), currency="EUR")
        assert (await LEDGER.vendor(tx, again)).same_number == ()


async def test_a_subscription_of_the_same_amount_is_no_duplicate(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        asked = AskVendor(vendor="Acme GmbH", number="R-2026-8", total=Decimal(119), currency="EUR")
        for days, twins in ((3, 1), (7, 0), (30, 0)):
            issued = record_bill().issued + timedelta(days=days)
            known = await LEDGER.vendor(tx, asked.model_copy(update={"issued": issued}))
            assert len(known.same_amount) == twins
        theirs = {"vendor": "Acme Logistics GmbH", "issued": record_bill().issued}
        group = asked.model_copy(update=theirs)
        assert (await LEDGER.vendor(tx, group)).same_amount == ()  # another company of the group


@pytest.mark.parametrize(
    ("again", "twin"),
    [
        ("INV-12", True),
        ("INV 0012", True),
        ("0012", True),
        ("INV-OO12", True),
        ("INV-120", False),
        ("INV-13", False),
        ("CN-12", False),
    ],
)
async def test_a_number_is_known_however_it_is_spelled(
    tmp_path: Path, again: str, twin: bool
) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(number="INV-0012"), "k1")
        known = await LEDGER.vendor(tx, asked(number=again, total=Decimal(5)))
        assert known.same_number == (("INV-0012 (2026-11-18)",) if twin else ())
        assert ((await owed(tx, again)).standing is Standing.BOOKED) is twin
        correcting = asked(number="CN-1", total=Decimal(-5), corrects=(again,))
        assert (await LEDGER.vendor(tx, correcting)).unknown == (() if twin else (again,))


@pytest.mark.parametrize(
    ("changes", "mirrored"),
    [
        ({"number": "R-2026-7", "total": Decimal(-119)}, True),
        ({"number": "r 2026/07", "total": Decimal(-119)}, True),
        ({"number": "R-2026-7", "total": Decimal(-19)}, False),  # a part of it
        ({"number": "R-2026-7", "total": Decimal(-119), "currency": "USD"}, False),
        ({"number": "CN-7", "total": Decimal(-119)}, False),
        ({"number": "R-2026-7", "total": Decimal(119)}, False),  # a twin
    ],
)
async def test_a_bill_that_comes_again_as_a_credit_note(
    tmp_path: Path, changes: dict[str, Any], mirrored: bool
) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        known = await LEDGER.vendor(tx, asked(**changes))
        assert known.the_other_way == (("R-2026-7 (2026-11-18)",) if mirrored else ())


async def test_what_is_left_of_a_bill_that_is_credited(tmp_path: Path) -> None:
    note = {"net": None, "tax": None, "corrects": ("r 2026/7",)}
    question = asked(number="CN-9", total=Decimal(-100), corrects=("R-2026-7",))
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert (await LEDGER.vendor(tx, question)).left is None
        await LEDGER.perform(tx, 1, record_bill(), "k1")
        assert (await LEDGER.vendor(tx, question)).left == Decimal(119)
        await LEDGER.perform(tx, 2, record_bill(number="CN-8", total=Decimal(-20), **note), "k2")
        assert (await LEDGER.vendor(tx, question)).left == Decimal(99)
        other = record_bill(number="CN-10", total=Decimal(-50), **{**note, "corrects": ("R-70",)})
        await LEDGER.perform(tx, 3, other, "k3")
        assert (await LEDGER.vendor(tx, question)).left == Decimal(99)
        dollars = question.model_copy(update={"currency": "USD"})
        assert (await LEDGER.vendor(tx, dollars)).left is None
        await LEDGER.perform(tx, 2, VOID.model_copy(update={"bill": "2"}), "v")
        assert (await LEDGER.vendor(tx, question)).left == Decimal(119)
        assert (await LEDGER.vendor(tx, question)).currencies == ("EUR",)
