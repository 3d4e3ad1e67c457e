"""A document without XML as the reading of an invoice."""

from mailagent.core.reading import Reading
from parsers.invoice.page.kind import kind_of_page
from parsers.invoice.page.reader import read_words
from parsers.invoice.sound import value_checks
from parsers.opened import Opened


def read_page(document: Opened) -> Reading | None:
    """What its pages say; None for what is no invoice."""
    words = [word for page in document.texts() for word in page.words]
    if not words:
        return None
    page = read_words(words)
    told = kind_of_page(page)
    if told is None:
        return None
    kind, confidence, reason = told
    reading = Reading(
        kind=kind,
        confidence=confidence,
        fields=page.fields,
        pages=document.pages,
        reason=reason,
    )
    return reading.model_copy(update={"checks": value_checks(reading)})
