"""why, later, delegate, wrong: asked for by reply, answered once, nothing released."""

import pytest

from mailagent.core.audit import Entry
from mailagent.core.people import Address, Person
from tests.agent import COMPANY, Firm, due_bill, in_every_way, mail_with, with_dkim
from tests.clients import Client

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@in_every_way
async def test_why_says_where_each_value_comes_from(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    answer = await firm.answer_to(draft, "why?")
    assert answer.text.startswith("This is where each value comes from.")
    assert f"“{bill.number}”" in answer.text
    assert "data inside the document" in answer.text
    assert "passed: the totals add up" in answer.text
    assert firm.nothing_happened()
    await firm.reply(answer, "approve")  # it counts for the draft as before
    assert firm.states() == ["done"]


@with_dkim
async def test_why_names_the_reply_that_changed_a_value(firm: Firm) -> None:
    first = await firm.draft_of(mail_with(due_bill()))
    second = await firm.answer_to(first, "book to 6820")
    answer = await firm.answer_to(second, "why")
    assert "6820 (your reply: “book to 6820”)" in answer.text


async def test_what_is_put_off_comes_back_with_a_fresh_token(firm: Firm) -> None:
    first = await firm.draft_of(mail_with(due_bill()))
    answer = await firm.answer_to(first, "later 3d")
    assert answer.text.startswith("Put off until")
    await firm.tick("snoozes")
    assert await firm.news() == []
    firm.clock.ahead = firm.days(4)
    await firm.tick("snoozes")
    (second,) = await firm.news()
    assert second.subject == first.subject
    assert second.message_id != first.message_id
    await firm.answer_to(second, "approve")
    assert len(firm.bills()) == 1


@with_dkim
async def test_a_draft_that_is_put_off_does_not_come_back_when_it_expires(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(draft, "later 20d")
    firm.clock.ahead = firm.days(8)
    await firm.tick("expiry")
    assert await firm.news() == []
    firm.clock.ahead = firm.days(21)
    await firm.tick("snoozes")
    assert len(await firm.news()) == 1


@with_dkim
async def test_what_was_put_off_can_be_approved_before(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(draft, "later")
    await firm.answer_to(draft, "approve")
    firm.clock.ahead = firm.days(2)
    await firm.tick("snoozes")
    assert await firm.news() == []


async def _enrol_ben(firm: Firm) -> Client:
    """A second person."""
    ben = Client(servers=firm.servers, user="ben", clock=firm.clock, signer=firm.owner.signer)
    async with firm.app.store.begin(COMPANY) as tx:
        (ann,) = await tx.people()
        pin = ann.addresses[0].pin
        person = Person(
            id="ben", name="Ben Ode", addresses=(Address(address=ben.address, pin=pin),)
        )
        await tx.save_person(person, Entry(actor="test", what="person.known"))
    return ben


@with_dkim
async def test_a_delegate_gets_a_draft_of_his_own_and_decides(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    ben = await _enrol_ben(firm)
    answer = await firm.answer_to(draft, f"delegate {ben.address}")
    assert answer.text.startswith("Ben Ode decides this now.")
    (his,) = await ben.inbox(1)
    assert his.subject == draft.subject
    assert his.message_id != draft.message_id
    raw = ben.answer(his, "approve", From=f"Ben Ode <{ben.address}>")
    await ben.send(raw, his.reply_to)
    await firm._taken_in()
    assert firm.states() == ["done"]
    ((who,),) = firm.rows("SELECT actor FROM audit WHERE what = 'case.approve'")
    assert who == "ben"


@with_dkim
async def test_nothing_is_handed_to_somebody_who_is_not_enrolled(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    question = await firm.answer_to(draft, "delegate mallory@evil.example")
    assert "is enrolled here" in question.text
    assert firm.rows("SELECT * FROM delegations") == []


async def test_wrong_opens_an_incident_and_asks(firm: Firm) -> None:
    receipt = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    answer = await firm.answer_to(receipt, "wrong")
    assert answer.text.startswith("Noted: this was wrong.")
    ((case, version, person),) = firm.rows('SELECT "case", version, person FROM incidents')
    assert (version, person) == (1, "ann")
    assert firm.rows("SELECT what FROM audit WHERE what = 'incident.opened' AND \"case\" = ?", case)
    await firm.answer_to(answer, "undo")  # an answer to it counts for the receipt
    assert [void for _, void in firm.bills()] == [True]


@with_dkim
async def test_help_tells_the_words(firm: Firm) -> None:
    answer = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "help")
    assert "approve not 2" in answer.text
