"""Electronic invoices by mail: signed, several in one file, imitated, beyond their order."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mailagent.core.orders import PurchaseOrder
from tests.agent import Firm, due_bill, in_every_way, mail_with
from tests.parsers.invoice.formats import body, fattura, p7m

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


def italian(firm: Firm, *numbers: str) -> bytes:
    """A signed file with an invoice of this month for each number."""
    day = (firm.clock.now() - timedelta(days=3)).date().isoformat()
    bodies = (body(number, general={"Data": day}) for number in numbers)
    return p7m(fattura(*bodies), streamed=True)


@in_every_way
async def test_a_signed_file_with_two_invoices_is_two_drafts(firm: Firm) -> None:
    await firm.arrives(mail_with(due_bill(), italian(firm, "12/B", "13/B")))
    await firm.settled()
    drafts = {draft.subject: draft for draft in await firm.news()}
    assert len(drafts) == 2
    text = "\n".join(draft.text for draft in drafts.values())
    assert "12/B" in text
    assert "13/B" in text
    assert "Officina Rossi S.r.l." in text
    first = next(draft for draft in drafts.values() if "12/B" in draft.text)
    await firm.answer_to(first, "approve")
    assert firm.bills() == [("12/B", False)]
    assert sorted(firm.states()) == ["done", "proposed"]


async def test_a_stranger_with_the_name_of_a_vendor_in_other_letters_stops(firm: Firm) -> None:
    bill = due_bill()
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")
    imitated = due_bill(
        number="RE-1",
        seller=bill.seller.replace("o", "\u043e", 1),
        seller_vat="",
        iban="GB29NWBK60161331926819",
    )
    draft = await firm.draft_of(mail_with(imitated))
    assert draft.subject.startswith("STOP: looks like another vendor")
    assert "mailto:" not in draft.html
    notice = await firm.answer_to(draft, "approve")
    assert "code" in notice.text
    assert len(firm.bills()) == 1


async def test_the_same_bill_under_another_number_is_noticed(firm: Firm) -> None:
    bill = due_bill()
    await firm.answer_to(await firm.draft_of(mail_with(bill)), "approve")
    draft = await firm.draft_of(mail_with(due_bill(number="RE-77")))
    assert draft.text.startswith("Look first: 1 of")
    assert "the same amount was booked days ago" in draft.text.lower()
    assert bill.number in draft.text


async def test_a_bill_beyond_its_order_is_noticed(firm: Firm) -> None:
    bill = due_bill(po_number="PO-7")
    order = PurchaseOrder(number="PO-7", vendor=bill.seller, total=bill.total - Decimal(50))
    async with firm.app.store.begin(firm.app.office.company.id) as tx:
        await tx.save_orders([order])
    draft = await firm.draft_of(mail_with(bill))
    assert "it is more than was ordered" in draft.text.lower()
    unknown = await firm.draft_of(mail_with(due_bill(number="RE-8", po_number="PO-8")))
    assert "no order PO-8 was taken in" in unknown.text


async def test_a_sender_whose_domain_is_nearly_ours_stops(firm: Firm) -> None:
    mail = mail_with(due_bill()).replace(b"nordlicht.example", b"corp.example")
    draft = await firm.draft_of(mail)
    assert draft.subject.startswith("STOP: sender looks like your own domain")
