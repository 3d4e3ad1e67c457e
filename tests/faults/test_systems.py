"""What an approved action meets in the systems that it is done in."""

from collections.abc import MutableMapping
from typing import cast

import pytest

from mailagent.core.capability import Outcome, Payload
from mailagent.core.errors import OutcomeUnknown, Permanent, Transient
from mailagent.ports import System, Transaction
from tests.agent import Firm, due_bill, mail_with, with_dkim

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


class Troubled:
    """A system that raises these errors first, one a call, and then works."""

    def __init__(self, system: System, *errors: Exception) -> None:
        self._system, self._errors = system, list(errors)

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str, /) -> Outcome:
        if self._errors:
            raise self._errors.pop(0)
        return await self._system.perform(tx, case, action, key)

    async def find(self, tx: Transaction, action: Payload, key: str, /) -> Outcome | None:
        return await self._system.find(tx, action, key)


def _trouble(firm: Firm, name: str, *errors: Exception) -> None:
    systems = cast("MutableMapping[str, System]", firm.app.office.systems)
    systems[name] = Troubled(systems[name], *errors)


async def test_an_approval_waits_for_a_system_that_is_down(firm: Firm) -> None:  # A53
    draft = await firm.draft_of(mail_with(due_bill()))
    _trouble(firm, "files", Transient("away"), Transient("away"))
    receipt = await firm.answer_to(draft, "approve")
    assert receipt.text.startswith("Done: 1, 2, 3.")
    assert len(firm.bills()) == len(firm.files()) == len(firm.reminders()) == 1


async def test_what_fails_for_good_is_told_and_nothing_after_it_is_tried(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    _trouble(firm, "files", Permanent("the folder is read-only"))
    receipt = await firm.answer_to(draft, "approve")
    assert "Done: 1." in receipt.text
    assert "Not done: 2, 3." in receipt.text
    assert "the folder is read-only" in receipt.text
    assert firm.states() == ["needs_owner"]
    assert firm.files() == []
    assert firm.reminders() == []


async def test_what_was_done_before_a_failure_can_be_taken_back(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    _trouble(firm, "files", Permanent("the folder is read-only"))
    receipt = await firm.answer_to(draft, "approve")
    undone = await firm.answer_to(receipt, "undo")
    assert undone.text.startswith("Undone: 1.")
    assert [void for _, void in firm.bills()] == [True]
    assert firm.states() == ["done"]


async def test_what_nobody_knows_is_not_tried_again(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    _trouble(firm, "files", OutcomeUnknown("the line broke"))
    receipt = await firm.answer_to(draft, "approve")
    assert "Not certain: 2." in receipt.text
    assert firm.states() == ["needs_owner"]
    assert firm.files() == []


async def test_a_bug_in_a_system_parks_the_case_and_says_so(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    _trouble(firm, "files", ZeroDivisionError("a bug"))
    notice = await firm.answer_to(draft, "approve")
    assert "ZeroDivisionError" in notice.text
    assert firm.states() == ["parked"]
    assert [len(await firm.folder(f"Ops/{name}")) for name in ("Parked", "Done")] == [1, 1]
