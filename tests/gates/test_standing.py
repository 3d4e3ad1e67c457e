"""Attacks on standing approvals: nothing but their person's own gated reply gives one, and what
is heavy, new, doubtful or over a limit is asked whatever was given.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.capability import CATALOGUE
from mailagent.core.case import State
from mailagent.core.circumstances import Circumstances
from mailagent.core.job import Job, Stage
from mailagent.core.modes import Mode, Ruled, Scope
from mailagent.core.money import Money
from mailagent.core.policy import Condition, Judgement, Rule, Verdict, judge
from mailagent.core.proposal import Alternative, Proposal, Purpose
from mailagent.core.reading import Check, Kind
from mailagent.core.reply import Claim
from mailagent.core.revision import Edit
from mailagent.core.said import say
from mailagent.core.standing import can_stand, hindrance
from mailagent.ports.begin import begin_widening
from tests.desk import GOOD, Desk, bill_mail, engine_of, open_desk, reply_mail
from tests.values import (
    NOW,
    PAYLOADS,
    field,
    person,
    proposal,
    reading,
    record_bill,
    set_reminder,
    store_file,
)

ENTRY = Entry(actor="test", what="test")
EUR = "EUR"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ANN = person(limit=Money(amount=Decimal(5000), currency=EUR))
AT_ANNS = Circumstances(sender="bills@acme.test", signed_by="acme.test", person="ann")
MAY = ("files.store", "ledger.record_bill", "reminders.set")


def row(**changes: Any) -> Ruled:
    given = {
        "number": 3,
        "scope": Scope(task="bills"),
        "mode": Mode.STANDING,
        "person": "ann",
        "since": NOW,
        "vendor": "Acme GmbH",
        "signed_by": "acme.test",
        "most": Money(amount=Decimal(500), currency=EUR),
        "a_day": 5,
        "hold_hours": 4,
        "capabilities": MAY,
    }
    return Ruled(**{**given, **changes})


def bill(**changes: Any) -> Proposal:
    return proposal(record_bill(), store_file(), set_reminder(), **changes)


def covers(what: Proposal, given: Ruled | None = None, found: Circumstances = AT_ANNS) -> str:
    return hindrance(given or row(), what, found, ANN, 0)


def test_what_was_given_covers_what_it_says() -> None:
    assert covers(bill()) == ""


DOUBTFUL = {"total": field("119.00").model_copy(update={"confidence": 0.6})}
UNSURE, SENSITIVE = {"confidence": 0.5}, {"sensitive": True}
PAYS = [p for p in PAYLOADS if p.capability == "payments.release"]
MAILS = [p for p in PAYLOADS if p.capability == "mail.send"]
FRAUD = Check(name="bank_account", ok=False)
OUTSIDE: dict[str, tuple[Proposal, str]] = {
    "payments": (
        proposal(*PAYS),
        "capability",
    ),
    "a task that is always asked": (bill(task="contracts"), "scope"),
    "another task": (bill(task="filing"), "scope"),
    "a changed account": (bill(checks=(FRAUD,)), "check"),
    "any failed check": (bill(checks=(Check(name="totals_add_up", ok=False),)), "check"),
    "a new vendor": (bill(notes=(say("bill.first"),)), "new"),
    "money over what was given": (proposal(record_bill(total=Decimal("500.01"))), "amount"),
    "money in another currency": (proposal(record_bill(currency="USD")), "amount"),
    "a mail to somebody outside": (
        proposal(*MAILS),
        "capability",
    ),
    "a change of its owner": (bill(version=2), "changed"),
    "words above it": (bill(you_wrote="Smith job"), "changed"),
    "an edit": (bill(changes=(Edit(field="total", value="1", before="2"),)), "changed"),
    "a question": (bill(purpose=Purpose.ASK), "question"),
    "an undo": (bill(purpose=Purpose.UNDO), "question"),
    "what somebody has to open": (bill(alone=True), "question"),
    "a choice": (
        bill(alternatives=(Alternative(label="fri 10", actions=()),)),
        "question",
    ),
    "a doubtful value": (
        bill(reading=reading().model_copy(update={"fields": {**reading().fields, **DOUBTFUL}})),
        "confidence",
    ),
    "a doubtful kind": (
        bill(reading=reading().model_copy(update=UNSURE)),
        "confidence",
    ),
    "another vendor": (bill(reading=reading(seller_name="Acme Ltd")), "vendor"),
    "what is sensitive": (
        bill(reading=reading().model_copy(update=SENSITIVE)),
        "sensitive",
    ),
    "nothing at all": (proposal(), "capability"),
}


@pytest.mark.parametrize(
    ("what", "given"),
    [
        (proposal(*PAYS), row(capabilities=("payments.release",))),
        (proposal(*MAILS), row(capabilities=("mail.send",))),
    ],
    ids=["payments", "a mail to somebody outside"],
)
def test_a_row_that_names_it_covers_it_no_more(what: Proposal, given: Ruled) -> None:
    assert what.actions
    assert covers(what, given) == "capability"


def test_a_row_for_work_that_is_always_asked_covers_nothing() -> None:
    given = row(scope=Scope(task="contracts"))
    assert covers(bill(task="contracts"), given) == "scope"


def test_without_a_signature_no_row_covers_anything() -> None:
    unsigned = AT_ANNS.model_copy(update={"signed_by": ""})
    assert covers(bill(), row(signed_by=""), unsigned) == "sender"


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_it_never_covers(name: str) -> None:
    what, why = OUTSIDE[name]
    assert covers(what) == why


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (AT_ANNS.model_copy(update={"signed_by": "evil.test"}), "sender"),
        (AT_ANNS.model_copy(update={"signed_by": ""}), "sender"),
        (AT_ANNS.model_copy(update={"person": "ben"}), "person"),
    ],
)
def test_a_mail_in_a_vendors_name_is_not_that_vendors(found: Circumstances, why: str) -> None:
    assert covers(bill(), found=found) == why


def test_a_limit_and_a_day_have_an_end() -> None:
    poor = person(limit=Money(amount=Decimal(100), currency=EUR))
    assert hindrance(row(), bill(), AT_ANNS, poor, 0) == "limit"
    assert hindrance(row(), bill(), AT_ANNS, ANN, 5) == "many"


def test_a_row_without_an_amount_covers_no_money() -> None:
    assert covers(bill(), row(most=None)) == "amount"


def test_only_what_is_light_and_can_be_taken_back_can_stand() -> None:
    can = {name for name in CATALOGUE if can_stand(name)}
    assert can == {"ledger.record_bill", "files.store", "reminders.set"}


@pytest.mark.parametrize("verdict", [v for v in Verdict if v > Verdict.STANDING])
def test_a_rule_that_hits_is_stricter(verdict: Verdict) -> None:
    rule = Rule(name="r", when=Condition(task="bills"), verdict=verdict, why="so")
    assert judge(bill(), [rule], None, AT_ANNS, covered=True).verdict is verdict


def test_a_table_alone_lets_nothing_go_by_itself() -> None:
    rule = Rule(name="r", when=Condition(task="bills"), verdict=Verdict.STANDING, why="so")
    assert judge(bill(), [rule], None, AT_ANNS).verdict is Verdict.ASK


# -- at the desk: from the word to the effect


def acme(n: int, **changes: str) -> bytes:
    net = Decimal(100 + n)
    said = {"net": net, "tax": net * 19 / 100, "total": net * 119 / 100}
    money = {name: f"{amount:.2f}" for name, amount in said.items()}
    changes = {"invoice_number": f"R-{n}", **changes}
    what = reading(Kind.INVOICE, checks=(), **money, **changes)
    claims = (Claim(domain="acme.test", selector="s"),)
    return bill_mail(what, message_id=f"<b{n}@acme.test>", claims=claims)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, people=(ANN,)) as made:
        yield made


async def known_vendor(desk: Desk) -> None:
    """One bill of theirs is in the books, and their domain signs what it sends."""
    desk.keys.records["s._domainkey.acme.test"] = GOOD
    await desk.take_in(acme(1))
    await desk.take_in(reply_mail(desk.draft(), "approve", date=desk.clock.now()))
    assert (await desk.case()).state is State.DONE


async def app_of(desk: Desk) -> Authenticator:
    made = new_authenticator()
    async with desk.begin() as tx:
        await tx.save_authenticator("ann", made, ENTRY)
    return made


def code(app: Authenticator, desk: Desk) -> str:
    return app.code(int(desk.clock.now().timestamp()) // 30)


async def proposed(desk: Desk, **changes: Any) -> Any:
    """The draft that asks for a standing approval."""
    wish = {
        "scope": Scope(task="bills"),
        "mode": Mode.STANDING,
        "before": Mode.APPROVE,
        "most": Money(amount=Decimal(500), currency=EUR),
        "a_day": 5,
        "hold_hours": 4,
        "capabilities": MAY,
    }
    async with desk.begin() as tx:
        await begin_widening(desk.office, tx, {**wish, **changes}, slot=1)
    await desk.engine.drain()
    return desk.draft()


async def given(desk: Desk) -> None:
    draft, app = await proposed(desk), await app_of(desk)
    said = f"approve {code(app, desk)}"
    await desk.take_in(reply_mail(draft, said, date=desk.clock.now()))
    async with desk.begin() as tx:
        (one,) = await tx.rulings("bills")
    assert one.person == "ann"
    assert one.mode is Mode.STANDING


async def tick(desk: Desk, *names: str) -> None:
    """What the clock starts, done."""
    async with desk.begin() as tx:
        jobs = [Job(stage=Stage.ROUTINE, subject=0, routine=name) for name in names]
        await tx.defer(*jobs)
    await desk.engine.drain()


async def morning(desk: Desk) -> Any:
    """The next working day's brief."""
    desk.clock.set(MONDAY)
    await tick(desk, "brief")
    return desk.letters("brief")[-1]


async def covered(desk: Desk) -> Any:
    """A bill that a standing approval covers, shown in the morning's brief."""
    await known_vendor(desk)
    await given(desk)
    await desk.take_in(acme(2))
    assert desk.letters("draft")[-1].proposal.task == "policy"  # no draft of its own
    letter = await morning(desk)
    assert letter.lines[0].judgement.standing == 1
    return letter


async def after(desk: Desk, hours: float) -> None:
    desk.clock.advance(timedelta(hours=hours))
    await desk.take_in()  # whoever wrote meanwhile was heard
    await tick(desk, "standing")


async def last(desk: Desk) -> State:
    return (await desk.cases())[-1].state


async def sql(desk: Desk, statement: str) -> None:
    async with desk.begin() as tx:
        await tx.run(text(statement))


@pytest.mark.slow
async def test_it_goes_ahead_after_its_hold_with_one_receipt_that_can_be_undone(desk: Desk) -> None:
    await covered(desk)
    await after(desk, 3.9)
    assert await last(desk) is State.PROPOSED
    await after(desk, 0.2)
    assert await last(desk) is State.DONE
    (entry,) = await desk.entries("case.standing")
    given_in = [case for case in await desk.cases() if case.task == "policy"]
    assert entry.details["row"] == "S-1"
    assert entry.details["given_by"] == "ann"
    assert entry.details["given_in"] == given_in[0].ref
    (receipt,) = desk.letters("items")
    assert receipt.undo == (1,)
    await desk.take_in(reply_mail(receipt, "undo 1", date=desk.clock.now()))
    done = [entry.details["capability"] for entry in await desk.entries("effect.done")]
    assert done[-3:] == ["ledger.void_bill", "reminders.cancel", "files.remove"]
    (narrowed,) = await desk.entries("policy.narrowed")
    assert narrowed.details == {"row": "S-1", "why": "undo"}
    assert desk.letters("notice")[-1].notice == "narrowed"


async def test_it_never_goes_ahead_before_it_was_shown(desk: Desk) -> None:
    await known_vendor(desk)
    await given(desk)
    await desk.take_in(acme(2))
    await after(desk, 48)
    assert await last(desk) is State.PROPOSED


async def test_a_brief_that_never_left_was_shown_to_nobody(desk: Desk) -> None:
    await covered(desk)
    await sql(desk, "UPDATE outbox SET state = 'queued', sent_at = NULL WHERE kind = 'brief'")
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED


@pytest.mark.slow
async def test_while_the_mailbox_cannot_be_read_nothing_goes_ahead(desk: Desk) -> None:
    await covered(desk)
    desk.clock.advance(timedelta(hours=5))
    await tick(desk, "standing")
    assert await last(desk) is State.PROPOSED
    await after(desk, 0)
    assert await last(desk) is State.DONE


@pytest.mark.slow
@pytest.mark.parametrize(
    "own",
    ["1 hmm wait please", "please wait, I have to look at this first", "1 ask: the right amount?"],
)
async def test_whatever_its_person_says_it_waits_for_a_yes(desk: Desk, own: str) -> None:
    letter = await covered(desk)
    await desk.take_in(reply_mail(letter, own, date=desk.clock.now()))
    await after(desk, 5)
    bills = [case for case in await desk.cases() if case.task == "bills"]
    assert bills[-1].state is State.PROPOSED


@pytest.mark.slow
async def test_lowering_the_mode_in_the_settings_counts_at_once(desk: Desk) -> None:
    await covered(desk)
    desk.office.modes["bills"] = Mode.SUGGEST  # type: ignore[index]
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED


@pytest.mark.slow
async def test_going_ahead_twice_does_nothing_twice(desk: Desk) -> None:
    await covered(desk)
    await after(desk, 5)
    await after(desk, 5)
    assert len(await desk.entries("case.standing")) == 1
    assert len(desk.letters("items")) == 1


@pytest.mark.slow
async def test_a_no_within_the_hold_stops_it_and_ends_the_row(desk: Desk) -> None:
    letter = await covered(desk)
    await desk.take_in(reply_mail(letter, "1 no", date=MONDAY))
    await after(desk, 5)
    assert await last(desk) is State.REJECTED
    async with desk.begin() as tx:
        assert await tx.rulings("bills") == []


@pytest.mark.slow
@pytest.mark.parametrize("task", ["", "bills"])
async def test_a_pause_stops_it(desk: Desk, task: str) -> None:
    await covered(desk)
    async with desk.begin() as tx:
        await tx.pause(task, "ann")
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED


@pytest.mark.slow
async def test_what_is_put_off_does_not_go_ahead(desk: Desk) -> None:
    letter = await covered(desk)
    await desk.take_in(reply_mail(letter, "1 later", date=MONDAY))
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED


LATER: dict[str, tuple[str, str]] = {
    "a row written wider than what was approved": (
        "UPDATE ruled SET body = replace(body, '\"500\"', '\"5000\"')",
        "row",
    ),
    "a row for somebody else": (
        "UPDATE ruled SET body = replace(body, '\"ann\"', '\"ben\"')",
        "row",
    ),
    "a row that ended": ("UPDATE ruled SET ended_at = '2026-11-20'", "row"),
    "an approved version that was altered": (
        "UPDATE proposals SET body = replace(body, '\"500\"', '\"5000\"')",
        "row",
    ),
    "a bill that was altered": (
        "UPDATE proposals SET body = replace(body, '\"121.38\"', '\"321.38\"')",
        "altered",
    ),
    "somebody who left": ("DELETE FROM people", "person"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LATER)
async def test_what_changed_in_the_store_meanwhile_makes_it_wait(desk: Desk, name: str) -> None:
    statement, why = LATER[name]
    await covered(desk)
    await sql(desk, statement)
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED
    (entry,) = await desk.entries("case.not_covered")
    assert entry.details["why"] == why


@pytest.mark.slow
async def test_a_rule_that_came_since_makes_it_wait(tmp_path: Path) -> None:
    async with open_desk(tmp_path, people=(ANN,)) as desk:
        await covered(desk)
        asks = Rule(name="asks", when=Condition(task="bills"), verdict=Verdict.ASK, why="so")
        stricter = replace(desk, office=replace(desk.office, rules=(asks,)))
        stricter.engine = engine_of(desk.store, stricter.office)
        await after(stricter, 5)
        assert await last(stricter) is State.PROPOSED
        (entry,) = await desk.entries("case.not_covered")
        assert entry.details["why"] == "rules"


@pytest.mark.slow
@pytest.mark.parametrize(("number", "booked"), [("R-2", 1), ("0002", 1), ("r 02", 1), ("R-20", 2)])
async def test_of_twins_that_are_covered_one_goes_ahead(
    desk: Desk, number: str, booked: int
) -> None:
    await known_vendor(desk)
    await given(desk)
    await desk.take_in(acme(2), acme(2, due_date="2026-12-03", invoice_number=number))
    await morning(desk)
    await after(desk, 5)
    assert len(await desk.entries("case.standing")) == booked
    waits = await desk.entries("case.not_covered")
    assert [entry.details["why"] for entry in waits] == ["duplicate"] * (2 - booked)


async def test_a_row_planted_in_the_store_covers_nothing(desk: Desk) -> None:
    await known_vendor(desk)
    async with desk.begin() as tx:
        await tx.add_ruling(row(signed_by="", case=1, version=1), "planted")
        await tx.add_ruling(row(signed_by="", case=None), "planted too")
    await desk.take_in(acme(2))
    assert desk.draft().judgement == Judgement(
        verdict=Verdict.ASK, around=desk.draft().judgement.around
    )


REOPENED = {
    "opened again": "UPDATE ruled SET ended_at = NULL, ended_why = ''",
    "opened again under another number": "UPDATE ruled SET ended_at = NULL, id = 77",
    "copied": (
        "INSERT INTO ruled (company, key, task, body, ended_why) "
        "SELECT company, 'copy', task, body, '' FROM ruled"
    ),
    "copied in its place": "UPDATE ruled SET ended_at = NULL, key = 'copy', id = 77",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REOPENED)
async def test_a_row_that_ended_covers_nothing_whatever_the_store_says(
    desk: Desk, name: str
) -> None:
    letter = await covered(desk)
    await desk.take_in(reply_mail(letter, "1 no", date=MONDAY))
    (ended,) = await desk.entries("policy.ended")
    assert ended.details == {"row": "S-1", "why": "reject"}
    await sql(desk, REOPENED[name])
    async with desk.begin() as tx:
        assert [row.mode for row in await tx.rulings("bills")] == [Mode.STANDING]
    await desk.take_in(acme(3))
    await morning(desk)
    await after(desk, 5)
    assert await last(desk) is State.PROPOSED
    assert await desk.entries("case.standing") == []


async def test_a_copy_of_a_row_that_holds_covers_no_more_than_it(desk: Desk) -> None:
    await known_vendor(desk)
    await given(desk)
    await sql(desk, REOPENED["copied"])
    await sql(desk, "UPDATE ruled SET ended_at = '2026-11-20' WHERE key != 'copy'")
    await desk.take_in(acme(2))
    assert desk.draft().judgement.verdict is Verdict.ASK
    assert desk.draft().judgement.standing == 0


REFUSED: dict[str, Callable[[Authenticator, Desk], tuple[str, dict[str, Any]]]] = {
    "no code": lambda _app, _desk: ("approve", {}),
    "a wrong code": lambda _app, _desk: ("approve 000000", {}),
    "an old code": lambda app, desk: (
        f"approve {app.code(int(desk.clock.now().timestamp()) // 30 - 9)}",
        {},
    ),
    "a stranger": lambda app, desk: (
        f"approve {code(app, desk)}",
        {"sender": "ann@evil.test"},
    ),
    "a machine": lambda app, desk: (
        f"approve {code(app, desk)}",
        {"automatic": "Auto-Submitted"},
    ),
    "a friendly word": lambda app, desk: (f"ok {code(app, desk)}", {}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
async def test_a_forged_or_weak_reply_gives_none(desk: Desk, name: str) -> None:
    draft, app = await proposed(desk), await app_of(desk)
    said, changes = REFUSED[name](app, desk)
    await desk.take_in(reply_mail(draft, said, **{"date": desk.clock.now(), **changes}))
    async with desk.begin() as tx:
        assert await tx.rulings() == []


REPLAYED: dict[str, tuple[str, Callable[[Any, Any, datetime], dict[str, Any]]]] = {
    # The very bytes, delivered once more, are left to `test_the_same_bytes_...` below.
    "the used token in a new mail": (
        "G7",
        lambda first, _other, now: {"letter": first, "date": now},
    ),
    "the first answer, led to the second draft": (
        "G6",  # what was signed names the first one
        lambda first, other, _now: {
            "letter": other,
            "date": first.envelope.at,
            "subject": f"Re: {first.envelope.subject} [ops {first.envelope.ref}]",
        },
    ),
    "the same, with its subject changed": (
        "G7",  # its Date is older than that version
        lambda first, other, _now: {"letter": other, "date": first.envelope.at},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REPLAYED)
async def test_a_replayed_reply_gives_no_second_one(desk: Desk, name: str) -> None:
    """Each is refused for what it is, with a code that is right at its moment; and the same word
    said anew is taken, so that nothing else stood in the way.
    """
    first, app = await proposed(desk), await app_of(desk)
    said = f"approve {code(app, desk)}"
    await desk.take_in(reply_mail(first, said, date=desk.clock.now()))
    other = await proposed_again(desk)
    gate, changes = REPLAYED[name]
    changed = changes(first, other, desk.clock.now())
    letter = changed.pop("letter")
    words = said if changed["date"] == first.envelope.at else f"approve {code(app, desk)}"
    await desk.take_in(reply_mail(letter, words, message_id=f"{name}@mail.test", **changed))
    assert await given_rows(desk) == [5]
    (*_, entry) = await desk.entries("decision.")
    assert entry.details["gates"][gate] != "pass"
    desk.clock.advance(timedelta(minutes=2))  # a code of its own
    await desk.take_in(reply_mail(other, f"approve {code(app, desk)}", date=desk.clock.now()))
    assert await given_rows(desk) == [5, 500]


async def test_the_same_bytes_give_one_row(desk: Desk) -> None:
    draft, app = await proposed(desk), await app_of(desk)
    raw = reply_mail(draft, f"approve {code(app, desk)}", date=desk.clock.now())
    await desk.take_in(raw, raw)
    await desk.take_in(raw)
    assert await given_rows(desk) == [5]
    assert len(await desk.entries("effect.done")) == 1


async def given_rows(desk: Desk) -> list[int]:
    """So many a day, of each row that holds."""
    async with desk.begin() as tx:
        return [row.a_day for row in await tx.rulings()]


async def proposed_again(desk: Desk) -> Any:
    """Wider, a day later; the code of the first one was seen by somebody."""
    desk.clock.advance(timedelta(days=1))
    wish = {"scope": Scope(task="bills"), "mode": Mode.STANDING, "before": Mode.APPROVE}
    async with desk.begin() as tx:
        await begin_widening(desk.office, tx, {**wish, "a_day": 500}, slot=2)
    await desk.engine.drain()
    return desk.draft()


async def test_the_undo_of_the_receipt_takes_the_row_back(desk: Desk) -> None:
    await given(desk)
    (receipt,) = desk.letters("receipt")
    await desk.take_in(reply_mail(receipt, "undo", date=desk.clock.now()))
    async with desk.begin() as tx:
        assert await tx.rulings() == []


@pytest.mark.slow
async def test_together_they_do_not_pass_the_limit(tmp_path: Path) -> None:
    poor = person(limit=Money(amount=Decimal(250), currency=EUR))
    async with open_desk(tmp_path, people=(poor,)) as desk:
        await known_vendor(desk)
        await given(desk)
        await desk.take_in(acme(2), acme(3), acme(4))
        await morning(desk)
        await after(desk, 5)
        assert len(await desk.entries("case.standing")) == 2
        (entry,) = await desk.entries("case.not_covered")
        assert entry.details["why"] == "limit"
