"""A contract all the way: read, shown with its last day for notice, filed, reminded of."""

import asyncio
import subprocess
import sys

import pytest

from tests.agent import Firm, with_dkim
from tests.conversations.test_requests import answer_to
from tests.parsers.contract.test_contract import CONTRACT

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
    assert receipt.text.startswith("Done: 1, 2, 3, 4.")
    assert firm.reminders() == ["set"] * 3
    assert len(firm.files()) == 1
    assert "2091-12-01" in (listed := await _register(firm))
    assert "successive 1 year" in listed
    answer = await answer_to(firm, "contracts")
    assert "notice by 1 Dec 2091" in answer.text
    await firm.answer_to(receipt, "undo")
    assert "No contract was filed yet" in await _register(firm)


async def _register(firm: Firm) -> str:
    """In a thread: the agent lives in this loop, and may hold the database just now."""
    home = str(firm.app.settings.home)
    command = [sys.executable, "-m", "mailagent", "contracts", "--home", home]
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)
    return str(ran.stdout, "utf-8")
