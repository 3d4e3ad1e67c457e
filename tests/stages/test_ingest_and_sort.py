"""What comes in is kept whole, then becomes exactly one thing."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.errors import MailboxUnavailable
from mailagent.core.job import Stage
from mailagent.core.letter import Notice
from mailagent.core.message import Arrival, Attachment, Disposition, Message, Place
from mailagent.core.value import sha256
from mailagent.ports import Header
from mailagent.stages.ingest import Words, ingest
from mailagent.stages.sort import sort
from tests.desk import Desk, Killed, bill_mail, open_desk, reply_mail
from tests.values import PDF, reading

READING = reading().model_dump_json().encode()


async def disposition(desk: Desk, message: int = 1) -> Disposition:
    async with desk.begin() as tx:
        found: Disposition = (await tx.message(message)).disposition
    return found


def attachment(content: bytes = READING, **changes: Any) -> Attachment:
    given = {"name": "bill.pdf", "media_type": "application/pdf", "content": content}
    return Attachment(**{**given, **changes})


def mail(*attachments: Attachment, **changes: Any) -> bytes:
    return bill_mail(attachments=attachments, **changes)


# -- ingest


async def test_mails_are_fetched_in_batches_and_the_watermark_follows(tmp_path: Path) -> None:
    async with open_desk(tmp_path, batch=3) as desk:
        for number in range(8):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        assert await ingest(desk.office) == 8
        assert desk.probe.seen.count("ingest: committed") == 3
        async with desk.begin() as tx:
            assert (await tx.watermark(desk.mailbox.name)).uid == 8
        assert await ingest(desk.office) == 0


async def test_a_pile_is_looked_at_in_pieces_and_all_of_it_is_kept_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("mailagent.stages.ingest", "mailagent.testing"):
        monkeypatch.setattr(f"{module}.SWEPT", 3)
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        desk.mailbox.arrive(reply_mail(desk.draft()))  # its header comes with the last piece
        for number in range(8):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        assert await ingest(desk.office) == 9
        kept = [entry.details["uid"] for entry in await desk.entries("message.kept")]
        assert kept == [1, *range(3, 12)]  # 2 is where the first was moved to
        stages = [job.stage for job in await desk.jobs()]
        assert (stages.count(Stage.SORT), stages.count(Stage.DECIDE)) == (8, 1)
        assert await ingest(desk.office) == 0


async def test_a_pile_that_is_numbered_anew_meanwhile_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("mailagent.stages.ingest", "mailagent.testing"):
        monkeypatch.setattr(f"{module}.SWEPT", 2)
    async with open_desk(tmp_path) as desk:
        for number in range(4):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        whole = desk.mailbox.sweep

        async def renumbered(*place: int, below: int = 0) -> tuple[int, Sequence[Header]]:
            if below:
                desk.mailbox.renumber()
            return await whole(*place, below=below)

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(desk.mailbox, "sweep", renumbered)
            with pytest.raises(MailboxUnavailable):
                await ingest(desk.office)
        assert await ingest(desk.office) == 4


async def test_words_are_kept_beside_a_pile_and_nothing_else_is(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        words = Words(desk.office)
        assert await words.look() == 0  # what lies there belongs to the pile
        desk.mailbox.arrive(bill_mail(message_id="<2@x>"))
        desk.mailbox.arrive(reply_mail(desk.draft()))
        assert await words.look() == 1
        assert [job.stage for job in await desk.jobs()] == [Stage.DECIDE]
        assert await words.look() == 0
        desk.mailbox.renumber()
        assert await words.look() == 0  # another folder by the same name: the pile reads it
        assert await ingest(desk.office) == 1


@pytest.mark.parametrize("point", ["ingest: fetched", "ingest: before commit", "ingest: committed"])
async def test_killed_between_batches_it_loses_nothing_and_keeps_nothing_twice(
    tmp_path: Path, point: str
) -> None:
    async with open_desk(tmp_path, batch=2) as desk:
        await desk.take_in(bill_mail())
        for number in range(5):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        desk.mailbox.arrive(reply_mail(desk.draft()))
        desk.probe.deadly = point
        for _ in range(3):
            with pytest.raises(Killed):
                await ingest(desk.office)
        desk.probe.deadly = ""
        await ingest(desk.office)
        assert len(await desk.entries("message.kept")) == 7
        stages = [job.stage for job in await desk.jobs()]
        assert (stages.count(Stage.SORT), stages.count(Stage.DECIDE)) == (5, 1)


async def test_an_owners_word_is_taken_in_before_a_burst(tmp_path: Path) -> None:
    async with open_desk(tmp_path, batch=10) as desk:
        await desk.take_in(bill_mail())
        for number in range(20):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        desk.mailbox.arrive(reply_mail(desk.draft()))
        desk.probe.deadly = "ingest: committed"
        with pytest.raises(Killed):
            await ingest(desk.office)
        assert [job.stage for job in await desk.jobs()] == [Stage.DECIDE]


async def test_a_mail_that_was_taken_away_meanwhile_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(tmp_path) as desk:
        places = [desk.mailbox.arrive(bill_mail(message_id=f"<{n}@x>")) for n in range(3)]
        uidvalidity, headers = await desk.mailbox.sweep(0, 0)

        async def swept(_uidvalidity: int, _after: int) -> tuple[int, Sequence[Header]]:
            return uidvalidity, headers

        monkeypatch.setattr(desk.mailbox, "sweep", swept)
        desk.mailbox.remove(places[1])
        assert await ingest(desk.office) == 2


async def test_a_mailbox_that_is_away_leaves_everything_as_it_is(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.mailbox.arrive(bill_mail())
        for _ in range(3):
            desk.mailbox.faults.add(MailboxUnavailable("away"))
            with pytest.raises(MailboxUnavailable):
                await ingest(desk.office)
        assert await ingest(desk.office) == 1


async def test_a_renumbered_mailbox_brings_nothing_twice(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        for number in range(3):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        await ingest(desk.office)
        desk.mailbox.renumber()
        assert await ingest(desk.office) == 0
        desk.mailbox.arrive(bill_mail(message_id="<new@x>"))
        assert await ingest(desk.office) == 1


async def test_a_mail_too_large_is_set_aside_and_its_owner_told(tmp_path: Path) -> None:
    async with open_desk(tmp_path, mail_bytes=1_000) as desk:
        await desk.take_in(bill_mail(subject="x" * 2_000))
        assert await disposition(desk) is Disposition.PARKED
        (told,) = desk.letters("notice")
        assert told.notice is Notice.TOO_LARGE
        assert len(desk.mailbox.mails("Ops/Parked")) == 1


# -- sort


@pytest.mark.parametrize(
    ("raw", "documents"),
    [
        (mail(attachment()), ["bill.pdf"]),
        (mail(attachment(), attachment(PDF, name="terms.pdf")), ["bill.pdf", "terms.pdf"]),
        (mail(attachment(inline=True)), ["bill.pdf"]),  # some mailers show every PDF inline
        (mail(attachment(b"png", media_type="image/png", inline=True)), ["Your bill"]),
        (mail(attachment(b"jpg", name="scan.jpg", media_type="image/jpeg")), ["scan.jpg"]),
        (mail(attachment(b"s", media_type="application/pgp-signature")), ["Your bill"]),
        (mail(attachment(b"")), ["Your bill"]),
        (mail(attachment(name="")), ["attachment.pdf"]),
        (mail(attachment(name="", media_type="text/calendar")), ["invitation.ics"]),
        (mail(nested=(Message(attachments=(attachment(),)),)), ["bill.pdf"]),  # forwarded whole
        (mail(text="please pay", subject=""), ["mail"]),
    ],
    ids=[
        *("one", "two", "inline", "logo", "scan", "signature", "empty"),
        *("unnamed", "unnamed invitation", "forward", "text"),
    ],
)
async def test_what_of_a_mail_becomes_a_case(
    tmp_path: Path, raw: bytes, documents: list[str]
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(raw)
        assert [case.document.name for case in await desk.cases()] == documents
        assert await disposition(desk) is Disposition.DOCUMENTS
        for case in await desk.cases():
            assert case.document.sha256 in desk.blobs.contents


@pytest.mark.parametrize(
    ("attachments", "becomes"),
    [
        ((), Disposition.AUTOMATIC),
        ((attachment(b"png", media_type="image/png", inline=True),), Disposition.AUTOMATIC),
        ((attachment(),), Disposition.DOCUMENTS),  # many vendors send bills from machines
    ],
    ids=["empty", "logo", "bill"],
)
async def test_a_machines_mail_is_set_aside_unless_it_brings_a_document(
    tmp_path: Path, attachments: tuple[Attachment, ...], becomes: Disposition
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(mail(*attachments, automatic="List-Id"))
        assert await disposition(desk) is becomes
        if becomes is Disposition.AUTOMATIC:
            assert len(desk.mailbox.mails("Ops/Aside")) == 1


async def test_our_own_mail_that_comes_back_is_set_aside_with_its_attachment(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        ours = desk.post.sent[0].message_id
        plain = ours.replace(ours.split(".")[1].partition("@")[0], "x")
        async with desk.store.engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE outbox SET message_id = ?", (plain,))
        await desk.take_in(bill_mail(message_id=f"<{plain}>"))
        assert await disposition(desk, 2) is Disposition.AUTOMATIC
        assert len(await desk.cases()) == 1


async def test_a_mail_that_kills_its_reader_is_parked_and_told_once(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.reader.deadly.add(bill_mail())
        await desk.take_in(bill_mail())
        assert await disposition(desk) is Disposition.PARKED
        assert await desk.cases() == []
        assert [letter.notice for letter in desk.letters("notice")] == [Notice.UNOPENED]
        assert desk.mailbox.mails("Ops/Parked") == [bill_mail()]


async def test_an_enrolment_is_noted_while_it_is_waited_for(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            await tx.open_enrolment("ENROLL-ABC", "ann@corp.test", desk.clock.now() + timedelta(1))
        await desk.take_in(mail(subject="Re: enroll-abc"))
        await desk.take_in(mail(subject="ENROLL-ABC", message_id="<2@x>"))
        assert await disposition(desk, 1) is Disposition.REQUEST
        assert await disposition(desk, 2) is Disposition.DOCUMENTS  # the code is used up
        async with desk.begin() as tx:
            assert (await tx.enrolment_mail("ENROLL-ABC")).id == 1


async def test_an_enrolment_lies_where_it_came_until_it_is_measured(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.mailbox.arrive(mail(subject="enroll 123 456"))
        await ingest(desk.office)
        (job,) = await desk.jobs()
        await sort(desk.office, job)
        assert {job.stage for job in await desk.jobs()} == {Stage.SORT, Stage.ENROL}
        assert await disposition(desk) is Disposition.ARRIVED  # nothing moves it meanwhile


async def test_a_word_that_comes_while_a_pile_is_taken_in_does_not_wait_for_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(tmp_path, batch=2) as desk:
        await desk.take_in(bill_mail())
        for number in range(8):
            desk.mailbox.arrive(bill_mail(message_id=f"<{number}@x>"))
        fetch, sizes = desk.mailbox.fetch, list[int]()

        async def answered(places: Sequence[Place], *, urgent: bool = False) -> Sequence[Arrival]:
            if not sizes:  # the owner answers while the first batch is fetched
                desk.mailbox.arrive(reply_mail(desk.draft()))
            sizes.append(len(places))
            return await fetch(places)

        monkeypatch.setattr(desk.mailbox, "fetch", answered)
        assert await ingest(desk.office) == 9
        assert sizes == [2, 2, 2, 1, 2]  # the second and third were on their way already
        assert [job.stage for job in await desk.jobs()].count(Stage.DECIDE) == 1
        assert await ingest(desk.office) == 0


async def test_a_large_mail_goes_to_the_blobs_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailagent.stages.ingest._BATCH_BYTES", 5_000)
    async with open_desk(tmp_path) as desk:
        large, small = bill_mail(text="x " * 4_000, message_id="<l@x>"), bill_mail()
        for raw in (small, large, small):
            desk.mailbox.arrive(raw)
        assert await ingest(desk.office) == 3
        assert sha256(large) in desk.blobs.contents
        monkeypatch.setattr(desk.mailbox, "pour", _is_gone)
        desk.mailbox.arrive(bill_mail(text="y " * 4_000, message_id="<m@x>"))
        assert await ingest(desk.office) == 0


async def _is_gone(*_: object, **__: object) -> bool:
    return False


async def test_a_flood_of_documents_in_one_mail_is_one_notice(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(mail(*[attachment(READING + b" " * n) for n in range(21)]))
        assert await disposition(desk) is Disposition.PARKED
        assert await desk.cases() == []
        assert len(desk.post.sent) == 1


async def test_a_draft_that_a_rule_sends_on_to_us_starts_no_loop(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        ops = desk.office.company.ops_address
        await desk.take_in(mail(attachment(), automatic="Auto-Submitted", sender_address=ops))
        assert await disposition(desk) is Disposition.AUTOMATIC
        assert desk.post.sent == []
