"""What the agent asks when it does not know, and what it leaves alone. Ids: GATES.md."""

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with, with_dkim
from tests.clients import Mail
from tests.documents import Letterhead, newsletter, plain_mail
from tests.fragile_child import KILLER

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

HEAD = Letterhead(recipient="ops@corp.test")


@in_every_way
async def test_a_plain_mail_is_asked_about_and_can_be_set_aside(firm: Firm) -> None:
    draft = await firm.draft_of(plain_mail(HEAD, "Keys", "The keys are under the mat."))
    assert firm.states() == ["needs_owner"]
    assert draft.text.startswith("I do not know what to do with this.")
    receipt = await firm.answer_to(draft, "reject")
    assert receipt.text.startswith("Rejected. Nothing was done.")
    assert firm.states() == ["rejected"]
    assert len(await firm.folder("Ops/Done")) == 2


async def test_what_cannot_be_done_cannot_be_approved(firm: Firm) -> None:
    draft = await firm.draft_of(plain_mail(HEAD, "Keys", "The keys are under the mat."))
    question = await firm.answer_to(draft, "approve")
    assert "Nothing happened" in question.text
    assert firm.states() == ["needs_owner"]


async def test_a_newsletter_is_set_aside_without_a_word(firm: Firm) -> None:
    await firm.arrives(newsletter(HEAD))
    assert await firm.news() == []
    assert firm.states() == []
    assert len(await firm.folder("Ops/Aside")) == 1


async def test_a_document_that_kills_its_reader_stops_nothing_else(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill(), KILLER))
    assert draft.text.startswith("I cannot read this")
    assert firm.states() == ["needs_owner"]
    bill = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(bill, "approve")
    assert firm.states() == ["needs_owner", "done"]


async def test_what_is_not_understood_is_asked_about_and_then_once_a_day(
    firm: Firm,
) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    question = await firm.answer_to(draft, "I approve of the idea but let's wait")  # A40
    assert question.text.startswith("Nothing happened")
    assert "but let's wait" in question.text
    again = await firm.answer_to(draft, "hm, let me think about it")  # once more, once a day
    assert "It still waits." in again.text
    await firm.reply(draft, "so what do we do with that thing now")
    assert await firm.news() == []
    assert firm.nothing_happened()
    await firm.reply(question, "approve")  # an answer to the question counts for the draft
    assert firm.states() == ["done"]


@pytest.mark.parametrize(
    "own",
    [
        "",  # A44, A26: nothing of one's own above what others wrote
        "\N{THUMBS UP SIGN}",  # A44
        "-- \napprove",  # A41
    ],
)
@with_dkim
async def test_what_is_more_or_less_than_the_word_releases_nothing(firm: Firm, own: str) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    question = await firm.answer_to(draft, own)
    assert "Nothing happened" in question.text
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]


async def test_a_duplicate_bill_says_so_first(firm: Firm) -> None:
    bill = due_bill()
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")
    draft = await firm.draft_of(mail_with(bill))
    assert draft.text.startswith("Look first: 1 of")
    assert "this bill was recorded before" in draft.text.partition("Reply")[0].lower()


async def test_a_changed_bank_account_stops_and_asks_for_the_code(firm: Firm) -> None:  # A48
    await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    draft = await firm.draft_of(mail_with(due_bill(iban="GB29NWBK60161331926819")))
    assert draft.subject.startswith("STOP")
    assert draft.attachments == []
    assert "mailto:" not in draft.html
    notice = await firm.answer_to(draft, "approve")
    assert "code" in notice.text
    assert firm.refusals() == {"G10"}
    assert len(firm.bills()) == 1


async def test_a_stop_can_be_rejected_without_a_code(firm: Firm) -> None:
    await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    draft = await firm.draft_of(mail_with(due_bill(iban="GB29NWBK60161331926819")))
    await firm.answer_to(draft, "reject fraud")
    assert firm.states() == ["done", "rejected"]


async def test_an_undone_bill_teaches_no_bank_account(firm: Firm) -> None:
    receipt = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    await firm.answer_to(receipt, "undo")
    draft = await firm.draft_of(mail_with(due_bill(iban="GB29NWBK60161331926819")))
    assert not draft.subject.startswith("STOP")


async def test_an_approve_after_the_token_expired_brings_the_draft_again(firm: Firm) -> None:
    first = await firm.draft_of(mail_with(due_bill()))
    firm.clock.ahead = firm.days(8)
    back_dated = first["Date"]
    second = await firm.answer_to(first, "approve", Date=back_dated)  # A07
    assert firm.nothing_happened()
    assert (second.subject, second.text.split(" -- ")[0]) == (
        first.subject,
        first.text.split(" -- ")[0],
    )
    await firm.reply(first, "approve")  # A08: superseded by now
    again = (await firm.owner.inbox(3))[2]
    assert again.message_id == second.message_id
    assert firm.nothing_happened()
    await firm.answer_to(second, "approve")
    assert len(firm.bills()) == 1


async def test_a_draft_that_nobody_answers_comes_back_in_the_brief(firm: Firm) -> None:
    await firm.draft_of(mail_with(due_bill()))
    firm.clock.ahead = firm.days(8)
    await firm.tick("expiry")
    assert await firm.news() == []
    await firm.answer_to(await firm.brief(), "1 approve")
    assert len(firm.bills()) == 1


async def test_a_question_that_nobody_answers_comes_back_in_the_brief(firm: Firm) -> None:
    await firm.draft_of(plain_mail(HEAD, "Keys", "The keys are under the mat."))
    firm.clock.ahead = firm.days(8)
    await firm.tick("expiry")
    await firm.answer_to(await firm.brief(), "1 no")
    assert firm.states() == ["rejected"]


async def test_a_late_answer_to_a_question_brings_it_again(firm: Firm) -> None:
    first = await firm.draft_of(plain_mail(HEAD, "Keys", "The keys are under the mat."))
    firm.clock.ahead = firm.days(8)
    second = await firm.answer_to(first, "reject")
    await firm.answer_to(second, "reject")
    assert firm.states() == ["rejected"]


async def test_a_later_undo_says_that_it_is_too_late(firm: Firm) -> None:
    receipt = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    firm.clock.ahead = firm.days(8)
    await firm.reply(receipt, "undo")
    assert [void for _, void in firm.bills()] == [False]
    assert len(await firm.news()) == 1


def _machine_wrote(mail: Mail) -> bool:
    return mail["Auto-Submitted"] == "auto-generated"


async def test_every_mail_of_ours_says_that_a_machine_wrote_it(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(draft, "approve")
    assert all(_machine_wrote(mail) for mail in await firm.owner.inbox())
