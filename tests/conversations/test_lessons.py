"""A correction is learned from: the next bill of that layout is right, and it says why."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from fpdf import FPDF

from mailagent.core.lesson import Lesson
from tests.agent import COMPANY, Firm, due_bill, mail_with, with_dkim
from tests.conversations.test_books import exported
from tests.conversations.test_requests import answer_to
from tests.documents import Bill

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

STRANGE = "Zeichen des Vorgangs"  # no reader takes that for the label of a bill's number


def page(bill: Bill, number: str, *, seller: str = "Nordlicht Hosting GmbH") -> bytes:
    """Of a vendor who calls the number of a bill as nobody else does."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2026, 11, 1, tzinfo=UTC))
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    for x, y, said in (
        (20, 20, seller),
        (20, 26, "Hafenstrasse 1, 20457 Hamburg"),
        (20, 45, "An: Corp Ltd"),
        (120, 45, STRANGE),
        (170, 45, number),
        (120, 52, "Rechnungsdatum"),
        (170, 52, f"{bill.issued:%d.%m.%Y}"),
        (120, 59, "Zahlbar bis"),
        (170, 59, f"{bill.due:%d.%m.%Y}"),
        (20, 75, "Rechnung"),
        (20, 95, "Server und Wartung"),
        (170, 95, "100,00"),
        (120, 115, "Netto"),
        (170, 115, "100,00"),
        (120, 122, "USt 19 %"),
        (170, 122, "19,00"),
        (120, 129, "Gesamtbetrag EUR"),
        (170, 129, "119,00"),
        (20, 270, "USt-IdNr. DE123456788  IBAN DE02 1203 0000 0000 2020 51"),
    ):
        pdf.text(x, y, said)
    return bytes(pdf.output())


async def lessons(firm: Firm) -> list[Lesson]:
    async with firm.app.store.begin(COMPANY) as tx:
        return await tx.lessons()


async def learned(firm: Firm) -> str:
    """A first bill, corrected and approved; its receipt's subject."""
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill, page(bill, "V-1017/26")))
    assert "V-1017/26" not in draft.text
    again = await firm.answer_to(draft, "number: V-1017/26\nbook to: 6815 IT\nproject: Smith")
    receipt = await firm.answer_to(again, "approve")
    assert receipt.text.startswith("Done")
    return receipt.subject


def following() -> Bill:
    bill = due_bill()
    return due_bill(issued=bill.issued + timedelta(days=1), due=bill.due)


async def test_the_next_bill_is_right_and_says_who_taught_it(firm: Firm) -> None:
    await learned(firm)
    bill = following()
    draft = await firm.draft_of(mail_with(bill, page(bill, "V-1018/26")))
    assert "V-1018/26" in draft.text
    assert "6815 IT" in draft.text
    assert "Smith" in draft.text
    why = (await firm.answer_to(draft, "why")).text.replace("\n", " ")
    assert "where your correction of" in why
    assert "V-1018/26" in why
    await firm.answer_to(draft, "approve")
    assert [number for number, _ in firm.bills()] == ["V-1017/26", "V-1018/26"]
    assert await firm.chain_break() is None


async def test_the_page_of_another_vendor_is_read_as_ever(firm: Firm) -> None:
    await learned(firm)
    bill = following()
    draft = await firm.draft_of(
        mail_with(bill, page(bill, "V-1018/26", seller="Sonnenhof Catering GmbH"))
    )
    assert "V-1018/26" not in draft.text


async def test_an_undo_takes_the_lessons_back(firm: Firm) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill, page(bill, "V-1017/26")))
    again = await firm.answer_to(draft, "number: V-1017/26\nbook to: 6815 IT")
    receipt = await firm.answer_to(again, "approve")
    assert {lesson.field for lesson in await lessons(firm)} == {"invoice_number", "book_to"}
    await firm.answer_to(receipt, "undo")
    assert await lessons(firm) == []
    following_ = following()
    draft = await firm.draft_of(mail_with(following_, page(following_, "V-1018/26")))
    assert "V-1018/26" not in draft.text
    assert "6815 IT" not in draft.text


async def test_lessons_are_listed_and_forgotten_by_mail(firm: Firm) -> None:
    await learned(firm)
    listed = await answer_to(firm, "lessons")
    text = " ".join(listed.text.split())
    assert "Nordlicht Hosting GmbH" in text
    assert "number: V-1017/26" in text
    assert {one.field for one in await lessons(firm)} == {"invoice_number", "book_to", "project"}
    unknown = await answer_to(firm, "forget sonnenhof")
    assert "Nothing was forgotten" in unknown.text
    gone = await answer_to(firm, "forget nordlicht project")
    assert gone.text.startswith("Forgotten: 1.")
    (number,) = [one.id for one in await lessons(firm) if one.field == "invoice_number"]
    await answer_to(firm, f"forget {number}")
    assert {one.field for one in await lessons(firm)} == {"book_to"}
    await answer_to(firm, "vergiss nordlicht")
    assert await lessons(firm) == []
    bill = following()
    draft = await firm.draft_of(mail_with(bill, page(bill, "V-1018/26")))
    assert "V-1018/26" not in draft.text
    assert "6815" not in draft.text


async def test_the_terminal_lists_and_forgets_as_well(firm: Firm) -> None:
    await learned(firm)
    listed = await told(firm, "lessons")
    assert "Nordlicht" in listed
    assert "invoice number" in " ".join(listed.split())
    assert "Forgotten" in await told(firm, "lessons", "forget", "nordlicht")
    assert await lessons(firm) == []


async def told(firm: Firm, *words: str) -> str:
    """In a thread: the agent lives in this loop, and may hold the database just now."""
    home = str(firm.app.settings.home)
    command = [sys.executable, "-m", "mailagent", *words, "--home", home]
    ran = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=False, timeout=90
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


async def test_a_cost_is_split_and_the_next_one_alike(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    again = await firm.answer_to(draft, "book to 6815 60 %, rest 6820")
    assert "6815 60 % = 68.40 / 6820 40 % = 45.60" in again.text
    receipt = await firm.answer_to(again, "approve")
    assert "6815 60 % = 68.40 / 6820 40 % = 45.60" in receipt.text
    following = await firm.draft_of(mail_with(due_bill()))
    assert "6815 60 % / 6820 40 %" in following.text
    assert "6820 40 % = 45.60" in following.text
    journal = await exported(firm, "--as", "hledger")
    assert "Expenses:6815  68.40 EUR" in journal
    assert "Expenses:6820  45.60 EUR" in journal
