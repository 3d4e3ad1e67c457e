"""The mails of requests/*.jsonl, and how a reading of one is judged."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from mailagent.core.cover import Cover
from mailagent.core.meeting import Intent, Meeting, Told, Use, meeting_of
from mailagent.core.reading import Kind, Reading
from parsers.kinds import read_document

_HERE = Path(__file__).parent / "requests"
_USUAL = {
    "from": "Sam Doe <sam@partner.example>",
    "to": ["Ann Lee <ann@acme.example>"],
    "cc": [],
    "d": "2026-05-06T09:30+02:00",
    "home": "Europe/Berlin",
}
_USES = {"-": Use.EXCLUDED, "<": Use.CURRENT, "=": Use.AGREED, "!": Use.DEADLINE}
_TAKEN = (Use.OFFERED, Use.AGREED)


class Mail:
    """One mail, and what is expected of its reading."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = {**_USUAL, **row}
        self.id = str(row["id"])
        self.expected: dict[str, Any] = row["x"]

    @property
    def cover(self) -> Cover:
        sender = self.row["from"]
        return Cover(
            sender=sender,
            address=sender.partition("<")[2].strip("> "),
            to=tuple(_address(one) for one in self.row["to"]),
            cc=tuple(_address(one) for one in self.row["cc"]),
            subject=self.row["s"],
            date=datetime.fromisoformat(self.row["d"]),
            text=self.row["t"],
            is_mail=True,
            home=self.row["home"],
            ours=("ops@acme.example", "mailagent"),
            people=("ann@acme.example",),
        )

    @cached_property
    def reading(self) -> Reading:
        return read_document(self.row["t"].encode(), cover=self.cover)

    @property
    def meeting(self) -> Meeting:
        """As it was read; a mail that nobody took for a request mentions at most."""
        if self.reading.kind is not Kind.MEETING_REQUEST:
            return Meeting(intent=Intent.MENTION)
        return meeting_of(self.reading)


class Judged(NamedTuple):
    """What is wrong with a reading, and whether somebody would have been told."""

    wrong: tuple[str, ...]
    silent: bool = False


def mails() -> Iterator[Mail]:
    """All of them."""
    for file in sorted(_HERE.glob("*.jsonl")):
        yield from (Mail(json.loads(line)) for line in file.read_text("utf-8").splitlines())


def judge(mail: Mail) -> Judged:
    """What is not as expected. A wrong time counts as said where it is marked as unclear."""
    found, expected = mail.meeting, mail.expected
    if found.intent not in expected["i"].split("|"):
        acted = found.intent is not Intent.MENTION
        return Judged((f"intent {found.intent}, not {expected['i']}",), silent=acted)
    if found.intent is Intent.MENTION:
        return Judged(())
    wrong = [*_times(mail, found.times)]
    silent = bool(wrong) and found.told(Use.OFFERED, Use.AGREED) != () and not found.unclear
    wrong += _values(found, expected)
    return Judged(tuple(wrong), silent)


def _times(mail: Mail, told: Sequence[Told]) -> Iterator[str]:
    left = list(told)
    for wanted in mail.expected.get("t", ()):
        match = next((time for time in left if _is(wanted, time, mail)), None)
        if match is None:
            yield f"no {wanted} in {[_shown(time) for time in told]}"
        else:
            left.remove(match)
    if "t" in mail.expected and not mail.expected.get("loose") and left:
        yield f"more: {[_shown(time) for time in left]}"
    for given_up in mail.expected.get("no", ()):
        taken = [time for time in told if time.use in _TAKEN and _is_told(given_up, time, mail)]
        if taken:
            yield f"given up, and yet: {[_shown(time) for time in taken]}"


def _shown(time: Told) -> str:
    doubt = f"?{','.join(time.unclear)}" if time.unclear else ""
    return f"{time.use} {time.start:%m-%dT%H:%M%z}/{time.end:%m-%dT%H:%M} {time.grain}{doubt}"


def _is(wanted: str, time: Told, mail: Mail) -> bool:
    use = _USES.get(wanted[0], Use.OFFERED)
    rest = wanted.lstrip("-<=!")
    unclear, rest = rest.endswith("?"), rest.rstrip("?")
    if time.use is not use or (unclear and time.is_clear):
        return False
    return _is_told(rest, time, mail)


def _is_told(wanted: str, time: Told, mail: Mail) -> bool:
    """Only the day counts behind a `~`."""
    if wanted.startswith("~"):
        days = wanted[1:].split("|")
        return any(f"{time.start:%Y-%m-%d}".endswith(day) for day in days)
    start, _, end = wanted.partition("/")
    if end and f"{time.end:%H:%M}" != end:
        return False
    return any(_moment(one, mail) == time.start for one in start.split("|"))


def _moment(text: str, mail: Mail) -> datetime:
    written = datetime.fromisoformat(mail.row["d"])
    text = text if text[4:5] == "-" else f"{written.year}-{text}"
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=written.tzinfo)


def _values(found: Meeting, expected: dict[str, Any]) -> Iterator[str]:
    if "m" in expected and found.minutes != expected["m"]:
        yield f"{found.minutes} minutes, not {expected['m']}"
    for name in ("topic", "place"):
        if expected.get(name, "").casefold() not in getattr(found, name).casefold():
            yield f"{name} {getattr(found, name)!r}"
    if found.link != expected.get("link", found.link):
        yield f"link {found.link}"
    if found.urgent is not expected.get("urgent", False):
        yield "urgency"
    yield from _people(found, expected)


def _people(found: Meeting, expected: dict[str, Any]) -> Iterator[str]:
    if found.requester.address != expected.get("who", found.requester.address):
        yield f"from {found.requester.address}"
    if found.by_us is not expected.get("ours", found.by_us):
        yield f"asked by us: {found.by_us}"
    with_whom = {one.address for one in found.attendees}
    if not set(expected.get("with", ())) <= with_whom:
        yield f"with {sorted(with_whom)}"


def _address(text: str) -> str:
    return text.partition("<")[2].strip("> ") or text
