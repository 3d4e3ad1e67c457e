"""The payment run: bills that are due become one file, by the code; and taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import etree

from mailagent.bootstrap import SystemClock
from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.payments import Payer, PaymentRules
from mailagent.demo.bills import Item
from mailagent.tasks.payments import TASK
from tests.agent import COMPANY, Firm, due_bill, mail_with, with_dkim
from tests.clients import Mail

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

DUE = SystemClock().now().date() + timedelta(days=5)
ITEM = Item(description="Goodwill", quantity=Decimal(1), price=Decimal(10))
OURS = "GB33BUKB20201555555555"


async def _authenticator(firm: Firm) -> Authenticator:
    made = new_authenticator()
    async with firm.app.store.begin(COMPANY) as tx:
        entry = Entry(actor="terminal", what="person.authenticator")
        await tx.save_authenticator("ann", made, entry)
    return made


def _code(firm: Firm, app: Authenticator) -> str:
    return app.code(int(firm.clock.now().timestamp()) // 30)


async def _run(firm: Firm) -> Mail:
    """Two bills are approved, and the day of the run comes."""
    today = firm.clock.now().date()
    for days in (3, 4):
        bill = due_bill(due=today + timedelta(days=days))
        await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")
    rules = PaymentRules(
        on=True, hour=0, weekday=today.weekday(), payer=Payer(name="Corp Ltd", account=OURS)
    )
    office = firm.app.office
    object.__setattr__(office, "payments", rules)  # as the settings would have it
    object.__setattr__(office, "tasks", {**office.tasks, TASK.name: TASK})
    await firm.tick("payments")
    (draft,) = await firm.news()
    assert "DE89370400440532013000" not in draft.text
    return draft


async def test_a_payment_file_is_approved_with_the_code_and_taken_back(firm: Firm) -> None:
    app = await _authenticator(firm)
    draft = await _run(firm)
    assert "2 payments" in draft.subject
    assert not draft.attachments  # nobody has it before it is approved
    question = await firm.answer_to(draft, "approve")
    assert "six digits" in question.text
    assert len(firm.files()) == 2
    receipt = await firm.answer_to(question, f"approve {_code(firm, app)}")
    assert "give it to the bank" in receipt.text.replace("\n", " ")
    (file,) = [raw for raw in firm.files() if b"pain.001" in raw]
    names = [e.text for e in etree.fromstring(file).iter("{*}EndToEndId")]
    assert [name.rpartition("-")[2] for name in names if name] == ["1", "2"]
    await firm.tick("payments")
    assert await firm.news() == []
    await firm.answer_to(receipt, "undo")
    assert len(firm.files()) == 2
    assert firm.rows("SELECT run FROM bills") == [(None,), (None,)]


async def test_one_is_left_out_by_the_name_of_its_case(firm: Firm) -> None:
    await _authenticator(firm)
    draft = await _run(firm)
    (ref,) = firm.rows("SELECT ref FROM cases WHERE id = 2")[0]
    again = await firm.answer_to(draft, f"without: {ref}")
    assert "one payment" in again.text.replace("\n", " ")
    assert ref in draft.text


async def test_a_bill_in_a_run_is_not_taken_out_of_the_books(firm: Firm) -> None:
    app = await _authenticator(firm)
    today = firm.clock.now().date()
    receipt = await firm.answer_to(
        await firm.draft_of(mail_with(due_bill(due=today + timedelta(days=3)))), "approve"
    )
    draft = await _run(firm)
    await firm.answer_to(draft, f"approve {_code(firm, app)}")
    undone = await firm.answer_to(receipt, "undo")
    assert "payment run" in undone.text.replace("\n", " ")
    assert all(not void for _, void in firm.bills())


async def test_a_credit_note_is_taken_off_and_comes_back(firm: Firm) -> None:
    app = await _authenticator(firm)
    note = due_bill(number="CN-7", type_code="381", due=None, items=(ITEM,))
    told = await firm.draft_of(mail_with(note))
    assert "the next payment file" in " ".join(told.text.split())
    await firm.answer_to(told, "approve")
    draft = await _run(firm)
    said = " ".join(draft.text.split())
    assert "1 payment," in draft.subject
    (case,) = firm.rows("SELECT ref FROM cases WHERE id = 1")[0]
    assert f"less credit note CN-7 ({case}) EUR 11.90, due" in said
    question = await firm.answer_to(draft, "approve")
    receipt = await firm.answer_to(question, f"approve {_code(firm, app)}")
    (file,) = [raw for raw in firm.files() if b"pain.001" in raw]
    root = etree.fromstring(file)
    found = [[e.text or "" for e in root.iter(f"{{*}}{n}")] for n in ("InstdAmt", "Ustrd")]
    assert found[0] == ["259.42"]  # 2 x 135.66 less 11.90
    assert found[1][0].endswith(", CN-7 -11.90")
    await firm.tick("payments")
    assert await firm.news() == []
    await firm.answer_to(receipt, "undo")
    assert firm.rows("SELECT run FROM bills") == [(None,)] * 3


async def test_a_deposit_is_not_paid_again(firm: Firm) -> None:
    app = await _authenticator(firm)
    told = await firm.draft_of(mail_with(due_bill(prepaid=Decimal("100.66"), due=DUE)))
    assert "EUR 35.00 are left to pay" in " ".join(told.text.split())
    await firm.answer_to(told, "approve")
    question = await firm.answer_to(await _run(firm), "approve")
    await firm.answer_to(question, f"approve {_code(firm, app)}")
    (file,) = [raw for raw in firm.files() if b"pain.001" in raw]
    paid = [e.text for e in etree.fromstring(file).iter("{*}InstdAmt")]
    assert sorted(map(str, paid)) == ["135.66", "135.66", "35.00"]
