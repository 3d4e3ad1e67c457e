"""What passed between people and agent, in its order."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from mailagent.demo.client import parsed


class Way(StrEnum):
    """Who writes to whom."""

    OUTSIDE = "outside"  # somebody to the agent
    OWNER = "owner"  # Ann to the agent
    FORGED = "forged"  # somebody who says to be Ann
    AGENT = "agent"  # the agent to Ann


class Passed(NamedTuple):
    """One mail."""

    number: int
    way: Way
    raw: bytes
    path: Path
    seconds: float = 0.0  # the agent's: after what it answers


@dataclass
class Chapter:
    """Mails that belong together, and remarks on what happens without one."""

    title: str
    events: list[Passed | str] = field(default_factory=list)


class Record:
    """Keeps every mail as a file, too."""

    def __init__(self, mails: Path) -> None:
        self.chapters: list[Chapter] = []
        self._mails = mails
        self._count = 0

    def open_chapter(self, title: str) -> None:
        """What follows belongs to it."""
        self.chapters.append(Chapter(title))

    def remark(self, text: str) -> None:
        """Something without a mail."""
        self.chapters[-1].events.append(text)

    def keep(self, way: Way, raw: bytes, seconds: float = 0.0) -> Passed:
        """One more mail."""
        self._count += 1
        subject = str(parsed(raw)["Subject"] or "no subject")
        path = self._mails / f"{self._count:02}-{way}-{_plain(subject)}.eml"
        path.write_bytes(raw)
        passed = Passed(self._count, way, raw, path, seconds)
        self.chapters[-1].events.append(passed)
        return passed


def _plain(subject: str) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in subject.lower())
    return "-".join(part for part in kept.split("-") if part)[:50]
