"""Papers all the way: proposed, filed, found by mail, and learned where they go."""

import re
from base64 import b64encode, encodebytes

import pytest

from tests.agent import Firm, due_bill, mail_with, with_dkim
from tests.conversations.test_requests import answer_to
from tests.documents import factur_x
from tests.office_files import docx, locked, zipped
from tests.parsers.contract.test_contract import CONTRACT

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

NOTE = """\
Fjord Immobilien AS

Delivery Note LS-4711

Date: 9 March 2026

Deliver to: Corp Ltd
3 office chairs for the rooms in Munich
"""


def mail(text: str, name: str = "paper.txt", number: int = 1) -> bytes:
    """A stranger's mail with a text file."""
    head = (
        "From: Ola <ola@fjord.example>\r\nTo: ops@corp.test\r\nSubject: papers\r\n"
        "Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n"
        f"Message-ID: <paper{number}@fjord.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    return (head + text.replace("\n", "\r\n")).encode()


async def test_a_paper_is_filed_found_by_mail_and_gone_again(firm: Firm) -> None:
    draft = await firm.draft_of(mail(NOTE))
    receipt = await firm.answer_to(draft, "approve")
    assert receipt.text.startswith("Done: 1.")
    (content,) = firm.files()
    answer = await answer_to(firm, "find munich chairs")
    assert "Found for \u201cmunich chairs\u201d: 1." in answer.text
    assert "attached" in answer.text
    assert [name.startswith("2026-03-09") for name in answer.attachments] == [True]
    assert b64encode(content)[:60] in answer.raw
    nothing = await answer_to(firm, "finde stühle in Oslo")
    assert "Nothing on file" in nothing.text
    await firm.answer_to(receipt, "undo")
    assert firm.files() == []
    assert "Nothing on file" in (await answer_to(firm, "find chairs")).text


async def test_the_same_content_is_filed_once_and_stays_for_the_other(firm: Firm) -> None:
    first = await firm.answer_to(await firm.draft_of(mail(NOTE)), "approve")
    again = await firm.draft_of(mail(NOTE, number=2))
    assert "on file already" in again.text.replace("\n", " ")
    second = await firm.answer_to(again, "approve")
    assert len(firm.files()) == 1
    undone = await firm.answer_to(second, "undo")
    assert "the file stays" in undone.text.replace("\n", " ")
    assert len(firm.files()) == 1
    await firm.answer_to(first, "undo")
    assert firm.files() == []


async def test_a_folder_that_was_corrected_is_learned(firm: Firm) -> None:
    draft = await firm.draft_of(mail(NOTE))
    changed = await firm.answer_to(draft, "folder: clients/fjord")
    await firm.answer_to(changed, "approve")
    other = await firm.draft_of(mail(NOTE.replace("LS-4711", "LS-4712"), number=2))
    assert "clients/fjord" in other.text
    assert "as you chose for the last one" in other.text.replace("\n", " ")
    await firm.answer_to(other, "approve")
    root = firm.app.settings.files_root
    assert len(list((root / "clients" / "fjord").iterdir())) == 2
    listed = await answer_to(firm, "lessons")
    assert "folder clients/fjord" in listed.text
    (number,) = re.findall(r"\u201cforget (\d+)\u201d", " ".join(other.text.split()))
    assert "Forgotten: 1" in (await answer_to(firm, f"forget {number}")).text
    last = await firm.draft_of(mail(NOTE.replace("LS-4711", "LS-4713"), number=3))
    assert "clients/fjord" not in last.text


async def test_bills_are_found_as_well(firm: Firm) -> None:
    bill = due_bill("RE-4711")
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")
    answer = await answer_to(firm, "find RE-4711")
    assert "1." in answer.text
    assert "bills/" in answer.text


async def test_what_is_private_is_named_and_nothing_of_it_is_shown_or_found(firm: Firm) -> None:
    secret = "Some Company\n\nPayslip\n\nJane Roe\nNet pay 4,211.07\n"
    draft = await firm.draft_of(mail(secret, "payslip jane roe.txt"))
    assert draft.subject.startswith("Payslip [ops")
    assert draft.attachments == []
    for part in (draft.text, draft.html):
        assert "4,211" not in part
        assert "Jane" not in part
    assert "4,211" not in (await firm.answer_to(draft, "why")).text
    receipt = await firm.answer_to(draft, "approve")
    assert "private/payslip/" in receipt.text
    assert "Jane" not in receipt.text
    assert "Nothing on file" in (await answer_to(firm, "find jane roe")).text


def zip_mail(content: bytes) -> bytes:
    head = mail("", "all.zip").split(b"Content-Type")[0]
    kind = b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n"
    name = b'Content-Disposition: attachment; filename="all.zip"\r\n\r\n'
    return head + kind + name + encodebytes(content).replace(b"\n", b"\r\n")


async def test_what_is_in_an_archive_is_a_document_each(firm: Firm) -> None:
    bill = due_bill()
    members: dict[str, bytes | str] = {
        "bill.pdf": factur_x(bill),
        "lease.docx": docx(CONTRACT),
        "note.txt": NOTE,
    }
    await firm.arrives(zip_mail(zipped(members)))
    subjects = " ".join(draft.subject for draft in await firm.news())
    assert len(firm.states()) == 3
    for words in ("Nordlicht", "Delivery note"):
        assert words in subjects
    assert {kind for (kind,) in firm.rows("SELECT task FROM cases")} == {
        "bills",
        "contracts",
        "filing",
    }


async def test_what_is_locked_is_asked_about(firm: Firm) -> None:
    draft = await firm.draft_of(zip_mail(locked(zipped({"bill.pdf": b"%PDF-1.7"}))))
    assert "locked with a password" in draft.text
    assert firm.nothing_happened()
