"""A reply's own words, apart from its signature and from what it quotes.

What is quoted never counts as own. Apart from that, a word too many is better than one lost:
the grammar refuses what it does not know.
"""

import re
from collections.abc import Sequence

from parsers.mail.quotes import shared_line, unflattened
from parsers.mail.reply_html import lines_of
from parsers.mail.reply_lines import MOST_LINES, Line, Mark, ReplyParts, split_lines

# ">" and, of old mailers, the initials of who is quoted: "AB> text".
_QUOTED = re.compile(r"[ \t\u00a0]*(?:[A-Z]{1,3})?>")


# ">>> news <<<" is an ornament, if it is the only line that begins so.
_ORNAMENT = (">>>", "<<<")
_LONGEST_LINK = 1000


def split_reply(text: str) -> ReplyParts:
    """The parts of a reply in plain text."""
    pieces = [
        piece for line in text.split("\n", MOST_LINES)[:MOST_LINES] for piece in _pieces(line)
    ]
    lines = [Line(piece, _mark(piece)) for piece in pieces]
    return split_lines(_rejoined(_barred(_unadorned(lines))))


def split_html_reply(html: str) -> ReplyParts:
    """The parts of a reply in HTML."""
    return split_lines(lines_of(html))


def _pieces(line: str) -> Sequence[str]:
    return shared_line(line) or unflattened(line)


def _mark(line: str) -> Mark:
    return Mark.QUOTED if _QUOTED.match(line) else Mark.NONE


def _unadorned(lines: list[Line]) -> list[Line]:
    marked = [at for at, line in enumerate(lines) if line.mark is Mark.QUOTED]
    text = lines[marked[0]].text.strip() if len(marked) == 1 else ""
    opening, closing = _ORNAMENT
    if text.startswith(opening) and text.endswith(closing) and _is_plain(text.strip("<> ")):
        lines[marked[0]] = Line(text)
    return lines


def _is_plain(text: str) -> bool:
    return not any(mark in text for mark in "<>")


def _barred(lines: list[Line]) -> list[Line]:
    """Two lines or more behind a bar are a quotation; one alone may be anything."""
    bars = [line.text.lstrip().startswith("|") for line in lines]
    return [
        Line(line.text, Mark.QUOTED)
        if bars[at] and sum(bars[max(at - 1, 0) : at + 2]) > 1
        else line
        for at, line in enumerate(lines)
    ]


def _rejoined(lines: list[Line]) -> list[Line]:
    """The rest of a link that was broken off a quoted line is quoted like it."""
    for at in range(1, len(lines) - 1):
        above, line, below = lines[at - 1 : at + 2]
        around = above.mark is below.mark is Mark.QUOTED
        if around and line.mark is Mark.NONE and _is_rest_of_link(above.text, line.text):
            lines[at] = Line(line.text, Mark.QUOTED)
    return lines


def _is_rest_of_link(above: str, line: str) -> bool:
    said = line.strip(" >")
    if not said or len(said.split()) > 1 or len(line) > _LONGEST_LINK:
        return False
    is_whole = said.startswith("(http") and said.endswith(")")
    return is_whole or (
        "(http" in above[-_LONGEST_LINK:] and said.endswith(")") and "(" not in said
    )
