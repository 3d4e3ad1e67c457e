"""The writes of a transaction: each step once, whole, or not at all."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.audit import Entry
from mailagent.core.capability import Outcome
from mailagent.core.case import Case, State
from mailagent.core.effect import OVER, Effect, EffectState
from mailagent.core.errors import IllegalMove
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice, NoticeLetter
from mailagent.core.message import Arrival, Disposition, Place
from mailagent.core.post import Thread, envelope
from mailagent.ports import Stale, Watermark
from mailagent.routines import ROUTINES
from mailagent.store.board import SqlJobBoard
from tests.desk import Desk, open_desk
from tests.values import COMPANY, NOW, document, person, record_bill

ENTRY = Entry(actor="test", what="test.step")
READ = Job(stage=Stage.READ, subject=1)
BOX = "ops@corp.test"


def arrival(uid: int = 1, uidvalidity: int = 1000, raw: bytes = b"x") -> Arrival:
    place = Place(folder="INBOX", uidvalidity=uidvalidity, uid=uid)
    return Arrival(place=place, raw=raw, received_at=NOW)


async def keep(desk: Desk, *arrivals: Arrival, mark: Watermark | None = None) -> int:
    job = Job(stage=Stage.SORT, subject=0)
    async with desk.begin() as tx:
        rows = [(a, a.raw.hex().ljust(64, "0"), job) for a in arrivals]
        return len(await tx.keep(BOX, rows, mark))


async def opened(desk: Desk) -> Case:
    await keep(desk, arrival())
    async with desk.begin() as tx:
        made: Case = await tx.open_case(1, document(), "other", "Your bill")
    return made


# -- advance


async def test_a_step_writes_state_entry_and_jobs_together(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        case = await opened(desk)
        async with desk.begin() as tx:
            moved = await tx.advance(case, State.READ, ENTRY, READ, task="bills", title="t" * 300)
        assert moved.state is State.READ
        async with desk.begin() as tx:
            assert await tx.case(case.id) == moved.model_copy(update={"title": "t" * 200})
        (entry,) = await desk.entries("test.step")
        assert entry.case == case.id
        assert (entry.details["from"], entry.details["to"]) == ("received", "read")
        stages = [job.stage for job in await desk.jobs()]
        assert sorted(stages) == [Stage.READ, Stage.SHELVE, Stage.SORT]


@pytest.mark.parametrize("seen", [{"state": State.READ}, {"version": 7}], ids=str)
async def test_a_step_from_where_the_case_is_not_is_stale(
    tmp_path: Path, seen: dict[str, Any]
) -> None:
    async with open_desk(tmp_path) as desk:
        case = await opened(desk)
        with pytest.raises(Stale):
            async with desk.begin() as tx:
                await tx.advance(case.model_copy(update=seen), State.PARKED, ENTRY, READ)
        assert await desk.entries("test.step") == []
        assert (await desk.case()).state is State.RECEIVED


async def test_of_two_who_take_a_step_one_is_stale(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        case = await opened(desk)
        async with desk.begin() as tx:
            await tx.advance(case, State.READ, ENTRY)
        with pytest.raises(Stale):
            async with desk.begin() as tx:
                await tx.advance(case, State.READ, ENTRY)


async def test_a_forbidden_move_writes_nothing(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        case = await opened(desk)

        async def step() -> None:
            async with desk.begin() as tx:
                await tx.defer(READ)
                await tx.advance(case, State.DONE, ENTRY)

        with pytest.raises(IllegalMove):
            await step()
        assert [job.stage for job in await desk.jobs()] == [Stage.SORT]


async def test_what_fails_afterwards_takes_everything_back(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        case = await opened(desk)
        heard: list[str] = []
        desk.store.on_jobs(lambda: heard.append("jobs"))

        async def step() -> None:
            async with desk.begin() as tx:
                await tx.advance(case, State.READ, ENTRY, READ)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await step()
        assert await desk.case() == case
        assert await desk.entries("test.step") == []
        assert [job.stage for job in await desk.jobs()] == [Stage.SORT]
        assert heard == []


async def test_a_message_becomes_something_once(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await keep(desk, arrival())
        async with desk.begin() as tx:
            await tx.dispose(1, Disposition.AUTOMATIC, ENTRY)
        with pytest.raises(Stale):
            async with desk.begin() as tx:
                await tx.dispose(1, Disposition.PARKED, ENTRY)
        async with desk.begin() as tx:
            assert (await tx.message(1)).disposition is Disposition.AUTOMATIC


# -- jobs


async def test_a_job_is_over_with_its_work_unless_it_was_asked_for_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        board = SqlJobBoard(desk.store)
        async with desk.begin() as tx:
            await tx.defer(READ)
        (taken,) = await board.due(NOW, 8, ())
        async with desk.begin() as tx:
            await tx.strike_off(taken.job)
        assert await desk.jobs() == []
        async with desk.begin() as tx:
            await tx.defer(READ)
        (taken,) = await board.due(NOW, 8, ())
        desk.clock.advance(timedelta(seconds=1))
        async with desk.begin() as tx:
            await tx.defer(READ)
            await tx.strike_off(taken.job)
        assert [job.stage for job in await desk.jobs()] == [READ.stage]


async def test_a_job_asked_for_while_it_runs_is_run_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        board = SqlJobBoard(desk.store)
        async with desk.begin() as tx:
            await tx.defer(READ, READ)
        (taken,) = await board.due(NOW, 8, ())
        async with desk.begin() as tx:
            await tx.defer(READ)
        await board.finish(taken)
        (again,) = await board.due(NOW, 8, ())
        assert again.job == READ.model_copy(update={"not_before": NOW})
        assert again.asked == taken.asked + 1
        await board.finish(again)
        assert await desk.jobs() == []


async def test_a_job_that_waits_for_its_retry_is_run_at_once_when_asked_for(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        board = SqlJobBoard(desk.store)
        async with desk.begin() as tx:
            await tx.defer(READ)
        (taken,) = await board.due(NOW, 8, ())
        later = NOW + timedelta(hours=1)
        await board.postpone(taken.id, later, "why")
        assert await board.due(NOW, 8, ()) == []
        assert await board.next_due(()) == later
        async with desk.begin() as tx:
            await tx.defer(READ)
        assert [w.attempts for w in await board.due(NOW, 8, ())] == [1]


async def test_the_board_gives_the_most_urgent_first_and_none_that_runs(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        board = SqlJobBoard(desk.store)
        stages = [Stage.SHELVE, Stage.READ, Stage.SEND, Stage.DECIDE]
        async with desk.begin() as tx:
            await tx.defer(*(Job(stage=s, subject=1) for s in stages))
        due = await board.due(NOW, 8, ())
        assert [w.job.stage for w in due] == list(reversed(stages))
        running = [w.id for w in due[:2]]
        assert [w.id for w in await board.due(NOW, 8, running)] == [w.id for w in due[2:]]
        assert [w.id for w in await board.due(NOW, 1, ())] == [due[0].id]


# -- the clock


async def test_a_slot_fires_once_whoever_asks(tmp_path: Path) -> None:
    routine = ROUTINES["expiry"]
    job = Job(stage=Stage.ROUTINE, subject=0, routine="expiry")

    async def tick(desk: Desk) -> bool:
        async with desk.begin() as tx:
            now = desk.clock.now()
            fired: bool = await tx.tick("expiry", now, routine.following(now), job)
            return fired

    async with open_desk(tmp_path) as one, open_desk(tmp_path, people=()) as two:
        assert not await tick(one)  # the first look only sets the clock
        assert not await tick(two)
        for minutes, fires in ((5, 1), (1, 0), (4, 1), (600, 1), (4, 0), (1, 1)):
            for desk in (one, two):
                desk.clock.advance(timedelta(minutes=minutes))
            fired = [await tick(desk) for desk in (one, two, one)]
            assert sum(fired) == fires, minutes  # ten hours missed are caught up once


# -- effects


def effect(**changes: Any) -> Effect:
    given = {"key": "k", "case": 1, "version": 1, "number": 1, "payload": record_bill()}
    return Effect(**{**given, "state": EffectState.INTENDED, **changes})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "then"),
    [(a, b) for a in EffectState for b in EffectState if EffectState.INTENDED not in (a, b)],
)
async def test_an_effect_is_over_once_and_what_stands_still_can_be_settled_again(
    tmp_path: Path, first: EffectState, then: EffectState
) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            await tx.intend(effect())
            await tx.settle("k", first, Outcome(reference="7"), "said", ENTRY)
            assert (await tx.effects(1, 1))[1].state is first
        if first not in OVER:
            async with desk.begin() as tx:
                await tx.settle("k", then, None, "", ENTRY)
            return
        with pytest.raises(Stale):
            async with desk.begin() as tx:
                await tx.settle("k", then, None, "", ENTRY)
        async with desk.begin() as tx:
            stands = effect(state=first, outcome=Outcome(reference="7"), detail="said")
            assert await tx.effects(1, 1) == {1: stands}


# -- the outbox


def notice(desk: Desk, about: str, what: str = "it") -> Any:
    def write(head: Any) -> NoticeLetter:
        who, thread = person(), Thread(subject="s")
        made = envelope(COMPANY, who, thread, head, desk.clock.now(), about=about)
        return NoticeLetter(envelope=made, notice=Notice.STANDS_STILL, facts=(("why", what),))

    return write


async def test_a_mail_is_written_once_and_sent_again_as_it_was(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            assert await tx.post("a", None, notice(desk, "a"))
            assert not await tx.post("a", None, notice(desk, "a", "other"))
            await tx.send_again("a")  # it has not gone out yet: nothing to do
        await desk.engine.drain()
        desk.clock.advance(timedelta(days=1))
        async with desk.begin() as tx:
            await tx.send_again("a")
            await tx.send_again("never written")
        await desk.engine.drain()
        first, second = desk.post.sent
        assert first == second
        assert len(await desk.entries("mail.sent")) == 2


async def test_a_mail_that_ended_does_not_end_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            await tx.post("a", None, notice(desk, "a"))
            await tx.mail_refused(1, "no such box")
        for number in (1, 99):
            with pytest.raises(Stale):
                async with desk.begin() as tx:
                    await tx.mail_sent(number)
        (entry,) = await desk.entries("mail.")
        assert (entry.what, entry.details["error"]) == ("mail.refused", "no such box")


async def test_our_own_mails_are_known_with_and_without_brackets(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        await tx.post("a", None, notice(desk, "a"))
        ours = (await tx.mail(1)).mail.message_id
        assert await tx.is_ours(ours)
        assert await tx.is_ours(f" <{ours}> ")
        assert not await tx.is_ours("other@corp.test")


# -- messages


async def test_the_same_place_twice_is_one_arrival(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        assert await keep(desk, arrival(1), arrival(2, raw=b"y")) == 2
        assert await keep(desk, arrival(1), arrival(2, raw=b"y"), arrival(3, raw=b"z")) == 1


async def test_equal_mails_at_two_places_are_two_arrivals(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        assert await keep(desk, arrival(1), arrival(2)) == 2


async def test_a_renumbered_mailbox_moves_its_messages_once(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await keep(desk, arrival(1), arrival(2), arrival(3, raw=b"y"))
        for _ in range(2):  # a crash repeats a sweep
            assert await keep(desk, *(arrival(n, 2000) for n in (7, 8))) == 0
            assert await keep(desk, arrival(9, 2000, b"y")) == 0
        assert await keep(desk, arrival(10, 2000)) == 1  # one more than there were
        async with desk.begin() as tx:
            places = [(await tx.message(n)).place for n in (1, 2, 3, 4)]
        assert [(p.uidvalidity, p.uid) for p in places] == [(2000, n) for n in (7, 8, 9, 10)]


async def test_the_watermark_is_kept_with_the_mails(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            assert await tx.watermark(BOX) == Watermark(0, 0)
        await keep(desk, arrival(5), mark=Watermark(1000, 5))
        async with desk.begin() as tx:
            assert await tx.watermark(BOX) == Watermark(1000, 5)
            assert await tx.watermark("other@corp.test") == Watermark(0, 0)


async def test_any_number_of_tokens_can_be_asked_for(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        assert await tx.known_tokens([f"{n:064x}" for n in range(40_000)]) == frozenset()
