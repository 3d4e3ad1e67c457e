"""Somebody is away: somebody else decides meanwhile, within limits, and it is all told after."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.away import Away
from mailagent.core.case import State
from mailagent.core.job import Job, Stage
from mailagent.core.letter import About, AnswerLetter, Ending, ItemsLetter, Notice
from mailagent.core.money import Money
from mailagent.core.people import Person
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.reply import ServerResult, ServerVerdict
from tests.desk import Desk, open_desk, reply_mail, request_mail
from tests.stages.test_brief import bill, settle
from tests.values import person

AWAY = "away until 27 Nov, ben decides"
PEOPLE = (person(place=0), person("ben", place=1), person("carl", place=2))
APPROVERS = {"bills": ("ann",), "other": ("ann",)}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_work(tmp_path) as made:
        yield made


def at_work(folder: Path, people: tuple[Person, ...] = PEOPLE, **given: Any) -> Any:
    return open_desk(folder, people=people, **{"approvers": APPROVERS, **given})


async def asks(desk: Desk, own: str, sender: str = "ann", **changes: Any) -> AnswerLetter:
    before = len(desk.letters("answer"))
    await desk.take_in(request_mail(own, desk.clock.now(), f"{sender}@corp.test", **changes))
    (letter,) = desk.letters("answer")[before:]
    found: AnswerLetter = letter
    return found


async def ticks(desk: Desk, *names: str) -> None:
    async with desk.begin() as tx:
        for name in names:
            await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine=name))
    await settle(desk)


async def bens_letter(desk: Desk) -> Any:
    """What Ben is asked last: a brief, or a draft."""
    await ticks(desk, "brief")
    kinds = ("brief", "draft")
    mine = [m for kind in kinds for m in desk.letters(kind) if m.envelope.person.id == "ben"]
    return mine[-1]


async def says(desk: Desk, letter: Any, own: str, **changes: Any) -> None:
    changes = {"date": desk.clock.now()} | changes
    own = f"1 {own}" if letter.says == "brief" else own
    await desk.take_in(reply_mail(letter, own, **changes))
    await settle(desk)


async def test_what_waits_and_what_comes_goes_to_ben_and_comes_back_told(desk: Desk) -> None:
    await desk.take_in(bill(1))
    assert desk.letters("draft")[-1].envelope.person.id == "ann"
    answer = await asks(desk, AWAY)
    assert (answer.about, answer.gaps["who"], answer.gaps["n"]) == (About.AWAY, "Ben", "1")
    assert [n.envelope.person.id for n in desk.letters("notice")] == ["ben"]
    assert desk.letters("notice")[-1].notice is Notice.STANDS_IN
    await says(desk, await bens_letter(desk), "approve")
    await desk.take_in(bill(2))
    await settle(desk)
    assert desk.letters("draft")[-1].envelope.person.id == "ben"
    await says(desk, desk.letters("draft")[-1], "reject not ours")
    await desk.take_in(bill(3))  # nobody decides this one
    await settle(desk)
    assert [c.state for c in await desk.cases()] == [State.DONE, State.REJECTED, State.PROPOSED]
    desk.clock.advance(timedelta(days=10, hours=-4))  # Monday, 8 o'clock
    await ticks(desk, "away")
    await ticks(desk, "brief")
    handback: ItemsLetter = desk.letters("items")[-1]
    assert handback.envelope.person.id == "ann"
    assert [item.ending for item in handback.items] == [Ending.APPROVED, Ending.REJECTED]
    assert handback.handback
    assert (handback.handback.substitute, handback.handback.waiting) == ("Ben", 1)
    brief = desk.letters("brief")[-1]
    assert (brief.envelope.person.id, len(brief.lines)) == ("ann", 1)
    await says(desk, handback, "undo 1")
    assert (await desk.cases())[0].state is State.READ or await desk.entries("case.undo")
    async with desk.begin() as tx:
        assert await tx.delegates(3) == []
        assert await tx.stood_in("ann") == []


async def test_back_ends_it_sooner_and_bens_token_decides_nothing_any_more(desk: Desk) -> None:
    await asks(desk, AWAY)
    await desk.take_in(bill(1))
    await settle(desk)
    draft = desk.letters("draft")[-1]
    assert draft.envelope.person.id == "ben"
    assert (await asks(desk, "back")).about is About.BACK
    await says(desk, draft, "approve")
    assert (await desk.case()).state is State.PROPOSED
    assert (await asks(desk, "I'm back")).about is About.NOT_AWAY


async def test_nothing_is_decided_by_silence(desk: Desk) -> None:
    await desk.take_in(bill(1))
    await asks(desk, AWAY)
    for _ in range(12):
        desk.clock.advance(timedelta(days=1))
        await ticks(desk, "expiry", "undecided", "brief", "away", "snoozes")
    assert (await desk.case()).state is State.PROPOSED
    assert await desk.entries("case.approve") == []


async def test_the_limit_is_bens_own_and_never_more_than_anns(tmp_path: Path) -> None:
    small, large = (Money(amount=Decimal(n), currency="EUR") for n in (50, 5000))
    for bens, anns in ((small, large), (None, small)):
        people = (person(limit=anns), person("ben", place=1, limit=bens))
        folder = tmp_path / f"{bens is None}"
        folder.mkdir()
        async with at_work(folder, people) as desk:
            await desk.take_in(bill(1)) if anns is large else None  # weighed for Ann
            await asks(desk, AWAY)
            await desk.take_in(bill(1)) if anns is small else None
            await settle(desk)
            asked = await bens_letter(desk)
            shown = asked.lines[0] if asked.says == "brief" else asked
            assert shown.judgement.verdict is Verdict.CODE  # he is told before he answers
            await says(desk, asked, "approve")
            assert (await desk.case()).state is State.PROPOSED
            assert await desk.entries("case.approve") == []


async def test_two_people_are_never_one_who_stands_in(tmp_path: Path) -> None:
    rule = Rule(name="both", when=Condition(task="bills"), verdict=Verdict.TWO_PEOPLE, why="both")
    approvers = {"bills": ("ann", "ben")}
    async with at_work(tmp_path, rules=(rule,), approvers=approvers) as desk:
        await asks(desk, AWAY)
        await desk.take_in(bill(1))
        await settle(desk)
        await says(desk, await bens_letter(desk), "approve")
        await says(desk, await bens_letter(desk), "approve")
        assert (await desk.case()).state is State.PROPOSED
        last = desk.letters("draft")[-1]
        assert last.envelope.person.id == "ann"  # her word is waited for
        await says(desk, last, "approve")
        assert (await desk.case()).state is State.DONE


@pytest.mark.parametrize(
    "own",
    [
        "away until 27 Nov, ann decides",
        "away until 27 Nov, mallory decides",
        "away until 27 Nov",
        "away until ben decides",
        "away until 19 Nov 2025, ben decides",
        "away",
    ],
)
async def test_what_is_no_clear_absence_is_none(desk: Desk, own: str) -> None:
    assert (await asks(desk, own)).about in (About.NOT_AWAY, About.UNCLEAR)
    async with desk.begin() as tx:
        assert await tx.absences() == []


async def test_a_forged_absence_is_none(desk: Desk) -> None:
    forged = ServerVerdict(
        authserv_id="mx.corp.test",
        results=(ServerResult(method="dmarc", result="fail", properties=()),),
    )
    for changes in ({"server": forged}, {"server": None}, {"date": None}):
        await desk.take_in(request_mail(AWAY, desk.clock.now(), **changes))
    async with desk.begin() as tx:
        assert await tx.absences() == []
    assert await desk.entries("person.away") == []
    assert desk.letters("answer") == []


async def test_whoever_is_not_enrolled_cannot_stand_in(tmp_path: Path) -> None:
    unknown = person("ben", place=1)
    bare = tuple(entry.model_copy(update={"pin": None}) for entry in unknown.addresses)
    people = (person(), unknown.model_copy(update={"addresses": bare}))
    async with at_work(tmp_path, people) as desk:
        assert (await asks(desk, AWAY)).about is About.NOT_AWAY
        await desk.take_in(bill(1))
        assert desk.letters("draft")[-1].envelope.person.id == "ann"


async def test_the_substitute_speaks_of_nobody_but_themselves_and_hands_nothing_on(
    desk: Desk,
) -> None:
    await asks(desk, AWAY)
    for own in ("away until 27 Nov, carl decides", "away until 27 Nov, ben decides"):
        assert (await asks(desk, own, "ben")).about is About.NOT_AWAY
    await asks(desk, "back", "ben")  # he is not away, and speaks for nobody else
    async with desk.begin() as tx:
        (away,) = await tx.absences()
    assert (away.person, away.substitute) == ("ann", "ben")
    assert (await asks(desk, "away until 27 Nov, ann decides", "carl")).about is About.NOT_AWAY


async def test_another_substitute_takes_the_place_of_the_first(desk: Desk) -> None:
    await desk.take_in(bill(1))
    await asks(desk, AWAY)
    first = await bens_letter(desk)
    desk.clock.advance(timedelta(minutes=1))
    await asks(desk, "away until 28 Nov, carl decides")
    await says(desk, first, "approve")
    assert (await desk.case()).state is State.PROPOSED
    async with desk.begin() as tx:
        assert await tx.delegates(1) == ["carl"]
        assert [one.substitute for one in await tx.stood_in("ann")] == ["carl"]


async def test_the_one_who_is_away_may_still_decide(desk: Desk) -> None:
    await desk.take_in(bill(1))
    draft = desk.letters("draft")[-1]
    await asks(desk, AWAY)
    await says(desk, draft, "approve")
    assert (await desk.case()).state is State.DONE


def test_the_named_day_is_a_day_of_absence_where_they_live() -> None:
    away = Away.model_validate(
        {
            "person": "ann",
            "substitute": "ben",
            "since": "2026-12-20T00:00Z",
            "until": "2027-01-04T06:00Z",
        }
    )
    assert away.last_moment.astimezone(person(timezone="Europe/Berlin").zone).day == 3
