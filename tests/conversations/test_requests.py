"""A mail of its own asks the agent for something: help, queue, status, report, pause, resume."""

from email.utils import format_datetime

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.people import Pin, Proof
from tests.agent import COMPANY, Firm, due_bill, enrol, in_every_way, mail_with, with_dkim
from tests.clients import Mail, Written

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def ask(firm: Firm, subject: str, own: str = "", **headers: str) -> bytes:
    """The owner writes a mail that answers nothing."""
    told = {"From": f"Ann Lee <{firm.owner.address}>", "To": firm.ops, "Subject": subject}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = firm.owner.signed(firm.owner.compose(told, Written(own)))
    await firm.hand_in(raw)
    return raw


async def answer_to(firm: Firm, subject: str, own: str = "", **headers: str) -> Mail:
    await ask(firm, subject, own, **headers)
    (answer,) = await firm.news()
    return answer


def dispositions(firm: Firm) -> list[str]:
    return [row for (row,) in firm.rows("SELECT disposition FROM messages ORDER BY id")]


@in_every_way
async def test_queue_says_what_waits_and_is_answered_in_its_thread(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = await ask(firm, "queue")
    (answer,) = await firm.news()
    assert answer.text.startswith("1 thing waits.")
    assert draft.subject.rpartition("[")[2].rstrip("]") in answer.text
    assert answer["In-Reply-To"] == Mail(raw).message_id
    assert answer.subject == "Re: queue"
    assert dispositions(firm) == ["documents", "request"]
    assert firm.states() == ["proposed"]
    assert await firm.folder("INBOX") == []


async def test_what_is_put_off_is_in_the_queue_with_its_day(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.answer_to(draft, "later 3d")
    answer = await answer_to(firm, "", "what is waiting?\n\nThanks\nAnn")
    assert "put off until" in answer.text


@with_dkim
async def test_help_says_the_words(firm: Firm) -> None:
    answer = await answer_to(firm, "Hilfe")
    assert answer.text.startswith("What you can answer.")
    assert "counts this week" in answer.text
    assert "approve not 2" in answer.text


@with_dkim
async def test_status_says_how_it_is(firm: Firm) -> None:
    await firm.draft_of(mail_with(due_bill()))
    answer = await answer_to(firm, "status", "please")
    assert answer.text.startswith("I am running.")
    assert f"mailbox {firm.ops}" in answer.text
    assert "waiting 1" in answer.text
    assert "running since" in answer.text
    assert "audit " in answer.text


@with_dkim
async def test_report_counts_the_week(firm: Firm) -> None:
    await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    answer = await answer_to(firm, "report")
    assert answer.text.startswith("This week, since")
    assert "documents 1" in answer.text
    assert "approved 1" in answer.text


async def test_a_paused_task_waits_visibly_and_goes_on(firm: Firm) -> None:
    paused = await answer_to(firm, "pause bills")
    assert paused.text.startswith("Paused: bills.")
    await firm.arrives(mail_with(due_bill()))
    assert await firm.news() == []
    assert firm.states() == ["read"]
    queue = await answer_to(firm, "queue")
    assert "paused" in queue.text
    await firm.tick("reconciliation")
    assert await firm.news() == []  # nothing stands still that should move
    await ask(firm, "resume bills")
    resumed, draft = sorted(await firm.news(), key=lambda mail: "[ops" in mail.subject)
    assert resumed.text.startswith("bills goes on; 1 waited.")
    await firm.answer_to(draft, "approve")
    assert firm.states() == ["done"]


@with_dkim
async def test_everything_is_paused_and_drafts_can_be_answered(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await answer_to(firm, "pause")
    changed = await firm.answer_to(draft, "book to 6820")  # somebody asked for it: they get it
    await firm.answer_to(changed, "approve")
    assert firm.states() == ["done"]
    await firm.arrives(mail_with(due_bill()))
    still = await answer_to(firm, "resume bills")
    assert "everything still is" in still.text
    await ask(firm, "resume")
    assert len(await firm.news()) == 2


@with_dkim
async def test_an_unknown_task_is_said(firm: Firm) -> None:
    answer = await answer_to(firm, "pause the weather")
    assert "there is no task called" in answer.text
    assert firm.rows("SELECT * FROM pauses") == []


@with_dkim
async def test_an_absence_without_a_substitute_is_none(firm: Firm) -> None:
    answer = await answer_to(firm, "away until 3 Jan")
    assert "nobody was named who decides meanwhile" in answer.text
    assert firm.rows("SELECT * FROM absences") == []


@with_dkim
async def test_two_requests_at_once_change_nothing(firm: Firm) -> None:
    answer = await answer_to(firm, "pause", "resume")
    assert answer.text.startswith("Nothing was done")
    assert firm.rows("SELECT * FROM pauses") == []


@with_dkim
async def test_a_reply_to_an_answer_is_a_request(firm: Firm) -> None:
    answer = await answer_to(firm, "help")
    await firm.hand_in(firm.owner.answer(answer, "status"))
    (second,) = await firm.news()
    assert second.text.startswith("I am running.")


@with_dkim
async def test_queue_in_reply_to_a_draft_leaves_the_draft_open(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    answer = await firm.answer_to(draft, "queue")
    assert answer.text.startswith("1 thing waits.")
    await firm.answer_to(draft, "approve")
    assert firm.states() == ["done"]


# --- who may ask


async def test_a_stranger_gets_no_answer(firm: Firm) -> None:
    raw = firm.owner.compose(
        {"From": "Eve <eve@evil.example>", "To": firm.ops, "Subject": "queue"}, Written("queue")
    )
    await firm.arrives(raw)
    sent = firm.rows("SELECT recipient FROM outbox")
    assert {to for (to,) in sent} <= {firm.owner.address}
    assert "request" not in dispositions(firm)


@pytest.mark.parametrize("subject", ["pause", "queue", "help"])
async def test_a_forged_sender_gets_no_answer_and_the_owner_hears_once(
    firm: Firm, subject: str
) -> None:
    await firm.draft_of(mail_with(due_bill()))
    for _ in range(3):
        raw = firm.owner.compose(
            {"From": f"Ann Lee <{firm.owner.address}>", "To": firm.ops, "Subject": subject},
            Written(""),
        )
        await firm.arrives(raw)
    (told,) = await firm.news()
    assert told.text.startswith("A request in your name was not accepted.")
    gates = firm.rows("SELECT details FROM audit WHERE what = 'request.refused'")
    assert len(gates) == 3
    assert all('"G5": "' in details for (details,) in gates)
    assert firm.rows("SELECT * FROM pauses") == []


@with_dkim
async def test_a_genuine_request_sent_in_again_does_nothing(firm: Firm) -> None:
    raw = await ask(firm, "pause")
    await ask(firm, "resume")
    assert len(await firm.news()) == 2
    await firm.arrives(raw)
    assert firm.rows("SELECT * FROM pauses") == []
    assert await firm.news() == []
    ((seen,),) = firm.rows("SELECT count(*) FROM audit WHERE what = 'request.repeated'")
    assert seen == 1


@with_dkim
async def test_an_old_request_is_refused(firm: Firm) -> None:
    before = firm.owner.clock.now() - firm.days(3)
    await ask(firm, "pause", Date=format_datetime(before))
    (told,) = await firm.news()
    assert "more than a day before" in told.text
    assert firm.rows("SELECT * FROM pauses") == []


@with_dkim
async def test_a_machine_asks_for_nothing(firm: Firm) -> None:
    await ask(firm, "pause", Auto_Submitted="auto-generated")
    # It is no request; what it is instead is asked, for it has nothing of what machines say.
    assert ["I am not sure what it is" in mail.text for mail in await firm.news()] == [True]
    assert firm.rows("SELECT * FROM pauses") == []


@with_dkim
async def test_in_cc_it_is_talk_with_others(firm: Firm) -> None:
    await ask(firm, "status", To="ben@corp.test", Cc=firm.ops)
    assert "request" not in dispositions(firm)


@with_dkim
async def test_who_is_known_by_a_code_alone_sends_one(firm: Firm) -> None:
    app = new_authenticator()
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    async with firm.app.store.begin(COMPANY) as tx:
        await tx.save_authenticator("ann", app, Entry(actor="test", what="authenticator.enrolled"))
    refused = await answer_to(firm, "pause bills")
    assert "six digits" in refused.text
    code = app.code(int(firm.owner.clock.now().timestamp()) // 30)
    answer = await answer_to(firm, f"pause bills {code}")
    assert answer.text.startswith("Paused: bills.")
    again = await ask(firm, f"resume bills {code}")
    assert again
    assert len(firm.rows("SELECT * FROM pauses")) == 1
    assert code not in str(firm.rows("SELECT details FROM audit"))


@with_dkim
async def test_a_document_beside_a_request_is_not_lost(firm: Firm) -> None:
    raw = mail_with(due_bill())
    head = (
        f"From: Ann Lee <{firm.owner.address}>\r\nTo: {firm.ops}\r\nSubject: status\r\n"
        f"Date: {format_datetime(firm.owner.clock.now())}\r\nMessage-ID: <with@client.test>\r\n"
    )
    body = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    start = body.index(b"MIME-Version")
    rest = body[start:]
    await firm.hand_in(firm.owner.signed(head.encode() + rest))
    mails = await firm.news()
    assert firm.states() in (["proposed"], ["needs_owner"])
    assert mails


@with_dkim
async def test_the_week_is_told_when_it_is_asked_for(firm: Firm) -> None:
    week = await answer_to(firm, "digest")
    assert "THE WEEK OF" in week.text
    assert "Done a week: 0, 0, 0, 0, 0" in week.text
    assert firm.rows("SELECT what FROM audit WHERE what LIKE 'request.%'") == [("request.digest",)]


@with_dkim
async def test_the_list_of_work_is_told(firm: Firm) -> None:
    listed = await answer_to(firm, "tasks")
    assert listed.text.startswith("The work I take over.")
    assert "ledger.record_bill" in listed.text
    assert "Never, whatever is set: pay" in listed.text


@with_dkim
async def test_modes_are_shown_narrowed_at_once_and_widened_by_a_draft(firm: Firm) -> None:
    shown = await answer_to(firm, "mode")
    assert "bills approve, at most approve by tasks.toml" in shown.text
    assert "no such mode" in (await answer_to(firm, "mode bills rocket")).text
    assert "no such task" in (await answer_to(firm, "mode bilge off")).text
    assert "always asked" in (await answer_to(firm, "mode contracts standing")).text
    assert "up to how much" in (await answer_to(firm, "mode bills standing")).text
    narrowed = await answer_to(firm, "mode bills suggest")
    assert narrowed.text.startswith("bills goes to suggest.")
    draft = await firm.draft_of(mail_with(due_bill()))
    assert "This cannot be approved." in draft.text
    await ask(firm, "mode bills approve")
    answers = await firm.news()
    assert any("would go from suggest to approve" in mail.text for mail in answers)
    assert any("let bills go from suggest to approve" in mail.text for mail in answers)
