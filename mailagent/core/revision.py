"""What an owner changed: edits in their own words, each in one spelling, put over what was read."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from mailagent.core.reading import Evidence, Field, Reading, Source
from mailagent.core.said import Said
from mailagent.core.value import Value

_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ADDRESS = re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}")
_LONGEST = 100
_LONGEST_TEXT = 2000


class Edit(Value):
    """One field, and what it is to say."""

    field: str
    value: str  # in its one spelling
    before: str = ""  # what had been shown; empty: nothing


class Heard(StrEnum):
    """What became of the words above a document."""

    CHANGED = "changed"  # as the edits say
    NOT_UNDERSTOOD = "not_understood"
    TOO_EARLY = "too_early"  # a decision about what was not shown yet
    UNPROVED = "unproved"  # nobody knows who wrote them


class Above(Value):
    """The words above a document, as they came in."""

    person: str  # in whose name
    words: str
    html: str | None = None  # the HTML part's version of them
    at: datetime | None = None
    unproved: str = ""  # why; empty: they are really this person's


class Revision(Value):
    """All that one reply changed; it makes the version of this number."""

    case: int
    version: int
    person: str
    words: str  # their own, as evidence
    by: str = ""  # hash of the mail that they stand in
    edits: tuple[Edit, ...] = ()
    left_out: tuple[str, ...] = ()  # capabilities of the actions that are to go
    why: tuple[Said, ...] = ()  # another version is shown though nothing was changed
    above: Heard | None = None  # typed above the document itself, before anything was shown


def revised(reading: Reading, revisions: Sequence[Revision]) -> Reading:
    """The reading with the edits put over it, the last word last."""
    changed = {
        edit.field: Field(
            value=edit.value,
            confidence=1,
            source=Source.OWNER,
            evidence=Evidence(quote=revision.words[:500] or edit.value),
        )
        for revision in revisions
        for edit in revision.edits
    }
    return reading.model_copy(update={"fields": reading.fields | changed}) if changed else reading


# -- one spelling for each type; what it cannot be raises ValueError with the reason


def amount(text: str) -> str:
    """A decimal string."""
    if not _AMOUNT.fullmatch(text.strip()):
        raise ValueError("is no amount")
    try:
        return f"{Decimal(text.strip()):f}"
    except InvalidOperation:
        raise ValueError("is no amount") from None


def day(text: str) -> str:
    """An ISO date."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError("is no date") from None


def account(text: str) -> str:
    """An IBAN that adds up."""
    letters = re.sub(r"[\s-]", "", text).upper()
    if not _IBAN.fullmatch(letters):
        raise ValueError("is no IBAN")
    if int("".join(str(int(c, 36)) for c in letters[4:] + letters[:4])) % 97 != 1:
        raise ValueError("is no IBAN: its check digits do not add up")
    return letters


def currency(text: str) -> str:
    """Three letters."""
    letters = text.strip().upper()
    if not _CURRENCY.fullmatch(letters):
        raise ValueError("is no currency")
    return letters


def words(text: str) -> str:
    """A line of text."""
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        raise ValueError("is empty or too long")
    return line


def folder(text: str) -> str:
    """Folders from the top, parted by slashes; none that leads out of them."""
    parts = [" ".join(part.split()) for part in text.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(". ")]
    if not kept or len("/".join(kept)) > _LONGEST:
        raise ValueError("is no folder")
    return "/".join(kept)


def sentences(text: str) -> str:
    """What may take more than a line."""
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not said or len(said) > _LONGEST_TEXT:
        raise ValueError("is empty or too long")
    return said


def address(text: str) -> str:
    """One plain mail address."""
    found = text.strip().strip("<>").removeprefix("mailto:").lower()
    if not _ADDRESS.fullmatch(found):
        raise ValueError("is no mail address")
    return found
