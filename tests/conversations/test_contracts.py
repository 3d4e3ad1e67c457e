"""A contract all the way: read, shown with its last day for notice, filed, reminded of."""

import asyncio
import subprocess
import sys
from uuid import uuid4

import pytest

from tests.agent import Firm, with_dkim
from tests.conversations.test_ask import OUTSIDER, answers, app_of, approve, copied, outside
from tests.conversations.test_requests import answer_to
from tests.parsers.contract.test_contract import AMENDMENT, CONTRACT

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

MAIL = (
    b"From: Ola <ola@fjord.example>\r\nTo: ops@corp.test\r\nSubject: our contract\r\n"
    b"Date: Fri, 20 Nov 2026 09:00:00 +0000\r\nMessage-ID: <contract@fjord.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b'Content-Disposition: attachment; filename="contract.txt"\r\n\r\n'
)


async def test_a_contract_is_filed_and_reminded_of(firm: Firm) -> None:
    far = CONTRACT.replace("March, 2025", "March, 2090")
    draft = await firm.draft_of(MAIL + far.replace("\n", "\r\n").encode())
    assert "Notice by 1 Dec 2091" in draft.subject
    for shown in ("Nordlicht Hosting GmbH", "Norway", "90 days", "Nothing is signed"):
        assert shown.lower() in draft.text.replace("\n", " ").lower()
    receipt = await firm.answer_to(draft, "approve")
    assert receipt.text.startswith("Done: 1, 2, 3, 4, 5.")
    assert firm.reminders() == ["set"] * 3
    ((noted,),) = firm.rows("SELECT body FROM appointments")
    assert "2091-12-01T00:00:00" in noted
    assert "less 90 days" in noted
    assert sum(b"WITNESS" in file for file in firm.files()) == 1
    assert "2091-12-01" in (listed := await _register(firm))
    assert "successive 1 year" in listed
    answer = await answer_to(firm, "contracts")
    assert "notice by 1 Dec 2091" in answer.text
    await firm.answer_to(receipt, "undo")
    ((gone,),) = firm.rows("SELECT dropped_by IS NOT NULL FROM appointments")
    assert gone
    assert "No contract was filed yet" in await _register(firm)


UNSIGNED = (
    CONTRACT.replace("/s/ Ann Lee", "__________").replace("/s/ Ola Nordmann", "__________")
    + "\nThe price list is set out in Exhibit B attached hereto."
)


def sent(text: str) -> bytes:
    """From somebody outside whose mails arrive."""
    raw = MAIL.replace(b"ola@fjord.example", OUTSIDER.encode())
    head = raw.replace(b"<contract@", f"<{uuid4().hex}@".encode())
    return head + text.replace("\n", "\r\n").encode()


async def test_what_is_missing_is_asked_for_in_a_mail_that_waits_for_approval(firm: Firm) -> None:
    app = await app_of(firm)
    await firm.arrives(sent(UNSIGNED))
    draft, question = sorted(await firm.news(), key=lambda mail: "Question" in mail.subject)
    assert "drafted for you as well" in " ".join(draft.text.split())
    text = " ".join(question.text.replace("|", " ").split())
    assert f"To: {OUTSIDER}" in question.text
    assert "is not signed. Could you send the signed one?" in text
    assert "lacks what it says is attached to it: Exhibit B" in text
    await firm.answer_to(question, approve(firm, app))
    (mail,) = await outside(firm, 1)
    await copied(firm)
    await firm.answer_to(draft, "approve")
    await answers(firm, mail, "You get it on Monday.")
    (notice,) = await firm.news()
    assert "You get it on Monday." in notice.text


async def test_without_anybody_outside_nobody_is_asked(firm: Firm) -> None:
    own = MAIL.replace(b"Ola <ola@fjord.example>", f"Ann <{firm.owner.address}>".encode())
    await firm.hand_in(own + UNSIGNED.replace("\n", "\r\n").encode())
    (draft,) = await firm.news()
    assert "It is not signed" in draft.text
    assert sorted(firm.states()) == ["ignored", "proposed"]


# With days on which somebody is reminded before the amendment comes.
LONG = CONTRACT.replace("two (2) years", "four (4) years")


async def test_an_amendment_is_shown_with_its_contract(firm: Firm) -> None:
    await firm.answer_to(await firm.draft_of(sent(LONG)), "approve")
    draft = await firm.draft_of(sent(AMENDMENT))
    await firm.answer_to(draft, "approve")
    ((ref,),) = firm.rows("SELECT ref FROM cases ORDER BY id LIMIT 1")
    assert f"ops {ref}" in draft.text
    listed = await answer_to(firm, "contracts")
    assert "notice by 1 Dec 2031" in listed.text  # as the amendment says
    assert f"FIRST AMENDMENT: changes [ops {ref}]" in " ".join(listed.text.split())
    assert "changed by FIRST AMENDMENT" in await _register(firm)
    old = firm.rows('SELECT DISTINCT state FROM reminders WHERE "case" = 1')
    new = firm.rows('SELECT DISTINCT state FROM reminders WHERE "case" = 2')
    assert (old, new) == ([("cancelled",)], [("set",)])
    assert "cancel the reminder" in draft.text
    ((titles,),) = firm.rows("SELECT group_concat(body) FROM appointments WHERE dropped_by IS NULL")
    assert "Notice by 1 Dec 2031" in titles
    assert titles.count("Notice by") == 1


async def test_what_an_amendment_overtook_comes_back_when_it_is_undone(firm: Firm) -> None:
    await firm.answer_to(await firm.draft_of(sent(LONG)), "approve")
    before = firm.rows("SELECT day FROM reminders ORDER BY day")
    receipt = await firm.answer_to(await firm.draft_of(sent(AMENDMENT)), "approve")
    await firm.answer_to(receipt, "undo")
    assert firm.rows("SELECT day FROM reminders WHERE state = 'set' ORDER BY day") == before
    ((titles,),) = firm.rows("SELECT group_concat(body) FROM appointments WHERE dropped_by IS NULL")
    assert titles.count("Notice by") == 1
    assert "2031" not in titles


async def _register(firm: Firm) -> str:
    """In a thread: the agent lives in this loop, and may hold the database just now."""
    home = str(firm.app.settings.home)
    command = [sys.executable, "-m", "mailagent", "contracts", "--home", home]
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)
    return str(ran.stdout, "utf-8")
