"""Mails that nobody wrote: they decide nothing, and nobody is told of them. Ids: GATES.md."""

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with
from tests.clients import Mail

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def _passed_over(firm: Firm) -> None:
    """Nothing happened, nobody was told, nothing new waits, and the mail is put away."""
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    assert await firm.news() == []
    assert await firm.folder("INBOX") == []


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param({"Auto-Submitted": "auto-replied"}, id="a33-auto-replied"),
        pytest.param({"X-Autoreply": "yes", "Precedence": "bulk"}, id="a32-vacation"),
        pytest.param({"List-Id": "<all.corp.test>"}, id="a37-list"),
        pytest.param({"Subject": "Automatic reply: {}"}, id="a32-out-of-office"),
        pytest.param({"Subject": "Accepted: {}"}, id="a36-calendar"),
    ],
)
@in_every_way
async def test_a_machine_in_the_owners_name_decides_nothing(
    firm: Firm, marks: dict[str, str]
) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    told = {name: value.format(draft.subject) for name, value in marks.items()}
    await firm.reply(draft, "approve\n\nI am away until Monday.", **told)
    assert "G3" in firm.refusals()
    await _passed_over(firm)


@pytest.mark.parametrize("threaded", [False, True])
async def test_a_draft_that_bounces_decides_nothing(firm: Firm, threaded: bool) -> None:  # A35
    draft = await firm.draft_of(mail_with(due_bill()))
    thread = f"In-Reply-To: {draft.message_id}\r\n".encode() if threaded else b""
    await firm.arrives(thread + _bounce_of(draft), sender="<>")
    await _passed_over(firm)
    assert firm.rows("SELECT state, error FROM outbox") == [("undelivered", "5.1.1")]


async def test_a_read_receipt_decides_nothing(firm: Firm) -> None:  # A34
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = _report(draft, "disposition-notification", "Disposition: manual-action; displayed")
    await firm.hand_in(raw, draft.reply_to)
    await _passed_over(firm)


async def test_our_own_draft_decides_nothing_when_it_comes_back(firm: Firm) -> None:  # A39
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.arrives(draft.raw)
    await _passed_over(firm)


async def test_our_own_receipt_decides_nothing_when_it_comes_back(firm: Firm) -> None:
    receipt = await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    await firm.arrives(receipt.raw)
    assert [void for _, void in firm.bills()] == [False]
    assert await firm.news() == []


async def test_two_agents_stop_after_one_mail(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.reply(draft, "Which of them? Reply approve.", **{"Auto-Submitted": "auto-generated"})
    await _passed_over(firm)
    other = "ops@other.test"
    for answers in ("", f"In-Reply-To: {draft.message_id}\r\n"):
        theirs = draft.raw.replace(firm.ops.encode(), other.encode())
        theirs = theirs.replace(draft.message_id.strip("<>").encode(), f"{len(answers)}@x".encode())
        await firm.arrives(answers.encode() + theirs, sender=other)
    assert firm.rows("SELECT count(*) FROM outbox WHERE recipient LIKE '%other.test'") == [(0,)]
    assert firm.nothing_happened()


@pytest.mark.parametrize("action", ["failed", "delayed"])
async def test_a_draft_that_does_not_arrive_is_seen_on_its_case(firm: Firm, action: str) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    report = _bounce_of(draft).replace(b"Action: failed", f"Action: {action}".encode())
    await firm.arrives(report, sender="<>")
    ((case, error),) = firm.rows(
        'SELECT audit."case", outbox.error FROM audit JOIN outbox ON outbox."case" = audit."case"'
        " WHERE what IN ('mail.undelivered', 'mail.delayed')"
    )
    assert (case, error) == (1, "5.1.1")
    await _passed_over(firm)


def _bounce_of(draft: Mail) -> bytes:
    status = "Final-Recipient: rfc822; owner@corp.test\r\nAction: failed\r\nStatus: 5.1.1"
    return _report(draft, "delivery-status", status)


def _report(draft: Mail, kind: str, fields: str) -> bytes:
    """What a server or a client writes about a mail of ours, with the mail in it."""
    head = (
        "From: MAILER-DAEMON@mx.corp.test\r\n"
        "To: ops@corp.test\r\n"
        f"Subject: Undelivered: {draft.subject}\r\n"
        "Date: Mon, 17 Nov 2025 09:30:00 +0000\r\n"
        "Message-ID: <report@mx.corp.test>\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="=_r"\r\n\r\n'
        "--=_r\r\nContent-Type: text/plain\r\n\r\napprove\r\n"
        f"--=_r\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; mx.corp.test\r\n\r\n"
        f"{fields}\r\n"
        "--=_r\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return head.encode() + draft.raw + b"\r\n--=_r--\r\n"
