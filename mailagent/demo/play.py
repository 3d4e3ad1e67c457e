"""The demo from its first line to its last."""

import asyncio
import sys
from pathlib import Path

from mailagent.demo.folder import Folder, made_ready
from mailagent.demo.page import page
from mailagent.demo.record import Record
from mailagent.demo.result import result_of
from mailagent.demo.scene import Scene
from mailagent.demo.screen import Screen
from mailagent.demo.serve import serve
from mailagent.demo.story import tell
from mailagent.demo.world import opened
from mailagent.log import configure_log

# As it was called just now, so that the line can be typed as it stands.
_OURSELVES = sys.argv[0] if Path(sys.argv[0]).name == "mailagent" else "mailagent"


def play(out: Path, *, stay: bool = False) -> bool:
    """Plays it; whether everything came out as it should. `stay`: until told to stop."""
    folder = made_ready(out)
    with folder.log.open("w", encoding="utf-8") as log:
        configure_log("json", "info", log)
        return asyncio.run(_play(folder, stay=stay))


async def _play(folder: Folder, *, stay: bool) -> bool:
    screen = Screen()
    screen.opening()
    async with opened(folder.home) as world:
        record = Record(folder.mails)
        result = await result_of(world, await tell(Scene(world, record, screen)))
        folder.index.write_text(page(record, result, folder.path), encoding="utf-8")
        screen.result(result)
        _say_where(screen, folder)
        if stay:
            await serve(world, folder, screen)
    return result.good


def _say_where(screen: Screen, folder: Folder) -> None:
    screen.say(
        "",
        f"  See the mails as Ann sees them   {folder.index}",
        f"  Prove the audit chain yourself   {_OURSELVES} audit verify --home {folder.home}",
        "",
    )
