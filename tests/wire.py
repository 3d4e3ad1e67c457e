"""A wire between a client and a server that a test can cut, mute, or speak on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from tests.mailstack import HOST


class Wire:
    """Passes everything on, both ways, until it is told otherwise."""

    def __init__(self, target: int) -> None:
        self.target, self.port, self.connections = target, 0, 0
        self.cut_after = b""  # passes these bytes of the client on, then it cuts before the answer
        self._sound = asyncio.Event()
        self._sound.set()
        self._clients: set[asyncio.StreamWriter] = set()
        self._lines: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._join, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Nobody listens any more, and every connection breaks."""
        if self._server is not None:
            self._server.close()
            self.cut()
            await asyncio.gather(*self._lines, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None

    def cut(self) -> None:
        """Every connection breaks; new ones are possible."""
        for line in self._lines:
            line.cancel()

    def mute(self) -> None:
        """The server's words get lost; the connections stay."""
        self._sound.clear()

    def unmute(self) -> None:
        self._sound.set()

    def say(self, words: bytes) -> None:
        """Says something to every client in the server's place."""
        for client in self._clients:
            client.write(words)

    async def silence(self) -> None:
        """Both ends of every connection have hung up."""
        await asyncio.wait(self._lines)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.ensure_future(self._carry(reader, writer))
        self._lines.add(line)
        with suppress(asyncio.CancelledError):
            await asyncio.wait([line])
        self._lines.discard(line)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._clients.add(writer)
        async with _closing(writer):
            server_reader, server_writer = await _connected(self.target)
            async with _closing(server_writer):
                ways = [
                    asyncio.ensure_future(self._forth(reader, server_writer)),
                    asyncio.ensure_future(self._back(server_reader, writer)),
                ]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    self._clients.discard(writer)
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)

    async def _forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = b""
        while words := await reader.read(65536):
            said = said[1 - len(self.cut_after) :] + words if self.cut_after else b""
            fatal = bool(self.cut_after) and self.cut_after in said
            if fatal:
                self.mute()
            writer.write(words)
            await writer.drain()
            if fatal:
                await asyncio.sleep(0.1)  # the server has done its work by then
                self.cut_after = b""
                return

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while words := await reader.read(65536):
            await self._sound.wait()
            writer.write(words)
            await writer.drain()
        await self._sound.wait()  # a hang-up is not heard either


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Cancelled while it connects, it leaves no connection behind."""
    opening = asyncio.ensure_future(asyncio.open_connection(HOST, port))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(OSError):
            _, writer = await opening
            writer.transport.abort()
        raise


@asynccontextmanager
async def _closing(end: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    except asyncio.CancelledError:
        end.transport.abort()  # cut: what the other side does not read would keep it open
        raise
    finally:
        end.close()
        with suppress(OSError):
            await end.wait_closed()


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(talk: Talk) -> AsyncIterator[int]:
    """A server of a few lines on a port of its own."""
    talks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            talks.add(task)
        with suppress(asyncio.CancelledError, ConnectionError):
            async with _closing(writer):
                await talk(reader, writer)

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks)
        await server.wait_closed()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    wire = Wire(port)
    await wire.open()
    try:
        yield wire
    finally:
        await wire.close()
