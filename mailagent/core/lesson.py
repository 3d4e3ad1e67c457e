"""What a correction teaches: where a value stands on one vendor's pages, or how it is booked.

A lesson cites the mails that taught it, is shown wherever it is used, and can be forgotten. What
it makes of a page is read from that page: it never brings a value along.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from mailagent.core.audit import Entry
from mailagent.core.reading import Evidence, Field, Reading, Source
from mailagent.core.said import Said, say
from mailagent.core.value import Value
from mailagent.core.vendor import letters_of, plain, vendor_keys

# What is booked as it was the last time the owner said so; everything else has to be on the page.
PREFERENCES = ("book_to", "project", "folder")


class Taught(Value):
    """The mails that taught it: the document's, and the reply that corrected it."""

    case: int
    ref: str
    person: str
    words: str  # the correction, as it was written
    document: str  # hash of the mail that brought the document
    reply: str = ""  # and of the one that corrected it
    at: datetime


class PagePlace(Value):
    """Where a value stands on the pages of one layout."""

    field: str
    marks: tuple[str, ...]  # what names the vendor on its pages: all of it has to be there
    layout: tuple[str, ...]  # words that such a page shows, each with the stripe it stands in
    beside: str = ""  # the letters of the label left of it
    above: str = ""  # and of the heading over it
    which: int = 1  # of so many with the same label, from the top
    of: int = 1
    page: int = 1
    x0: float = 0
    x1: float = 0
    top: float = 0
    shape: str  # how it is printed: its letters and digits in classes
    month_first: bool | None = None  # of a day that can be two
    decimal: str = ""  # of an amount that can be two
    instead_of: str = ""  # what had been read in its place
    others: "tuple[PagePlace, ...]" = ()  # where the same stood as well: they have to agree


class Lesson(Value):
    """One thing learned. A place, or where that is None a preference."""

    id: int = 0
    vendor: str
    keys: tuple[str, ...]  # what the vendor was called when it was read, and by its owner
    field: str
    place: PagePlace | None = None
    value: str = ""  # of a preference
    taught: Taught

    @property
    def citation(self) -> str:
        """As a value carries it: number, case, day."""
        return f"{self.id} {self.taught.ref} {self.taught.at.date().isoformat()}"


def cited(rule: str) -> tuple[str, str, str]:
    """Number, case and day out of a citation."""
    number, ref, day = rule.split(" ")
    return number, ref, day


def keys_of(reading: Reading, domain: str = "") -> tuple[str, ...]:
    """All that lessons of this vendor may be found by, also where its name was not read.

    Whether one applies is said by the page itself (`PagePlace.marks`).
    """
    name, account = reading.text("seller_name"), letters_of(reading.text("iban"))
    named = vendor_keys(name, reading.text("seller_vat")) if name else ()
    others = (("account", account), ("sender", domain))
    return (*named, *(f"{kind}:{key}" for kind, key in others if key))


def newest(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """The last word on each preference and on each place of each layout."""
    last: dict[tuple[str, ...], Lesson] = {}
    for lesson in sorted(lessons, key=lambda one: one.id, reverse=True):
        layout = lesson.place.layout if lesson.place else ()
        last.setdefault((lesson.field, *layout), lesson)
    return tuple(last.values())


def preferences(lessons: Iterable[Lesson]) -> dict[str, Lesson]:
    """How this vendor's bills are booked, by what is preferred."""
    return {lesson.field: lesson for lesson in newest(lessons) if lesson.place is None}


def as_preferred(reading: Reading, lessons: Iterable[Lesson]) -> Reading:
    """The reading with how its vendor's bills are booked; what its owner says now goes before."""
    fields = {
        lesson.field: Field(
            value=lesson.value,
            confidence=1,
            source=Source.MEMORY,
            evidence=Evidence(quote=lesson.taught.words or lesson.value),
            rule=lesson.citation,
        )
        for lesson in lessons
        if lesson.place is None and not reading.text(lesson.field)
    }
    return (
        reading.model_copy(update={"fields": {**reading.fields, **fields}}) if fields else reading
    )


def listed(lessons: Iterable[Lesson]) -> tuple[tuple[str, Said], ...]:
    """A line for each: its number, what it says, and which case taught it on which day."""
    return tuple((f"{lesson.id}  {lesson.vendor}", _told(lesson)) for lesson in lessons)


def _told(lesson: Lesson) -> Said:
    key = "lesson.place" if lesson.place else "lesson.preference"
    told = {"field": lesson.field, "value": lesson.value, "words": lesson.taught.words}
    return say(key, **told, ref=lesson.taught.ref, day=lesson.taught.at.date())


def forgotten(gone: Iterable[Lesson], actor: str, **why: str) -> Entry:
    """What the audit log keeps of it."""
    said = {str(lesson.id): f"{lesson.vendor}: {lesson.field}" for lesson in gone}
    return Entry(actor=actor, what="lesson.forgotten", details={"lessons": said, **why})


def meant(
    words: str, lessons: Sequence[Lesson], fields: Sequence[tuple[str, str]]
) -> tuple[Lesson, ...]:
    """The lessons that these words name: by number, by vendor, by vendor and field.

    `fields` are what a field may be called, each with its name.
    """
    asked = words.strip().lower().removeprefix("lesson").removeprefix("#").strip()
    if asked.isdecimal():
        return tuple(lesson for lesson in lessons if lesson.id == int(asked))
    said = plain(asked)
    return tuple(lesson for lesson in lessons if said and _is_meant(said, lesson, fields))


def _is_meant(said: str, lesson: Lesson, fields: Sequence[tuple[str, str]]) -> bool:
    vendor = plain(lesson.vendor)
    if said == vendor or f" {vendor} ".startswith(f" {said} "):
        return True
    called = {plain(name) for name, field in fields if field == lesson.field}
    return any(
        said in (f"{part} {name}", f"{name} {part}")
        for name in called | {plain(lesson.field)}
        for part in _beginnings(vendor)
    )


def _beginnings(vendor: str) -> list[str]:
    """`nordlicht hosting` may be called `nordlicht`."""
    words = vendor.split()
    return [" ".join(words[: n + 1]) for n in range(len(words))]
