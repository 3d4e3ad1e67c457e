"""What was approved stands in the books, and leaves them in the forms that others read."""

import csv
import io
import subprocess
import sys

import pytest
from beancount import loader

from tests.agent import Firm, due_bill, mail_with

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


def exported(firm: Firm, *words: str) -> str:
    home = str(firm.app.settings.home)
    command = [sys.executable, "-m", "mailagent", "books", "export", "--home", home, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout


async def test_an_approved_bill_is_exported_beside_a_running_agent(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    assert exported(firm).count("\n") == 1  # the heads of the columns
    await firm.answer_to(draft, "approve")
    (row,) = csv.DictReader(io.StringIO(exported(firm)))
    assert (row["invoice_number"], row["total"]) == (bill.number, str(bill.total))
    assert f"[ops {row['case']}]" in draft.subject
    entries, errors, _ = loader.load_string(exported(firm, "--as", "beancount"))
    assert not errors
    assert [e.narration for e in entries if hasattr(e, "narration")] == [bill.number]
    assert bill.number in exported(firm, "--as", "hledger")
    assert bill.number not in exported(firm, "--until", "2000-01-01")
