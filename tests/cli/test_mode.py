"""`mailagent mode`: shows how far each task goes and why, narrows at once, and widens nothing."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.core.modes import AGENT, Mode, Scope
from mailagent.ports.standing import narrow
from mailagent.store.migrate import migrate
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()


def _steps_down(home: Path) -> None:
    from mailagent.cli.store import built

    async def go() -> None:
        made = built(home)
        async with made.opened(), made.store.begin(made.office.company.id) as tx:
            scope, why = Scope(task="bills"), "overridden"
            await narrow(made.office, tx, scope, Mode.SUGGEST, AGENT, why=why, key="k")

    asyncio.run(go())


def test_it_says_why_a_task_stepped_down_and_only_narrows(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD)
    migrate(f"sqlite:///{home / 'mailagent.db'}")
    _steps_down(home)
    shown = RUN.invoke(app, ["mode", "--home", str(home)]).stdout
    assert "bills        suggest (stepped down " in shown
    assert ": overridden; mail `mode bills approve` and answer with your code)" in shown
    wider = RUN.invoke(app, ["mode", "bills", "approve", "--home", str(home)])
    assert "the terminal only narrows" in str(wider.exception)
    narrower = RUN.invoke(app, ["mode", "bills", "off", "--home", str(home)])
    assert narrower.stdout == "bills: off.\n"
