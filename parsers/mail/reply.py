"""A reply's own words, apart from its signature and from what it quotes.

What is quoted never counts as own. Apart from that, a word too many is better than one lost:
the grammar refuses what it does not know.
"""

from parsers.mail.reply_html import lines_of
from parsers.mail.reply_lines import Line, Mark, ReplyParts, split_lines


def split_reply(text: str) -> ReplyParts:
    """The parts of a reply in plain text."""
    return split_lines([Line(line, _mark(line)) for line in text.split("\n")])


def split_html_reply(html: str) -> ReplyParts:
    """The parts of a reply in HTML."""
    return split_lines(lines_of(html))


def _mark(line: str) -> Mark:
    return Mark.QUOTED if line.lstrip(" \t\u00a0")[:1] == ">" else Mark.NONE
