"""One case's story is told by the audit log alone: who, what, when, why, from which source."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from mailagent.core.errors import Transient
from mailagent.core.job import Job, Stage
from mailagent.core.story import Section
from mailagent.ports.story import Story, told
from mailagent.store.board import SqlJobBoard
from mailagent.testing import FakeClock
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import NOW

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
VERSIONS = {"code": "1.2.3", "policy": "ab12", "prompts": "kind/3", "model": "none"}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, versions=VERSIONS) as made:
        yield made


async def story_of(desk: Desk, case: int = 1, *, sealed: bool = False) -> Story:
    async with desk.begin() as tx:
        return await told(tx, case, sealed=sealed)


def says(story: Story, section: Section) -> str:
    return "\n".join(line.text for line in story.lines if line.section is section)


async def approved(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "due 15 Dec", date=desk.clock.now()))
    await desk.take_in(reply_mail(desk.draft(), "approve", date=desk.clock.now()))


async def test_from_the_mail_to_the_effect_nothing_is_missing(desk: Desk) -> None:
    await approved(desk)
    story = await story_of(desk)
    assert story.altered == ()
    (kept,) = [e for e in await desk.entries("message.kept") if e.details["message"] == 1]
    assert says(story, Section.TRIGGER).startswith(f"mail {kept.details['sha256'][:12]}, ")
    assert f"document {(await desk.case()).document.sha256[:12]}" in says(story, Section.SOURCES)
    assert "invoice" in says(story, Section.READ)
    assert says(story, Section.VERSIONS).splitlines() == [
        f"v{n}: code 1.2.3, policy ab12, prompts kind/3, model none" for n in (1, 2)
    ]
    assert "ledger.vendor" in says(story, Section.TOOLS)
    assert "ann changed due_date" in says(story, Section.PROPOSAL)
    assert "v2: ask, hit none" in says(story, Section.RULES)
    assert says(story, Section.GATES) == "all 10 pass\nall 10 pass"
    assert "ann: execute approve -> approve" in says(story, Section.DECISION)
    assert "ledger.record_bill done" in says(story, Section.EFFECTS)
    assert len(story.replies) == 2
    assert all([await desk.office.blobs.get(content) for content in story.replies])


async def test_a_word_in_a_brief_belongs_to_the_case(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    async with desk.begin() as tx:
        await tx.supersede_drafts(1)
        await tx.hold_for_brief(1, "ann", for_morning=True)
    desk.clock.set(MONDAY)
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine="brief"))
    await desk.engine.drain()
    (letter,) = desk.letters("brief")
    await desk.take_in(reply_mail(letter, "1 ok", date=desk.clock.now()))
    story = await story_of(desk)
    assert says(story, Section.DECISION).splitlines() == [
        "ann: approve",
        "ann: number 1 of B-1, approve",
        "ann: items -> items",
    ]
    assert says(story, Section.GATES) == "all 10 pass"


async def test_words_that_were_taken_away_are_told_as_their_hashes(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "reject wrong entity", date=desk.clock.now()))
    assert "wrong entity" in says(await story_of(desk), Section.DECISION)
    hidden = await story_of(desk, sealed=True)
    assert "rejected: sealed " in says(hidden, Section.DECISION)
    assert hidden.erased == 0
    async with desk.begin() as tx:
        await tx.run(text("DELETE FROM audit_words"))
    erased = await story_of(desk)
    assert "rejected: sealed " in says(erased, Section.DECISION)
    assert erased.altered == ()
    assert erased.erased > 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_words SET words = replace(words, 'wrong entity', 'ok by me')",
        "UPDATE audit SET actor = 'ben' WHERE what = 'case.rejected'",
    ],
)
async def test_what_was_altered_is_said(desk: Desk, statement: str) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "reject wrong entity", date=desk.clock.now()))
    async with desk.begin() as tx:
        await tx.run(text("DROP TRIGGER audit_update"))
        await tx.run(text(statement))
    assert len((await story_of(desk)).altered) >= 1


async def test_attempts_are_told_and_fill_no_log(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    assert isinstance(desk.clock, FakeClock)
    board = SqlJobBoard(desk.store)
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.EXECUTE, subject=1, version=1))
    (waiting,) = await board.due(desk.clock.now(), 9, ())
    for _ in range(9):
        await board.postpone(waiting.id, NOW, str(Transient("the ledger is away")))
    lines = says(await story_of(desk), Section.TROUBLE).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        f"execute, attempt {n}" for n in (1, 2, 4, 8)
    ]
    assert "the ledger is away" in lines[0]


async def test_why_tells_it_by_mail(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "why", date=desk.clock.now()))
    told_so = {said.key: said.gaps["text"] for _, said in desk.letters("answer")[-1].listed}
    assert told_so["story.versions"] == "v1: code 1.2.3, policy ab12, prompts kind/3, model none"
    assert told_so["story.trigger"].startswith("mail ")
