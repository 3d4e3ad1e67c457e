"""Figures for a program on this machine that asks: one path, one method, nobody from elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from mailagent.core.errors import MailagentError

_LOOPBACK = "127.0.0.1"
_LONGEST = 4_096  # bytes of a question
_PATIENCE = 5  # seconds
_AT_ONCE = 4
# A page in somebody's browser can ask this machine as well, by a name of its own.
_OURS = ("127.0.0.1", "localhost")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@asynccontextmanager
async def scraped(port: int, text: Callable[[], Awaitable[str]]) -> AsyncIterator[int]:
    """Answers `GET /metrics` on the loopback as long as the block runs; the port it has."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE), turns:
                writer.write(await _answer(reader, text))
                await writer.drain()
        except (TimeoutError, ConnectionError):
            pass  # whoever asked has gone, or says nothing
        finally:
            writer.close()

    server = await asyncio.start_server(answer, _LOOPBACK, port, limit=_LONGEST)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def _answer(reader: asyncio.StreamReader, text: Callable[[], Awaitable[str]]) -> bytes:
    try:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return _said("400 Bad Request", "")
    first, *fields = asked.split("\r\n")
    hosts = [f.partition(":")[2].strip() for f in fields if f.lower().startswith("host:")]
    if [host.partition(":")[0].lower() in _OURS for host in hosts] != [True]:
        return _said("403 Forbidden", "")
    method, _, rest = first.partition(" ")
    if rest.partition(" ")[0] != "/metrics":
        return _said("404 Not Found", "")
    if method != "GET":
        return _said("405 Method Not Allowed", "")
    try:
        return _said("200 OK", await text())
    except MailagentError:  # the store is busy: whoever asks comes again
        return _said("503 Service Unavailable", "")


def _said(status: str, text: str) -> bytes:
    body = text.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {_TEXT}\r\nContent-Length: {len(body)}\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
