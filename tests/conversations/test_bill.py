"""One bill all the way: shown, approved, executed, told, taken back. Ids: GATES.md."""

import html
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with, with_dkim
from tests.clients import Mail, Style, Written, apple, gmail, outlook
from tests.documents import factur_x

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@in_every_way
async def test_an_approved_bill_is_booked_filed_and_remembered_once(firm: Firm) -> None:  # A01
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    assert firm.nothing_happened()
    receipt = await firm.answer_to(draft, "approve")
    assert firm.bills() == [(bill.number, False)]
    assert firm.files() == [factur_x(bill)]
    assert firm.reminders() == ["set"]
    assert receipt.text.startswith("Done: 1, 2, 3.")
    assert len(await firm.folder("Ops/Done")) == 2  # the bill and the reply
    assert await firm.folder("INBOX") == []
    assert await firm.chain_break() is None


async def test_a_draft_shows_what_was_read_and_what_will_happen(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    for shown in (bill.number, str(bill.total), bill.seller, "record it", "remind you on"):
        assert shown in draft.text
    assert draft.attachments == [f"{bill.number}.pdf"]
    assert len(await firm.folder("Ops/Waiting")) == 1


async def test_our_mails_hang_on_the_mail_that_began_it(firm: Firm) -> None:
    vendors = mail_with(due_bill())
    began = Mail(vendors).message_id
    draft = await firm.draft_of(vendors)
    receipt = await firm.answer_to(draft, "approve")
    undone = await firm.answer_to(receipt, "undo")
    assert all(began in mail["References"] for mail in (draft, receipt, undone))
    assert draft["In-Reply-To"] == began
    assert receipt.subject == undone.subject == f"Re: {draft.subject}"
    assert len({draft.message_id, receipt.message_id, undone.message_id}) == 3


@pytest.mark.parametrize(
    ("style", "own"),
    [
        (gmail, "Approve."),  # A02
        (outlook, "APPROVE"),
        (apple, "approve\n\n-- \nAnn Lee\nCorp Ltd"),
        (outlook, "Approved, thanks!"),  # A66
        (gmail, "Hi, approve please"),
        (apple, "ok"),  # A44
    ],
)
@with_dkim
async def test_an_approval_counts_however_it_is_written(firm: Firm, style: Style, own: str) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.reply(draft, own, style=style)
    assert firm.outcomes() == ["approve"]
    assert firm.states() == ["done"]


async def test_a_button_approves_without_hanging_on_the_draft(firm: Firm) -> None:  # A65
    draft = await firm.draft_of(mail_with(due_bill()))
    links = map(html.unescape, re.findall(r'href="(mailto:[^"]+)"', draft.html))
    button = next(urlsplit(link) for link in links if "approve" in link)
    asked = {name: values[0] for name, values in parse_qs(button.query).items()}
    headers = {
        "From": firm.owner.address,
        "To": unquote(button.path),
        "Subject": asked["subject"],
    }
    raw = firm.owner.signed(firm.owner.compose(headers, Written(asked["body"])))
    await firm.hand_in(raw, unquote(button.path))
    assert firm.states() == ["done"]


async def test_a_rejected_bill_is_closed_with_its_reason(firm: Firm) -> None:  # A45
    draft = await firm.draft_of(mail_with(due_bill()))
    receipt = await firm.answer_to(draft, "reject we never ordered this")
    assert firm.states() == ["rejected"]
    assert firm.nothing_happened()
    assert "we never ordered this" in receipt.text
    assert len(await firm.folder("Ops/Done")) == 2


async def test_undo_of_a_reject_opens_the_case_again(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    receipt = await firm.answer_to(draft, "reject")
    again = await firm.answer_to(receipt, "undo")
    assert firm.states() == ["proposed"]
    await firm.answer_to(again, "approve")
    assert [void for _, void in firm.bills()] == [False]


async def test_undo_takes_the_whole_bill_back(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    receipt = await firm.answer_to(draft, "approve")
    undone = await firm.answer_to(receipt, "undo")
    assert [void for _, void in firm.bills()] == [True]
    assert firm.files() == []
    assert firm.reminders() == ["cancelled"]
    assert undone.text.startswith("Undone: 1, 2, 3.")
    assert firm.states() == ["done"]
    assert await firm.chain_break() is None


async def test_a_second_approve_gets_the_same_receipt_again(firm: Firm) -> None:  # A05
    draft = await firm.draft_of(mail_with(due_bill()))
    receipt = await firm.answer_to(draft, "approve")
    await firm.reply(draft, "approve")
    again = (await firm.owner.inbox(3))[2]
    assert again.message_id == receipt.message_id
    assert len(firm.bills()) == len(firm.files()) == len(firm.reminders()) == 1
    assert firm.refusals() == {"G7"}


async def test_the_same_approval_delivered_twice_executes_once(firm: Firm) -> None:  # A04
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = await firm.reply(draft, "approve")
    await firm.hand_in(raw, draft.reply_to)
    assert firm.outcomes() == ["approve", "late"]
    assert len(firm.bills()) == 1


async def test_two_bills_in_one_mail_are_two_cases(firm: Firm) -> None:
    bills = [due_bill(), due_bill()]
    drafts = await _both_drafts(firm, [factur_x(bill) for bill in bills])
    await firm.answer_to(drafts[0], "approve")
    assert sorted(firm.states()) == ["done", "proposed"]
    assert len(firm.bills()) == 1
    # the least finished case decides where the mail lies
    assert len(await firm.folder("Ops/Waiting")) == 1
    await firm.answer_to(drafts[1], "reject")
    assert await firm.folder("Ops/Waiting") == []
    assert len(await firm.folder("Ops/Done")) == 3


async def _both_drafts(firm: Firm, documents: list[bytes]) -> list[Mail]:
    parsed = message_from_bytes(mail_with(due_bill(), documents[0]), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    parsed.add_attachment(
        documents[1], maintype="application", subtype="pdf", filename="second.pdf"
    )
    await firm.arrives(parsed.as_bytes(policy=SMTP))
    return await firm.news()


async def test_a_reminder_comes_once_on_its_day(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(draft, "approve")
    firm.clock.ahead = firm.days(31)
    await firm.tick("reminders")
    await firm.tick("reminders")
    (reminder,) = await firm.news()
    assert "Reminder" in reminder.text
    assert firm.reminders() == ["sent"]
