"""The verbs that release something: approve, reject, undo. A closed grammar.

Every word of the text has to be recognised; otherwise nothing here is an Execute.
"""

import re

from mailagent.core.decision.choice import choice_at
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.types import Execute, ShownAs, Unclear, Verb
from mailagent.core.proposal import Purpose

_LONGEST = 200  # words; who writes more than this means more than a verb
_RANGE = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")
_LIST = re.compile(r"[0-9]{1,2}(?:,[0-9]{1,2})+")
_DASHES = "-\u2013\u2014"
_MOST = 100  # numbers in a range


def release(text: Text) -> Execute | Unclear | None:
    """An Execute, or why it is none although it looks like one; None: something else."""
    if len(text) > _LONGEST:
        return None
    return _undo(text) or _approve(text) or _choice(text, text.start) or _reject(text)


def numbers_at(text: Text, at: int) -> tuple[tuple[int, ...], int]:
    """Numbers, ranges and what joins them; and where the text goes on."""
    found: list[int] = []
    end = at
    while at < len(text):
        label = text.phrase(at, text.verbs.numbers)
        at = label.end if label else at
        here = _numbers(text.words[at].folded) if at < len(text) and not text.code(at)[0] else ()
        if not here:
            break
        dashed = bool(found) and at == end and any(mark in text.gap(at) for mark in _DASHES)
        found += range(found[-1], min(here[0], found[-1] + _MOST)) if dashed else ()
        found += here
        end = at + 1
        join = text.phrase(end, text.verbs.joins)
        at = join.end if join else end
    return tuple(dict.fromkeys(found)), end


def _numbers(word: str) -> tuple[int, ...]:
    """3, 1-3 or 1,2,3."""
    if _LIST.fullmatch(word):
        return tuple(map(int, word.split(",")))
    match = _RANGE.fullmatch(word)
    if match is None:
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(range(first, last + 1)) if first <= last < first + _MOST else ()


def left_out_at(text: Text, at: int) -> tuple[tuple[int, ...], int] | None:
    """`not 3`, `without 2 and 3`; None where nothing of the kind stands."""
    found = text.phrase(at, text.verbs.without)
    if found is None:
        return None
    numbers, end = numbers_at(text, found.end)
    return (numbers, end) if numbers else None


def _undo(text: Text) -> Execute | Unclear | None:
    if not text.shown.is_receipt:
        return None
    found = text.phrase(text.start, text.verbs.undo)
    if found is None:
        return None
    numbers, end = numbers_at(text, found.end)
    code = text.ending(end)
    if code is None:
        return None
    if not set(numbers) <= set(text.shown.numbers):
        return unclear("no_such_number", text.shown)
    stays = tuple(n for n in text.shown.numbers if numbers and n not in numbers)
    return Execute(verb=Verb.UNDO, code=code, left_out=stays)


def _approve(text: Text) -> Execute | Unclear | None:
    start = _past_object(text, text.start)
    light = text.phrase(start, text.verbs.light)
    after_light = text.courtesies(light.end) if light else start
    while light and (again := text.phrase(after_light, text.verbs.light)):
        after_light = text.courtesies(again.end)
    exact = text.phrase(_past_object(text, after_light), text.verbs.approve)
    if exact is None and light is None:
        return None
    end = text.courtesies(exact.end if exact else after_light)
    chosen = _choice(text, end)
    if chosen:
        return chosen
    given = text.phrase(end, text.verbs.objects) if left_out_at(text, end) is None else None
    early, end = text.code(text.courtesies(given.end) if given else end)
    without = left_out_at(text, end)
    left_out, end = without or ((), end)
    late = text.ending(end)
    if late is None or (early and late):
        return None
    return _approval(text, early or late, left_out, exact=exact is not None)


def _past_object(text: Text, at: int) -> int:
    """`all approved`, `passt alles, freigegeben`: past what may stand before the verb."""
    if text.phrase(at, text.verbs.light | text.verbs.approve):
        return at
    found = text.phrase(at, text.verbs.objects)
    return text.courtesies(found.end) if found else at


def _approval(
    text: Text, code: str, left_out: tuple[int, ...], *, exact: bool
) -> Execute | Unclear:
    shown = text.shown
    if shown.kind is not ShownAs.DRAFT or shown.purpose is not Purpose.DO:
        return unclear("nothing_to_approve", shown)
    if len(shown.alternatives) > 1:
        return unclear("several", shown)
    if shown.heavy and not exact:
        return unclear("approve_and_code", shown)
    if not set(left_out) <= set(shown.numbers):
        return unclear("no_such_left_out", shown)
    if left_out and set(left_out) == set(shown.numbers):
        return unclear("nothing_left", shown, ("reject", "approve"))
    return Execute(verb=Verb.APPROVE, code=code, left_out=left_out)


def _choice(text: Text, at: int) -> Execute | Unclear | None:
    """An alternative that was shown, and nothing else."""
    shown = text.shown
    if shown.kind is not ShownAs.DRAFT or shown.purpose is not Purpose.DO:
        return None
    found = choice_at(text, at)
    code = text.ending(found.end) if found else None
    if found is None or code is None:
        return None
    return Execute(verb=Verb.APPROVE, code=code, choice=found.phrase)


def _reject(text: Text) -> Execute | Unclear | None:
    if text.shown.kind in (ShownAs.RECEIPT, ShownAs.REQUEST) or text.shown.is_receipt:
        return None
    alone = text.phrase(text.start, text.verbs.no)
    if alone and text.ending(alone.end) is not None:
        return Execute(verb=Verb.REJECT, code=text.ending(alone.end) or "")
    found = text.phrase(text.start, text.verbs.reject)
    if found is None or choice_at(text, text.start):  # "decline, I am away": theirs, or the draft?
        return None
    code = text.ending(found.end)
    if code is not None:
        return Execute(verb=Verb.REJECT, code=code)
    return _reject_because(text, found.end)


def _reject_because(text: Text, at: int) -> Execute | Unclear | None:
    code, after = text.code(at) if text.shown.heavy else ("", at)
    verbs = text.verbs
    other = verbs.approve | verbs.conditions | frozenset({"?"})
    if text.holds(other, after) or text.phrase(after, verbs.light):
        return None
    if _names_actions(text, after) or _wishes(text, after) or _names_choice(text, after):
        return None
    return Execute(verb=Verb.REJECT, reason=text.text_from(after), code=code)


def _wishes(text: Text, at: int) -> bool:
    """`reject, make it 900`: a reason that asks for another version."""
    figures = any(word.folded[0].isdigit() for word in text.words[at:])
    return figures and text.holds(text.verbs.changes, at)


def _names_choice(text: Text, at: int) -> bool:
    """`reject, fri 15:30`: rather that one, or not even that one?"""
    return any(choice_at(text, place) for place in range(at, len(text)))


def _names_actions(text: Text, at: int) -> bool:
    """`reject 3` may mean: all but number 3."""
    tail = [word.folded for word in text.words[at:]]
    numbers = {str(number) for number in text.shown.numbers} | set(text.shown.items)
    return len(tail) <= 4 and any(word in numbers for word in tail)
