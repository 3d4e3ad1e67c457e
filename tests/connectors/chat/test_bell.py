"""A line to a chat: what each of them is sent, and that a chat that is away holds nothing up."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from connectors.chat.bell import ChatBell, Kind
from connectors.http import ServerAway, ServerRefused
from mailagent.bootstrap.outward import ring_of
from mailagent.core.bell import line_of
from mailagent.ports.office import no_bell
from mailagent.settings.outward import ChatSettings

LINE = "A brief waits in your mailbox. Answer it there."


@contextmanager
def webhook(status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """Somebody's incoming webhook on this machine, and what it was sent."""
    sent: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", sent
    finally:
        server.shutdown()
        server.server_close()


def heard(kind: Kind, body: bytes) -> str:
    if kind == "ntfy":
        return body.decode()
    told = json.loads(body)
    return str(told["text"] if kind == "slack" else told["attachments"][0]["content"]["body"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["slack", "teams", "ntfy"])
async def test_one_line_is_said(kind: Kind) -> None:
    with webhook() as (address, sent):
        await ChatBell(kind, address).ring(LINE)
    (body,) = sent
    assert LINE in heard(kind, body)


@pytest.mark.slow
@pytest.mark.parametrize(("status", "error"), [(500, ServerAway), (404, ServerRefused)])
async def test_a_chat_that_does_not_take_it_holds_nothing_up(
    status: int, error: type[Exception]
) -> None:
    with webhook(status) as (address, sent):
        with pytest.raises(error):
            await ChatBell("ntfy", address).ring(LINE)
        ring = ring_of(ChatSettings(kind="ntfy", address=address))
        await ring(LINE)
    assert len(sent) == 2


@pytest.mark.parametrize("address", ["http://chat.example/x", "ftp://x", "chat.example"])
def test_an_address_that_others_can_read_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        ChatSettings(kind="slack", address=address)


def test_nothing_is_said_of_what_only_answers() -> None:
    assert line_of("receipt", urgent=False) == line_of("answer", urgent=False) == ""
    assert "STOP" in line_of("draft", urgent=True)
    assert ring_of(ChatSettings(kind="slack", address="")) is no_bell
