"""Leaving out, changing, asking: what a reply can do beside approving. Ids: GATES.md."""

import json

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with, with_dkim

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@in_every_way
async def test_what_is_left_out_is_not_done_and_the_rest_can_be_undone(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    assert "approve not 3" in draft.text
    receipt = await firm.answer_to(draft, "approve not 3")
    assert receipt.text.startswith("Done: 1, 2. Left out: 3.")
    assert firm.bills() == [(bill.number, False)]
    assert (len(firm.files()), firm.reminders(), firm.states()) == (1, [], ["done"])
    undone = await firm.answer_to(receipt, "undo")
    assert undone.text.startswith("Undone: 1, 2.")
    assert firm.bills() == [(bill.number, True)]
    assert firm.files() == []


async def test_a_change_makes_a_new_version_and_executes_nothing(firm: Firm) -> None:
    bill = due_bill()
    first = await firm.draft_of(mail_with(bill))
    second = await firm.answer_to(first, "due date: 2027-01-15")
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    assert second.subject == first.subject
    assert second["References"].split()[:1] == first["References"].split()[:1]
    assert second.text.startswith("You changed due: 15 Jan 2027 (was ")
    await firm.answer_to(second, "approve")
    ((body,),) = firm.rows("SELECT body FROM bills")
    assert '"due": "2027-01-15"' in body


@pytest.mark.parametrize(
    "own",
    ["approve, but change the amount to 900", "total: 900"],  # A43
)
@with_dkim
async def test_an_approve_with_a_change_shows_it_first(firm: Firm, own: str) -> None:
    bill = due_bill()
    draft = await firm.answer_to(await firm.draft_of(mail_with(bill)), own)
    assert firm.nothing_happened()
    assert draft.text.startswith("You changed total: EUR 900.00 (was EUR ")
    # the sums are made anew, and do not come out
    assert "the totals do not add up" in draft.text.lower().partition("reply")[0]
    assert firm.outcomes() == ["revise"]


@with_dkim
async def test_an_edit_is_audited_with_its_old_and_new_value(firm: Firm) -> None:
    bill = due_bill()
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "book to 6820")
    ((seq, details),) = firm.rows("SELECT seq, details FROM audit WHERE what = 'case.revised'")
    ((words,),) = firm.rows(f"SELECT words FROM audit_words WHERE seq = {seq}")
    assert "6820" not in details  # what a person wrote is sealed: its words lie beside the chain
    assert json.loads(words)["edits"]["book_to"] == {"before": "", "after": "6820"}


@with_dkim
async def test_an_approve_of_the_version_before_gets_the_current_one(firm: Firm) -> None:  # A08
    first = await firm.draft_of(mail_with(due_bill()))
    second = await firm.answer_to(first, "book to 6820")
    await firm.reply(first, "approve")
    assert firm.nothing_happened()
    assert (await firm.owner.inbox(3))[2].message_id == second.message_id
    assert firm.refusals() == {"G7"}


@pytest.mark.parametrize("own", ["iban: GB29NWBK60161331926819", "vendor: Nordlicht Hosting Ltd"])
@with_dkim
async def test_an_edit_of_the_payee_asks_for_the_code(firm: Firm, own: str) -> None:  # A47
    draft = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), own)
    assert "six digits" in draft.text
    await firm.answer_to(draft, "approve")
    assert firm.refusals() == {"G10"} or firm.outcomes()[-1] == "unclear"
    assert firm.nothing_happened()


@pytest.mark.parametrize("own", ["iban: DE00123", "iban: DE89370400440532013001"])
@with_dkim
async def test_what_cannot_be_is_asked_about(firm: Firm, own: str) -> None:
    question = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), own)
    assert question.text.startswith("Nothing happened")
    assert firm.states() == ["proposed"]


@with_dkim
async def test_changes_add_up_over_the_versions(firm: Firm) -> None:
    first = await firm.draft_of(mail_with(due_bill()))
    second = await firm.answer_to(first, "book to 6820")
    third = await firm.answer_to(second, "due date: 2027-01-15")
    assert "6820" in third.text
    assert "You changed book to" not in third.text
    await firm.answer_to(third, "approve")
    ((body,),) = firm.rows("SELECT body FROM bills")
    assert '"book_to": "6820"' in body


@with_dkim
async def test_an_action_left_out_with_a_change_stays_out(firm: Firm) -> None:
    first = await firm.draft_of(mail_with(due_bill()))
    second = await firm.answer_to(first, "approve not 3, and book to 6820")
    assert firm.nothing_happened()
    assert "remind you" not in second.text
    await firm.answer_to(second, "approve")
    assert (firm.reminders(), firm.states()) == ([], ["done"])
