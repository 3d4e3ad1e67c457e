"""A person at a terminal: reads what is written there, types answers, and counts them."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path


class Terminal:
    """Runs `mailagent` commands as at a terminal; one after the other."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.answers: list[str] = []
        self.seen = ""

    def command(self, *words: str) -> "Running":
        """Starts one."""
        return Running(self, [*words, "--home", str(self._home)])


class Running:
    """A command that runs."""

    def __init__(self, terminal: Terminal, words: list[str]) -> None:
        self._terminal = terminal
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mailagent", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.said = ""

    def expect(self, pattern: str, seconds: float = 60) -> re.Match[str]:
        """Reads on until this is written."""
        until = time.monotonic() + seconds
        while not (found := re.search(pattern, self.said)):
            if not self._read(until):
                raise AssertionError(f"{pattern!r} never came after:\n{self.said}")
        self.said = self.said[found.end() :]
        return found

    def types(self, text: str) -> None:
        """One answer, a moment after the question: a hidden one throws away what came early."""
        time.sleep(0.3)
        self._terminal.answers.append(text)
        os.write(self._master, text.encode() + b"\n")

    def ends(self, seconds: float = 60) -> int:
        """Reads to the end; the exit code."""
        until = time.monotonic() + seconds
        while self._read(until):
            pass
        os.close(self._master)
        return self.process.wait(timeout=5)

    def _read(self, until: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
        try:
            piece = os.read(self._master, 65536).decode("utf-8", "replace") if ready else ""
        except OSError:  # the other side has closed: it ended
            piece = ""
        self.said += piece
        self._terminal.seen += piece
        return bool(piece)
