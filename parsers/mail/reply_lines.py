"""The lines of a reply, sorted into own words, signature and quotation."""

from enum import Enum
from typing import NamedTuple

from parsers.mail.quotes import begins_fields, introduces, is_separator, opens_introduction
from parsers.mail.signatures import begins_signature, is_advert

MOST_LINES = 10_000  # of a mail; what comes after them is never own
_LONGEST_LINE = 2_000  # that is looked at


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
    """The three parts of a reply."""

    own: str
    signature: str
    quoted: str


def split_lines(lines: list[Line]) -> ReplyParts:
    """The parts of a reply whose lines may be marked already."""
    lines = lines[:MOST_LINES]
    quoted = _quoted(lines)
    signed = _signed(lines, quoted)
    own = [line for line, q, s in zip(lines, quoted, signed, strict=True) if not q and not s]
    return ReplyParts(
        own=_joined(own),
        signature=_joined([line for line, s in zip(lines, signed, strict=True) if s]),
        quoted=_joined([line for line, q in zip(lines, quoted, strict=True) if q]),
    )


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text.rstrip() for line in lines).strip()


def _quoted(lines: list[Line]) -> list[bool]:
    """For every line, whether it is quoted or introduces what is."""
    texts = [line.text[:_LONGEST_LINE] for line in lines]
    quoted = [line.mark is Mark.QUOTED for line in lines]
    at = 0
    while at < len(lines):
        if lines[at].mark is Mark.REST_QUOTED or _begins_other_mail(texts, at):
            start = _rule_above(texts, at)
            quoted[start:] = [True] * (len(lines) - start)
            break
        count = 0 if quoted[at] else _introduction(texts, quoted, at)
        quoted[at : at + count] = [True] * count
        at += max(count, 1)
        if count < 0:
            quoted[at - 1 :] = [True] * (len(lines) - at + 1)
            break
    return quoted


def _begins_other_mail(texts: list[str], at: int) -> bool:
    return is_separator(texts[at]) or begins_fields(texts, at)


def _rule_above(texts: list[str], at: int) -> int:
    """A line of dashes or underscores above the other mail belongs to it."""
    above = at - 1
    while above >= 0 and not texts[above].strip():
        above -= 1
    is_rule = above >= 0 and len(texts[above].strip()) > 9 and not texts[above].strip(" -_=*")
    return above if is_rule else at


def _introduction(texts: list[str], quoted: list[bool], at: int) -> int:
    """How many lines from here introduce a quotation; -1 when all that follows is one."""
    count, certain = introduces(texts, at)
    if not count or any(_same_end(texts, at, later, count) for later in range(1, count)):
        return 0
    following = next((n for n in range(at + count, len(texts)) if texts[n].strip()), None)
    if following is None or quoted[following]:
        return count
    return -1 if certain else 0


def _same_end(texts: list[str], at: int, later: int, count: int) -> bool:
    """Whether the introduction really begins further down: the words before it are own ones."""
    if not opens_introduction(texts[at + later]):
        return False
    inner, certain = introduces(texts, at + later)
    return certain and later + inner == count


def _signed(lines: list[Line], quoted: list[bool]) -> list[bool]:
    """For every line, whether it belongs to a signature. A quotation ends a signature."""
    signed = [False] * len(lines)
    inside = False
    for at, line in enumerate(lines):
        if quoted[at]:
            inside = False
            continue
        inside = inside or begins_signature(line.text)
        signed[at] = inside or line.mark is Mark.SIGNATURE or is_advert(line.text)
    return signed
