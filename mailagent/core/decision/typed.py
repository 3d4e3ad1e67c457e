"""What is typed for a field, in the one spelling that values have."""

from datetime import date, datetime
from typing import NamedTuple

from mailagent.core.decision.amounts import Amount, account, amount_at, currencies_of, spell
from mailagent.core.decision.calendar import a_date
from mailagent.core.decision.days import Frame, Told, day_at
from mailagent.core.decision.fields import Fields
from mailagent.core.decision.splits import split_at
from mailagent.core.decision.text import Text
from mailagent.core.decision.types import FieldType
from mailagent.core.wording import words_of

_LONGEST_NAME = 5  # words that are typed freely; on a line of its own a value may be longer
_LONGEST_VALUE = 500  # characters
_LONGEST_ACCOUNT = 12  # words


class Typed(NamedTuple):
    """A value for a field: one reading, two where nobody can tell, none where it is no such."""

    field: str
    readings: tuple[str, ...]
    end: int


def typed_at(text: Text, at: int, field: str, fields: Fields) -> Typed | None:
    """The value for a field that stands here among other words; None where none does."""
    kind = fields.type_of(field)
    if fields.is_account_of_books(field) and (split := split_at(text, at)):
        return Typed(field, split.readings, split.end)
    if kind is FieldType.AMOUNT:
        return _amount(text, at, field)
    if kind is FieldType.DATE:
        told = day_at(text, at, frame_of(text, field, fields))
        return told and Typed(field, tuple(d.isoformat() for d in told.days), told.end)
    if kind is FieldType.ACCOUNT:
        return _account(text, at, field)
    if kind is FieldType.NUMBER:
        return _numbered(text, at, field)
    return _named(text, at, field, fields)


def typed_whole(text: Text, field: str, fields: Fields) -> tuple[str, ...]:
    """The readings of a whole line as the value for a field."""
    kind = fields.type_of(field)
    if fields.is_account_of_books(field) and (split := split_at(text, 0)):
        return split.readings if split.end == len(text) else ()
    if kind in (FieldType.NAME, FieldType.TEXT):
        value = text.own.strip()
        return (value,) if len(value) <= _LONGEST_VALUE else ()
    at = _past(text, 0)
    found = typed_at(text, at, field, fields)
    if found is None or _past(text, found.end) < len(text):
        return ()
    return found.readings


def day_amount_at(text: Text, at: int, fields: Fields) -> Told | Amount | None:
    """A value that says by itself what it is."""
    frame = frame_of(text, fields.main(FieldType.DATE), fields)
    told = day_at(text, at, frame and frame._replace(bare=False))
    return told or amount_at(text, at)


def frame_of(text: Text, field: str, fields: Fields) -> Frame | None:
    """From where the days of a field are counted; None when nobody knows what day it is."""
    now = now_of(text)
    if now is None:
        return None
    return Frame(
        now=now,
        locale=text.shown.locale,
        near=_date(fields.value_of(field)),
        past=fields.is_past(field),
        bare=True,
    )


def now_of(text: Text) -> datetime | None:
    """When it was written, by the person's own clock."""
    at = text.shown.now or text.shown.sent_at
    return at and at.astimezone(text.shown.zone)


def knows_currency(text: Text, amount: Amount) -> bool:
    """Whether the currency that was written is the one that was shown."""
    said = text.shown.fields.get("currency")
    there = currencies_of(tuple(word.folded for word in words_of(text.shown.text[:20_000])))
    known = frozenset({said.value}) if said else there
    return not amount.currency or not known or amount.currency in known


def _date(value: str) -> date | None:
    parts = value.split("-")
    return a_date(*map(int, parts)) if len(parts) == 3 and all(map(str.isdecimal, parts)) else None


def _amount(text: Text, at: int, field: str) -> Typed | None:
    found = amount_at(text, at)
    if found is None:
        return None
    readings = tuple(map(spell, found.readings)) if knows_currency(text, found) else ()
    return Typed(field, readings, found.end)


def _account(text: Text, at: int, field: str) -> Typed | None:
    for end in range(min(len(text), at + _LONGEST_ACCOUNT), at, -1):
        iban = account(text.own[text.words[at].start : text.words[end - 1].end])
        if iban:
            return Typed(field, (iban,), end)
    return None


def _numbered(text: Text, at: int, field: str) -> Typed | None:
    """One word with a digit in it, up to the next blank."""
    if at >= len(text):
        return None
    start = text.words[at].start
    written = text.own[start:].split(maxsplit=1)[0].rstrip(".,;:!?)\"'")
    if not any(character.isdigit() for character in written):
        return None
    end = at
    while end < len(text) and text.words[end].start < start + len(written):
        end += 1
    return Typed(field, (written,), end)


def _named(text: Text, at: int, field: str, fields: Fields) -> Typed | None:
    """A few words up to whatever ends a name: a comma, a line, a courtesy, another wish."""
    end = at
    while end < min(len(text), at + _LONGEST_NAME) and not _ends_name(text, at, end, fields):
        end += 1
    if end == at:
        return None
    written = text.own[text.words[at].start : text.words[end - 1].end]
    return Typed(field, (written,), end)


def _ends_name(text: Text, start: int, at: int, fields: Fields) -> bool:
    verbs = text.verbs
    stops = verbs.changes | verbs.conditions | verbs.buts | verbs.ors | frozenset({"?", ":"})
    if at == start:
        return bool(text.phrase(at, stops | verbs.negations | verbs.courtesies))
    if any(mark in text.gap(at) for mark in "\n,;.!()"):
        return True
    stops |= verbs.instead | verbs.joins | verbs.courtesies | verbs.reasons
    return bool(text.phrase(at, stops | fields.labels)) or text.courtesies(at) > at


def _past(text: Text, at: int) -> int:
    """Past courtesies and what may stand around a value."""
    around = text.verbs.fillers | text.verbs.changes | frozenset({"="})
    while True:
        found = text.phrase(at, around)
        end = text.courtesies(found.end if found else at)
        if end == at:
            return at
        at = end
