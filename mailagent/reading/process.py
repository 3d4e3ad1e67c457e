"""One child as the agent holds it: a process and a socket to it."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import mailagent
from mailagent.core.errors import Unreadable
from mailagent.reading import frames
from mailagent.reading.jobs import Answer, Job
from mailagent.reading.limits import Limits

# Nothing of the agent's own environment goes in: that is where secrets may be.
_ENVIRONMENT = {
    "PYTHONPATH": str(Path(mailagent.__file__).resolve().parent.parent),
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
}


class Child:
    """A limited process that reads. Any trouble ends it; the pool starts another."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.jobs
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    *("-P", "-s", "-m", "mailagent.reading.child"),
                    *(str(theirs.fileno()), limits.model_dump_json()),
                ],
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for the agent
            )
        self._socket = ours
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def usable(self) -> bool:
        """Whether it can take another job."""
        return self._left > 0 and self._process.returncode is None

    async def ask(self, job: Job, body: bytes) -> bytes:
        """The value of its answer. Raises Unreadable, and is not usable if it was to blame."""
        self._left -= 1
        try:
            async with asyncio.timeout(self._limits.wall_seconds):
                head, value = await self._exchange(job, body)
            answer = Answer.model_validate_json(head)
        except TimeoutError:
            self.end()
            raise Unreadable("reading it took too long") from None
        except (frames.Broken, ConnectionError, ValueError) as error:
            self.end()
            raise Unreadable(f"the reader died over it ({self._epitaph(error)})") from None
        except BaseException:  # cancelled: half an answer may be on its way
            self.end()
            raise
        if answer.spent:
            self._left = 0
        if not answer.ok:
            raise Unreadable(answer.why, advice=answer.advice)
        return value

    async def _exchange(self, job: Job, body: bytes) -> tuple[bytes, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        reader, writer = self._streams
        for piece in frames.frame(job.model_dump_json().encode(), body):
            writer.write(piece)
        await writer.drain()
        return await frames.receive(reader)

    def end(self) -> None:
        """Kills it and buries it."""
        if self._streams is not None:
            self._streams[1].close()
        else:
            self._socket.close()
        self._process.kill()
        self._process.wait()  # after SIGKILL this is at once

    def _epitaph(self, error: Exception) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code is not None and code < 0 else str(error)
