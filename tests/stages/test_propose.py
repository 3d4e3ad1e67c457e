"""Read and propose: what a task may say, and who is asked."""

from pathlib import Path
from typing import Any

import pytest

from mailagent.core.case import State
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.task import Work
from mailagent.tasks import bills, other
from tests.desk import bill_mail, open_desk, reply_mail
from tests.values import person, reading

FORBID = Rule(name="no", verdict=Verdict.FORBID, why="never", when=Condition(task="bills"))


def tasks(**changes: Any) -> dict[str, Any]:
    return {"bills": bills.TASK._replace(**changes), "other": other.TASK}


async def test_a_document_that_kills_its_reader_is_asked_about(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.reader.deadly.add(reading().model_dump_json().encode())
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.NEEDS_OWNER
        draft = desk.draft()
        assert draft.proposal.purpose is Purpose.ASK
        assert draft.proposal.reading.reason == "the reader died over it"
        await desk.take_in(reply_mail(draft, "reject"))
        assert (await desk.case()).state is State.REJECTED


async def test_a_task_that_proposes_more_than_it_may_is_stopped(tmp_path: Path) -> None:
    may = frozenset({"ledger.record_bill", "files.store"})
    async with open_desk(tmp_path, tasks=tasks(may=may)) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.PARKED
        assert desk.letters("draft") == []
        (entry,) = await desk.entries("propose.failed")
        assert "task bills proposed reminders.set" in entry.details["trace"]


async def test_a_task_with_a_bug_parks_its_case_alone(tmp_path: Path) -> None:
    def propose(work: Work) -> Proposal:
        if work.reading.text("invoice_number") == "R-1":
            raise ZeroDivisionError
        return bills.propose(work)

    async with open_desk(tmp_path, tasks=tasks(propose=propose)) as desk:
        await desk.take_in(bill_mail(reading(invoice_number="R-1")), bill_mail())
        assert [case.state for case in await desk.cases()] == [State.PARKED, State.PROPOSED]
        (told,) = desk.letters("notice")
        assert ("error", "ZeroDivisionError") in told.facts


async def test_what_policy_forbids_is_shown_and_cannot_be_approved(tmp_path: Path) -> None:
    async with open_desk(tmp_path, rules=(FORBID,)) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.NEEDS_OWNER
        assert desk.draft().judgement.why == ("never",)
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert (await desk.case()).state is State.NEEDS_OWNER
        assert await desk.entries("effect") == []


async def test_the_approver_who_sent_it_in_is_asked(tmp_path: Path) -> None:
    people = (person("ann"), person("bob"), person("cy"))
    approvers = {"bills": ("ann", "bob")}
    async with open_desk(tmp_path, people=people, approvers=approvers) as desk:
        for sender, asked in (("bob", "bob"), ("cy", "ann")):
            await desk.take_in(bill_mail(sender=f"{sender}@corp.test", message_id=f"<{sender}@x>"))
            assert desk.draft().envelope.person.id == asked


async def test_with_nobody_to_ask_the_case_is_parked_not_lost(tmp_path: Path) -> None:
    async with open_desk(tmp_path, people=()) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.PARKED
        assert desk.post.sent == []


async def test_the_proposal_is_kept_with_its_digest_and_the_rules_that_hit(tmp_path: Path) -> None:
    rule = Rule(name="look", verdict=Verdict.ASK, why="w", when=Condition(task="bills"))
    async with open_desk(tmp_path, rules=(rule,)) as desk:
        await desk.take_in(bill_mail())
        (entry,) = await desk.entries("case.proposed")
        async with desk.begin() as tx:
            kept, digest, judgement = await tx.proposal(1, 1)
        assert desk.draft().proposal == kept
        assert entry.details["digest"] == digest
        assert entry.details["rules"] == list(judgement.hits) == ["look"]


async def test_a_page_that_cannot_be_drawn_is_no_reason_not_to_ask(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:

        async def deadly() -> None:
            desk.reader.deadly.add(reading().model_dump_json().encode())

        desk.reader.before_picture = deadly
        await desk.take_in(bill_mail())
        assert (await desk.case()).state is State.PROPOSED
        assert desk.draft().picture is None


@pytest.mark.parametrize("takers", [(), ("bills", "twin")], ids=["nobody", "two"])
async def test_what_nobody_or_more_than_one_task_takes_is_asked(
    tmp_path: Path, takers: tuple[str, ...]
) -> None:
    taking = {name: bills.TASK._replace(name=name) for name in takers}
    async with open_desk(tmp_path, tasks={**taking, "other": other.TASK}) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).task == "other"
        assert desk.draft().proposal.actions == ()
