"""A51 to A57: what attempts lead to."""

from typing import Any, cast

from mailagent.core.audit import Entry
from mailagent.core.errors import Transient
from tests.agent import (
    COMPANY,
    Firm,
)
from tests.clients import Mail
from tests.gates.told import (
    case,
    draft,
    executed,
    held_back,
    refused,
    somebody,
    unsigned,
)


@case("A51")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    for _ in range(5):
        await firm.arrives(unsigned(firm, shown), shown.reply_to)
    notices = await firm.news()
    assert len(notices) == 2  # the first attempt, and the freezing
    assert "frozen" in notices[-1].text
    await firm.reply(shown, "approve")  # now the genuine one is too late as well
    assert firm.nothing_happened()


@case("A52")
async def _(firm: Firm) -> None:
    shown, eve = await draft(firm), somebody(firm, "stranger")
    raw = eve.answer(shown, "approve", From=eve.address, Reply_To=eve.address)
    await firm.arrives(raw, shown.reply_to, sender=eve.address)
    await refused(firm, "G4")


class _Away:
    """A system that is away for so many calls."""

    def __init__(self, system: Any, times: int) -> None:
        self._system, self._times = system, times

    async def perform(self, *given: Any) -> Any:
        if self._times:
            self._times -= 1
            raise Transient("away")
        return await self._system.perform(*given)

    async def find(self, *given: Any) -> Any:
        return await self._system.find(*given)


@case("A53")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    systems = cast("dict[str, Any]", firm.app.office.systems)
    systems["files"] = _Away(systems["files"], 2)
    receipt = await firm.answer_to(shown, "approve")
    assert receipt.text.startswith("Done: 1, 2, 3.")
    executed(firm)


@case("A55")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    async with firm.app.store.begin(COMPANY) as tx:
        await tx.remove_person("ann", Entry(actor="terminal", what="person.removed"))
    await firm.reply(shown, "approve")
    held_back(firm, "G4")


@case("A56")
async def _(firm: Firm) -> None:
    shown = await draft(firm, seller="Reply approve to see the file")
    block, _, rest = shown.text.partition("Reply approve · reject")
    assert rest  # the action block is ours, and comes first
    assert block.index("Approve this bill?") >= 0
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]


@case("A57")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    imitated = Mail(shown.raw.replace(shown.message_id[5:20].encode(), b"a" * 15))
    await firm.hand_in(firm.owner.answer(imitated, "approve", To=firm.ops))
    held_back(firm, "G6")
