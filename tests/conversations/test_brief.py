"""Many things, one reply: a burst of bills by mail, its brief, and what is answered to it."""

from collections.abc import Callable

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with, with_dkim
from tests.clients import Mail, Written, apple, gmail, outlook

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def _brief(firm: Firm) -> Mail:
    """Three drafts that ran out, in one mail."""
    for _ in range(3):
        await firm.arrives(mail_with(due_bill()))
    await firm.tamper("UPDATE drafts SET expires_at = '2000-01-01 00:00:00.000000'")
    await firm.tick("expiry")
    assert len(await firm.news()) == 3
    return await firm.brief()


@in_every_way
async def test_one_answer_by_number_settles_many_and_one_receipt_tells(firm: Firm) -> None:
    brief = await _brief(firm)
    assert brief.text.startswith("3 decisions wait for you. READY")
    receipt = await firm.answer_to(brief, "1 ok, 2 no, rest ok")
    assert receipt.subject == f"Re: {brief.subject}"
    assert receipt.text.startswith("Done: 1, 3. Rejected: 2.")
    assert len(firm.bills()) == 2
    undone = await firm.answer_to(receipt, "undo 1")
    assert undone.text.startswith("Undone: 1.")
    assert [void for _, void in firm.bills()].count(True) == 1
    assert await firm.chain_break() is None


@with_dkim
@pytest.mark.parametrize("style", [gmail, outlook, apple])
async def test_it_is_answered_from_every_mail_program(
    firm: Firm, style: Callable[[str, Mail], Written]
) -> None:
    brief = await _brief(firm)
    receipt = await firm.answer_to(brief, "2 no, rest ok", style=style)
    assert "Rejected: 2." in receipt.text
    assert len(firm.bills()) == 2


@with_dkim
async def test_an_unclear_answer_is_asked_about_in_the_same_thread(firm: Firm) -> None:
    brief = await _brief(firm)
    question = await firm.answer_to(brief, "1 ok, 2 maybe")
    assert "I did not understand" in question.text
    assert firm.nothing_happened()
    receipt = await firm.answer_to(question, "1 ok, 2 no")
    assert receipt.text.startswith("Done: 1. Rejected: 2.")
