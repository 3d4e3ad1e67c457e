"""How far a task goes: shown, narrowed at once, widened with a code; what each mode does."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.case import State
from mailagent.core.modes import Mode, Ruled, Scope, mode_of
from mailagent.core.money import Money
from mailagent.core.policy import Verdict
from mailagent.core.reading import Kind
from mailagent.core.widening import Decided, widening
from mailagent.core.wishes import Wish, wished
from mailagent.ports.begin import begin_widening
from mailagent.ports.standing import narrow
from mailagent.ports.widening import propose_widening
from tests.desk import Desk, bill_mail, open_desk, reply_mail, request_mail
from tests.values import NOW, reading

ENTRY = Entry(actor="test", what="test")
MODES = dict.fromkeys(("bills", "filing", "contracts"), Mode.APPROVE)


def said(mode: Mode, kind: Kind | None = None, number: int = 1) -> Ruled:
    scope = Scope(task="bills", kind=kind)
    return Ruled(number=number, scope=scope, mode=mode, person="ann", since=NOW)


BILL = Scope(task="bills", kind=Kind.INVOICE)


@pytest.mark.parametrize(
    ("rows", "ceiling", "holds"),
    [
        ((), Mode.APPROVE, Mode.APPROVE),
        ((), Mode.SHADOW, Mode.SHADOW),
        ((said(Mode.SUGGEST),), Mode.APPROVE, Mode.SUGGEST),
        ((said(Mode.APPROVE),), Mode.SUGGEST, Mode.SUGGEST),  # the file is the end
        ((said(Mode.SUGGEST), said(Mode.APPROVE, number=2)), Mode.APPROVE, Mode.APPROVE),
        ((said(Mode.OFF, Kind.INVOICE), said(Mode.APPROVE, number=2)), Mode.APPROVE, Mode.OFF),
        ((said(Mode.OFF, Kind.CONTRACT),), Mode.APPROVE, Mode.APPROVE),
        ((said(Mode.STANDING),), Mode.APPROVE, Mode.APPROVE),
    ],
)
def test_the_last_word_holds_and_never_more_than_the_file(
    rows: tuple[Ruled, ...], ceiling: Mode, holds: Mode
) -> None:
    assert mode_of(BILL, ceiling, rows) is holds


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("bills suggest", ("bills", "suggest", "", "")),
        (
            "Bills: standing 500 EUR Nordlicht AG",
            ("bills", "standing", "EUR 500.00", "Nordlicht AG"),
        ),
        ("bills standing up to EUR 99.50 for Acme", ("bills", "standing", "EUR 99.50", "Acme")),
        ("bills standing Studio 54", ("bills", "standing", "", "Studio 54")),
        ("bills credit note suggest", ("bills/credit_note", "suggest", "", "")),
        ("bills/credit_note off", ("bills/credit_note", "off", "", "")),
        ("bills sideways", ("bills", "sideways", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_what_is_wished(words: str, wish: tuple[str, ...]) -> None:
    found: Wish = wished(words)
    scope = f"{found.task}/{found.kind}" if found.kind else found.task
    assert (scope, found.mode, str(found.most or ""), found.vendor) == wish


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, modes=MODES) as made:
        yield made


async def test_one_kind_is_narrowed_by_mail_and_the_others_go_on(desk: Desk) -> None:
    await desk.take_in(request_mail("mode bills credit note suggest", desk.clock.now()))
    assert desk.letters("answer")[-1].gaps["scope"] == "bills credit note"
    await desk.take_in(bill_mail())
    assert desk.draft().judgement.verdict is Verdict.ASK
    note = reading(Kind.CREDIT_NOTE, checks=(), invoice_number="C-1")
    await desk.take_in(bill_mail(note, message_id="<c1@acme.test>"))
    assert desk.draft().judgement.hits == ("mode-suggest",)
    await desk.take_in(request_mail("mode", desk.clock.now()))
    listed = {name: said.gaps["mode"] for name, said in desk.letters("answer")[-1].listed}
    assert (listed["bills"], listed["bills credit note"]) == ("approve", "suggest")
    await desk.take_in(request_mail("mode bills contract suggest", desk.clock.now()))
    assert desk.letters("answer")[-1].listed[0][1].key == "mode_why.kind"


async def narrowed(desk: Desk, to: Mode) -> None:
    async with desk.begin() as tx:
        await narrow(desk.office, tx, Scope(task="bills"), to, "ann", why="said so", key="k")


async def test_a_suggestion_has_no_power_and_says_so(desk: Desk) -> None:
    await narrowed(desk, Mode.SUGGEST)
    await desk.take_in(bill_mail())
    draft = desk.draft()
    assert draft.judgement.verdict is Verdict.FORBID
    assert draft.judgement.hits == ("mode-suggest",)
    assert draft.judgement.why == ("mode_suggest",)
    await desk.take_in(reply_mail(draft, "approve", date=desk.clock.now()))
    assert (await desk.case()).state is State.NEEDS_OWNER
    (entry,) = await desk.entries("policy.narrowed")
    assert entry.actor == "ann"


async def test_widening_takes_the_code(desk: Desk) -> None:
    await narrowed(desk, Mode.SUGGEST)
    wish = {"scope": Scope(task="bills"), "mode": Mode.APPROVE, "before": Mode.SUGGEST}
    async with desk.begin() as tx:
        app = new_authenticator()
        await tx.save_authenticator("ann", app, ENTRY)
        await begin_widening(desk.office, tx, wish, slot=1, person="ann")
    await desk.engine.drain()
    await desk.take_in(reply_mail(desk.draft(), "approve", date=desk.clock.now()))
    assert await mode(desk) is Mode.SUGGEST
    code = app.code(int(desk.clock.now().timestamp()) // 30)
    await desk.take_in(reply_mail(desk.draft(), f"approve {code}", date=desk.clock.now()))
    assert await mode(desk) is Mode.APPROVE


async def test_with_its_power_back_what_was_only_shown_is_asked(desk: Desk) -> None:
    await narrowed(desk, Mode.SUGGEST)
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "due 15 Dec", date=desk.clock.now()))
    assert desk.draft().proposal.version == 2  # a change of its owner is shown at once
    wish = {"scope": Scope(task="bills"), "mode": Mode.APPROVE, "before": Mode.SUGGEST}
    async with desk.begin() as tx:
        app = new_authenticator()
        await tx.save_authenticator("ann", app, ENTRY)
        await begin_widening(desk.office, tx, wish, slot=1, person="ann")
    await desk.engine.drain()
    code = app.code(int(desk.clock.now().timestamp()) // 30)
    await desk.take_in(reply_mail(desk.draft(), f"approve {code}", date=desk.clock.now()))
    again = desk.draft()
    assert (again.proposal.task, again.proposal.version) == ("bills", 3)
    assert again.judgement.verdict is Verdict.ASK
    await desk.take_in(reply_mail(again, "approve", date=desk.clock.now()))
    assert (await desk.cases())[0].state is State.DONE


async def mode(desk: Desk) -> Mode:
    async with desk.begin() as tx:
        return mode_of(BILL, Mode.APPROVE, await tx.rulings("bills"))


async def test_in_shadow_nobody_is_asked(tmp_path: Path) -> None:
    async with open_desk(tmp_path, modes={"bills": Mode.SHADOW}) as desk:
        await desk.take_in(bill_mail())
        assert desk.post.sent == []
        (entry,) = await desk.entries("case.shadowed")
        assert (await desk.case()).state is State.REJECTED
        assert entry.case == (await desk.case()).id


async def test_what_is_off_takes_no_document(tmp_path: Path) -> None:
    async with open_desk(tmp_path, modes={"bills": Mode.OFF}) as desk:
        await desk.take_in(bill_mail())
        assert (await desk.case()).task == "other"


def decided(n: int, **changes: Any) -> Decided:
    given = {
        "case": n,
        "scope": BILL,
        "person": "ann",
        "vendor": "Acme GmbH",
        "signed_by": "acme.test",
        "capabilities": frozenset({"ledger.record_bill"}),
        "money": Money(amount=Decimal(n), currency="EUR"),
        "unchanged": True,
    }
    return Decided(**{**given, **changes})


MAY = {"bills": frozenset({"ledger.record_bill", "files.store"})}
TWENTY = [decided(n) for n in range(20, 0, -1)]


def test_twenty_in_a_row_are_evidence_for_just_that() -> None:
    wish = widening(TWENTY, (), MAY)
    assert wish is not None
    assert (wish["vendor"], wish["signed_by"], wish["seen"]) == ("Acme GmbH", "acme.test", 20)
    assert wish["most"] == Money(amount=Decimal(20), currency="EUR")
    assert wish["capabilities"] == ("ledger.record_bill",)


STANDS = said(Mode.STANDING)
NO_EVIDENCE: dict[str, tuple[list[Decided], tuple[Ruled, ...]]] = {
    "too few": (TWENTY[1:], ()),
    "one was changed": ([*TWENTY[:-1], decided(1, unchanged=False)], ()),
    "of two vendors": ([*TWENTY[:-1], decided(1, vendor="Other AG")], ()),
    "from two senders": ([*TWENTY[:-1], decided(1, signed_by="evil.test")], ()),
    "a mail went out": ([*TWENTY[:-1], decided(1, capabilities=frozenset({"mail.send"}))], ()),
    "nobody known": ([decided(n, vendor="") for n in range(20)], ()),
    "it is given already": (TWENTY, (STANDS,)),
    "it is always asked": ([decided(n, scope=Scope(task="contracts")) for n in range(20)], ()),
}


@pytest.mark.parametrize("name", NO_EVIDENCE)
def test_less_than_that_is_none(name: str) -> None:
    latest, rows = NO_EVIDENCE[name]
    assert widening(latest, rows, MAY) is None


async def test_decisions_are_told_as_they_were_made(desk: Desk) -> None:
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "approve", date=desk.clock.now()))
    async with desk.begin() as tx:
        (one,) = await tx.decided_lately(10)
    assert one.unchanged
    assert one.vendor == "Acme GmbH"
    (receipt,) = desk.letters("receipt")
    await desk.take_in(reply_mail(receipt, "undo", date=desk.clock.now()))
    async with desk.begin() as tx:
        (one,) = await tx.decided_lately(10)
    assert not one.unchanged


class _Twenty:
    """Evidence enough, without twenty bills."""

    def __init__(self, tx: Any) -> None:
        self._tx = tx

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    async def decided_lately(self, _most: int) -> list[Decided]:
        return TWENTY


async def test_one_proposal_a_week_waits_for_the_digest(desk: Desk) -> None:
    for _ in range(2):
        async with desk.begin() as tx:
            await propose_widening(desk.office, cast("Any", _Twenty(tx)), 7)
        await desk.engine.drain()
    (case,) = await desk.cases()
    assert case.task == "policy"
    assert desk.post.sent == []
    async with desk.begin() as tx:
        assert await tx.held_for_brief("ann", morning=True) == [case.id]
        assert await tx.rulings() == []
