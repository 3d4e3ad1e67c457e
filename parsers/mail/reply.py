"""A reply's own words, apart from its signature and from what it quotes.

What is quoted never counts as own. Apart from that, a word too many is better than one lost:
the grammar refuses what it does not know.
"""

import re

from parsers.mail.quotes import shared_line
from parsers.mail.reply_html import lines_of
from parsers.mail.reply_lines import MOST_LINES, Line, Mark, ReplyParts, split_lines

# ">" and, of old mailers, the initials of who is quoted: "AB> text".
_QUOTED = re.compile(r"[ \t\u00a0]*(?:[A-Z]{1,3})?>")


def split_reply(text: str) -> ReplyParts:
    """The parts of a reply in plain text."""
    lines = [piece for line in text.split("\n", MOST_LINES)[:MOST_LINES] for piece in _pieces(line)]
    return split_lines(_barred([Line(line, _mark(line)) for line in lines]))


def split_html_reply(html: str) -> ReplyParts:
    """The parts of a reply in HTML."""
    return split_lines(lines_of(html))


def _pieces(line: str) -> tuple[str, ...]:
    return shared_line(line) or (line,)


def _mark(line: str) -> Mark:
    return Mark.QUOTED if _QUOTED.match(line) else Mark.NONE


def _barred(lines: list[Line]) -> list[Line]:
    """Two lines or more behind a bar are a quotation; one alone may be anything."""
    bars = [line.text.lstrip().startswith("|") for line in lines]
    return [
        Line(line.text, Mark.QUOTED)
        if bars[at] and sum(bars[max(at - 1, 0) : at + 2]) > 1
        else line
        for at, line in enumerate(lines)
    ]
