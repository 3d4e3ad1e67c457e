"""From the answer to what happens: approve, reject, undo, and everything that releases nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.case import State
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice, Settled
from mailagent.core.value import sha256
from mailagent.stages.decide import decide
from mailagent.stages.ingest import ingest
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import reading


async def asked(desk: Desk, *mails: bytes) -> None:
    """Up to the draft."""
    await desk.take_in(*(mails or (bill_mail(),)))
    assert (await desk.cases())[-1].state in (State.PROPOSED, State.NEEDS_OWNER)


async def booked(desk: Desk) -> list[bool]:
    """Each recorded bill: is it void?"""
    async with desk.begin() as tx:
        return [recorded.void for recorded in await tx.bills()]


def filed(desk: Desk) -> list[Path]:
    return [path for path in desk.files.rglob("*") if path.is_file()]


async def test_an_approved_bill_is_recorded_filed_and_remembered(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        assert await booked(desk) == []
        await desk.take_in(reply_mail(desk.draft()))
        assert (await desk.case()).state is State.DONE
        assert await booked(desk) == [False]
        (path,) = filed(desk)
        assert path.name == "2026-11-18 acme r-2026-7.pdf"
        (receipt,) = desk.letters("receipt")
        assert [line.settled for line in receipt.lines] == [Settled.DONE] * 3
        assert receipt.undo_until is not None
        assert (await desk.entries("case.approve"))[0].actor == "ann"
        assert desk.mailbox.mails() == []
        assert len(desk.mailbox.mails("Ops/Done")) == 2


async def test_an_undo_takes_everything_back_and_is_the_end(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        await desk.take_in(reply_mail(desk.draft()))
        await desk.take_in(reply_mail(desk.letters("receipt")[0], "undo"))
        assert (await desk.case()).state is State.DONE
        assert await booked(desk) == [True]
        assert filed(desk) == []
        last = desk.letters("receipt")[-1]
        assert (last.verb, last.undo_until) == ("undo", None)
        assert [line.payload.capability for line in last.lines] == [
            *("ledger.void_bill", "reminders.cancel", "files.remove")
        ]


async def test_a_rejected_case_can_be_opened_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        await desk.take_in(reply_mail(desk.draft(), "reject not ours"))
        assert (await desk.case()).state is State.REJECTED
        (receipt,) = desk.letters("receipt")
        assert (receipt.reason, receipt.lines) == ("not ours", ())
        await desk.take_in(reply_mail(receipt, "undo"))
        assert (await desk.case()).state is State.PROPOSED
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert await booked(desk) == [False]


async def test_what_is_not_understood_is_asked_once_and_the_token_still_counts(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        await desk.take_in(reply_mail(desk.draft(), "hm, well"))
        await desk.take_in(reply_mail(desk.draft(), "hm, well indeed"))
        await desk.take_in(reply_mail(desk.draft(), "hm, well, once more"))
        question, reminded = desk.letters("question")  # and one word a day that it still waits
        assert question.likely == ("approve", "reject")
        assert question.they_wrote == "hm, well"
        assert reminded.they_wrote == "hm, well indeed"
        assert (await desk.case()).state is State.PROPOSED
        await desk.take_in(reply_mail(question, "approve"))
        assert (await desk.case()).state is State.DONE


# -- late


async def test_a_used_token_brings_the_receipt_again_with_the_same_bytes(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        draft = desk.draft()
        await desk.take_in(reply_mail(draft, "approve"))
        await desk.take_in(reply_mail(draft, "approve!"))
        first, second = (mail for mail in desk.post.sent if mail.kind == "receipt")
        assert first == second
        assert await booked(desk) == [False]


@pytest.mark.parametrize("currency", ["EUR", ""], ids=["proposed", "asked"])
async def test_a_late_answer_brings_the_current_version(tmp_path: Path, currency: str) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk, bill_mail(reading(currency=currency)))
        old = desk.draft()
        desk.clock.advance(timedelta(days=8))
        await desk.take_in(reply_mail(old, "reject"))
        assert (await desk.case()).state not in (State.DONE, State.REJECTED)
        new = desk.draft()
        assert new.envelope.message_id != old.envelope.message_id
        await desk.take_in(reply_mail(old, "reject."))
        assert desk.draft() == new  # the same once more
        await desk.take_in(reply_mail(new, "reject"))
        assert (await desk.case()).state is State.REJECTED


async def test_an_approval_while_the_page_is_drawn_again_makes_no_second_draft(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        shown = desk.draft()
        answered = False

        async def meanwhile() -> None:
            nonlocal answered
            if not answered:
                answered = True
                desk.mailbox.arrive(reply_mail(shown))
                await ingest(desk.office)
                (job,) = [job for job in await desk.jobs() if job.stage is Stage.DECIDE]
                await decide(desk.office, job)

        desk.reader.before_picture = meanwhile
        async with desk.begin() as tx:
            await tx.defer(Job(stage=Stage.PROPOSE, subject=1, version=1))
        await desk.engine.drain()
        assert answered
        assert (await desk.case()).state is State.DONE
        assert desk.letters("draft") == [shown]
        assert await booked(desk) == [False]


# -- refused


async def test_a_stranger_with_the_token_is_told_to_its_owner(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        await desk.take_in(reply_mail(desk.draft(), sender="eve@evil.test"))
        await desk.take_in(reply_mail(desk.draft(), "approve now", sender="eve@evil.test"))
        assert (await desk.case()).state is State.PROPOSED
        (told,) = desk.letters("notice")
        assert told.notice is Notice.REFUSED
        assert told.envelope.person.id == "ann"
        assert ("from", "eve@evil.test") in told.facts
        desk.clock.advance(timedelta(hours=25))  # until then eve is muted
        await desk.take_in(reply_mail(desk.draft(), "yes", sender="eve@evil.test"))
        assert len(desk.letters("notice")) == 2


async def test_a_machine_that_answers_is_told_to_nobody(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        await desk.take_in(reply_mail(desk.draft(), automatic="Auto-Submitted: auto-replied"))
        assert (await desk.case()).state is State.PROPOSED
        assert desk.letters("notice") == []


async def test_a_document_that_changed_on_disk_releases_nothing(tmp_path: Path) -> None:  # A10
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        document = (await desk.case()).document.sha256
        for change in (b"another bill", None):
            if change is None:
                del desk.blobs.contents[document]
            else:
                desk.blobs.contents[document] = change
            await desk.take_in(reply_mail(desk.draft(), f"approve{'!' * len(change or b'')}"))
        assert (await desk.case()).state is State.PROPOSED
        refused = await desk.entries("decision.refused")
        assert [e.details["gates"]["G8"] != "pass" for e in refused] == [True, True]
        assert await booked(desk) == []


@pytest.mark.parametrize("digest_too", [False, True])
async def test_an_action_changed_in_the_database_releases_nothing(  # A09, A68
    tmp_path: Path, digest_too: bool
) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        async with desk.store.engine.begin() as connection:
            await connection.exec_driver_sql(
                "UPDATE proposals SET body = replace(body, '\"119.00\"', '\"911.00\"')"
            )
        if digest_too:
            await _forge_digest(desk)
        await desk.take_in(reply_mail(desk.draft()))
        (refused,) = await desk.entries("decision.refused")
        assert refused.details["gates"]["G8"] != "pass"
        assert ("token" in refused.details["gates"]["G8"]) == digest_too
        assert await booked(desk) == []


async def _forge_digest(desk: Desk) -> None:
    from mailagent.core.proposal import digest

    async with desk.begin() as tx:
        proposal, _, _ = await tx.proposal(1, 1)
    forged = digest("corp", proposal)
    async with desk.store.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE drafts SET digest = ?", (forged,))


# -- DNS


async def _signed(desk: Desk, **changes: Any) -> bytes:
    claim = {"domain": "corp.test", "selector": "s1"}
    return reply_mail(desk.draft(), claims=(claim,), **changes)


async def test_a_silent_dns_holds_the_mail_then_refuses(tmp_path: Path) -> None:  # A19
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        desk.keys.silent = True
        await desk.take_in(await _signed(desk, server=None))
        for _ in range(12):
            desk.clock.advance(timedelta(minutes=4, seconds=55))
            await desk.engine.drain()
            assert await desk.entries("decision") == []
        desk.clock.advance(timedelta(minutes=10))
        await desk.engine.drain()
        (refused,) = await desk.entries("decision.refused")
        assert refused.details["gates"]["G5"] != "pass"
        assert (await desk.case()).state is State.PROPOSED


async def test_a_held_mail_counts_when_dns_answers(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        desk.keys.silent = True
        await desk.take_in(await _signed(desk))
        assert (await desk.case()).state is State.PROPOSED
        desk.keys.silent = False
        desk.keys.records["s1._domainkey.corp.test"] = "v=DKIM1; p=x"
        desk.clock.advance(timedelta(minutes=5))
        await desk.engine.drain()
        assert (await desk.case()).state is State.DONE
        assert desk.reader.checked == [{"s1._domainkey.corp.test": "v=DKIM1; p=x"}]


async def test_the_content_of_a_decision_is_in_the_audit_log_without_its_code(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await asked(desk)
        raw = reply_mail(desk.draft(), "approve 123 456")
        await desk.take_in(raw)
        (entry,) = await desk.entries("decision.")
        assert entry.details["content"] == sha256(raw)
        assert "123456" not in str(entry.details)
