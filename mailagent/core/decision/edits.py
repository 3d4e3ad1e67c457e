"""Changes in a person's own words: `field: value` lines, and free words by the roles of words."""

import re
from typing import NamedTuple

from mailagent.core.decision.amounts import Amount, spell
from mailagent.core.decision.days import Told
from mailagent.core.decision.fields import Fields
from mailagent.core.decision.release import left_out_at
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.typed import (
    Typed,
    day_amount_at,
    knows_currency,
    typed_at,
    typed_whole,
)
from mailagent.core.decision.types import FieldType, Revise, Unclear
from mailagent.core.splits import accounts_in

_LINE = re.compile(r"[ \t>*-]*([^\W\d][^\n:=]{0,40}?)[ \t*]*[:=\uff1a][ \t*]*(\S[^\n]*)")
_MOST_UNKNOWN = 6  # words beside an edit that was understood
_MOST_WORDS = 300
_SHORTEST_OF_A_BANK = 9  # figures


class Wishes(NamedTuple):
    """What was found in a text, and what of it was not understood."""

    typed: tuple[Typed, ...] = ()
    left_out: tuple[int, ...] = ()
    doubt: str = ""  # why nothing may be made of it
    unknown: int = 0  # words


def changes(text: Text) -> Revise | Unclear | None:
    """A new version with the wishes of a text; None when it holds none."""
    if len(text) > _MOST_WORDS:
        return None
    fields = Fields(text.shown, text.verbs)
    lines, others = _lines(text, fields)
    free = _Scan(text.part("\n".join(others)), fields, asked=bool(lines.typed)).wishes()
    typed = (*lines.typed, *free.typed)
    if not typed and not free.left_out:
        return None
    return _settled(text, typed, free, lines.doubt or free.doubt)


def _settled(text: Text, typed: tuple[Typed, ...], free: Wishes, doubt: str) -> Revise | Unclear:
    edits: dict[str, str] = {}
    for one in typed:
        if not one.readings:
            return unclear("unreadable", text.shown, field=one.field)
        if len(one.readings) > 1:
            return _undecided(text, one)
        if edits.setdefault(one.field, one.readings[0]) != one.readings[0]:
            return unclear("two_values", text.shown, field=one.field)
    if doubt:
        return unclear(doubt, text.shown)
    if not set(free.left_out) <= set(text.shown.numbers):
        return unclear("no_such_left_out", text.shown)
    return Revise(text=text.own.strip(), edits=edits, left_out=free.left_out)


def _undecided(text: Text, typed: Typed) -> Unclear:
    first, second = typed.readings[:2]
    name = _plainly(typed.field)
    likely = (f"{name}: {first}", f"{name}: {second}")
    return unclear("may_mean", text.shown, likely, first=first, second=second)


def _plainly(field: str) -> str:
    return field.replace("_", " ")


# -- lines of their own


def _lines(text: Text, fields: Fields) -> tuple[Wishes, list[str]]:
    """The values of `field: value` lines, and the lines that are none."""
    typed: list[Typed] = []
    others: list[str] = []
    doubt = ""
    for line in text.own.split("\n"):
        match = _LINE.fullmatch(line.rstrip())
        found = _line(text, match[1], match[2], fields) if match else None
        if found:
            typed.append(found)
        else:
            others.append(line)
            if match and not _only_asks(text.part(match[1])):
                doubt = doubt or "line"
    return Wishes(tuple(typed), doubt=doubt), others


def _only_asks(label: Text) -> bool:
    """`please change:` is no field, and says nothing that is not known."""
    verbs = label.verbs
    known = verbs.changes | verbs.fillers | verbs.approve | verbs.light | verbs.objects
    known |= frozenset(phrase for phrase, _ in verbs.fields)
    at = label.start
    while found := label.phrase(at, known | verbs.buts):
        at = label.courtesies(found.end)
    return at == len(label)


def _line(text: Text, label: str, value: str, fields: Fields) -> Typed | None:
    labelled, written = text.part(label), text.part(value)
    start = labelled.start
    found = labelled.phrase(start, fields.labels)
    if found is None or found.end != len(labelled):
        return None
    return _best(
        [
            Typed(name, typed_whole(written, name, fields), 0)
            for name in _meant(found.phrase, fields)
        ]
    )


def _meant(label: str, fields: Fields) -> tuple[str, ...]:
    """What a label may mean. `account` is the bank's, or one of our own books."""
    names = fields.called(label)
    banks = any(fields.type_of(name) is FieldType.ACCOUNT for name in names)
    return (*names, fields.book_to) if banks else names


def _best(typed: list[Typed]) -> Typed | None:
    """The first that can be read. Our own books take an account of figures only."""
    readable = [t for t in typed if t.readings]
    if len(typed) > 1 and readable and readable[0].field == typed[-1].field:
        first = readable[0].readings[0].split()[0]
        into_books = first.isdecimal() and len(first) < _SHORTEST_OF_A_BANK
        return readable[0] if into_books else typed[0]
    return next(iter(readable or typed), None)


# -- free words


class _Scan:
    """Reads wishes from left to right; knows what it has seen."""

    def __init__(self, text: Text, fields: Fields, *, asked: bool) -> None:
        self._text = text
        self._fields = fields
        self._typed: list[Typed] = []
        self._left_out: list[int] = []
        self._doubt = ""
        self._conditional = False
        self._bare_at: int | None = None  # where the value stands that was just taken alone
        self._unknown: list[int] = []  # places of words that say nothing to us
        self._asked = asked or text.holds(text.verbs.changes) or self._names_old_value()

    def wishes(self) -> Wishes:
        at = self._text.start
        while at < len(self._text):
            at = self._step(at)
        return Wishes(
            tuple(self._typed), tuple(self._left_out), self._doubt or self._too_vague(), 0
        )

    def _too_vague(self) -> str:
        unknown = len(self._unknown)
        words = self._text.words
        if any(words[at].folded[0].isdigit() for at in self._unknown):
            return "number"
        questioned = any(word.folded in ("?", "\u00bf") for word in self._text.words)
        if unknown and self._conditional:
            return "condition"
        if unknown > _MOST_UNKNOWN or ((unknown or questioned) and not self._asked):
            return "more"
        return ""

    def _step(self, at: int) -> int:
        """Where the text goes on after what stands here."""
        return (
            self._leaving_out(at)
            or self._old_value(at)
            or self._split(at)
            or self._field(at)
            or self._value(at)
            or self._known(at)
            or self._reason(at)
            or self._turning(at)
            or self._nothing(at)
        )

    def _leaving_out(self, at: int) -> int:
        found = left_out_at(self._text, at)
        if found is None or not set(found[0]) <= set(self._text.shown.numbers):
            return 0
        self._left_out += found[0]
        return found[1]

    def _old_value(self, at: int) -> int:
        """`not dec 12`, `instead of 6815`: what was shown, said once more."""
        found = self._text.phrase(at, self._text.verbs.instead)
        name, end = self._shown_value(found.end) if found else ("", 0)
        if end and self._bare_at is not None and self._typed[-1].field != name:
            meant = typed_at(self._text, self._bare_at, name, self._fields)
            self._typed[-1:] = [meant] if meant else []  # 6820 instead of 6815 is no amount
            self._bare_at = None
        return end

    def _shown_value(self, at: int) -> tuple[str, int]:
        """The field whose value stands here, and where it ends; 0 when none does."""
        for name, field in self._text.shown.fields.items():
            typed = typed_at(self._text, at, name, self._fields)
            if typed and field.value in typed.readings:
                return name, typed.end
            words = tuple(word.folded for word in self._text.part(field.value).words)
            for count in range(len(words), 0, -1):
                there = tuple(word.folded for word in self._text.words[at : at + count])
                if there == words[:count]:
                    return name, at + count
        return "", 0

    def _names_old_value(self) -> bool:
        return any(self._old_value(at) for at in range(len(self._text)))

    def _field(self, at: int) -> int:
        found = self._text.phrase(at, self._fields.labels)
        known = self._text.phrase(at, self._skipped)
        if found is None or (known and known.end > found.end):
            return 0
        start = self._past(found.end)
        for name in _meant(found.phrase, self._fields):
            typed = typed_at(self._text, start, name, self._fields)
            if typed and self._fits(typed, found.phrase) and self._is_told(typed, at):
                self._typed.append(typed)
                return typed.end
        return self._named_after(found.phrase, at, found.end)

    def _split(self, at: int) -> int:
        """`6815 60 %, rest 6820` alone: it can be nothing else, of a bill."""
        figures = self._text.words[at].folded.isdecimal()
        if not figures or self._fields.main(FieldType.AMOUNT) not in self._text.shown.fields:
            return 0
        typed = typed_at(self._text, at, self._fields.book_to, self._fields)
        if typed is None or not all(map(accounts_in, typed.readings)):
            return 0
        self._typed.append(typed)
        return typed.end

    def _fits(self, typed: Typed, label: str) -> bool:
        """A bank's account is no name: only figures go from `account` to our own books."""
        into_books = self._fields.is_account_of_books(typed.field)
        if not into_books or typed.field in self._fields.called(label):
            return True
        return bool(typed.readings) and typed.readings[0].split()[0].isdecimal()

    def _is_told(self, typed: Typed, at: int) -> bool:
        """Not `the vendor says we should approve`: a name is told, or asked for."""
        if self._fields.type_of(typed.field) not in (FieldType.NAME, FieldType.TEXT):
            return True
        verbs = self._text.verbs
        if self._text.phrase(typed.end, verbs.approve | verbs.reject):
            return False
        before = frozenset({self._text.words[at - 1].folded}) if at else frozenset()
        return self._asked or not before & verbs.numbers

    def _named_after(self, label: str, at: int, end: int) -> int:
        """`Smith job`, `auf Marketing buchen`: the words just before are the value."""
        names = self._fields.called(label)
        if any(typed.field in names for typed in self._typed):
            return end
        start = at
        while start and start - 1 in self._unknown[-3:]:
            start -= 1
        kinds = (FieldType.NAME, FieldType.TEXT)
        name = next((n for n in names if self._fields.type_of(n) in kinds), "")
        if start == at or not name:
            return 0 if self._text.phrase(at, self._skipped) else self._nothing(at)
        words = self._text.words
        written = self._text.own[words[start].start : words[at - 1].end]
        self._unknown = [place for place in self._unknown if place < start]
        self._typed.append(Typed(name, (written,), end))
        return end

    def _value(self, at: int) -> int:
        """A value without its field: the total, the due date."""
        found = day_amount_at(self._text, at, self._fields)
        if found is None:
            return 0
        self._bare_at = at
        if isinstance(found, Told):
            return self._take(FieldType.DATE, tuple(d.isoformat() for d in found.days), found.end)
        if not self._asked or not (found.looks_like_money or found.readings[0] > 31):
            return 0
        return self._take_amount(found)

    def _take_amount(self, found: Amount) -> int:
        known = knows_currency(self._text, found)
        return self._take(
            FieldType.AMOUNT, tuple(map(spell, found.readings)) if known else (), found.end
        )

    def _take(self, kind: FieldType, readings: tuple[str, ...], end: int) -> int:
        name = self._fields.main(kind)
        if not self._asked or not name:
            return 0
        self._typed.append(Typed(name, readings, end))
        return end

    @property
    def _skipped(self) -> frozenset[str]:
        verbs = self._text.verbs
        asking = verbs.fillers | verbs.changes | verbs.joins | verbs.objects | verbs.greetings
        marks = frozenset({"?", "\u00bf", ":", "=", "&", ">"})
        return asking | verbs.approve | verbs.light | verbs.buts | marks

    def _known(self, at: int) -> int:
        end = self._text.courtesies(at)
        if end > at:
            return end
        found = self._text.phrase(at, self._skipped)
        turning = self._text.phrase(at, self._turns)
        if found is None or (turning and turning.end >= found.end):
            return 0
        return found.end

    def _past(self, at: int) -> int:
        """Past what may stand between a field and its value."""
        verbs = self._text.verbs
        between = verbs.fillers | verbs.changes | verbs.objects | frozenset({":", "="})
        while True:
            found = self._text.phrase(at, between)
            end = self._text.courtesies(found.end if found else at)
            if end == at:
                return at
            at = end

    @property
    def _turns(self) -> frozenset[str]:
        verbs = self._text.verbs
        return (verbs.conditions | verbs.negations | verbs.ors | verbs.reject) - verbs.buts

    def _reason(self, at: int) -> int:
        """`because they gave us a discount` changes nothing, as long as nothing turns it."""
        found = self._text.phrase(at, self._text.verbs.reasons)
        if found is None or not self._typed or self._text.holds(self._turns, found.end):
            return 0
        return len(self._text)

    def _turning(self, at: int) -> int:
        found = self._text.phrase(at, self._turns)
        if found is None:
            return 0
        if found.phrase in self._text.verbs.conditions:  # as a way to ask: "yes if you make it 900"
            self._conditional = True
        else:
            self._doubt = self._doubt or "negation"
        return found.end

    def _nothing(self, at: int) -> int:
        self._unknown.append(at)
        return at + 1
