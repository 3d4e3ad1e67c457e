"""Calendar text as components and properties, forgiving what programs get wrong.

The grammar is RFC 5545's; folds may be missing their blank, lines may be empty, END may be missing,
parameters may lack their quotes, and vCalendar 1.0 encodes its values as quoted-printable.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.meeting.calendar import UnreadableCalendar
from parsers.text.charset import decode

SIZE = 8 * 1024 * 1024
COMPONENTS = 20_000
DEPTH = 20
_LINE = 100_000  # characters
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FOLD = re.compile(rb"\n[ \t]")
_INDENTED = re.compile(rb"\s*[ \t]BEGIN")  # the whole object stands to the right
_BLANKS = re.compile(rb"\n[ \t]+")
_NAME = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9_.-]*)[ \t]*(?=[;:])")
_BEGIN = re.compile(r"BEGIN[ \t]*:", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_DATE = re.compile(r":[ \t]*(?=-?\d{4}-?\d\d-?\d\d)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DATES = frozenset(
    {"DTSTART", "DTEND", "DUE", "EXDATE", "RDATE", "RECURRENCE-ID", "DTSTAMP", "CREATED"}
)
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"})
# Components that never hold one of their own kind: a second BEGIN means a forgotten END.
_TOP = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"})


@dataclass(frozen=True)
class Property:
    """One line: `DTSTART;TZID=Europe/Berlin:20260504T100000`."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        r"""The value where it is text: `\n` and `\,` resolved."""
        return _ESCAPED.sub(lambda found: _unescaped(found[1]), self.value).strip()


@dataclass
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        """The first property of this name."""
        return next((one for one in self.properties if one.name == name), None)

    def all(self, name: str) -> list[Property]:
        """Every property of this name."""
        return [one for one in self.properties if one.name == name]

    def text(self, name: str) -> str:
        """The text of the first property of this name."""
        found = self.get(name)
        return found.text if found else ""

    def walk(self) -> Iterator["Component"]:
        """This component and all inside."""
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting += reversed(component.parts)


def read_components(raw: bytes, problems: list[str]) -> Component:
    """A nameless component that holds all there are."""
    if len(raw) > SIZE:
        raise UnreadableCalendar(f"a calendar of more than {SIZE >> 20} MiB")
    lines = _lines(raw)
    builder = _Builder(problems)
    for line in lines:
        builder.add(line)
    if not builder.root.parts:
        raise UnreadableCalendar("there is no calendar in it (no BEGIN line)")
    return builder.finished()


class _Builder:
    def __init__(self, problems: list[str]) -> None:
        self.root = Component("")
        self._open = [self.root]
        self._count = 0
        self._problems = problems

    def add(self, line: str) -> None:
        found = property_of(line)
        if found is None:
            self._note("a line that is no property was left out")
        elif found.name == "BEGIN":
            self._begin(found.value.strip().upper())
        elif found.name == "END":
            self._end(found.value.strip().upper())
        elif len(self._open) > 1:  # before the first BEGIN stand headers of a mail
            self._open[-1].properties.append(found)

    def finished(self) -> Component:
        if len(self._open) > 1:
            self._note(f"{self._open[-1].name} has no END")
        return self.root

    def _begin(self, name: str) -> None:
        names = [component.name for component in self._open]
        if name in _TOP and any(one in _TOP for one in names):
            self._note(f"{name} starts before another one ended")
            del self._open[next(at for at, one in enumerate(names) if one in _TOP) :]
        elif name == "VCALENDAR" and "VCALENDAR" in names:
            del self._open[names.index("VCALENDAR") :]
        self._count += 1
        if self._count > COMPONENTS or len(self._open) > DEPTH:
            raise UnreadableCalendar("a calendar of too many parts")
        component = Component(name)
        self._open[-1].parts.append(component)
        self._open.append(component)

    def _end(self, name: str) -> None:
        names = [component.name for component in self._open]
        if name not in names[1:]:
            self._note(f"END of {name[:40]} without BEGIN")
            return
        at = len(names) - 1 - names[::-1].index(name)
        if at < len(names) - 1:
            self._note(f"{names[-1]} has no END")
        del self._open[at:]

    def _note(self, problem: str) -> None:
        if problem not in self._problems and len(self._problems) < 20:
            self._problems.append(problem)


def property_of(line: str) -> Property | None:
    """A line as its name, its parameters and its value."""
    named = _NAME.match(line)
    if named is None:
        return None
    name = named[1].upper().rpartition(".")[2]  # vCalendar groups: `item1.DTSTART`
    rest = line[named.end() :]
    cut = _value_start(name, rest)
    if cut is None:
        return None
    params = dict(_params(rest[:cut]))
    value = rest[cut + 1 :]
    if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decode(raw, params.get("CHARSET", "")).replace("\n", "\\n")
    return Property(name, params, value)


def _value_start(name: str, rest: str) -> int | None:
    """Where the colon before the value stands."""
    quoted = False
    for at, letter in enumerate(rest):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return _really(name, rest, at)
    first = rest.find(":")  # a quote that is never closed
    return _really(name, rest, first) if first >= 0 else None


def _really(name: str, rest: str, colon: int) -> int:
    """`TZID=(UTC+01:00) Rome:20260504` and `SENT-BY=mailto:a@b.example:mailto:c@d.example`."""
    if name in _DATES and not rest[colon + 1 : colon + 5].strip().isdecimal():
        starts = [found.start() for found in _DATE.finditer(rest, colon)]
        return starts[-1] if starts else colon
    if name in _PEOPLE and rest[:1] == ";":
        starts = [found.start() for found in _MAILTO.finditer(rest)]
        if starts and starts[-1] > colon and rest[starts[-1] - 1] == ":":
            return starts[-1] - 1
    return colon


def _params(text: str) -> Iterator[tuple[str, str]]:
    for piece in _split(text, ";"):
        name, equals, value = piece.partition("=")
        name = name.strip().upper()
        if equals:
            yield name, ",".join(one.strip().strip('"') for one in _split(value, ","))
        elif name in {"QUOTED-PRINTABLE", "BASE64"}:  # vCalendar 1.0
            yield "ENCODING", name


def _split(text: str, mark: str) -> list[str]:
    """At marks outside of quotes."""
    pieces, start, quoted = [], 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == mark and not quoted:
            pieces.append(text[start:at])
            start = at + 1
    return [piece for piece in (*pieces, text[start:]) if piece.strip()]


def _lines(raw: bytes) -> list[str]:
    label = next((name for bom, name in _BOMS.items() if raw.startswith(bom)), "")
    if label:
        raw = raw.decode(label, "replace").encode()
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _INDENTED.match(raw):
        raw = _BLANKS.sub(b"\n", raw)
    # A fold may cut a letter into halves, so bytes are unfolded, not text.
    text = decode(_FOLD.sub(b"", raw))
    lines: list[list[str]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if lines and _goes_on(lines[-1][-1], line, "".join(lines[-1][:1])):
            lines[-1].append(line)
        else:
            lines.append([line])
    return [_joined(line)[:_LINE] for line in lines]


def _goes_on(before: str, line: str, first: str) -> bool:
    """A soft line break of vCalendar 1.0, or a fold that lost its blank."""
    if before.endswith("=") and "QUOTED-PRINTABLE" in first.upper()[:200]:
        return True
    return _NAME.match(line) is None and _BEGIN.match(first) is None


def _joined(line: list[str]) -> str:
    if len(line) > 1 and line[0].endswith("="):
        return "".join(part.removesuffix("=") for part in line)
    return "".join(line)


def _unescaped(letter: str) -> str:
    if letter in "nN":
        return "\n"
    return letter if letter in ',;:\\"' else "\\" + letter
