"""The month pack and the renewals: on request, at the terminal, and on the first of the month."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.routines import packs
from tests.agent import Firm, due_bill, mail_with, with_dkim
from tests.conversations.test_ask import OUTSIDER, app_of, approve, copied, outside
from tests.conversations.test_lessons import told
from tests.conversations.test_requests import answer_to
from tests.documents import Bill, factur_x

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


async def booked(firm: Firm, bill: Bill) -> None:
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")


def opened(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_the_pack_of_a_month_comes_by_mail_and_at_the_terminal(
    firm: Firm, tmp_path: Path
) -> None:
    bill = due_bill()
    await booked(firm, bill)
    waiting = await firm.draft_of(mail_with(due_bill()))
    month = f"{bill.issued:%Y-%m}"
    answer = await answer_to(firm, f"month pack {month}")
    assert answer.text.startswith(f"The month pack {month} (bills: 1)")
    (file,) = answer.files
    files = opened(file)
    (row,) = csv.DictReader(io.StringIO(files["bills.csv"].decode()))
    assert row["invoice_number"] == bill.number
    assert bill.number.encode() in files["ledger.beancount"]
    assert factur_x(bill) in files.values()
    ref = waiting.subject.rpartition("[ops ")[2].rstrip("]")
    assert ref in files["open questions.txt"].decode()
    path = tmp_path / "pack.zip"
    await told(firm, "books", "pack", month, "--to", str(path))
    assert opened(path.read_bytes()) == files
    assert "do not know which month" in (await answer_to(firm, "month pack smith")).text


async def test_on_the_first_it_is_drafted_for_the_bookkeeper_once(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = firm.app.office
    company = office.company.model_copy(update={"bookkeeper": OUTSIDER})
    object.__setattr__(office, "company", company)
    app = await app_of(firm)
    await booked(firm, due_bill())
    monkeypatch.setattr(packs, "_CAUGHT_UP", 31)  # the codes of an app run by the real clock
    monkeypatch.setattr(packs, "_MORNING", 0)
    await firm.tick("packs")
    (draft,) = await firm.news()
    assert f"To: {OUTSIDER}" in draft.text
    assert len(draft.attachments) == 1
    await firm.tick("packs")
    assert await firm.news() == []
    receipt = await firm.answer_to(draft, approve(firm, app))
    assert receipt.text.startswith("Done: 1."), receipt.text
    (mail,) = await outside(firm, 1)
    assert "bills.csv" in opened(mail.files[0])
    await copied(firm)


async def test_bills_that_come_again_are_listed_and_missed(firm: Firm) -> None:
    today = firm.clock.now().date()
    assert "comes irregularly" in " ".join((await answer_to(firm, "renewals")).text.split())
    for weeks in (3, 2, 1):
        issued = today - timedelta(days=7 * weeks)
        await booked(firm, due_bill(issued=issued, due=today + timedelta(days=30)))
    listed = await answer_to(firm, "subscriptions")
    assert "every week" in listed.text
    assert "week" in await told(firm, "renewals")
    firm.clock.ahead += timedelta(days=9)
    brief = await firm.brief()
    assert "has not come" in " ".join(brief.text.split())
