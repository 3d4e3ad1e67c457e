"""Purchase orders by mail: kept after approval, and the next bill is held against them."""

from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import uuid4

import pytest

from tests.agent import Firm, due_bill, mail_with, with_dkim
from tests.conversations.test_requests import answer_to
from tests.documents import Bill, ubl_xml

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

PAGE = """\
Corp Ltd
1 High Street, London

PURCHASE ORDER

PO number: PO-2026-17
Date: 12 November 2026

Vendor:
Kranz Bau GmbH
Hauptstr. 4, 50667 Köln

Description          Qty   Unit price   Amount
Scaffolding week 48    2       450.00   900.00

Total EUR 900.00
Please quote our order number on your invoice.
"""


def sent(firm: Firm, content: bytes, name: str, who: str = "", *, signed: bool = True) -> bytes:
    """A mail with one file, from the owner or from somebody else."""
    mail = EmailMessage()
    mail["From"] = who or f"Ann Lee <{firm.owner.address}>"
    mail["To"], mail["Subject"] = firm.ops, "our orders"
    mail["Date"] = format_datetime(firm.owner.clock.now())
    mail["Message-ID"] = f"<{uuid4().hex}@client.test>"
    mail.set_content("see attached")
    kind = {"csv": ("text", "csv"), "xml": ("application", "xml"), "txt": ("text", "plain")}
    maintype, subtype = kind[name.rpartition(".")[2]]
    mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    raw = mail.as_bytes(policy=SMTP)
    return firm.owner.signed(raw) if signed else raw


async def draft_of(firm: Firm, raw: bytes) -> str:
    await firm.hand_in(raw)
    (draft,) = await firm.news()
    return draft.text.replace("\n", " ")


async def test_a_table_is_kept_listed_holds_a_bill_and_is_taken_back(firm: Firm) -> None:
    bill = due_bill(po_number="PO-7")
    limit = bill.total - Decimal(50)
    table = f"number,vendor,currency,total\nPO-7,{bill.seller},EUR,{limit}\nPO-8,Kranz,EUR,5\n"
    await firm.hand_in(sent(firm, table.encode(), "orders.csv"))
    (draft,) = await firm.news()
    assert "2 orders of ours" in draft.subject
    assert firm.rows("SELECT count(*) FROM orders") == [(0,)]
    receipt = await firm.answer_to(draft, "approve")
    assert "kept 2 orders" in receipt.text
    listed = (await answer_to(firm, "orders")).text
    assert "PO-8" in listed
    assert "Kranz: EUR 5.00 ordered, EUR 0.00 billed" in listed
    beyond = await firm.draft_of(mail_with(bill))
    assert "it is more than was ordered" in beyond.text.lower()
    undone = await firm.answer_to(receipt, "undo")
    assert "forgot the orders PO-7, PO-8" in undone.text
    assert firm.rows("SELECT count(*) FROM orders") == [(0,)]


async def test_undo_puts_back_what_was_replaced(firm: Firm) -> None:
    first = ubl_xml(Bill(number="PO-9")).replace(b"Invoice", b"Order")
    again = b"number,vendor,currency,net\nPO-9,Kranz Bau,EUR,77\n"
    await firm.hand_in(sent(firm, first, "order.xml"))
    (draft,) = await firm.news()
    await firm.answer_to(draft, "approve")
    before = firm.rows("SELECT body FROM orders")
    await firm.hand_in(sent(firm, again, "changed.csv"))
    (draft,) = await firm.news()
    assert "Known already, and replaced by this: PO-9." in draft.text.replace("\n", " ")
    receipt = await firm.answer_to(draft, "approve")
    assert firm.rows("SELECT body FROM orders") != before
    await firm.answer_to(receipt, "undo")
    assert firm.rows("SELECT body FROM orders") == before


async def test_a_page_is_read_like_a_table(firm: Firm) -> None:
    await firm.hand_in(sent(firm, PAGE.encode(), "po.txt"))
    (draft,) = await firm.news()
    assert "Order PO-2026-17 to Kranz Bau GmbH" in draft.subject
    await firm.answer_to(draft, "approve")
    assert "PO-2026-17" in (await answer_to(firm, "orders")).text


async def test_a_strangers_order_is_only_filed(firm: Firm) -> None:
    raw = sent(firm, PAGE.encode(), "po.txt", "Eve <eve@evil.example>", signed=False)
    assert "it is no order of yours: it is only filed" in await draft_of(firm, raw)


async def test_a_forged_sender_leads_the_draft(firm: Firm) -> None:
    raw = sent(firm, PAGE.encode(), "po.txt", signed=False)
    assert "the mail is not proven to be yours" in (await draft_of(firm, raw)).lower()


async def test_a_table_that_is_broken_says_where(firm: Firm) -> None:
    table = b"number,vendor,net\nPO-1,Acme,a lot\n"
    text = await draft_of(firm, sent(firm, table, "orders.csv"))
    assert "line 2" in text
