"""More than the word: codes, second people, frozen drafts, muted strangers. Ids: GATES.md."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import typer

from mailagent.cli.unfreeze import thaw
from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.case import State
from mailagent.core.draft import DraftState
from mailagent.core.errors import ConfigInvalid
from mailagent.core.gates import Lack
from mailagent.core.letter import Notice
from mailagent.core.people import Address, Person, Pin, Proof
from mailagent.core.policy import Condition, Rule, Verdict
from mailagent.core.token import new_token
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import NOW, person

ENTRY = Entry(actor="test", what="test")
STEP = int(NOW.timestamp()) // 30
PIN = Pin(method=Proof.SERVER, authserv_id="mx.corp.test", domain="corp.test")
BEN = Person(id="ben", name="Ben Ode", addresses=(Address(address="ben@corp.test", pin=PIN),))
PHONE = "ann@phone.test"


def rules(verdict: Verdict) -> tuple[Rule, ...]:
    when = Condition(task="bills")
    return (Rule(name="heavy", when=when, verdict=verdict, why="It is a lot of money."),)


@pytest.fixture
async def heavy(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk where every bill needs a code."""
    async with open_desk(tmp_path, rules=rules(Verdict.CODE)) as desk:
        await desk.take_in(bill_mail())
        yield desk


@pytest.fixture
async def of_two(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk where every bill needs two people, of whom there are two."""
    two = {"bills": ("ann", "ben")}
    asks = rules(Verdict.TWO_PEOPLE)
    async with open_desk(tmp_path, rules=asks, people=(person(), BEN), approvers=two) as desk:
        await desk.take_in(bill_mail())
        yield desk


async def app_of(desk: Desk, who: str = "ann") -> Authenticator:
    made = new_authenticator()
    async with desk.begin() as tx:
        await tx.save_authenticator(who, made, ENTRY)
    return made


async def state(desk: Desk) -> State:
    return (await desk.case()).state


def sent_to(desk: Desk, who: str, kind: str) -> list[Any]:
    return [letter for letter in desk.letters(kind) if letter.envelope.person.id == who]


# -- codes


async def test_a_heavy_approve_with_its_code_is_done(heavy: Desk) -> None:  # A48
    app = await app_of(heavy)
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP)}"))
    assert await state(heavy) is State.DONE


@pytest.mark.parametrize("own", ["approve", "reject the other one, approve"])
async def test_a_heavy_approve_without_one_releases_nothing(heavy: Desk, own: str) -> None:  # A48
    await app_of(heavy)
    await heavy.take_in(reply_mail(heavy.draft(), own))
    assert await state(heavy) is State.PROPOSED
    assert heavy.letters("notice") == []
    assert len(heavy.letters("question")) == 1


async def test_it_is_said_what_an_approve_lacks(heavy: Desk) -> None:  # A48
    await heavy.take_in(reply_mail(heavy.draft(), "approve"))
    await app_of(heavy)
    await heavy.take_in(reply_mail(heavy.draft(), "approve please"))
    first, second = heavy.letters("question")
    assert (first.lacks, first.likely) == (Lack.AUTHENTICATOR, ("reject",))
    assert (second.lacks, second.likely) == (Lack.CODE, ("approve 123 456",))


async def test_a_code_counts_once(heavy: Desk) -> None:  # A49
    app = await app_of(heavy)
    own = f"approve {app.code(STEP)}"
    await heavy.take_in(reply_mail(heavy.draft(), own))
    await heavy.take_in(bill_mail(message_id="<b2@acme.test>"))
    await heavy.take_in(reply_mail(heavy.draft(), own))
    assert [case.state for case in await heavy.cases()] == [State.DONE, State.PROPOSED]
    (question,) = heavy.letters("question")
    assert question.lacks is Lack.UNUSED_CODE
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP + 1)}"))
    assert [case.state for case in await heavy.cases()] == [State.DONE, State.DONE]


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
async def test_a_code_of_another_time_is_worth_nothing(heavy: Desk, steps: int) -> None:  # A49
    app = await app_of(heavy)
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP + steps)}"))
    assert await state(heavy) is State.PROPOSED
    assert heavy.letters("question")[0].lacks is Lack.RIGHT_CODE


async def test_the_code_of_a_colleague_is_worth_nothing(heavy: Desk) -> None:
    await app_of(heavy)
    theirs = await app_of(heavy, "ben")
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {theirs.code(STEP)}"))
    assert await state(heavy) is State.PROPOSED


async def test_a_new_app_takes_the_place_of_the_old_one(heavy: Desk) -> None:
    old, new = await app_of(heavy), await app_of(heavy)
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {old.code(STEP)}"))
    assert await state(heavy) is State.PROPOSED
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {new.code(STEP)}"))
    assert await state(heavy) is State.DONE


async def test_no_code_and_no_secret_is_written_down(heavy: Desk) -> None:
    app = await app_of(heavy)
    code = app.code(STEP)
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {code}"))
    told = [entry.model_dump_json() for entry in await heavy.entries()]
    assert told
    assert not any(code in line or app.secret in line for line in told)
    assert app.secret not in repr(app)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Desk]:
    """A person of whom nothing but a code is proof."""
    pinned = Address(address=PHONE, pin=Pin(method=Proof.CODE))
    async with open_desk(tmp_path, people=(person(addresses=(pinned,)),)) as desk:
        await desk.take_in(bill_mail())
        yield desk


@pytest.mark.parametrize("own", ["approve", "reject", "ok"])
async def test_who_is_pinned_to_a_code_needs_it_for_everything(phone: Desk, own: str) -> None:
    app = await app_of(phone)  # A62
    await phone.take_in(reply_mail(phone.draft(), own))
    assert await state(phone) is State.PROPOSED
    assert len(phone.letters("question")) == 1
    verb = "approve" if own == "ok" else own
    await phone.take_in(reply_mail(phone.draft(), f"{verb} {app.code(STEP)}"))
    assert await state(phone) is (State.REJECTED if own == "reject" else State.DONE)


# -- two people


async def test_two_people_approve_and_both_are_told(of_two: Desk) -> None:
    await of_two.take_in(reply_mail(of_two.draft(), "approve"))
    assert await state(of_two) is State.PROPOSED
    (kept,) = sent_to(of_two, "ann", "notice")
    assert kept.notice is Notice.FIRST_WORD
    (second,) = sent_to(of_two, "ben", "draft")
    assert second.approved_by == ("Ann",)
    await of_two.take_in(reply_mail(second, "approve"))
    assert await state(of_two) is State.DONE
    assert [len(sent_to(of_two, who, "receipt")) for who in ("ann", "ben")] == [1, 1]


async def test_the_first_of_two_can_take_it_back_as_well(of_two: Desk) -> None:
    await of_two.take_in(reply_mail(of_two.draft(), "approve"))
    (second,) = sent_to(of_two, "ben", "draft")
    await of_two.take_in(reply_mail(second, "approve"))
    (hers,), (his,) = (sent_to(of_two, who, "receipt") for who in ("ann", "ben"))
    assert hers.undo_until
    assert hers.envelope.message_id != his.envelope.message_id
    await of_two.take_in(reply_mail(hers, "undo"))
    assert [entry.actor for entry in await of_two.entries("case.undo")] == ["ann"]
    await of_two.take_in(reply_mail(his, "undo"))  # there is nothing left to take back
    assert len(await of_two.entries("case.undo")) == 1


async def test_one_human_is_one_however_often_he_says_it(of_two: Desk) -> None:  # A50
    other = Address(address="ann2@corp.test", pin=PIN)
    async with of_two.begin() as tx:
        ann = person()
        both = ann.model_copy(update={"addresses": (*ann.addresses, other)})
        await tx.save_person(both, ENTRY)
    first = of_two.draft()
    await of_two.take_in(reply_mail(first, "approve"))
    await of_two.take_in(reply_mail(first, "approve", sender="ann2@corp.test"))
    assert await state(of_two) is State.PROPOSED
    (question,) = of_two.letters("question")
    assert question.lacks is Lack.ANOTHER_PERSON
    # and with the token of the second she is somebody else
    (second,) = sent_to(of_two, "ben", "draft")
    await of_two.take_in(reply_mail(second, "approve", sender="ann2@corp.test"))
    assert await state(of_two) is State.PROPOSED


async def test_the_first_word_can_be_taken_back(of_two: Desk) -> None:
    first = of_two.draft()
    await of_two.take_in(reply_mail(first, "approve"))
    await of_two.take_in(reply_mail(first, "reject"))
    assert await state(of_two) is State.REJECTED
    (second,) = sent_to(of_two, "ben", "draft")
    await of_two.take_in(reply_mail(second, "approve"))
    assert await state(of_two) is State.REJECTED


async def test_the_word_of_somebody_who_was_removed_counts_no_more(of_two: Desk) -> None:
    await of_two.take_in(reply_mail(of_two.draft(), "approve"))
    async with of_two.begin() as tx:
        await tx.remove_person("ann", ENTRY)
    (second,) = sent_to(of_two, "ben", "draft")
    await of_two.take_in(reply_mail(second, "approve"))
    assert await state(of_two) is State.PROPOSED


async def test_where_nobody_else_decides_it_is_said(tmp_path: Path) -> None:
    async with open_desk(tmp_path, rules=rules(Verdict.TWO_PEOPLE)) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert desk.letters("question")[0].lacks is Lack.ANOTHER_PERSON
        assert await state(desk) is State.PROPOSED


async def test_the_board_says_who_is_waited_for(of_two: Desk) -> None:
    await of_two.take_in(reply_mail(of_two.draft(), "approve"))
    async with of_two.begin() as tx:
        (row,) = await tx.queue()
    assert row.waits == "ben (ann approved)"


# -- frozen drafts, muted strangers


async def frozen(desk: Desk) -> None:
    for number in range(5):
        await desk.take_in(reply_mail(desk.draft(), f"approve {number}00 000"))


async def test_five_failures_with_a_live_token_freeze_the_draft(heavy: Desk) -> None:  # A51
    app = await app_of(heavy)
    await frozen(heavy)
    (told,) = heavy.letters("notice")
    assert told.notice is Notice.FROZEN
    assert len(heavy.letters("question")) == 4
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP)}"))
    assert await state(heavy) is State.PROPOSED
    assert len(heavy.letters("draft")) == 1  # no fresh token either
    async with heavy.begin() as tx:
        (row,) = await tx.queue()
    assert row.waits == f"frozen, ann: mailagent unfreeze {row.case.ref}"


async def test_unproven_replies_freeze_the_draft_as_well(tmp_path: Path) -> None:  # A51, A52
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        for number in range(7):
            await desk.take_in(reply_mail(desk.draft(), f"approve {number}", server=None))
        told = [letter.notice for letter in desk.letters("notice")]
        assert told == [Notice.UNPROVEN, Notice.FROZEN]
        assert {letter.envelope.person.id for letter in desk.letters("notice")} == {"ann"}
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert await state(desk) is State.PROPOSED


async def test_a_code_at_the_terminal_thaws_it(
    heavy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:  # A51
    app = await app_of(heavy)
    await frozen(heavy)
    old = heavy.draft()
    async with heavy.begin() as tx:
        (draft,) = await tx.frozen_drafts(1)
    typed = iter(["000 000", app.code(STEP)])
    monkeypatch.setattr(typer, "prompt", lambda _question: next(typed))
    await thaw(cast("Any", heavy), draft)
    await heavy.engine.drain()
    assert len(heavy.letters("draft")) == 2
    await heavy.take_in(reply_mail(old, f"approve {app.code(STEP + 1)}"))
    assert await state(heavy) is State.PROPOSED  # whoever knew the old token has nothing
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP)}"))
    assert await state(heavy) is State.PROPOSED  # the code was used at the terminal
    await heavy.take_in(reply_mail(heavy.draft(), f"approve {app.code(STEP + 1)}"))
    assert await state(heavy) is State.DONE


async def test_without_the_code_nothing_thaws(heavy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await frozen(heavy)
    async with heavy.begin() as tx:
        (draft,) = await tx.frozen_drafts(1)
    monkeypatch.setattr(typer, "prompt", lambda _question: "000000")
    with pytest.raises(ConfigInvalid, match="no authenticator"):
        await thaw(cast("Any", heavy), draft)
    await app_of(heavy)
    with pytest.raises(ConfigInvalid, match="No code was right"):
        await thaw(cast("Any", heavy), draft)
    async with heavy.begin() as tx:
        assert [d.state for d in await tx.frozen_drafts(1)] == [DraftState.FROZEN]


async def test_a_stranger_freezes_nothing_and_is_spoken_of_once(tmp_path: Path) -> None:  # A67
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        for number in range(50):
            desk.clock.advance(timedelta(minutes=20))
            forged = reply_mail(desk.draft(), f"approve {number}", sender="eve@evil.test")
            await desk.take_in(forged)
        (told,) = desk.letters("notice")
        assert told.envelope.person.id == "ann"
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert await state(desk) is State.DONE


async def test_another_stranger_is_not_muted_with_the_first(tmp_path: Path) -> None:  # A25
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        for sender in ("eve@evil.test", "mallory@evil.test", "mallory@evil.test"):
            await desk.take_in(reply_mail(desk.draft(), sender=sender))
        assert len(desk.letters("notice")) == 1  # one an hour
        desk.clock.advance(timedelta(hours=1))
        for sender in ("eve@evil.test", "mallory@evil.test"):
            await desk.take_in(reply_mail(desk.draft(), "yes", sender=sender))
        assert [dict(told.facts)["from"] for told in desk.letters("notice")] == [
            "eve@evil.test",
            "mallory@evil.test",
        ]


async def test_thirty_guesses_of_a_token_are_told_once(tmp_path: Path) -> None:  # A31
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        for _ in range(30):
            desk.clock.advance(timedelta(minutes=10))
            guess = f"ops+{new_token('1f' * 32)}@corp.test"
            await desk.take_in(
                reply_mail(desk.draft(), sender="eve@evil.test", routing=(guess,), fields=())
            )
        (told,) = desk.letters("notice")
        assert ("from", "eve@evil.test") in told.facts
        assert [case.state for case in await desk.cases()] == [State.PROPOSED]
        refused = await desk.entries("decision.refused")
        assert [entry.details["gates"]["G6"] for entry in refused] == [
            "it carries no token of ours"
        ] * 30
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        assert await state(desk) is State.DONE
