"""An answer to a brief: `1 ok, 2 no, 4 fri 10, rest ok`.

Each item is decided by the same grammar as a draft. One part that is not understood, and nothing
of the whole answer happens.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from mailagent.core.decision.days import Frame, day_at
from mailagent.core.decision.release import numbers_at
from mailagent.core.decision.spots import names_spots, spot
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.typed import now_of
from mailagent.core.decision.types import (
    Command,
    Execute,
    Items,
    One,
    Shown,
    ShownAs,
    ShownItem,
    Unclear,
)
from mailagent.core.proposal import Purpose

Understand = Callable[[str, Shown], One]

# A comma between two digits belongs to an amount or to a list of numbers.
_PIECE = re.compile(r"[\n;]|,(?!\d)|\.(?=\s|$)")
_POINTERS = frozenset({":", "=", ">", "->"})
_MOST_WORDS = 300
_LONGEST_VERB = 10  # words, with greeting and courtesy


class _Part(NamedTuple):
    """What is decided, and for which items."""

    numbers: tuple[str, ...]
    rest: bool
    words: str
    verb_first: bool = False


_NOTHING = _Part((), rest=False, words="")


class _Mixed(Exception):
    """Why an answer cannot be taken apart, as `unclear` says it."""

    def __init__(self, why: str, **gaps: str) -> None:
        super().__init__(why)
        self.why = why
        self.gaps = gaps


def items(text: Text, understand: Understand) -> Items | Unclear | None:
    """The decision for every item; None when no item is named."""
    if len(text) > _MOST_WORDS:
        return None
    try:
        parts = _parts(text)
        if not parts:
            return None
        return _Answer(text, understand).of(parts)
    except _Mixed as mixed:
        return unclear(mixed.why, text.shown, **mixed.gaps)


class _Answer:
    """Puts the parts together."""

    def __init__(self, text: Text, understand: Understand) -> None:
        self._text = text
        self._shown = text.shown
        self._understand = understand
        self._items: dict[str, One] = {}
        self._rest: Execute | None = None
        self._codes: set[str] = set()

    def of(self, parts: list[_Part]) -> Items:
        for part in parts:
            self._add(part)
        if len(self._codes) > 1:
            raise _Mixed("two_codes")
        covered = self._covered() if self._rest else ()
        if self._rest and not covered and not self._items:
            raise _Mixed("empty_rest")
        return Items(items=self._items, rest=self._rest, covered=covered, code="".join(self._codes))

    def _covered(self) -> tuple[str, ...]:
        """Only what was shown as ready: never a failed check, never a heavy one."""
        return tuple(
            number
            for number, item in self._shown.items.items()
            if item.ready and not item.heavy and number not in self._items
        )

    def _add(self, part: _Part) -> None:
        if part.rest:
            said = self._said(part.words, ShownItem())
            if not isinstance(said, Execute) or said.choice or said.left_out:
                raise _Mixed("rest")
            if self._rest not in (None, said):
                raise _Mixed("two_rests")
            self._rest = said
        if not part.rest and not part.numbers:
            self._add_code(part.words)
        for number in part.numbers:
            item = self._shown.items.get(number)
            if item is None:
                raise _Mixed("no_number", number=number)
            said = self._said_of(number, part.words, item)
            if self._items.setdefault(number, said) != said:
                raise _Mixed("two_answers", number=number)

    def _add_code(self, words: str) -> None:
        code, end = self._text.part(words).code(0)
        if not code or self._text.part(words).ending(end) is None:
            raise _Mixed("part", words=words[:60])
        self._codes.add(code)

    def _said_of(self, number: str, words: str, item: ShownItem) -> One:
        """Why it is not understood names its number: an answer may have thirty."""
        try:
            return self._said(words, item)
        except _Mixed as mixed:
            if mixed.why != "part":
                raise
            asked = item.purpose is Purpose.ASK and self._is_yes(words)
            raise _Mixed(
                "part_asked" if asked else "part_of", number=number, words=words[:60]
            ) from mixed

    def _is_yes(self, words: str) -> bool:
        part, verbs = self._text.part(words), self._text.verbs
        return part.phrase(part.start, verbs.approve | verbs.light) is not None

    def _said(self, words: str, item: ShownItem) -> One:
        said: One | None = (
            spot(self._text.part(words))
            if item.spot
            else self._understand(words, _as_draft(self._shown, item))
        )
        if said is None or isinstance(said, Unclear):
            raise _Mixed("part", words=words[:60])
        if isinstance(said, Execute) and _names_items(self._text, said.reason):
            raise _Mixed("reason")
        if isinstance(said, Execute | Command) and said.code:
            self._codes.add(said.code)
            return said.model_copy(update={"code": ""})
        return said


def _names_items(text: Text, reason: str) -> bool:
    numbers = set(text.shown.items)
    return any(word.folded in numbers for word in text.part(reason).words)


def _as_draft(shown: Shown, item: ShownItem) -> Shown:
    """One item as if it had been sent alone."""
    return shown.model_copy(
        update={
            "kind": ShownAs.DRAFT,
            "purpose": item.purpose,
            "heavy": item.heavy,
            "alternatives": item.alternatives,
            "items": {},
            "fields": {},
            "numbers": (),
        }
    )


def _parts(text: Text) -> list[_Part]:
    """The answer in parts; numbers alone belong to what follows them."""
    waiting = _NOTHING
    found: list[_Part] = []
    pieces = [_without_courtesy(text, piece) for piece in _PIECE.split(text.own)]
    for piece in filter(None, pieces):
        for part in _of_piece(text, piece):
            if waiting != _NOTHING and part.verb_first and (part.numbers or part.rest):
                waiting = _to_the_last(found, waiting)
            if part.words and found and found[-1].verb_first and waiting != _NOTHING:
                raise _Mixed("which_number")
            joined = _joined(waiting, part)
            waiting = _NOTHING if part.words else joined
            found += [joined] if part.words else []
    if waiting != _NOTHING:
        _to_the_last(found, waiting)
    named = any(part.numbers or part.rest for part in found)
    return found if named else []


def _joined(before: _Part, part: _Part) -> _Part:
    numbers = (*before.numbers, *part.numbers)
    return part._replace(numbers=numbers, rest=before.rest or part.rest)


def _to_the_last(found: list[_Part], waiting: _Part) -> _Part:
    """`approve 1, 2; reject 3`: the 2 belongs to the verb before it."""
    if not found or not found[-1].verb_first:
        raise _Mixed("named_only")
    found[-1] = _joined(waiting, found[-1])
    return _NOTHING


def _without_courtesy(text: Text, piece: str) -> str:
    """A piece without what opens it; empty where that is all."""
    part = text.part(piece)
    join = part.phrase(part.start, text.verbs.joins | text.verbs.buts)
    at = part.courtesies(join.end if join else part.start)
    return part.text_from(at) if at < len(part) else ""


def _of_piece(text: Text, piece: str) -> list[_Part]:
    """`4 fri 10`, `ok 1 and 2`, or several without a comma: `1 ok 2 no`."""
    part = text.part(piece)
    numbers, rest, end = _chosen(part, 0)
    if not numbers and not rest:
        return _verb_first(part)
    while end < len(part) and part.words[end].folded in _POINTERS:
        end += 1
    for cut in range(end + 1, len(part)):
        said = _before(part, end, cut)
        if _begins_a_day(part, cut):
            continue
        if any(_chosen(part, cut)[:2]) and _is_simple(part, said):
            return [_Part(numbers, rest, said), *_of_piece(text, _before(part, cut, len(part)))]
    return [_Part(numbers, rest, _before(part, end, len(part)))]


def _begins_a_day(part: Text, at: int) -> bool:
    """`2 later 3 Dec`: the 3 is no item."""
    now = now_of(part)
    told = day_at(part, at, Frame(now=now, locale=part.shown.locale)) if now else None
    return told is not None and told.end > at + 1


def _verb_first(part: Text) -> list[_Part]:
    """`ok 1 and 2`, `approve 1 and reject 2`; where nothing is named, the words alone."""
    for at in range(1, min(len(part), _LONGEST_VERB)):
        numbers, rest, end = _chosen(part, at)
        said = _before(part, 0, at)
        if not (numbers or rest) or not _is_simple(part, said):
            continue
        if names_spots(part, numbers):
            return _spots_first(part, numbers, said, end)
        code = part.ending(end)
        if code is not None:
            return [_Part(numbers, rest, f"{said} {code}".strip(), verb_first=True)]
        join = part.phrase(end, _joining(part))
        following = _verb_first(part.part(_before(part, join.end, len(part)))) if join else []
        if following and following[0].verb_first:
            return [_Part(numbers, rest, said, verb_first=True), *following]
    return [_Part((), rest=False, words=part.own)]


def _spots_first(part: Text, numbers: tuple[str, ...], said: str, end: int) -> list[_Part]:
    """`right 7 wrong 8`, `wrong 8: it was booked twice`."""
    behind = _before(part, end, len(part))
    following = _verb_first(part.part(behind)) if behind else []
    if following and following[0].verb_first:
        return [_Part(numbers, rest=False, words=said, verb_first=True), *following]
    return [_Part(numbers, rest=False, words=f"{said} {behind}".strip(), verb_first=True)]


def _chosen(part: Text, at: int) -> tuple[tuple[str, ...], bool, int]:
    """The items that are named here."""
    found = part.phrase(at, part.verbs.rest | part.verbs.all)
    if found:
        return (), True, found.end
    numbers, end = numbers_at(part, at)
    return tuple(map(str, numbers)), False, end


def _is_simple(part: Text, said: str) -> bool:
    """One verb or command, and nothing beside it."""
    words = part.part(said)
    verbs = part.verbs
    plain = verbs.approve | verbs.light | verbs.reject | verbs.no
    found = words.phrase(words.start, plain | frozenset(phrase for phrase, _ in verbs.commands))
    return found is not None and words.ending(found.end) is not None


def _before(part: Text, start: int, end: int) -> str:
    """The words from one place to another as they were written, less what joins them to more."""
    while end > start and end < len(part) and part.phrase(end - 1, _joining(part)):
        end -= 1
    return part.own[part.words[start].start : part.words[end - 1].end] if end > start else ""


def _joining(part: Text) -> frozenset[str]:
    """`and` before the next part, `to` before a number."""
    return part.verbs.joins | part.verbs.buts | part.verbs.links
