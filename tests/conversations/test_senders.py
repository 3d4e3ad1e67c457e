"""What a person says that a mail is: it lies aside, and the next one of that sender as well."""

import pytest

from mailagent.core.reading import Kind
from tests.agent import Firm, with_dkim
from tests.documents import Letterhead, plain_mail

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


def letter(firm: Firm, n: int) -> bytes:
    head = Letterhead(
        sender="Shop <hello@shop.example>", recipient=firm.ops, message_id=f"<{n}@shop.example>"
    )
    return plain_mail(head, f"Our week {n}", "The garden is open again, and the cat is back.")


@with_dkim
async def test_a_mail_that_is_said_to_be_a_newsletter(firm: Firm) -> None:
    draft = await firm.draft_of(letter(firm, 1))
    answer = await firm.answer_to(draft, "this is a newsletter")
    assert "hello@shop.example" in answer.text
    assert firm.states() == ["ignored"]
    await firm.arrives(letter(firm, 2))
    assert await firm.news() == []
    assert firm.nothing_happened()
    (taught,) = firm.rows("SELECT seen, kind, person FROM lessons_on_senders")
    assert taught == (Kind.CORRESPONDENCE.value, Kind.NEWSLETTER.value, "ann")


@with_dkim
async def test_a_mail_that_is_said_to_be_a_bill(firm: Firm) -> None:
    draft = await firm.draft_of(letter(firm, 1))
    again = await firm.answer_to(draft, "this is a bill")
    (task,) = firm.rows("SELECT task FROM cases")
    assert task == ("bills",)
    assert again.subject
    assert firm.nothing_happened()
