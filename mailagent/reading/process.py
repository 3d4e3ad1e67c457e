"""One child as the agent holds it: a process and a socket to it."""

import asyncio
import contextlib

from pydantic import ValidationError

from mailagent.core.errors import Transient, Unreadable
from mailagent.reading import frames
from mailagent.reading.begun import PROGRAM, Begun, begin
from mailagent.reading.carried import Packed
from mailagent.reading.jobs import Answer, Job
from mailagent.reading.limits import Limits

_SLICE = 1 << 20
_WARM_UP = 60.0  # seconds: libraries come from a cold disk


class Child:
    """A limited process that reads. Any trouble ends it; the pool starts another."""

    def __init__(self, limits: Limits, program: str = PROGRAM, begun: Begun | None = None) -> None:
        self._limits = limits
        self._left = limits.jobs
        self.knows = ""  # the document that it read last, by its hash
        begun = begun or begin(limits, program)
        self._socket, self._process = begun.socket, begun.process
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._greeted = False

    @property
    def usable(self) -> bool:
        """Whether it can take another job."""
        return self._left > 0 and self._process.poll() is None

    async def ask(self, job: Job, body: bytes) -> Packed:
        """The value of its answer, and the contents with it.

        Raises Unreadable when the input is to blame, Transient when the child never got ready.
        """
        if len(body) > frames.BODY_BYTES:
            raise Unreadable("it is too large to be read")
        self._left -= 1
        try:
            answer, made = await self._exchange(job, body)
        except BaseException:  # also when cancelled: half an answer may be on its way
            self.end()
            raise
        if answer.spent:
            self._left = 0
        if not answer.ok:
            raise Unreadable(answer.why, advice=answer.advice)
        return made

    async def _exchange(self, job: Job, body: bytes) -> tuple[Answer, Packed]:
        reader, writer = await self._connected()
        head, body = frames.frame(job.model_dump_json().encode(), body)
        writer.write(head)  # even before hello: it then hurries
        await self._hello(reader)
        try:
            async with asyncio.timeout(self._limits.wall_seconds):
                for at in range(0, len(body), _SLICE):  # what waits to be sent is held twice
                    writer.write(body[at : at + _SLICE])
                    await writer.drain()
                head, size = await frames.receive(reader)
                answer = Answer.model_validate_json(head)
                value, contents = await frames.receive_body(reader, size, answer.contents)
            return answer, Packed(value, contents)
        except TimeoutError:
            raise Unreadable("reading it took too long") from None
        except (frames.Broken, ConnectionError, ValidationError):
            self.end()
            raise Unreadable(f"the reader died over it ({self._epitaph()})") from None

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        return self._streams

    async def _hello(self, reader: asyncio.StreamReader) -> None:
        """It says so when it can work. A child that does not start says nothing of a mail."""
        if self._greeted:
            return
        try:
            async with asyncio.timeout(_WARM_UP):
                await frames.receive(reader)
        except (TimeoutError, frames.Broken):
            raise Transient(
                "a reading process does not start", advice="See what `mailagent doctor` says."
            ) from None
        self._greeted = True

    def end(self) -> None:
        """Kills it and buries it."""
        if self._streams is not None:
            self._streams[1].transport.abort()
        else:
            self._socket.close()
        self._process.kill()
        self._process.wait()  # after SIGKILL this is at once

    async def gone(self) -> None:
        """Returns when nothing of it is left in the event loop."""
        self.end()
        if self._streams is not None:
            with contextlib.suppress(ConnectionError):  # it was cut, not closed
                await self._streams[1].wait_closed()

    def _epitaph(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"exit {code}"
