"""`mailagent case show`: a case as it stands, and its story as the log tells it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from mailagent.cli import app
from tests.desk import bill_mail, open_desk, reply_mail
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()


def _past(home: Path) -> str:
    """One bill that was rejected, in the store of this home."""

    async def go() -> str:
        async with open_desk(home) as desk:
            await desk.take_in(bill_mail())
            await desk.take_in(reply_mail(desk.draft(), "reject wrong entity"))
            return (await desk.case()).ref

    return asyncio.run(go())


@pytest.mark.slow
def test_it_tells_the_story_says_what_is_gone_and_what_was_altered(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD.replace('id = "acme"', 'id = "corp"'))
    ref = _past(home)
    shown = RUN.invoke(app, ["case", "show", f"[ops {ref}]", "--home", str(home)])
    assert shown.exit_code == 0, shown.output
    assert "entries of the audit log, each as it was written" in shown.stdout
    assert "ann: rejected: wrong entity" in shown.stdout
    assert ": gone" in shown.stdout  # the desk keeps its replies in memory
    hidden = RUN.invoke(app, ["case", "show", ref, "--sealed", "--home", str(home)]).stdout
    assert "wrong entity" not in hidden
    assert "ann: rejected: sealed " in hidden
    with create_engine(f"sqlite:///{home / 'mailagent.db'}").begin() as base:
        base.execute(text("DROP TRIGGER audit_update"))
        base.execute(text("UPDATE audit SET details = replace(details, 'invoice', 'receipt')"))
    altered = RUN.invoke(app, ["case", "show", ref, "--home", str(home)])
    assert altered.exit_code == 1
    assert "ALTERED since they were written: entries " in altered.output
    missing = RUN.invoke(app, ["case", "show", "ZZZZ", "--home", str(home)])
    assert "There is no case ZZZZ" in str(missing.exception)
