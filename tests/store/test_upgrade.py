"""An upgrade in the middle of the work: what was asked under the oldest schema is still decided."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mailagent.core.audit import first_break
from mailagent.core.case import State
from mailagent.store import migrate as migrating
from mailagent.store.migrate import migrate
from tests.desk import bill_mail, open_desk, reply_mail
from tests.values import reading

OLDEST = "0001_the_first_schema.py"


def as_the_oldest(new: Path, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this store holds, in a file of the first schema: later tables and columns are not."""
    migrations = old.parent / "migrations"
    kept = shutil.ignore_patterns("__pycache__", *_later())
    shutil.copytree(migrating.MIGRATIONS, migrations, ignore=kept)
    with monkeypatch.context() as oldest:
        oldest.setattr(migrating, "MIGRATIONS", migrations)
        migrate(f"sqlite:///{old}")
    with closing(sqlite3.connect(old)) as base, base:
        base.execute("ATTACH ? AS new", (str(new),))
        for (table,) in base.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'"
        ).fetchall():
            there = [f'"{row[1]}"' for row in base.execute(f'PRAGMA main.table_info("{table}")')]
            known = {f'"{row[1]}"' for row in base.execute(f'PRAGMA new.table_info("{table}")')}
            names = ", ".join(name for name in there if name in known)
            if names:
                base.execute(
                    f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM new."{table}"'
                )


def _later() -> list[str]:
    versions = (migrating.MIGRATIONS / "versions").glob("[0-9]*.py")
    return [path.name for path in versions if path.name != OLDEST]


@pytest.mark.slow
async def test_a_draft_sent_before_the_upgrade_is_approved_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    async with open_desk(before) as desk:
        await desk.take_in(
            bill_mail(reading(invoice_number="R-1"), message_id="<b1@acme.test>"),
            bill_mail(reading(invoice_number="R-2"), message_id="<b2@acme.test>"),
        )
        first, second = desk.letters("draft")
        contents, now = desk.blobs.contents, desk.clock.now()
    as_the_oldest(before / "mailagent.db", after / "mailagent.db", monkeypatch)

    async with open_desk(after) as desk:
        desk.blobs.contents.update(contents)
        desk.clock.set(now)
        desk.mailbox.renumber()  # another mailbox than before: its numbers mean other mails
        await desk.take_in(reply_mail(first, "approve"))
        (receipt,) = desk.letters("receipt")
        await desk.take_in(reply_mail(receipt, "undo"))
        await desk.take_in(reply_mail(second, "reject not ours"))
        async with desk.begin() as tx:
            states = [(await tx.case(number)).state for number in (1, 2)]
            broken = first_break(await tx.entries(at_most=10_000))
        assert states == [State.DONE, State.REJECTED]  # done, and undone
        assert broken is None
        assert [letter.verb for letter in desk.letters("receipt")] == ["approve", "undo", "reject"]
