"""Words that a person may have typed where words do not count: below a signature, in a quotation.

They are never understood. If they could change what the own words say, the person is asked.
"""

import re
from collections.abc import Callable

from mailagent.core.decision.quoted import spaced
from mailagent.core.decision.release import left_out_at
from mailagent.core.decision.text import Text
from mailagent.core.decision.types import Command, Decision, Execute, Items, Revise
from mailagent.core.reply import Aside
from mailagent.core.wording import words_of

_LINES = 80  # that are looked at
_LONGEST = 300  # characters of a line
_MOST = 60_000  # characters of a quotation that are looked at
_WARNING = re.compile(
    r"\b(?:caution|warning|external|outside|phishing|vorsicht|achtung|extern(?:e|er)?|attention|externo"
    r"|esterno|atenci[oó]n|cuidado|attachments?|links?|anh[aä]nge|sender|absender|recogni[sz]e)\b",
    re.IGNORECASE,
)
_FEW = 25  # words that may be an answer
_BRIEF = 3  # words
_SHORT = 12  # words of a line that may be a condition

Say = Callable[[Text], Decision]


def doubt(aside: Aside, text: Text, say: Say) -> str:
    """The line that may change what was said; empty when there is none."""
    if len(aside.doubtful.splitlines()) > _LINES:
        return aside.doubtful[:_LONGEST]
    lines = _lines(aside.doubtful)
    for unmarked in (aside.unmarked, aside.unmarked_html):
        if not text.shown.text.strip():
            break  # what we sent is not known
        if _is_too_little(unmarked, text.shown.text):
            return unmarked if say(text.part(f"{text.own}\n{unmarked}")) != say(text) else ""
        lines += _strange(unmarked, text)
    return next((line for line in lines if _speaks(text.part(line), say)), "")


def _is_too_little(unmarked: str, sent: str) -> bool:
    """Fewer words than our mail has: where it should be quoted, something else stands."""
    count = len(words_of(unmarked[: _FEW * _LONGEST]))
    return 0 < count <= _FEW and 2 * count < len(words_of(sent))


def _lines(text: str) -> list[str]:
    return [line[:_LONGEST] for line in text.splitlines()[:_LINES] if words_of(line[:_LONGEST])]


def _strange(unmarked: str, text: Text) -> list[str]:
    """The lines of a quotation that were neither in the text that we sent nor in its HTML."""
    lines = [line for line in unmarked[:_MOST].splitlines() if "@" not in line and "//" not in line]
    foreign = set(_not_in(text.shown.text, lines)) & set(_not_in(text.shown.html, lines))
    ours = next((at for at in range(len(lines)) if at not in foreign and words_of(lines[at])), 0)
    typed = [line for at, line in enumerate(lines) if at in foreign and not _warns(line, at < ours)]
    return _lines("\n".join(typed))


def _warns(line: str, above: bool) -> bool:
    """What a server puts above a mail that came from outside."""
    return above and bool(_WARNING.search(line[:_LONGEST]))


def _not_in(sent: str, lines: list[str]) -> list[int]:
    """Which lines do not follow in what was sent, each behind the one before it."""
    there, at = spaced(sent), 0
    strange = []
    for number, line in enumerate(lines):
        words = spaced(line)
        found = there.find(words, at) if words.strip() else at
        if found < 0:
            strange.append(number)
        elif words.strip():
            at = found + len(words) - 1
    return strange


def _speaks(text: Text, say: Say) -> bool:
    """Whether a line releases, asks for or forbids something."""
    said = say(text)
    if isinstance(said, Execute | Items):
        return True
    if isinstance(said, Revise) and (said.edits or said.left_out):
        return True
    if isinstance(said, Command):
        return not said.argument or said.when is not None
    return _is_condition(text)


def _is_condition(text: Text) -> bool:
    """`but not before Monday`; not `No. 5, High Street`, and no motto of a company."""
    words = [word.folded for word in text.words[text.start :]]
    if not 0 < len(words) <= _SHORT or "?" in words:
        return False
    verbs = text.verbs
    if words[0] not in verbs.no and left_out_at(text, text.start) is not None:
        return True
    opening = verbs.conditions | verbs.buts | verbs.negations | verbs.without | verbs.changes
    found = text.phrase(text.start, opening | verbs.no)
    typed = text.own[text.words[0].start : text.words[0].end].islower()
    if found is None:
        return typed and text.holds(verbs.conditions | verbs.negations, text.start)
    after = text.words[found.end : found.end + 1]
    brief = len(words) <= _BRIEF and found.phrase not in verbs.no  # "Not Monday", no "No. 5"
    return typed or brief or not after or text.own[after[0].start].islower()
