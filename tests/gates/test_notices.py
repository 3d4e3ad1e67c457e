"""Who hears of a refused reply, how often, and what is seen of those that nobody is told of."""

import pytest

from tests.agent import COMPANY, Firm, due_bill, mail_with, with_dkim
from tests.clients import Client

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


def _unsigned(firm: Firm, user: str = "owner") -> Client:
    return Client(servers=firm.servers, user=user, clock=firm.clock)


async def test_a_forger_does_not_use_up_the_notice_of_ones_own_mistake(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    tokenless = {"In_Reply_To": "<ops.x@corp.test>", "References": ""}
    guess = f"ops+{'a' * 42}@{firm.servers.domain}"
    forged = _unsigned(firm).answer(draft, "approve", To=guess, **tokenless)  # type: ignore[arg-type]
    await firm.arrives(forged, guess)
    assert len(await firm.news()) == 1
    await firm.arrives(_unsigned(firm).answer(draft, "approve"), draft.reply_to)
    (notice,) = await firm.news()  # in the same hour, and about another thing
    assert "mailagent enroll" in notice.text
    await firm.arrives(_unsigned(firm).answer(draft, "ok"), draft.reply_to)
    assert await firm.news() == []  # at most hourly, each


async def test_a_stranger_does_not_use_up_the_notice_either(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.arrives(_unsigned(firm, "stranger").answer(draft, "approve"), draft.reply_to)
    await firm.arrives(_unsigned(firm).answer(draft, "approve"), draft.reply_to)
    assert len(await firm.news()) == 2


async def test_what_is_set_aside_in_silence_is_seen_on_the_board(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.reply(draft, "approve", Auto_Submitted="auto-replied")
    assert await firm.news() == []
    async with firm.app.store.begin(COMPANY) as tx:
        (row,) = await tx.queue()
    assert "an answer was set aside: a machine sent it" in row.waits
    await firm.reply(draft, "approve")
    assert firm.states() == ["done"]
