"""A payment reminder: it is told how it stands with its bill, and a changed account stops it."""

import pytest

from mailagent.demo.bills import Bill
from tests.agent import Firm, due_bill, mail_with, with_dkim
from tests.conversations.test_orders import sent

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


def reminder(bill: Bill, account: str) -> bytes:
    text = f"""\
{bill.seller}
PAYMENT REMINDER

Dear customer,
our invoice {bill.number} of {bill.issued:%d %B %Y} is overdue. Please pay the amount due.

Invoice {bill.number}    amount due    EUR {bill.total}

Bank account: IBAN {account}
"""
    return text.encode()


async def told(firm: Firm, content: bytes) -> str:
    await firm.hand_in(sent(firm, content, "reminder.txt", signed=False, who="a <x@y.example>"))
    (draft,) = await firm.news()
    return " ".join(draft.text.split())


async def test_a_reminder_finds_its_bill(firm: Firm) -> None:
    bill = due_bill()
    assert f"bill {bill.number} never came here" in await told(firm, reminder(bill, bill.iban))
    draft = await firm.draft_of(mail_with(bill))
    assert f"bill {bill.number} waits for a decision" in await told(
        firm, reminder(bill, bill.iban) + b"second\n"
    )
    await firm.answer_to(draft, "approve")
    said = await told(firm, reminder(bill, bill.iban) + b"third\n")
    assert f"bill {bill.number} is approved and booked" in said
    assert "the bank account has changed" not in said
    said = await told(firm, reminder(bill, "GB33BUKB20201555555555"))
    assert "STOP: the bank account changed" in said
    assert f"bill {bill.number} is approved and booked" in said
