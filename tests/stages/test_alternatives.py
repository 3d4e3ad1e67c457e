"""Several ways are shown, one is chosen: a task of our own offers them."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from mailagent.core.brief import BriefRules
from mailagent.core.capability import SetReminder
from mailagent.core.case import State
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.proposal import Action, Alternative, Proposal, digest
from mailagent.core.reading import Kind
from mailagent.core.task import Task, Work
from mailagent.tasks import other
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import COMPANY, proposal, set_reminder

SLOTS = {"fri 10": date(2026, 12, 4), "fri 15:30": date(2026, 12, 11)}


def offer(*labels: str) -> Task:
    """A task that offers these; a reminder is set whichever is taken."""

    def propose(work: Work) -> Proposal:
        def remind(day: date, text: str, number: int) -> Action:
            payload = SetReminder(person=work.person.id, day=day, text=text)
            return Action(number=number, payload=payload)

        return Proposal(
            case=work.case.id,
            version=work.version,
            task="slots",
            title="J. Alvarez, Thu 14:00",
            reading=work.reading,
            actions=(remind(date(2026, 12, 1), "prepare", 1),),
            alternatives=tuple(
                Alternative(label=label, actions=(remind(SLOTS[label], label, 2),))
                for label in labels
            ),
        )

    return Task(
        name="slots",
        kinds=frozenset({Kind.INVOICE}),
        may=frozenset({"reminders.set"}),
        asks=lambda _reading, _company: (),
        propose=propose,
    )


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    tasks = {"slots": offer(*SLOTS), "other": other.TASK}
    async with open_desk(tmp_path, tasks=tasks) as made:
        await made.take_in(bill_mail())
        yield made


async def reminders(desk: Desk) -> list[str]:
    async with desk.begin() as tx:
        return [reminder.text for reminder in await tx.due_reminders("9999-12-31")]


@pytest.mark.parametrize("own", ["fri 10", "Friday at 10:00", "ok, fri 10", "approve fri 10"])
async def test_a_choice_does_that_one_and_no_other(desk: Desk, own: str) -> None:
    await desk.take_in(reply_mail(desk.draft(), own))
    assert (await desk.case()).state is State.DONE
    assert await reminders(desk) == ["prepare", "fri 10"]
    (receipt,) = desk.letters("receipt")
    assert [line.payload.text for line in receipt.lines] == ["prepare", "fri 10"]


async def test_the_audit_log_names_what_was_chosen_with_its_own_digest(desk: Desk) -> None:
    await desk.take_in(reply_mail(desk.draft(), "fri 15:30"))
    (entry,) = await desk.entries("case.approve")
    shown = desk.draft().proposal
    digests = [digest(COMPANY.id, shown.chosen(label)) for label in SLOTS]
    assert (entry.details["choice"], entry.details["digest"]) == ("fri 15:30", digests[1])
    assert len({*digests, digest(COMPANY.id, shown)}) == 3


@pytest.mark.parametrize("own", ["approve", "ok", "approve both", "fri 11", "fri 10 or fri 15:30"])
async def test_without_one_choice_nothing_is_done(desk: Desk, own: str) -> None:
    await desk.take_in(reply_mail(desk.draft(), own))
    assert (await desk.case()).state is State.PROPOSED
    assert len(desk.letters("question")) == 1
    assert await reminders(desk) == []


async def test_what_was_chosen_can_be_taken_back(desk: Desk) -> None:
    await desk.take_in(reply_mail(desk.draft(), "fri 10"))
    await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
    assert (await desk.case()).state is State.DONE
    assert await reminders(desk) == []


async def test_where_there_is_one_way_approving_means_it(tmp_path: Path) -> None:
    tasks = {"slots": offer("fri 10"), "other": other.TASK}
    async with open_desk(tmp_path, tasks=tasks) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert await reminders(desk) == ["prepare", "fri 10"]


async def test_a_line_of_a_brief_is_chosen_by_its_number(tmp_path: Path) -> None:
    tasks = {"slots": offer(*SLOTS), "other": other.TASK}
    async with open_desk(tmp_path, tasks=tasks, brief=BriefRules(handful=0)) as desk:
        await desk.take_in(*(bill_mail(message_id=f"<{n}@acme.test>") for n in range(3)))
        desk.clock.advance(timedelta(seconds=6))
        await desk.engine.drain()
        (letter,) = desk.letters("brief")
        assert not any(line.ready for line in letter.lines)
        now = desk.clock.now()
        await desk.take_in(reply_mail(letter, "1 fri 10, 2 ok, rest ok", date=now))
        assert await reminders(desk) == []  # 2 has two ways
        await desk.take_in(reply_mail(letter, "1 fri 10, 2 fri 15:30, rest ok", date=now))
        assert sorted(await reminders(desk)) == ["fri 10", "fri 15:30", "prepare", "prepare"]
        states = [case.state for case in await desk.cases()]
        assert states == [State.DONE, State.DONE, State.PROPOSED]


async def test_an_alternative_that_was_altered_is_not_done(desk: Desk) -> None:  # A09
    async with desk.begin() as tx:
        change = "UPDATE proposals SET body = replace(body, '2026-12-11', '2026-12-24')"
        await tx.run(text(change))
    await desk.take_in(reply_mail(desk.draft(), "fri 10"))
    assert (await desk.case()).state is State.PROPOSED
    (refused,) = await desk.entries("decision.refused")
    assert "not what was shown" in refused.details["gates"]["G8"]


async def test_two_people_cannot_choose_apart(tmp_path: Path) -> None:
    when = Condition(task="slots")
    rule = Rule(name="two", when=when, verdict=Verdict.TWO_PEOPLE, why="Both of you.")
    tasks = {"slots": offer(*SLOTS), "other": other.TASK}
    async with open_desk(tmp_path, tasks=tasks, rules=(rule,)) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "fri 10"))
        assert (await desk.case()).state is State.PROPOSED
        assert await reminders(desk) == []


def test_what_any_of_them_may_do_counts_for_the_policy() -> None:
    heavy = Condition(capability="reminders.set")
    rule = Rule(name="r", when=heavy, verdict=Verdict.CODE, why="w")
    one = Alternative(label="a", actions=(Action(number=1, payload=set_reminder()),))
    shown = proposal(alternatives=(one,))
    assert rule.when.holds(shown)
