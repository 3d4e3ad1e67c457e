"""`mailagent audit verify --anchors mailbox.mbox` on a store that somebody changed underneath."""

import asyncio
import json
import mailbox
import shutil
import sqlite3
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.store.migrate import _TRIGGERS
from mailagent.verify_audit import link_hash
from tests.desk import bill_mail, open_desk, reply_mail
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()
OPS = "ops@corp.test"
Base = sqlite3.Connection


def _edit(base: Base) -> None:
    base.execute("UPDATE audit SET actor = 'ben' WHERE seq = 5")


def _delete(base: Base) -> None:
    base.execute("DELETE FROM audit WHERE seq = 5")


def _insert(base: Base) -> None:
    base.execute("UPDATE audit SET seq = -(seq + 1) WHERE seq >= 5")
    base.execute("UPDATE audit SET seq = -seq WHERE seq < 0")
    columns = 'company, at, actor, what, "case", details, previous, hash'
    base.execute(f"INSERT INTO audit (seq, {columns}) SELECT 5, {columns} FROM audit WHERE seq = 4")


def _reorder(base: Base) -> None:
    for old, new in ((5, 0), (6, 5), (0, 6)):
        base.execute("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))


def _cut(base: Base) -> None:
    """With the head beside the chain set back as well."""
    (last,) = base.execute("SELECT max(seq) FROM audit").fetchone()
    base.execute("DELETE FROM audit WHERE seq > ?", (last - 2,))
    _set_head(base)


def _rewrite(base: Base) -> None:
    """From the fifth entry on, hashes and all."""
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute("SELECT * FROM audit ORDER BY seq")]
    previous = rows[3]["hash"]
    for row in rows[4:]:
        at = row["at"].replace(" ", "T") + "+00:00"
        details = {**json.loads(row["details"]), "forged": True}
        said = {**row, "details": details, "at": at.replace(".000000", ""), "previous": previous}
        made = link_hash(said)
        values = (json.dumps(details), previous, made, row["seq"])
        base.execute("UPDATE audit SET details = ?, previous = ?, hash = ? WHERE seq = ?", values)
        previous = made
    base.row_factory = None
    _set_head(base)


def _set_head(base: Base) -> None:
    head = base.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    base.execute("UPDATE companies SET head_seq = ?, head_hash = ?", head)


TAMPERED: tuple[Callable[[Base], None], ...] = (_edit, _delete, _insert, _reorder, _cut, _rewrite)
# Whole in themselves: only what stands in the mails of others finds them.
BY_ANCHORS = (_cut, _rewrite)


async def _a_past(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        box = mailbox.mbox(home / "mailbox.mbox")
        for entry in (await desk.entries())[::5] + (await desk.entries())[-1:]:
            mail = EmailMessage()
            mail["From"], mail["X-Mailagent-Audit"] = OPS, f"{entry.seq}:{entry.hash}"
            box.add(mail)
        box.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a past, and the mailbox of somebody who got the mails of it."""
    config = GOOD.replace('id = "acme"', 'id = "corp"').replace("ops@acme.example", OPS)
    home = home_of(tmp_path_factory.mktemp("kept"), config)
    asyncio.run(_a_past(home))
    return home


def _verify(home: Path, *, anchors: bool = True) -> tuple[int, str]:
    against = ["--anchors", str(home / "mailbox.mbox")] if anchors else []
    ran = RUN.invoke(app, ["audit", "verify", *against, "--home", str(home)])
    return ran.exit_code, ran.output


@pytest.mark.slow
def test_a_store_that_nobody_touched_is_whole(kept: Path) -> None:
    code, said = _verify(kept)
    assert code == 0, said
    assert "anchors from outside agree" in said


@pytest.mark.slow
@pytest.mark.parametrize("tamper", TAMPERED)
def test_what_was_done_underneath_is_found(
    kept: Path, tmp_path: Path, tamper: Callable[[Base], None]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(kept, home)
    base = sqlite3.connect(home / "mailagent.db")
    with base:
        for name in _TRIGGERS:
            base.execute(f"DROP TRIGGER {name}")
        tamper(base)
    base.close()
    code, said = _verify(home)
    assert (code, said[:7]) == (1, "BROKEN:"), said
    assert _verify(home, anchors=False)[0] == (0 if tamper in BY_ANCHORS else 1)
