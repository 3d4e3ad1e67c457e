"""How far a task goes: shown, narrowed at once, widened with a code; what each mode does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.case import State
from mailagent.core.modes import Mode, Ruled, Scope, mode_of
from mailagent.core.policy import Verdict
from mailagent.core.reading import Kind
from mailagent.core.wishes import Wish, wished
from mailagent.ports.begin import begin_widening
from mailagent.ports.standing import narrow
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import NOW

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
        ((said(Mode.APPROVE),), Mode.SUGGEST, Mode.SUGGEST),  # a mail goes no further than the file
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
        ("", ("", "", "", "")),
    ],
)
def test_what_is_wished(words: str, wish: tuple[str, ...]) -> None:
    found: Wish = wished(words)
    assert (found.task, found.mode, str(found.most or ""), found.vendor) == wish


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, modes=MODES) as made:
        yield made


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
