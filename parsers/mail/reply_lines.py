"""The lines of a reply, sorted into own words, signature and quotation."""

from enum import Enum
from typing import NamedTuple

from parsers.mail.quotes import (
    begins_other_mail,
    field_kind,
    introduces,
    introduction_above,
    is_ruled,
    opens_introduction,
)
from parsers.mail.signing import signed_lines

MOST_LINES = 10_000  # of a mail; what comes after them is never own
_LONGEST_LINE = 2_000  # that is looked at
_LONGEST_NOTE = 80  # letters of "Begin forwarded message:" in any language
_HEAD = 6  # lines of a quoted mail's header


class Mark(Enum):
    """What is known of a line before its words are looked at."""

    NONE = "none"
    QUOTED = "quoted"
    SIGNATURE = "signature"
    REST_QUOTED = "rest quoted"  # this line and all that follow


class Line(NamedTuple):
    """A line of a reply."""

    text: str
    mark: Mark = Mark.NONE


class ReplyParts(NamedTuple):
    """The three parts of a reply, and what in the last two may be typed all the same."""

    own: str
    signature: str
    quoted: str
    doubtful: str = ""  # of the signature: neither an advertisement nor a disclaimer
    unmarked: str = ""  # of the quotation: nothing but its place says that it is one


def split_lines(lines: list[Line]) -> ReplyParts:
    """The parts of a reply whose lines may be marked already."""
    lines = lines[:MOST_LINES]
    texts = [line.text[:_LONGEST_LINE] for line in lines]
    quoted, unmarked = _quoted(lines, texts)
    marked = [line.mark is Mark.SIGNATURE for line in lines]
    signed, doubtful = signed_lines(texts, quoted, marked)
    own = [not q and not s for q, s in zip(quoted, signed, strict=True)]
    return ReplyParts(
        *(_joined(lines, which) for which in (own, signed, quoted)),
        *(_joined(lines, which) for which in (doubtful, unmarked)),
    )


def _joined(lines: list[Line], which: list[bool]) -> str:
    chosen = (line.text.rstrip() for line, is_one in zip(lines, which, strict=True) if is_one)
    return "\n".join(chosen).strip()


def _quoted(lines: list[Line], texts: list[str]) -> tuple[list[bool], list[bool]]:
    """For every line, whether it is quoted or introduces what is; and whether only by its place."""
    quoted = [line.mark is Mark.QUOTED for line in lines]
    _introduce(texts, quoted)
    at = 0
    while at < len(lines):
        if lines[at].mark is Mark.REST_QUOTED or (not quoted[at] and begins_other_mail(texts, at)):
            return _rest(texts, quoted, _rule_above(texts, at), at)
        count = 0 if quoted[at] else _introduction(texts, quoted, at)
        if count < 0:
            return _rest(texts, quoted, _rule_above(texts, at), at - count)
        quoted[at : at + count] = [True] * count
        at += max(count, 1)
    return quoted, [False] * len(lines)


def _introduce(texts: list[str], quoted: list[bool]) -> None:
    """Marks what stands right above a marked quotation and introduces it."""
    last = -1  # line with words
    for at, text in enumerate(texts):
        if quoted[at] and last >= 0 and not quoted[last]:
            count = introduction_above(texts, last) or int(_announces(texts, last, at))
            quoted[last - count + 1 : last + 1] = [True] * count
        if text.strip():
            last = at


def _announces(texts: list[str], last: int, at: int) -> bool:
    """Whether a line names what stands quoted below it: a mail with its header fields."""
    line = texts[last].strip()
    if not line.endswith((":", "\uff1a")) or len(line) > _LONGEST_NOTE:
        return False
    if begins_other_mail(texts, last):
        return False  # known: all from there on is of that mail, marked or not
    head = (text.lstrip("> \t|") for text in texts[at : at + _HEAD])
    kinds = {field_kind(text) for text in head} - {None}
    return "from" in kinds and len(kinds) > 1


def _rest(
    texts: list[str], quoted: list[bool], start: int, words: int
) -> tuple[list[bool], list[bool]]:
    """All from here is quoted; from `words` on without marks, but for the header of that mail."""
    count = len(texts)
    unmarked = [
        at >= words and not quoted[at] and field_kind(texts[at]) is None for at in range(count)
    ]
    return [*quoted[:start], *[True] * (count - start)], unmarked


def _rule_above(texts: list[str], at: int) -> int:
    """A line of dashes or underscores above the other mail belongs to it."""
    above = at - 1
    while above >= 0 and not texts[above].strip():
        above -= 1
    return above if above >= 0 and is_ruled(texts[above]) else at


def _introduction(texts: list[str], quoted: list[bool], at: int) -> int:
    """How many lines from here introduce a quotation; negative when all that follows is one."""
    count, certain = introduces(texts, at)
    if not count or any(_same_end(texts, at, later, count) for later in range(1, count)):
        return 0
    following = next((n for n in range(at + count, len(texts)) if texts[n].strip()), None)
    if following is None or quoted[following]:
        return count
    return -count if certain else 0


def _same_end(texts: list[str], at: int, later: int, count: int) -> bool:
    """Whether the introduction really begins further down: the words before it are own ones."""
    if not opens_introduction(texts[at + later]):
        return False
    inner, certain = introduces(texts, at + later)
    return certain and later + inner == count
