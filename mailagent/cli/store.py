"""What the commands that look into the store share."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.store.store import SqlTransaction

T = TypeVar("T")


def built(home: Path | None) -> "App":
    """The agent of this home, not running, without its passwords."""
    from mailagent.bootstrap import build
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    if not settings.database.is_file():
        raise ConfigInvalid(
            f"There is no {settings.database}",
            advice="`mailagent run` makes it at its first start.",
        )
    return build(settings)


def reference(typed: str) -> str:
    """A case's reference as the store has it, from `[ops 4F7Q]` or `4f7q`."""
    return typed.strip("[] ").upper().removeprefix("OPS ").strip()


def ask_store(home: Path | None, ask: "Callable[[SqlTransaction], Awaitable[T]]") -> T:
    """Asks one thing in one transaction; works beside a running agent."""
    return ask_app(home, lambda _app, tx: ask(tx))


def ask_app(home: Path | None, ask: "Callable[[App, SqlTransaction], Awaitable[T]]") -> T:
    """The same, for what needs the rest of the agent as well."""

    async def go() -> T:
        app = built(home)
        async with app.opened(), app.store.begin(app.office.company.id) as tx:
            return await ask(app, tx)

    with suppress(KeyboardInterrupt):
        return asyncio.run(go())
    raise SystemExit(130)
