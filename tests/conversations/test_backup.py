"""A backup put back on another machine: what was shown before is decided there, exactly once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import build
from mailagent.cli.keeping import copy_home, restore_home
from mailagent.settings import read_settings
from tests.agent import PASSWORDS, Firm, at_work, due_bill, mail_with
from tests.documents import factur_x
from tests.outage import no_help

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@asynccontextmanager
async def restored(firm: Firm, copy: Path, home: Path, warm: dict[str, Any]) -> AsyncIterator[Firm]:
    """The agent of the copy at work; the one it was made of has ended."""
    firm.work.cancel()
    with suppress(asyncio.CancelledError):
        await firm.work
    restore_home(copy, home)
    given = {**no_help(), **warm, "clock": firm.clock, "keys": firm.keys}
    app = build(read_settings(home), PASSWORDS, **given)
    async with app.opened(), at_work(app) as work:
        again = replace(firm, app=app, work=work)
        (taken,) = again.rows("SELECT count(*) FROM messages")
        again.sent_in = taken[0]
        yield again


@pytest.mark.parametrize("decided", [False, True], ids=["open", "decided since"])
async def test_an_old_draft_is_approved_once_after_a_backup_came_back(
    firm: Firm, tmp_path: Path, warm: dict[str, Any], decided: bool
) -> None:
    bill = due_bill()
    draft = await firm.draft_of(mail_with(bill))
    copy_home(firm.app.settings, tmp_path / "copy", secrets=False)
    if decided:  # after the backup: the restored agent knows nothing of it
        await firm.answer_to(draft, "approve")
    files = firm.app.settings.files_root
    async with restored(firm, tmp_path / "copy", tmp_path / "again", warm) as again:
        if decided:  # what stands outside was not turned back with the agent
            shutil.copytree(files, again.app.settings.files_root, dirs_exist_ok=True)
        assert again.bills() == []
        receipt = await again.answer_to(draft, "approve")
        assert receipt.text.startswith("Done: 1, 2, 3.")
        await again.reply(draft, "approve")
        assert again.bills() == [(bill.number, False)]
        assert again.files() == [factur_x(bill)]
        assert again.reminders() == ["set"]
        assert await again.chain_break() is None
