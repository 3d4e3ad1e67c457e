"""Mail to somebody outside: the same bytes, at most once, and never a guess."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.capability import RemoveFile, SendMail
from mailagent.core.effect import outside_name
from mailagent.core.errors import (
    MailboxRefused,
    OutcomeUnknown,
    RecipientRefused,
    SendingUnavailable,
)
from mailagent.core.letter import OutsideLetter
from mailagent.core.message import Message
from tests.desk import Desk, bill_mail, open_desk
from tests.values import COMPANY, NOW

KEY = "k1"
MAIL = SendMail(
    to="billing@acme.test",
    cc=("second@acme.test",),
    subject="Re: Your bill",
    text="which PO?",
    in_reply_to="<bill-1@acme.test>",
)
NAME = "ops.0123456789@corp.test"


async def intended(desk: Desk) -> None:
    """A case, and its mail as it is kept with the intent."""
    await desk.take_in(bill_mail())
    desk.post.sent.clear()
    letter = OutsideLetter(
        company=COMPANY,
        to=MAIL.to,
        cc=MAIL.cc,
        subject=MAIL.subject,
        text=MAIL.text,
        message_id=NAME,
        at=NOW,
    )
    async with desk.begin() as tx:
        await tx.keep_outside(outside_name(KEY), 1, letter)


async def perform(desk: Desk) -> str:
    async with desk.begin() as tx:
        return (await desk.office.systems["mail"].perform(tx, 1, MAIL, KEY)).reference


async def find(desk: Desk) -> str:
    async with desk.begin() as tx:
        found = await desk.office.systems["mail"].find(tx, MAIL, KEY)
    return found.reference if found else ""


async def test_it_is_sent_with_a_copy_to_ourselves_and_remembered(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await intended(desk)
        assert await find(desk) == ""
        assert await perform(desk) == NAME
        (mail,) = desk.post.sent
        assert (mail.recipient, mail.copies) == (MAIL.to, (*MAIL.cc, COMPANY.ops_address))
        assert await find(desk) == NAME
        async with desk.begin() as tx:
            assert (await tx.correspondent("Billing@acme.test")).mails == 1
            assert (await tx.correspondent("second@acme.test")).mails == 1
            assert (await tx.correspondent("nobody@acme.test")).mails == 0
            assert await tx.is_ours(f"<{NAME}>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trouble", "raised"),
    [
        (SendingUnavailable("away"), SendingUnavailable),
        (RecipientRefused("nobody"), RecipientRefused),
        (MailboxRefused("a new password is wanted"), SendingUnavailable),
    ],
)
async def test_what_certainly_was_not_sent_can_be_sent_again(
    tmp_path: Path, trouble: Exception, raised: type[Exception]
) -> None:
    async with open_desk(tmp_path) as desk:
        await intended(desk)
        desk.post.faults.add(trouble)
        with pytest.raises(raised):
            await perform(desk)
        assert await find(desk) == ""
        assert await perform(desk) == NAME
        assert len(desk.post.sent) == 1


async def test_what_nobody_knows_is_looked_up_and_then_asked(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await intended(desk)
        desk.post.lose_reply()
        with pytest.raises(OutcomeUnknown):
            await perform(desk)
        with pytest.raises(SendingUnavailable):  # the copy may still be on its way
            await find(desk)
        desk.clock.advance(timedelta(minutes=11))
        with pytest.raises(OutcomeUnknown):
            await find(desk)
        async with desk.begin() as tx:
            assert (await tx.correspondent(MAIL.to)).mails == 0


async def test_the_copy_to_ourselves_is_the_witness(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await intended(desk)
        desk.post.lose_reply()
        with pytest.raises(OutcomeUnknown):
            await perform(desk)
        copy = Message(message_id=f"<{NAME}>", sender_address=COMPANY.ops_address)
        await desk.take_in(copy.model_dump_json().encode())
        assert await find(desk) == NAME
        async with desk.begin() as tx:
            assert (await tx.correspondent(MAIL.to)).mails == 1
        assert len(await desk.cases()) == 1


async def test_it_does_nothing_else(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await intended(desk)
        other = RemoveFile(path="a", content="b")
        async with desk.begin() as tx:
            with pytest.raises(TypeError):
                await desk.office.systems["mail"].perform(tx, 1, other, KEY)
