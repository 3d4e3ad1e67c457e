"""Sorting by what a mail seems to be: aside, kept for its owner, or asked about."""

from pathlib import Path

from mailagent.core.audit import Entry
from mailagent.core.fraud import Signs
from mailagent.core.letter import Notice
from mailagent.core.message import Message
from mailagent.core.reading import Kind
from mailagent.core.said import Said
from mailagent.core.triage import Look, Teaching, because
from tests.desk import Desk, bill_mail, open_desk
from tests.values import reading

ENTRY = Entry(actor="ann", what="sender.taught")


def look(kind: Kind, confidence: float = 0.85) -> Look:
    told = {"kind": kind, "confidence": confidence, **because("sign", "it carries List-Id")}
    return Look.model_validate(told)


def text_mail(seen: Look, name: str = "one", sender: str = "news@shop.test") -> bytes:
    """A text in a mail; the fake reader takes the text as its own reading."""
    body = reading(Kind.OTHER).model_dump_json()
    return (
        Message(
            subject=f"Hello {name}",
            sender=f"Shop <{sender}>",
            sender_address=sender,
            message_id=f"<{name}@shop.test>",
            text=body,
            look=seen,
        )
        .model_dump_json()
        .encode()
    )


async def dispositions(desk: Desk) -> list[str]:
    async with desk.begin() as tx:
        return [(await tx.message(n)).disposition.value for n in (1, 2)]


async def test_a_newsletter_lies_aside_and_a_code_is_kept_for_its_owner(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        news, code = look(Kind.NEWSLETTER), look(Kind.CODE)
        await desk.take_in(text_mail(news), text_mail(code, "481516 is your code"))
        assert await dispositions(desk) == ["automatic", "parked"]
        (told,) = desk.letters()  # its owner hears that it lies here, and nothing of what it says
        assert told.notice is Notice.CODE
        assert told.facts[1] == ("subject", "Hello \u2026 is your code")
        assert "481516" not in told.model_dump_json()
        async with desk.begin() as tx:
            seen = await tx.seen(0, ())
        assert (seen.aside, seen.aside_as, seen.codes, seen.parked) == (1, {"newsletter": 1}, 1, 0)
        assert seen.comes_out
        await desk.take_in(text_mail(code, "three"), text_mail(code, "four"))
        assert len(desk.letters()) == 1  # a flood of codes is no flood of notices


async def test_what_is_doubtful_is_asked_about(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(text_mail(look(Kind.NEWSLETTER, 0.5)))
        notes = [note.key for note in desk.draft().proposal.notes if isinstance(note, Said)]
        assert notes[:2] == ["look.unsure", "looked.sign"]


async def test_what_a_person_said_of_a_sender_counts(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        lesson = Teaching(
            sender="news@shop.test", seen=Kind.NEWSLETTER, kind=Kind.OTHER, person="ann", message=1
        )
        async with desk.begin() as tx:
            await tx.teach_sender(lesson, ENTRY)
        await desk.take_in(text_mail(look(Kind.NEWSLETTER)))
        assert desk.draft().proposal.task == "other"
        async with desk.begin() as tx:
            assert await tx.forget_sender("news@shop.test", ENTRY) == 1
        await desk.take_in(text_mail(look(Kind.NEWSLETTER), "two"))
        assert await dispositions(desk) == ["documents", "automatic"]


async def test_signs_of_fraud_lead_a_bill_and_stop_it(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        signs = Signs(reply_to="x@evil.test", files=("bill.exe: a program",))
        await desk.take_in(bill_mail(signs=signs))
        letter = desk.draft()
        assert [check.name for check in letter.proposal.checks[:2]] == [
            "dangerous_file",
            "reply_elsewhere",
        ]
        assert letter.proposal.title.startswith("STOP: a dangerous file")


async def test_a_known_name_on_another_address(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        for n in ("1", "2"):
            await desk.take_in(bill_mail(reading(invoice_number=f"R-{n}"), message_id=f"<{n}@a>"))
        await desk.take_in(
            bill_mail(reading(invoice_number="R-3"), sender="acme@mail.example", message_id="<3@a>")
        )
        assert desk.draft().proposal.failed_checks[0].name == "borrowed_name"


async def test_a_thread_that_a_stranger_goes_on_with(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(
            bill_mail(
                reading(invoice_number="R-2"),
                sender="x@elsewhere.example",
                message_id="<2@b>",
                references=("<bill-1@acme.test>",),
            )
        )
        failed = [check.name for check in desk.draft().proposal.failed_checks]
        assert "thread_taken_over" in failed
