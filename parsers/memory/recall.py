"""A document and the lessons of its vendor: what they teach, and what they read."""

from collections.abc import Mapping, Sequence
from datetime import date

from mailagent.core.lesson import Lesson, PagePlace, newest
from mailagent.core.reading import Field, Reading, Source
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.terms import terms_of
from parsers.invoice.rechecked import rechecked
from parsers.memory.place import Found, find, learn
from parsers.opened import Opened, opened
from parsers.text.grid import text_words

_STALE = 0.5  # of a day that was counted from another one
_SEEN_BADLY = 0.85  # the most that is said of what was read in a picture


def places(
    content: bytes, wanted: Mapping[str, str], before: Reading, *, marks: Sequence[str], part: int
) -> tuple[PagePlace, ...]:
    """Where corrected values stand; what XML says has no place to learn."""
    with opened(content, part=part) as document:
        if document.xml:
            return ()
        sheet, _ = _sheet(document)
    found = (
        learn(sheet, field, value, marks=marks, instead_of=before.text(field))
        for field, value in wanted.items()
    )
    return tuple(place for place in found if place is not None)


def recall(content: bytes, reading: Reading, lessons: Sequence[Lesson], *, part: int) -> Reading:
    """The reading with what lessons read on this very page, each value citing its lesson."""
    with opened(content, part=part) as document:
        if document.xml:
            return reading
        sheet, source = _sheet(document)
    taught = {}
    for lesson in newest(lessons):
        if lesson.place is None or lesson.field in taught:
            continue
        found = find(sheet, lesson.place)
        if found is not None and _may_say(lesson.place, found, reading):
            taught[lesson.field] = _field(found, lesson, source)
    return _with(reading, taught, sheet) if taught else reading


def _sheet(document: Opened) -> tuple[Sheet, Source]:
    if document.plain:
        return Sheet(text_words(document.plain)), Source.TEXT
    seen = document.seen()
    return Sheet(seen.words), seen.source


def _may_say(place: PagePlace, found: Found, reading: Reading) -> bool:
    """What was read alike and as surely stays as it is.

    An account only takes the place of none, or of the very one that was wrong before: whatever
    else was read may be a changed account, which nobody may miss.
    """
    now = reading.fields.get(place.field)
    if now is None:
        return True
    if place.field == "iban" and now.value not in (found.value, place.instead_of):
        return False
    return now.value != found.value or now.confidence < found.confidence


def _field(found: Found, lesson: Lesson, source: Source) -> Field:
    sure = found.confidence if source is Source.TEXT else min(found.confidence, _SEEN_BADLY)
    return Field(
        value=found.value,
        confidence=sure,
        source=Source.MEMORY,
        evidence=found.spot.evidence(),
        rule=lesson.citation,
    )


def _with(reading: Reading, taught: Mapping[str, Field], sheet: Sheet) -> Reading:
    """What was counted from a value that is another one now is counted anew, or drops out."""
    changed = frozenset(n for n, field in taught.items() if reading.text(n) != field.value)
    fields = {**reading.fields, **taught}
    if "total" in changed:
        fields.pop("payable", None)
    due = fields.get("due_date")
    if "issue_date" in changed and due is not None and due.source is Source.DERIVED:
        fields["due_date"] = _counted(due, fields["issue_date"], sheet)
    made = reading.model_copy(update={"fields": fields})
    return made.model_copy(update={"checks": rechecked(made, changed)})


def _counted(due: Field, issued: Field, sheet: Sheet) -> Field:
    terms = terms_of(sheet)
    if terms is None or not isinstance(issued.value, str):
        return due.model_copy(update={"confidence": min(due.confidence, _STALE)})
    day = date.fromisoformat(issued.value)
    told = {"value": terms.due(day).isoformat(), "rule": terms.rule(day)}
    return due.model_copy(update=told)
