"""What was approved stands in the books, and leaves them in the forms that others read."""

import asyncio
import csv
import io
import subprocess
import sys

import pytest
from beancount import loader
from beancount.core.data import Transaction

from tests.agent import Firm, due_bill, in_every_way, mail_with

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def exported(firm: Firm, *words: str) -> str:
    """In a thread: the agent lives in this loop, and may hold the database just now."""
    home = str(firm.app.settings.home)
    command = [sys.executable, "-m", "mailagent", "books", "export", "--home", home, *words]
    ran = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=False, timeout=90
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@in_every_way
async def test_an_approved_bill_is_exported_beside_a_running_agent(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    await firm.answer_to(draft, "approve")
    (row,) = csv.DictReader(io.StringIO(await exported(firm)))
    assert (row["invoice_number"], row["total"]) == (bill.number, str(bill.total))
    assert f"[ops {row['case']}]" in draft.subject
    text = await exported(firm, "--as", "beancount", "--since", bill.issued.isoformat())
    entries, errors, _ = loader.load_string(text)
    assert not errors
    assert [e.narration for e in entries if isinstance(e, Transaction)] == [bill.number]
