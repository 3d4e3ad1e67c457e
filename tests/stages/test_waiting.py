"""What waits and what did not arrive is seen on the board. Ids: GATES.md."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.case import State
from mailagent.core.errors import MailRefused, RecipientRefused, SendingUnavailable
from mailagent.core.letter import Notice
from mailagent.core.message import Attachment, Message
from mailagent.core.people import Address, Pin, Proof
from mailagent.core.reply import Claim
from mailagent.testing import FakePost
from tests.desk import bill_mail, open_desk, reply_mail
from tests.values import person


async def test_a_held_answer_is_seen_and_refused_after_an_hour(tmp_path: Path) -> None:  # A19
    pin = Pin(method=Proof.DKIM, domain="corp.test")
    signs = person(addresses=(Address(address="ann@corp.test", pin=pin),))
    async with open_desk(tmp_path, people=(signs,)) as desk:
        await desk.take_in(bill_mail())
        desk.keys.silent = True
        claim = Claim(domain="corp.test", selector="s1")
        await desk.take_in(reply_mail(desk.draft(), "approve", claims=(claim,)))
        async with desk.begin() as tx:
            (held,) = await tx.held()
        assert held.sender == "ann@corp.test"
        assert "[ops " in held.subject
        assert held.why
        assert desk.letters("notice") == []
        desk.clock.advance(timedelta(minutes=61))
        await desk.engine.drain()
        async with desk.begin() as tx:
            assert await tx.held() == []
        assert [told.notice for told in desk.letters("notice")] == [Notice.UNPROVEN]
        assert (await desk.case()).state is State.PROPOSED


def report(about: str, status: str) -> bytes:
    """What a mail server says of a mail of ours."""
    part = Attachment(
        name="", media_type="message/delivery-status", content=status.encode(), inline=True
    )
    said = Message(
        subject="Undelivered",
        sender="MAILER-DAEMON@mx.test",
        message_id="<dsn@mx.test>",
        automatic="it is a multipart/report",
        attachments=(part,),
        nested=(Message(message_id=f"<{about}>"),),
    )
    # the mail that came back lies in the body, not in the header
    return said.model_dump_json().replace('"nested":[{', '\r\n\r\n"nested":[{').encode()


FAILED = "Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 nobody here"


@pytest.mark.parametrize(
    ("status", "what", "told"),
    [
        (FAILED, "undelivered", "did not reach"),
        (FAILED.replace("failed", "delayed"), "delayed", "is late to"),
        (FAILED.replace("failed", "relayed"), "", ""),
    ],
)
async def test_a_bounce_of_a_draft_is_seen_on_its_case(
    tmp_path: Path, status: str, what: str, told: str
) -> None:  # A35
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(report(desk.draft().envelope.message_id, status))
        async with desk.begin() as tx:
            (row,) = await tx.queue()
        assert row.waits == (f"ann; draft {told} ann@corp.test: 550 nobody here" if told else "ann")
        assert [e.case for e in await desk.entries(f"mail.{what or 'undelivered'}")] == (
            [1] if what else []
        )
        assert len(desk.post.sent) == 1
        assert (await desk.case()).state is State.PROPOSED


async def test_a_bounce_of_something_else_is_nothing(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(report("somebody@else.test", FAILED))
        assert await desk.entries("mail.undelivered") == []


async def test_a_refused_draft_is_seen_on_its_case(tmp_path: Path) -> None:
    async with open_desk(tmp_path, post=FakePost(["ann@corp.test"])) as desk:
        await desk.take_in(bill_mail())
        async with desk.begin() as tx:
            (row,) = await tx.queue()
        assert "draft did not reach ann@corp.test" in row.waits


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SendingUnavailable("Not now: the server said 451 greylisted"), "cannot be sent to"),
        (MailRefused("Refused: the server said 552 too large"), "did not reach"),
        (RecipientRefused("Refused: the server said 550 nobody here"), "did not reach"),
    ],
)
async def test_what_the_server_does_not_take_is_seen_on_its_case(
    tmp_path: Path, error: Exception, told: str
) -> None:
    async with open_desk(tmp_path) as desk:
        desk.post.faults.add(error)
        await desk.take_in(bill_mail())
        async with desk.begin() as tx:
            (row,) = await tx.queue()
            troubles = await tx.troubles()
        assert f"draft {told} ann@corp.test: " in row.waits
        assert str(error).partition(": ")[2] in row.waits
        assert any(str(error).partition(": ")[2] in trouble for trouble in troubles)
        if told == "cannot be sent to":
            desk.clock.advance(timedelta(hours=1))
            await desk.engine.drain()
            async with desk.begin() as tx:
                (row,) = await tx.queue()
            assert row.waits == "ann"
