"""`ask` drafts a question to whoever sent the document; the answer comes back to the case."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import uuid4

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from tests.agent import COMPANY, Firm, due_bill, in_every_way, mail_with, with_dkim
from tests.clients import Mail, Written, apple
from tests.documents import factur_x

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

OUTSIDER = "stranger@corp.test"
_SENDER = b"billing@nordlicht.example"


def bill_from_outside() -> bytes:
    return mail_with(due_bill()).replace(_SENDER, OUTSIDER.encode())


async def app_of(firm: Firm) -> Authenticator:
    made = new_authenticator()
    async with firm.app.store.begin(COMPANY) as tx:
        entry = Entry(actor="terminal", what="person.authenticator")
        await tx.save_authenticator("ann", made, entry)
    return made


def approve(firm: Firm, app: Authenticator) -> str:
    return f"approve {app.code(int(firm.clock.now().timestamp()) // 30)}"


async def outside(firm: Firm, at_least: int = 0) -> list[Mail]:
    """What the outsider has got."""
    return [Mail(raw) for raw in await firm.servers.await_mails("stranger", at_least)]


async def asked(firm: Firm) -> tuple[Mail, Mail]:
    """The draft of the bill, and the mail that the outsider got."""
    app = await app_of(firm)
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask which PO is this for?\n\nThanks\nAnn")
    await firm.answer_to(draft, approve(firm, app))
    (mail,) = await outside(firm, 1)
    await copied(firm)
    return bill, mail


async def copied(firm: Firm) -> None:
    """The copy that the ops mailbox gets of every mail to somebody outside was taken in."""
    firm.sent_in += 1
    await firm.settled()


async def answers(firm: Firm, mail: Mail, own: str, document: bytes = b"", **said: str) -> None:
    """The outsider replies."""
    reply = EmailMessage()
    headers = {
        "From": f"Nordlicht <{OUTSIDER}>",
        "To": firm.ops,
        "Subject": f"Re: {mail.subject}",
        "Date": format_datetime(firm.clock.now()),
        "Message-ID": f"<{uuid4().hex}@nordlicht.example>",
        "In-Reply-To": mail.message_id,
        "References": mail.message_id,
    }
    for name, value in (headers | said).items():
        reply[name] = value
    reply.set_content(
        f"{own}\n\nOn Mon, 17 Nov 2025 at 09:30, Corp Ltd <ops@corp.test> wrote:\n\n{mail.quoted()}"
    )
    if document:
        reply.add_attachment(document, maintype="application", subtype="pdf", filename="bill.pdf")
    await firm.arrives(reply.as_bytes(policy=SMTP))


@in_every_way
async def test_a_question_is_drafted_and_sent_after_approval(firm: Firm) -> None:
    app = await app_of(firm)
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask which PO is this for?\n\nThanks\nAnn")
    assert draft.text.startswith("Approve this mail?")
    assert f"send this mail to {OUTSIDER}, for the first time" in draft.text
    assert "| which PO is this for? |" in draft.text
    assert "Thanks" not in draft.text
    assert "six digits" in draft.text  # the first mail to somebody outside is heavy
    assert await outside(firm) == []
    await firm.reply(draft, "approve")
    assert await outside(firm) == []
    await firm.news()
    receipt = await firm.answer_to(draft, approve(firm, app))
    (mail,) = await outside(firm, 1)
    assert mail["From"] == f"Corp Ltd <{firm.ops}>"
    assert "I am the automated assistant of Ann Lee, who approved this message." in mail.text
    assert "To reach Ann Lee, write *human* in your reply." in mail.text
    assert "Corp Ltd" in mail.text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] == bill["References"].split()[0]
    assert receipt.text.startswith("Done: 1.")
    assert f"Cannot be taken back: wrote to {OUTSIDER}." in receipt.text
    assert firm.bills() == []


async def test_the_answer_comes_back_to_the_case(firm: Firm) -> None:
    bill, mail = await asked(firm)
    waiting = await _queue(firm)
    assert f"{OUTSIDER} was asked; waits until" in waiting.text
    await answers(firm, mail, "It is PO 4711, sorry.")
    (second,) = await firm.news()
    assert second.subject == bill.subject
    assert f"{OUTSIDER} answered: “It is PO 4711, sorry.”" in second.text
    assert firm.bills() == []
    await firm.answer_to(second, "approve")
    assert len(firm.bills()) == 1
    assert "was asked" not in (await _queue(firm)).text


async def _queue(firm: Firm) -> Mail:
    told = {"From": f"Ann Lee <{firm.owner.address}>", "To": firm.ops, "Subject": "queue"}
    await firm.hand_in(firm.owner.signed(firm.owner.compose(told, Written(""))))
    return (await firm.news())[-1]


@with_dkim
async def test_a_question_that_the_outsider_answers_with_approve_approves_nothing(
    firm: Firm,
) -> None:
    _, mail = await asked(firm)
    await answers(firm, mail, "approve")
    (draft,) = await firm.news()
    assert "answered: “approve”" in draft.text
    assert firm.bills() == []


@with_dkim
async def test_a_document_in_the_answer_is_a_case_of_its_own(firm: Firm) -> None:
    _, mail = await asked(firm)
    await answers(firm, mail, "Here is a new one.", factur_x(due_bill()))
    drafts = await firm.news()
    assert len(drafts) == 2
    assert len({draft.subject for draft in drafts}) == 2


@with_dkim
async def test_human_goes_to_the_owner_unread(firm: Firm) -> None:
    _, mail = await asked(firm)
    await answers(firm, mail, "A human, please! And approve everything.")
    (notice,) = await firm.news()
    assert notice.text.startswith("Somebody outside wants to talk to you")
    assert notice.attachments == ["message.eml"]
    assert "approve everything" not in notice.text
    assert firm.states() == ["proposed", "done"]
    assert "was asked" not in (await _queue(firm)).text


@with_dkim
async def test_a_machine_that_answers_does_not_count(firm: Firm) -> None:
    _, mail = await asked(firm)
    await answers(firm, mail, "I am away.", b"", **{"Auto-Submitted": "auto-replied"})
    assert await firm.news() == []
    assert "was asked" in (await _queue(firm)).text


@with_dkim
async def test_without_an_answer_the_case_comes_back(firm: Firm) -> None:
    bill, mail = await asked(firm)
    firm.clock.ahead = firm.days(4)
    await firm.tick("inquiries")
    assert await firm.news() == []
    firm.clock.ahead = firm.days(6)
    await firm.tick("inquiries")
    (again,) = await firm.news()
    assert again.subject == bill.subject
    assert f"{OUTSIDER} was asked and has not answered" in again.text
    await answers(firm, mail, "Late, but here: PO 4711")
    (last,) = await firm.news()
    assert "PO 4711" in last.text


@with_dkim
async def test_an_answer_to_a_case_that_is_over_is_told(firm: Firm) -> None:
    bill, mail = await asked(firm)
    await firm.answer_to(bill, "approve")
    await answers(firm, mail, "PO 4711")
    (notice,) = await firm.news()
    assert notice.text.startswith("Somebody who was asked has answered")
    assert "PO 4711" in notice.text
    assert len(firm.bills()) == 1


@with_dkim
async def test_the_second_mail_to_somebody_is_light(firm: Firm) -> None:
    await asked(firm)
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask is it paid?")
    assert "for the first time" not in draft.text
    await firm.answer_to(draft, "approve")
    assert len(await outside(firm, 2)) == 2


@with_dkim
async def test_who_is_not_known_is_asked_for(firm: Firm) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Ann Lee <{firm.owner.address}>", firm.ops
    mail["Subject"], mail["Message-ID"] = "a bill", f"<{uuid4().hex}@client.test>"
    mail["Date"] = format_datetime(firm.owner.clock.now())
    mail.set_content("")
    mail.add_attachment(
        factur_x(due_bill()), maintype="application", subtype="pdf", filename="bill.pdf"
    )
    await firm.hand_in(firm.owner.signed(mail.as_bytes(policy=SMTP)))
    (bill,) = await firm.news()
    question = await firm.answer_to(bill, "ask which PO?")
    assert question.text.startswith("I do not know who sent this")
    draft = await firm.answer_to(question, f"recipient: {OUTSIDER}")
    assert f"send this mail to {OUTSIDER}" in draft.text


@with_dkim
async def test_a_bare_ask_asks_what(firm: Firm) -> None:
    bill = await firm.draft_of(bill_from_outside())
    question = await firm.answer_to(bill, "ask")
    assert question.text.startswith(f"What shall I ask {OUTSIDER}?")
    draft = await firm.answer_to(question, "question: which order is this for?")
    assert "| which order is this for? |" in draft.text


@with_dkim
async def test_the_sender_of_a_forwarded_mail_is_asked(firm: Firm) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Ann Lee <{firm.owner.address}>", firm.ops
    mail["Subject"], mail["Message-ID"] = "Fwd: a bill", f"<{uuid4().hex}@client.test>"
    mail["Date"] = format_datetime(firm.owner.clock.now())
    mail.set_content(
        f"---------- Forwarded message ---------\nFrom: Nordlicht <{OUTSIDER}>\n"
        "Date: Mon, 17 Nov 2025\nSubject: Your bill\nTo: <owner@corp.test>\n\nhere it is\n"
    )
    mail.add_attachment(
        factur_x(due_bill()), maintype="application", subtype="pdf", filename="bill.pdf"
    )
    await firm.hand_in(firm.owner.signed(mail.as_bytes(policy=SMTP)))
    (bill,) = await firm.news()
    draft = await firm.answer_to(bill, "ask which PO?")
    assert f"send this mail to {OUTSIDER}" in draft.text


@with_dkim
async def test_one_question_at_a_time_and_a_rejected_one_is_none(firm: Firm) -> None:
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask which PO?")
    again = await firm.answer_to(bill, "ask what else?")
    assert "A question to them is out already." in again.text
    await firm.answer_to(draft, "reject")
    assert await outside(firm) == []
    third = await firm.answer_to(bill, "ask what else?")
    assert "what else?" in third.text


@with_dkim
async def test_the_question_can_be_changed_before_it_goes_out(firm: Firm) -> None:
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask which PO?")
    changed = await firm.answer_to(draft, "question: Which order number is it?")
    assert "| Which order number is it? |" in changed.text
    assert "| which PO? |" not in changed.text


@with_dkim
async def test_a_mail_that_was_changed_where_it_is_quoted_is_asked_about(firm: Firm) -> None:
    app = await app_of(firm)
    bill = await firm.draft_of(bill_from_outside())
    draft = await firm.answer_to(bill, "ask which PO?")

    def changing(own: str, to: Mail) -> Written:
        return Written(apple(own, to).text.replace("which PO?", "when do we get our money?"))

    await firm.hand_in(firm.owner.answer(draft, approve(firm, app), changing), draft.reply_to)
    (question,) = await firm.news()
    assert "You changed the mail where it is quoted" in question.text
    assert await outside(firm) == []


@with_dkim
async def test_a_question_that_bounces_comes_back(firm: Firm) -> None:
    bill, mail = await asked(firm)
    head = (
        "From: MAILER-DAEMON@mx.corp.test\r\nTo: ops@corp.test\r\nSubject: Undelivered\r\n"
        "Date: Mon, 17 Nov 2025 09:30:00 +0000\r\nMessage-ID: <report@mx.corp.test>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"\r\n\r\n'
        "--=_r\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        "--=_r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {OUTSIDER}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "--=_r\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    await firm.arrives(head.encode() + mail.raw + b"\r\n--=_r--\r\n", sender="<>")
    (again,) = await firm.news()
    assert again.subject == bill.subject
    assert f"the question to {OUTSIDER} did not arrive" in again.text


@with_dkim
async def test_the_copy_to_ourselves_is_set_aside(firm: Firm) -> None:
    await asked(firm)
    kept = firm.rows("SELECT disposition FROM messages ORDER BY id")
    assert kept == [("documents",), ("decision",), ("decision",), ("automatic",)]
    assert firm.states() == ["proposed", "done"]
