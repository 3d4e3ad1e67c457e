"""The demo's world: a mail server, the real agent at work in it, and the people around it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from mailagent.bootstrap import App, build
from mailagent.core.errors import Permanent
from mailagent.demo import cast
from mailagent.demo.client import MailClient
from mailagent.demo.server import MailServer
from mailagent.settings import read_settings
from mailagent.settings.passwords import Passwords
from mailagent.settings.starter import write_home
from mailagent.store.store import SqlTransaction

PATIENCE = 20.0  # seconds for any one step; each takes a fraction of one
_LOOK_EVERY = 0.04  # seconds
_T = TypeVar("_T")


class DidNotHappen(Permanent):
    """A step of the demo was waited for in vain."""

    advice = "What the agent did until then stands in agent.log in the demo's folder."


@dataclass(frozen=True)
class World:
    """All that the demo plays with."""

    server: MailServer
    agent: App  # works
    desk: App  # looks on, as the command line does beside a running agent
    ann: MailClient
    ops: MailClient
    outside: MailClient

    @property
    def now(self) -> datetime:
        """By the agent's clock."""
        return self.desk.office.clock.now()

    async def ask(self, question: Callable[[SqlTransaction], Awaitable[_T]]) -> _T:
        """Asks the store."""
        async with self.desk.store.begin(self.desk.office.company.id) as tx:
            return await question(tx)

    async def until(self, what: str, look: Callable[[], Awaitable[_T | None]]) -> _T:
        """Looks until there is something to see."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (seen := await look()):  # noqa: ASYNC110 - mail servers give no Event
                    await asyncio.sleep(_LOOK_EVERY)
                return seen
        except TimeoutError:
            raise DidNotHappen(f"{what} did not come within {PATIENCE:.0f} seconds") from None


@asynccontextmanager
async def opened(home: Path) -> AsyncIterator[World]:
    """Everything started; everything ended when the block is left."""
    server = MailServer(cast.DOMAIN, {"ops": cast.PASSWORD, "ann": cast.PASSWORD})
    await server.start()
    world = _built(home, server)
    try:
        async with world.desk.opened(), _working(world.agent):
            yield world
    finally:
        world.ann.close()
        world.ops.close()
        await server.stop()


def _built(home: Path, server: MailServer) -> World:
    write_home(home, cast.start(server.imap_port, server.smtp_port), cast.PASSWORD)
    settings = read_settings(home)
    password = SecretStr(cast.PASSWORD)
    return World(
        server=server,
        agent=build(settings, Passwords(mailbox=password, smtp=password)),
        desk=build(settings),
        ann=MailClient(server, cast.ANN, cast.PASSWORD),
        ops=MailClient(server, cast.OPS, cast.PASSWORD),
        outside=MailClient(server, cast.STRANGER),
    )


@asynccontextmanager
async def _working(agent: App) -> AsyncIterator[None]:
    """An agent that gives up ends the block, too."""
    async with asyncio.TaskGroup() as group:
        work = group.create_task(agent.run())
        yield
        work.cancel()
