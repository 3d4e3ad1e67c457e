"""Many decisions, one reply: briefs from the first hold-back to the receipt of an undo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
import typer
from sqlalchemy import text

from mailagent.cli.unfreeze import thaw
from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.brief import BriefRules, Seen
from mailagent.core.case import State
from mailagent.core.errors import MailboxUnavailable, OutcomeUnknown, StoreBusy
from mailagent.core.gates import Lack
from mailagent.core.job import Job, Stage
from mailagent.core.letter import BriefLetter, Ending, ItemsLetter, Notice, Settled
from mailagent.core.message import Message
from mailagent.core.money import Money
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.reading import Check, Reading
from tests.desk import Desk, bill_mail, engine_of, open_desk, reply_mail
from tests.values import person, reading

ENTRY = Entry(actor="test", what="test")
FAILED = Check(name="totals_add_up", ok=False, detail="100 + 19 is not 120")


def bills(number: int, *failed: int) -> list[bytes]:
    """So many bills, of which these fail a check."""
    return [bill(n, failed=n in failed) for n in range(1, number + 1)]


def bill(n: int, *, failed: bool = False, vendor: str = "Acme GmbH") -> bytes:
    what: Reading = reading(
        checks=(FAILED,) if failed else (),
        invoice_number=f"R-{n}",
        net=f"{n * 100}.00",
        tax=f"{n * 19}.00",
        total=f"{n * 119}.00",
        seller_name=vendor,
    )
    return bill_mail(what, message_id=f"<b{n}@acme.test>")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def burst(desk: Desk, number: int = 7, *failed: int) -> BriefLetter:
    """They come at once, and the brief of them follows."""
    await desk.take_in(*bills(number, *failed))
    await settle(desk)
    (letter,) = desk.letters("brief")
    found: BriefLetter = letter
    return found


async def settle(desk: Desk) -> None:
    desk.clock.advance(timedelta(seconds=6))
    await desk.engine.drain()


async def answered(desk: Desk, letter: Any, own: str, **changes: Any) -> ItemsLetter:
    """The one receipt that comes of an answer."""
    before = len(desk.letters("items"))
    changes = {"date": desk.clock.now()} | changes
    await desk.take_in(reply_mail(letter, own, **changes))
    (receipt,) = desk.letters("items")[before:]
    found: ItemsLetter = receipt
    return found


async def states(desk: Desk) -> list[State]:
    return [case.state for case in await desk.cases()]


def endings(letter: ItemsLetter) -> dict[int, Ending]:
    return {item.number: item.ending for item in letter.items}


async def test_a_burst_gives_one_brief_and_no_draft(desk: Desk) -> None:
    letter = await burst(desk)
    assert [line.number for line in letter.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert all(line.ready for line in letter.lines)
    assert [mail.kind for mail in desk.post.sent] == ["brief"]
    assert letter.envelope.ref == "B-1"


async def test_a_handful_comes_as_drafts(desk: Desk) -> None:
    await desk.take_in(*bills(5))
    assert [mail.kind for mail in desk.post.sent] == ["draft"] * 5


async def test_each_item_is_decided_and_one_receipt_tells_it(desk: Desk) -> None:
    letter = await burst(desk, 7, 6, 7)
    assert [line.number for line in letter.lines if not line.ready] == [6, 7]
    receipt = await answered(desk, letter, "1 ok, 2 no, rest ok")
    assert await states(desk) == [
        State.DONE,
        State.REJECTED,
        *[State.DONE] * 3,
        *[State.PROPOSED] * 2,
    ]
    assert endings(receipt) == {
        **dict.fromkeys((1, 3, 4, 5), Ending.APPROVED),
        2: Ending.REJECTED,
        **dict.fromkeys((6, 7), Ending.NOT_COVERED),
    }
    assert receipt.undo == (1, 2, 3, 4, 5)
    assert desk.letters("receipt") == []
    entries = await desk.entries("item.")
    assert len(entries) == 5
    assert len({entry.details["digest"] for entry in entries}) == 5


# -- one item fails for itself alone


async def sql(desk: Desk, statement: str) -> None:
    async with desk.begin() as tx:
        await tx.run(text(statement))


async def test_what_was_altered_in_the_store_is_not_done_and_the_others_are(desk: Desk) -> None:
    letter = await burst(desk)
    await sql(desk, "UPDATE proposals SET body = replace(body, '\"119.00\"', '\"911.00\"')")
    receipt = await answered(desk, letter, "all ok")
    assert endings(receipt) == {1: Ending.ALTERED, **dict.fromkeys(range(2, 8), Ending.APPROVED)}
    (entry,) = await desk.entries("item.altered")
    assert entry.details["gates"]["G8"] == "what would happen is not what was shown"
    assert (await states(desk))[0] is State.PROPOSED


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE brief_items SET ready = 1 WHERE number = 7",  # rest ok would mean it
        "UPDATE brief_items SET draft = (SELECT max(draft) FROM brief_items) WHERE number = 1",
        "UPDATE drafts SET digest = '{}' WHERE id = 2",
        "UPDATE drafts SET digest = '{}' WHERE id < 3",  # the brief's own as well: A68
    ],
)
async def test_a_brief_that_was_altered_decides_nothing(desk: Desk, change: str) -> None:
    letter = await burst(desk, 7, 7)
    await sql(desk, change.format("ab" * 32))
    await desk.take_in(reply_mail(letter, "1 ok, rest ok"))
    assert set(await states(desk)) == {State.PROPOSED}
    (refused,) = await desk.entries("decision.refused")
    assert refused.details["gates"]["G8"] != "pass"


async def test_what_got_a_newer_version_meanwhile_fails_alone(desk: Desk) -> None:
    letter = await burst(desk)
    first = await answered(desk, letter, "1 due 15 Dec")
    assert endings(first) == {1: Ending.REVISED}
    assert desk.draft().proposal.changes[0].value == "2026-12-15"
    second = await answered(desk, letter, "1 ok, 2 ok")
    assert endings(second) == {1: Ending.MOVED, 2: Ending.APPROVED}
    assert (await states(desk))[:2] == [State.PROPOSED, State.DONE]
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert (await states(desk))[0] is State.DONE


async def test_one_answer_may_change_put_off_ask_hand_over_and_approve(tmp_path: Path) -> None:
    ben = person("ben")
    async with open_desk(tmp_path, people=(person(), ben)) as desk:
        letter = await burst(desk, 7)
        own = "1 ok, 2 no, 3 due 15 Dec, 4 later monday, 5 why, 6 delegate ben@corp.test"
        receipt = await answered(desk, letter, own)
        assert endings(receipt) == {
            1: Ending.APPROVED,
            2: Ending.REJECTED,
            3: Ending.REVISED,
            4: Ending.LATER,
            5: Ending.ANSWERED,
            6: Ending.DELEGATED,
        }
        assert receipt.items[3].until == datetime(2026, 11, 23, 8, tzinfo=UTC)
        (why,) = desk.letters("answer")
        assert (why.number, why.envelope.ref) == (5, "B-1")
        assert [d.envelope.person.id for d in desk.letters("draft")] == ["ann", "ben"]
        assert len(desk.letters("receipt")) == 0
        # what was not decided can still be answered by its number
        more = await answered(desk, why, "5 ok, 7 ok")
        assert endings(more) == {5: Ending.APPROVED, 7: Ending.APPROVED}


async def test_a_twin_booked_meanwhile_is_shown_again_and_the_rest_goes_on(desk: Desk) -> None:
    mails = [*bills(6), bill(1)]
    await desk.take_in(*mails)
    await settle(desk)
    (letter,) = desk.letters("brief")
    receipt = await answered(desk, letter, "1 ok")
    assert endings(receipt) == {1: Ending.APPROVED}
    receipt = await answered(desk, letter, "rest ok")
    assert endings(receipt)[7] is Ending.DOUBTED
    assert (await states(desk)).count(State.DONE) == 6


# -- the receipt


async def test_undo_by_number_takes_back_that_one(desk: Desk) -> None:
    receipt = await answered(desk, await burst(desk), "1 ok, 2 ok, 3 no")
    undone = await answered(desk, receipt, "undo 1")
    assert endings(undone) == {1: Ending.UNDONE}
    async with desk.begin() as tx:
        assert [recorded.void for recorded in await tx.bills()] == [True, False]
    again = await answered(desk, receipt, "undo 3")
    assert endings(again) == {3: Ending.UNDONE}
    assert len(desk.letters("draft")) == 1  # open again, and asked
    await answered(desk, receipt, "undo")
    async with desk.begin() as tx:
        assert [recorded.void for recorded in await tx.bills()] == [True, True]


async def test_a_word_without_a_number_is_for_all_or_asked_about(desk: Desk) -> None:
    letter = await burst(desk)
    for own in ("why", "wrong", "approve", "retry"):
        await desk.take_in(reply_mail(letter, own))
    assert set(await states(desk)) == {State.PROPOSED}
    assert len(desk.letters("question")) >= 2
    await desk.take_in(reply_mail(letter, "help"))
    assert desk.letters("answer")[-1].envelope.ref == "B-1"
    receipt = await answered(desk, letter, "later 3 Dec")
    assert set(endings(receipt).values()) == {Ending.LATER}
    assert len(receipt.items) == 7


async def test_the_same_answer_twice_gives_the_receipt_again(desk: Desk) -> None:  # A04
    letter = await burst(desk)
    own = reply_mail(letter, "1 ok")
    await desk.take_in(own)
    await desk.take_in(own)
    first, second = [mail for mail in desk.post.sent if mail.kind == "items"]
    assert first == second
    async with desk.begin() as tx:
        assert len(await tx.bills()) == 1


async def test_a_brief_is_used_up_when_nothing_in_it_is_open(desk: Desk) -> None:  # A05
    letter = await burst(desk)
    await desk.take_in(reply_mail(letter, "all ok"))
    await desk.take_in(reply_mail(letter, "1 no"))
    (late,) = await desk.entries("decision.late")
    assert late.details["gates"]["G7"] == "this draft was already used"
    first, second = [mail for mail in desk.post.sent if mail.kind == "items"]
    assert first == second
    assert set(await states(desk)) == {State.DONE}


async def test_what_could_not_be_done_is_told_and_settled_from_the_receipt(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await burst(desk)
    files = desk.office.systems["files"]
    failing = files.perform

    async def refuse(tx: Any, case: int, action: Any, key: str) -> Any:
        if case == 1:
            raise OutcomeUnknown("the disk did not say")
        return await failing(tx, case, action, key)

    monkeypatch.setattr(files, "perform", refuse)
    receipt = await answered(desk, letter, "1 ok, 2 ok")
    assert receipt.settle
    assert [line.settled for line in receipt.items[0].lines] == [
        *(Settled.DONE, Settled.UNKNOWN, Settled.REFUSED)
    ]
    settled = await answered(desk, receipt, "happened")
    assert endings(settled) == {1: Ending.SETTLED_SO}
    assert (await states(desk))[:2] == [State.DONE, State.DONE]
    await answered(desk, settled, "undo 1")


async def test_who_waits_too_long_is_told_what_is_still_being_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await burst(desk)
    files = desk.office.systems["files"]
    working, down = files.perform, [True]

    async def away(tx: Any, case: int, action: Any, key: str) -> Any:
        if case == 1 and down:
            raise StoreBusy("it is away")
        return await working(tx, case, action, key)

    monkeypatch.setattr(files, "perform", away)
    await desk.take_in(reply_mail(letter, "1 ok, 2 ok", date=desk.clock.now()))
    assert desk.letters("items") == []
    desk.clock.advance(timedelta(minutes=6))
    await desk.engine.drain()
    (receipt,) = desk.letters("items")
    assert endings(receipt) == {1: Ending.RUNNING, 2: Ending.APPROVED}
    down.clear()
    desk.clock.advance(timedelta(hours=1))
    await desk.engine.drain()
    (late,) = desk.letters("receipt")
    assert [line.settled for line in late.lines] == [Settled.DONE] * 3
    await desk.take_in(reply_mail(late, "undo", date=desk.clock.now()))
    async with desk.begin() as tx:
        assert [recorded.void for recorded in await tx.bills()] == [True, False]


async def test_what_nothing_can_carry_out_is_parked_and_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await burst(desk)
    files = desk.office.systems["files"]
    working = files.perform

    async def broken(tx: Any, case: int, action: Any, key: str) -> Any:
        if case == 1:
            raise ZeroDivisionError
        return await working(tx, case, action, key)

    monkeypatch.setattr(files, "perform", broken)
    receipt = await answered(desk, letter, "1 ok, 2 ok")
    assert endings(receipt) == {1: Ending.PARKED, 2: Ending.APPROVED}


# -- G10


async def test_light_ones_that_together_pass_the_limit_need_the_code(tmp_path: Path) -> None:
    ann = person(limit=Money(amount=Decimal(500), currency="EUR"))
    async with open_desk(tmp_path, people=(ann,)) as desk:
        await desk.take_in(*bills(7))
        await settle(desk)
        (letter,) = desk.letters("brief")
        assert [line.number for line in letter.lines if line.ready] == [1, 2, 3, 4]
        app = new_authenticator()
        async with desk.begin() as tx:
            await tx.save_authenticator("ann", app, ENTRY)
        await desk.take_in(reply_mail(letter, "rest ok"))
        assert set(await states(desk)) == {State.PROPOSED}
        (question,) = desk.letters("question")
        assert (question.lacks, question.likely) == (Lack.CODE, ("rest ok, 123 456",))
        one = await answered(desk, letter, "1 ok, 2 ok")  # 357 is within it
        assert endings(one) == {1: Ending.APPROVED, 2: Ending.APPROVED}
        step = int(letter.envelope.at.timestamp()) // 30
        receipt = await answered(desk, letter, f"rest ok, {app.code(step)}")
        assert [n for n, e in endings(receipt).items() if e is Ending.APPROVED] == [3, 4]
        # one code covers one reply
        await desk.take_in(reply_mail(letter, f"5 approve, 6 approve {app.code(step)}"))
        assert desk.letters("question")[-1].lacks is Lack.UNUSED_CODE
        receipt = await answered(desk, letter, f"5 approve, 6 approve {app.code(step + 1)}")
        assert endings(receipt) == {5: Ending.APPROVED, 6: Ending.APPROVED}


async def test_heavy_ones_are_never_swept_up(tmp_path: Path) -> None:
    rule = Rule(name="r", when=Condition(task="bills"), verdict=Verdict.CODE, why="w")
    async with open_desk(tmp_path, rules=(rule,)) as desk:
        letter = await burst(desk)
        assert not any(line.ready for line in letter.lines)
        for own in ("rest ok", "all ok", "1 ok", "approve", "ok"):
            await desk.take_in(reply_mail(letter, own))
        assert set(await states(desk)) == {State.PROPOSED}
        rejected = await answered(desk, letter, "1 no, 2 no")
        assert endings(rejected) == {1: Ending.REJECTED, 2: Ending.REJECTED}


async def test_what_the_policy_forbids_fails_alone(tmp_path: Path) -> None:
    when = Condition(amount_over=Money(amount=Decimal(700), currency="EUR"))
    rule = Rule(name="r", when=when, verdict=Verdict.FORBID, why="w")
    async with open_desk(tmp_path, rules=(rule,)) as desk:
        letter = await burst(desk)
        receipt = await answered(desk, letter, "5 ok, 6 approve, 7 no")
        wanted = {5: Ending.APPROVED, 6: Ending.FORBIDDEN, 7: Ending.REJECTED}
        assert endings(receipt) == wanted


async def test_two_people_say_the_same_by_number(tmp_path: Path) -> None:
    rule = Rule(name="r", when=Condition(task="bills"), verdict=Verdict.TWO_PEOPLE, why="w")
    given: dict[str, Any] = {"rules": (rule,), "approvers": {"bills": ("ann", "ben")}}
    async with open_desk(tmp_path, people=(person(), person("ben")), **given) as desk:
        letter = await burst(desk)
        receipt = await answered(desk, letter, "1 approve, 2 no")
        assert endings(receipt) == {1: Ending.FIRST_WORD, 2: Ending.REJECTED}
        (second,) = desk.letters("draft")
        assert second.approved_by == ("Ann",)
        await desk.take_in(reply_mail(second, "approve"))
        assert (await states(desk))[:2] == [State.DONE, State.REJECTED]


# -- who may answer


async def test_another_person_cannot_answer_it(desk: Desk) -> None:  # A25
    letter = await burst(desk)
    await desk.take_in(reply_mail(letter, "all ok", sender="eve@evil.test"))
    assert set(await states(desk)) == {State.PROPOSED}


async def test_who_is_no_approver_any_more_decides_nothing(tmp_path: Path) -> None:  # A55
    async with open_desk(tmp_path, people=(person(), person("ben"))) as desk:
        letter = await burst(desk)
        office = replace(desk.office, approvers={"bills": ("ben",)})
        desk.engine = engine_of(desk.store, office)
        receipt = await answered(desk, letter, "1 ok")
        assert endings(receipt) == {1: Ending.NOT_YOURS}


async def test_five_failures_freeze_it_with_all_that_is_in_it(desk: Desk) -> None:  # A51
    letter = await burst(desk)
    for number in range(5):
        await desk.take_in(reply_mail(letter, f"{number + 1} ok", server=None))
    assert [told.notice for told in desk.letters("notice")][-1] is Notice.FROZEN
    await desk.take_in(reply_mail(letter, "all ok"))
    assert set(await states(desk)) == {State.PROPOSED}
    desk.clock.set(MONDAY)
    await tick(desk)
    assert desk.letters("brief")[-1].lines == ()  # not with the next one either


async def test_a_code_at_the_terminal_thaws_a_brief(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await burst(desk)
    app = new_authenticator()
    async with desk.begin() as tx:
        await tx.save_authenticator("ann", app, ENTRY)
    for number in range(5):
        await desk.take_in(reply_mail(letter, f"{number + 1} ok", server=None))
    async with desk.begin() as tx:
        (frozen,) = await tx.frozen_as("B-1")
        assert (await tx.queue())[0].waits.startswith("in brief B-1") is False
    code = app.code(int(desk.clock.now().timestamp()) // 30)
    monkeypatch.setattr(typer, "prompt", lambda _question: code)
    await thaw(cast("Any", desk), frozen)
    await desk.engine.drain()
    second = desk.letters("brief")[-1]
    assert len(second.lines) == 7
    receipt = await answered(desk, second, "1 ok")
    assert endings(receipt) == {1: Ending.APPROVED}


async def test_the_queue_says_where_it_can_be_answered(desk: Desk) -> None:
    await desk.take_in(*bills(7))
    async with desk.begin() as tx:
        assert {row.waits for row in await tx.queue()} == {"in the next brief of ann"}
    await settle(desk)
    async with desk.begin() as tx:
        rows = await tx.queue()
    assert rows[-1].waits == "ann; in brief B-1, 1"


# -- when it comes

MONDAY = datetime(2026, 11, 23, 7, 31, tzinfo=UTC)


async def tick(desk: Desk) -> None:
    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine="brief"))
    await desk.engine.drain()


async def test_every_working_morning_says_that_all_is_well(desk: Desk) -> None:
    for hours in range(8 * 24):
        desk.clock.set(MONDAY + timedelta(hours=hours))
        await tick(desk)
    days = [letter.envelope.at.weekday() for letter in desk.letters("brief")]
    assert days == [0, 1, 2, 3, 4, 0]
    assert all(letter.lines == () for letter in desk.letters("brief"))


async def test_the_morning_tells_what_of_ours_lies_in_junk(desk: Desk) -> None:
    raw = b"From: Ann <ann@corp.test>\r\nSubject: approve\r\n\r\napprove\r\n"
    await desk.mailbox.move(desk.mailbox.arrive(raw), "Junk")
    desk.mailbox.faults.add(MailboxUnavailable("away"))
    for hours in range(2 * 24):
        desk.clock.set(MONDAY + timedelta(hours=hours))
        await tick(desk)
    away, told = desk.letters("brief")
    assert away.missed == ()  # the brief waits for no mail server
    assert [(one.key, one.gaps) for one in told.missed] == [
        ("brief.junk", {"whose": "ann@corp.test", "n": "1"})
    ]
    assert desk.mailbox.mails("Junk") == [raw]


async def test_the_morning_gathers_what_older_briefs_still_ask(desk: Desk) -> None:
    older = await burst(desk)
    await answered(desk, older, "1 ok, 2 later 3 Dec")
    desk.clock.set(MONDAY)
    await tick(desk)
    newer = desk.letters("brief")[-1]
    assert [line.proposal.case for line in newer.lines] == [3, 4, 5, 6, 7]
    assert [line.days for line in newer.lines] == [2] * 5
    await desk.take_in(reply_mail(older, "3 ok", date=MONDAY))
    assert (await states(desk))[2] is State.PROPOSED
    assert [mail.kind for mail in desk.post.sent][-2:] == ["brief", "brief"]  # the newer one again
    receipt = await answered(desk, newer, "1 ok", date=MONDAY)
    assert endings(receipt) == {1: Ending.APPROVED}
    assert (await states(desk))[2] is State.DONE


async def test_the_count_of_what_was_seen_is_true(desk: Desk) -> None:
    desk.clock.set(MONDAY)
    await tick(desk)
    await desk.take_in(bill_mail(), bill(8))
    await desk.take_in(reply_mail(desk.letters("draft")[0], "approve", date=MONDAY))
    junk = Message(subject="News", automatic="it is a newsletter", text="hello")
    await desk.take_in(junk.model_dump_json().encode())
    desk.clock.advance(timedelta(days=1))
    async with desk.begin() as tx:
        for draft in await tx.open_drafts(2):
            await tx.expire_draft(draft.id)
        await tx.hold_for_brief(2, "ann", for_morning=True)
    await tick(desk)
    seen = desk.letters("brief")[-1].seen
    assert seen == Seen(all=4, here=1, done=1, answers=1, aside=1, aside_as={"automatic": 1})
    assert seen.comes_out


async def test_a_flood_from_strangers_gives_one_brief(desk: Desk) -> None:
    await desk.take_in(*(bill(n, vendor=f"Stranger {n}") for n in range(120)))
    await settle(desk)
    assert [mail.kind for mail in desk.post.sent] == ["brief"]
    (letter,) = desk.letters("brief")
    assert (len(letter.lines), letter.more) == (50, 70)
    await answered(desk, letter, "1-50 no")
    desk.clock.advance(timedelta(hours=2))
    await tick(desk)
    second = desk.letters("brief")[-1]
    assert (len(second.lines), second.more) == (50, 20)
    assert {line.proposal.case for line in letter.lines}.isdisjoint(
        {line.proposal.case for line in second.lines}
    )


async def test_a_drip_of_mails_costs_no_more_than_the_day_allows(desk: Desk) -> None:
    for n in range(60):
        await desk.take_in(bill(n))
        desk.clock.advance(timedelta(minutes=10))
        await tick(desk)
    kinds = [mail.kind for mail in desk.post.sent]
    assert kinds.count("draft") <= 6
    assert len(kinds) <= BriefRules().mails_a_day


async def test_a_stop_does_not_wait_for_the_brief(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    changed = reading(invoice_number="R-99", iban="GB29NWBK60161331926819")
    await desk.take_in(*bills(7), bill_mail(changed, message_id="<stop@acme.test>"))
    await settle(desk)
    assert [letter.proposal.title[:4] for letter in desk.letters("draft")[1:]] == ["STOP"]
    (letter,) = desk.letters("brief")
    assert len(letter.lines) == 7


async def test_what_two_wait_for_alone_comes_as_drafts(desk: Desk) -> None:
    """Held back in a burst of what turned out to be nothing."""
    junk = Message(subject="News", automatic="it is a newsletter", text="hello")
    noise = [junk.model_copy(update={"message_id": f"<{n}@n>"}) for n in range(9)]
    await desk.take_in(*bills(2), *(mail.model_dump_json().encode() for mail in noise))
    await settle(desk)
    assert [mail.kind for mail in desk.post.sent] == ["draft", "draft"]


async def test_an_expired_brief_is_sent_anew_when_it_is_answered(desk: Desk) -> None:  # A07
    letter = await burst(desk)
    desk.clock.set(MONDAY + timedelta(days=5, hours=9))  # Saturday: no morning brings it
    await desk.take_in(reply_mail(letter, "all ok", date=desk.clock.now()))
    assert set(await states(desk)) == {State.PROPOSED}
    first, second = desk.letters("brief")
    assert [a.proposal for a in first.lines] == [b.proposal for b in second.lines]
    receipt = await answered(desk, second, "all ok", date=desk.clock.now())
    assert len(receipt.items) == 7
