"""The embedded books and reminders: what they do, find again, and remember of a vendor."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.capability import CancelReminder, Outcome, VoidBill
from mailagent.core.errors import Permanent
from mailagent.core.question import AskVendor, KnownVendor
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.reminders import EmbeddedReminders
from mailagent.store.scope import embedded
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
        assert known.same_number == ("2025-01-01 (R-1)",)
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
