"""The demo's servers and agent stay up, for a mail client of one's own."""

import asyncio
import signal

from mailagent.demo import cast
from mailagent.demo.documents import factur_x
from mailagent.demo.folder import Folder
from mailagent.demo.screen import Screen
from mailagent.demo.server import HOST
from mailagent.demo.world import World


async def serve(world: World, folder: Folder, screen: Screen) -> None:
    """Until Ctrl-C, or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, told.set)
    bill = cast.another_bill(world.now.date())
    document = folder.documents / f"{bill.number}.pdf"
    document.write_bytes(factur_x(bill))
    screen.account(
        _account(world),
        (
            f"Send a mail from {cast.ANN} to {cast.OPS} with this bill attached:",
            f"  {document}",
            "A draft comes back; answer it with approve, reject or, later, undo.",
            "",
            "Everything runs until Ctrl-C, and is forgotten then. What is written down stays.",
        ),
    )
    await told.wait()
    screen.say("", "Stopping.")


def _account(world: World) -> dict[str, str]:
    server = world.server
    return {
        "incoming": f"IMAP  {HOST}  port {server.imap_port}  no encryption, plain password",
        "outgoing": f"SMTP  {HOST}  port {server.smtp_port}  no encryption, plain password",
        "Ann": f"user {cast.ANN}  password {cast.PASSWORD}",
        "the agent's": f"user {cast.OPS}  password {cast.PASSWORD}  (Ops/... is the task board)",
    }
