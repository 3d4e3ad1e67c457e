"""Mail out, mails into folders, and what the clock starts."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.away import Away
from mailagent.core.case import State
from mailagent.core.errors import (
    MailboxRefused,
    MailboxUnavailable,
    MailRefused,
    OutcomeUnknown,
    SendingUnavailable,
)
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.sign_in import SignIn
from mailagent.stages.brief import preview
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import NOW, person, reading

HOUR = timedelta(hours=1)


async def later(desk: Desk, time: timedelta) -> None:
    desk.clock.advance(time)
    await desk.engine.drain()


async def run(desk: Desk, routine: str, times: int = 1) -> None:
    for _ in range(times):
        async with desk.begin() as tx:
            await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine=routine))
        await desk.engine.drain()


# -- send


@pytest.mark.parametrize(
    "error", [SendingUnavailable("away"), MailboxRefused("wrong password")], ids=str
)
async def test_a_draft_waits_in_the_outbox_until_it_can_go(
    tmp_path: Path, error: Exception
) -> None:
    async with open_desk(tmp_path) as desk:
        desk.post.faults.add(error, error)
        await desk.take_in(bill_mail())
        assert desk.post.sent == []
        await later(desk, HOUR)
        await later(desk, HOUR)
        assert [mail.kind for mail in desk.post.sent] == ["draft"]
        assert len(await desk.entries("mail.sent")) == 1


async def test_an_uncertain_mail_goes_again_with_the_same_bytes(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.post.lose_reply()
        await desk.take_in(bill_mail())
        await later(desk, HOUR)
        first, second = desk.post.sent
        assert first == second
        assert len(await desk.entries("mail.sent")) == 1


@pytest.mark.parametrize("error", [MailRefused("no"), OutcomeUnknown("broke")], ids=str)
async def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    tmp_path: Path, error: Exception
) -> None:
    async with open_desk(tmp_path) as desk:
        desk.post.faults.add(error)
        await desk.take_in(bill_mail())
        await later(desk, HOUR)
        refused = isinstance(error, MailRefused)
        assert len(desk.post.sent) == (0 if refused else 1)
        assert len(await desk.entries("mail.refused")) == refused
        assert (await desk.case()).state is State.PROPOSED


# -- shelve


@pytest.mark.parametrize("error", [MailboxUnavailable("away"), MailboxRefused("password")], ids=str)
async def test_a_mail_is_moved_when_the_mailbox_lets_us(tmp_path: Path, error: Exception) -> None:
    async with open_desk(tmp_path) as desk:
        real = desk.mailbox.move
        desk.mailbox.move = _refusing(error)  # type: ignore[method-assign,assignment]
        await desk.take_in(bill_mail())
        assert len(desk.mailbox.mails("INBOX")) == 1
        assert desk.letters("notice") == []
        desk.mailbox.move = real  # type: ignore[method-assign]
        await later(desk, HOUR)
        assert len(desk.mailbox.mails("Ops/Waiting")) == 1


def _refusing(error: Exception) -> object:
    async def move(*_given: object) -> None:
        raise error

    return move


async def test_a_mail_that_somebody_took_away_is_theirs(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        desk.mailbox.move = _gone  # type: ignore[method-assign,assignment]
        await desk.take_in(bill_mail())
        assert await desk.jobs() == []
        assert (await desk.case()).state is State.PROPOSED


async def _gone(*_given: object) -> None:
    return None


# -- routines


@pytest.mark.parametrize("currency", ["EUR", ""], ids=["proposed", "asked"])
async def test_a_draft_that_ran_out_comes_in_the_brief_with_a_fresh_token(
    tmp_path: Path, currency: str
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail(reading(currency=currency)))
        await run(desk, "expiry", 2)
        assert len(desk.letters("draft")) == 1
        desk.clock.advance(timedelta(days=8))
        await run(desk, "expiry", 2)
        await run(desk, "brief", 2)
        assert desk.letters("brief") == []  # it is Saturday
        desk.clock.advance(timedelta(days=2))
        await run(desk, "brief", 2)
        (first,), (second,) = desk.letters("draft"), desk.letters("brief")
        assert [line.proposal for line in second.lines] == [first.proposal]
        await desk.take_in(reply_mail(first, "reject"))
        assert (await desk.case()).state is not State.REJECTED
        await desk.take_in(reply_mail(second, "1 reject"))
        assert (await desk.case()).state is State.REJECTED


async def test_a_way_back_that_ran_out_is_not_asked_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft()))
        desk.clock.advance(timedelta(days=8))
        await run(desk, "expiry")
        assert len(desk.letters()) == 2
        assert len(await desk.entries("draft.expired")) == 1
        await desk.take_in(reply_mail(desk.letters("receipt")[0], "undo"))
        async with desk.begin() as tx:
            assert [recorded.void for recorded in await tx.bills()] == [False]


async def test_a_reminder_goes_out_once_on_its_day(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft()))
        await run(desk, "reminders")
        assert desk.letters("reminder") == []
        desk.clock.advance(timedelta(days=12))
        await run(desk, "reminders", 3)
        (told,) = desk.letters("reminder")
        assert told.day.isoformat() == "2026-12-02"
        assert told.envelope.in_reply_to == "<bill-1@acme.test>"


@pytest.mark.parametrize("sensitive", ["", "payslip"])
async def test_who_stands_in_gets_a_copy_of_a_reminder(tmp_path: Path, sensitive: str) -> None:
    people = (person(), person("ben"))
    async with open_desk(tmp_path, people=people) as desk:
        await desk.take_in(bill_mail(reading().model_copy(update={"sensitive": sensitive})))
        await desk.take_in(reply_mail(desk.draft()))
        async with desk.begin() as tx:
            now = desk.clock.now()
            away = Away(person="ann", substitute="ben", since=now, until=now + timedelta(days=30))
            await tx.save_absence(away)
        desk.clock.advance(timedelta(days=12))
        await run(desk, "reminders", 2)
        told = {m.envelope.person.id: m.instead_of for m in desk.letters("reminder")}
        assert told == {"ann": ""} | ({} if sensitive else {"ben": "Ann"})


async def test_a_count_that_does_not_come_out_is_told_once_a_day(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await run(desk, "reconciliation")
        assert desk.letters("notice") == []
        async with desk.store.engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE cases SET state = 'read'")
        desk.clock.advance(3 * HOUR)
        await run(desk, "reconciliation", 2)
        (told,) = desk.letters("notice")
        assert told.notice is Notice.STANDS_STILL
        assert [str(getattr(v, "key", v)) for _, v in told.facts] == ["trouble.standing"]
        counted = await desk.entries("reconciled")
        assert counted[0].details["by"] == {"messages documents": 1, "cases proposed": 1}


@pytest.mark.parametrize("days", [1, 6])
async def test_a_sign_in_that_ends_soon_is_told_in_a_mail(tmp_path: Path, days: int) -> None:
    given = SignIn(provider="google", ends_at=NOW + timedelta(days=days), testing=True)
    async with open_desk(tmp_path, sign_in=lambda: given) as desk:
        await run(desk, "sign_in", times=2)
        told = desk.letters("notice")
        assert [letter.notice for letter in told] == [Notice.SIGN_IN] * (days == 1)
        if told:
            assert dict(told[0].facts)["command"] == "mailagent login google"


async def test_a_routine_that_fails_is_told_every_day_anew(tmp_path: Path) -> None:
    async with open_desk(tmp_path, routines={}) as desk:
        await run(desk, "expiry", 2)
        assert len(desk.letters("notice")) == 1
        desk.clock.advance(timedelta(days=1))
        await run(desk, "expiry")
        assert len(desk.letters("notice")) == 2


@pytest.mark.parametrize("sensitive", ["", "payslip"])
async def test_after_three_working_days_the_substitute_may_decide_and_is_asked_once(
    tmp_path: Path, sensitive: str
) -> None:
    people = (person(substitute="ben"), person("ben"))
    async with open_desk(tmp_path, people=people) as desk:
        read = reading().model_copy(update={"sensitive": sensitive})
        await desk.take_in(bill_mail(read))
        await run(desk, "undecided")
        assert await desk.entries("case.to_substitute") == []
        desk.clock.advance(timedelta(days=5))
        await run(desk, "undecided", 3)
        assert len(await desk.entries("case.to_substitute")) == (0 if sensitive else 1)
        assert (await desk.case()).state is State.PROPOSED  # nothing is decided by silence
        async with desk.begin() as tx:
            held = await tx.held_for_brief("ben", morning=True)
            (line,) = (await preview(desk.office, tx, people[0])).lines
        assert held == ([] if sensitive else [1])
        assert line.asked is not None
        assert line.asked.key == ("brief.late" if sensitive else "brief.late_also")
        now = desk.clock.now()
        await desk.take_in(reply_mail(desk.draft(), "book to 6820", date=now))
        asked = [one.envelope.person.id for one in desk.letters("draft")[1:]]
        assert asked == (["ann"] if sensitive else ["ann", "ben"])  # who changed it sees it


async def test_what_waits_for_a_brief_stays_there_when_its_task_goes_on_again(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        async with desk.begin() as tx:
            await tx.expire_draft((await tx.open_drafts(1))[0].id)
            await tx.hold_for_brief(1, "ann")
            await tx.pause("", "ann")
            assert await tx.resume("") == 0
            await tx.release_for_brief(1, "ann")
            assert await tx.resume("") == 1
