"""What the owner types above a document is an edit of the proposal, and never an execution."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import uuid4

import pytest

from mailagent.core.people import Pin, Proof
from tests.agent import Firm, due_bill, enrol, in_every_way, mail_with, with_dkim
from tests.clients import Mail
from tests.documents import Bill, factur_x

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

HEAD = {
    "gmail": "---------- Forwarded message ---------\nFrom: Nordlicht <billing@nordlicht.example>\n"
    "Date: Mon, 17 Nov 2025 at 09:30\nSubject: Your bill\nTo: <owner@corp.test>\n\n",
    "outlook": "________________________________\nFrom: Nordlicht <billing@nordlicht.example>\n"
    "Sent: Monday, 17 November 2025 09:30\nTo: Ann Lee <owner@corp.test>\nSubject: Your bill\n\n",
    "apple": "Begin forwarded message:\n\n> From: Nordlicht <billing@nordlicht.example>\n"
    "> Subject: Your bill\n> Date: 17. November 2025 at 09:30:00 CET\n> To: owner@corp.test\n\n",
    "thunderbird": "-------- Forwarded Message --------\nSubject: Your bill\n"
    "Date: Mon, 17 Nov 2025 09:30:00 +0100\nFrom: Nordlicht <billing@nordlicht.example>\n"
    "To: owner@corp.test\n\n",
    "outlook-de": "Von: Nordlicht <billing@nordlicht.example>\n"
    "Gesendet: Montag, 17. November 2025 09:30\nAn: Ann Lee <owner@corp.test>\n"
    "Betreff: Ihre Rechnung\n\n",
}


def forwarded(
    firm: Firm, own: str, bill: Bill, how: str = "gmail", *, signed: bool = True
) -> bytes:
    """A client's forward with the bill attached; `attached`: the mail itself is."""
    mail = EmailMessage()
    mail["From"] = f"Ann Lee <{firm.owner.address}>"
    mail["To"] = firm.ops
    mail["Subject"] = "Fwd: Your bill"
    mail["Date"] = format_datetime(firm.owner.clock.now())
    mail["Message-ID"] = f"<{uuid4().hex}@client.test>"
    if how == "attached":
        mail.set_content(own)
        inner = EmailMessage()
        raw = Mail(mail_with(bill))
        inner["From"], inner["Subject"] = "Nordlicht <billing@nordlicht.example>", raw.subject
        inner["Message-ID"], inner["Date"] = raw.message_id, raw["Date"]
        inner.set_content("Please find our bill attached.")
        inner.add_attachment(
            factur_x(bill), maintype="application", subtype="pdf", filename="bill.pdf"
        )
        mail.add_attachment(inner)
    else:
        text = f"{own}\n\n{HEAD[how]}Please find our bill attached.\n" if how else own
        mail.set_content(text)
        mail.add_attachment(
            factur_x(bill), maintype="application", subtype="pdf", filename="bill.pdf"
        )
    raw_mail = mail.as_bytes(policy=SMTP)
    return firm.owner.signed(raw_mail) if signed else raw_mail


async def draft_of(firm: Firm, own: str, how: str = "gmail", **said: bool) -> Mail:
    await firm.hand_in(forwarded(firm, own, due_bill(), how, **said))
    (draft,) = await firm.news()
    return draft


@pytest.mark.parametrize("how", [*HEAD, "attached", ""])
@in_every_way
async def test_smith_job_above_a_forward_is_a_project(firm: Firm, how: str) -> None:
    draft = await draft_of(firm, "Smith job", how)
    assert 'You wrote "Smith job" -> project Smith' in draft.text
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    await firm.answer_to(draft, "approve")
    ((body,),) = firm.rows("SELECT body FROM bills")
    assert '"project": "Smith"' in body


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("project Smith, due 15 Dec", "due 15 Dec, project Smith"),
        ("Hi,\n\nbook to 6820 please\n\nThanks\nAnn", "book to 6820"),
        ("Projekt Smith", "project Smith"),
        ("total: 900", "total EUR 900.00"),
    ],
)
@with_dkim
async def test_what_is_typed_above_is_shown_as_it_was_understood(
    firm: Firm, own: str, told: str
) -> None:
    draft = await draft_of(firm, own)
    shown = re.search(r'"  ?-> (.*?) I will', draft.text)
    assert shown
    assert set(re.sub(r" 20\d\d", "", shown[1]).split(", ")) == set(told.split(", "))


@pytest.mark.parametrize("own", ["approve", "ok", "Approved, thanks!", "reject"])
@with_dkim
async def test_nothing_is_decided_above_a_forward(firm: Firm, own: str) -> None:
    draft = await draft_of(firm, own)
    assert "nothing is done before this draft is answered" in draft.text
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]


@with_dkim
async def test_what_no_rule_understands_is_said(firm: Firm) -> None:
    draft = await draft_of(firm, "Is this the one that Ben talked about on the phone?")
    assert "-> not understood" in draft.text
    assert firm.states() == ["proposed"]


@pytest.mark.parametrize("own", ["", "FYI", "see attached, thanks\n\nAnn", "Zur Info"])
@with_dkim
async def test_what_says_nothing_is_not_shown(firm: Firm, own: str) -> None:
    draft = await draft_of(firm, own)
    assert "You wrote" not in draft.text


@with_dkim
async def test_unproved_words_are_shown_and_not_used(firm: Firm) -> None:
    draft = await draft_of(firm, "total: 9, iban: GB29NWBK60161331926819", signed=False)
    assert "In the name of Ann Lee" in draft.text
    assert "not proven who wrote this, so it is not used" in draft.text
    assert "You wrote" not in draft.text
    await firm.answer_to(draft, "approve")
    ((body,),) = firm.rows("SELECT body FROM bills")
    assert "GB29" not in body


@with_dkim
async def test_who_is_known_by_a_code_alone_is_not_proven(firm: Firm) -> None:
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    draft = await draft_of(firm, "Smith job")
    assert "so it is not used" in draft.text


@with_dkim
async def test_a_changed_account_above_a_forward_asks_for_the_code(firm: Firm) -> None:
    draft = await draft_of(firm, "iban: GB29NWBK60161331926819")
    assert "six digits" in draft.text
    await firm.reply(draft, "approve")
    assert firm.nothing_happened()


@with_dkim
async def test_a_later_change_goes_over_it(firm: Firm) -> None:
    first = await draft_of(firm, "Smith job")
    second = await firm.answer_to(first, "project: Jones")
    assert "You changed project: Jones (was Smith)" in second.text
    assert "You wrote" not in second.text


@with_dkim
async def test_what_a_stranger_types_above_is_part_of_the_document(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    assert "You wrote" not in draft.text
    assert "In the name" not in draft.text
