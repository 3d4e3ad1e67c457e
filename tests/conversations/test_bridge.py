"""An approved bill goes to the accounting tool; its answer is told, and so is its silence."""

from datetime import timedelta

import pytest

from mailagent.core.bridge import BridgeRules, Tool
from mailagent.core.handover import HandedState
from tests.agent import Firm, due_bill, mail_with, with_dkim
from tests.clients import Mail
from tests.conversations.test_ask import OUTSIDER, answers, app_of, approve, copied, outside
from tests.documents import Bill

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


def bridged(firm: Firm) -> None:
    """As the settings would have it."""
    office = firm.app.office
    rules = BridgeRules(tool=Tool.DEXT, address=OUTSIDER)
    company = office.company.model_copy(update={"bridge": rules})
    object.__setattr__(office, "company", company)


async def handed_over(firm: Firm) -> tuple[Bill, Mail]:
    """A bill that was approved, and the mail that the tool got."""
    bridged(firm)
    app = await app_of(firm)
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    assert f"to Dext, {OUTSIDER}, for the first time" in " ".join(draft.text.split())
    receipt = await firm.answer_to(draft, approve(firm, app))
    assert "sent the original to Dext" in " ".join(receipt.text.split())
    (mail,) = await outside(firm, 1)
    await copied(firm)
    return bill, mail


def state(firm: Firm) -> str:
    ((found,),) = firm.rows("SELECT state FROM handovers")
    return str(found)


async def test_the_original_goes_out_once_and_its_receiver_confirms_it(firm: Firm) -> None:
    bill, mail = await handed_over(firm)
    assert f"Number: {bill.number}" in mail.text
    (enclosed,) = mail.attachments
    assert enclosed.endswith(".pdf")
    assert state(firm) == HandedState.WAITING
    await answers(firm, mail, "Thank you, we have received your document.")
    assert state(firm) == HandedState.CONFIRMED
    assert await firm.news() == []
    assert firm.states() == ["done"]
    assert await firm.chain_break() is None


async def test_a_refusal_is_told(firm: Firm) -> None:
    _, mail = await handed_over(firm)
    await answers(firm, mail, "We could not process your document: no attachment found.")
    assert state(firm) == HandedState.REJECTED
    (notice,) = await firm.news()
    assert "was not taken" in notice.text
    assert "no attachment found" in notice.text


async def test_silence_is_told_in_the_brief_and_ends_with_an_answer(firm: Firm) -> None:
    _, mail = await handed_over(firm)
    firm.clock.ahead += timedelta(days=4)
    await firm.tick("handovers")
    assert state(firm) == HandedState.SILENT
    assert await firm.news() == []
    brief = await firm.brief()
    assert "Dext has not answered to" in " ".join(brief.text.split())
    await answers(firm, mail, "Your document was processed.")
    assert state(firm) == HandedState.CONFIRMED


async def test_the_second_bill_needs_no_code_and_is_left_out_by_its_number(firm: Firm) -> None:
    await handed_over(firm)
    draft = await firm.draft_of(mail_with(due_bill()))
    assert "for the first time" not in draft.text
    await firm.answer_to(draft, "approve not 4")
    assert len(await outside(firm)) == 1


async def test_an_undo_says_that_the_mail_stays_sent(firm: Firm) -> None:
    bridged(firm)
    app = await app_of(firm)
    draft = await firm.draft_of(mail_with(due_bill()))
    receipt = await firm.answer_to(draft, approve(firm, app))
    await copied(firm)
    undone = await firm.answer_to(receipt, "undo")
    assert "Dext" in undone.text
    assert all(void for _, void in firm.bills())
