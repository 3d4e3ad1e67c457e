"""What a model makes of a document that our own readers are in doubt about."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from mailagent.core.advice import (
    POINTED,
    Advice,
    Pointed,
    asked_for_fields,
    doubts,
    is_verbatim,
    pages_for,
    pointed_at,
)
from mailagent.core.audit import Entry
from mailagent.core.case import Case
from mailagent.core.errors import Unreadable
from mailagent.core.reading import Check, Field, Reading
from mailagent.core.said import say
from mailagent.ports.advice import consult
from mailagent.ports.office import Office
from parsers.pointed import field_at

_PROMPT = "fields"


async def less_doubted(office: Office, case: Case, content: bytes, reading: Reading) -> Reading:
    """The reading with what a model found on the page; as it was, where none helps."""
    names = doubts(reading)
    if office.model is None or not names:
        return reading
    try:
        pages = await office.reader.pages(content)
    except Unreadable:
        return reading
    shown = pages_for(reading.kind, pages)
    if not any(page.strip() for page in shown.values()):
        return reading
    asked = asked_for_fields(office.prompts[_PROMPT], reading, shown)
    document, believed = case.document.sha256, partial(_places, names)
    places, advice = await consult(office, asked, document, believed, case=case.id)
    if places is None:
        return _without_help(reading, advice)
    found = _grounded(places, shown, pages)
    await _note(office, case, len(places), sorted(found))
    return reading.model_copy(update={"fields": {**reading.fields, **found}})


def _places(names: tuple[str, ...], said: Mapping[str, Any]) -> dict[str, Pointed]:
    return pointed_at(said, names)


def _grounded(
    places: Mapping[str, Pointed], shown: Mapping[int, str], pages: tuple[str, ...]
) -> dict[str, Field]:
    """Only words that stand on a page that was shown, and that our own readers can read."""
    made = {
        name: field_at(name, place.quote, place.page, pages, POINTED)
        for name, place in places.items()
        if is_verbatim(place.quote, shown.get(place.page, ""))
    }
    return {name: field for name, field in made.items() if field is not None}


def _without_help(reading: Reading, advice: Advice) -> Reading:
    told = Check(name="model_answered", ok=True, why=say(f"model.{advice.silent}"))
    return reading.model_copy(update={"checks": (*reading.checks, told)})


async def _note(office: Office, case: Case, said: int, found: list[str]) -> None:
    """What was dropped is counted: it stood on no page, or could not be read."""
    details = {"fields": found, "dropped": said - len(found)}
    async with office.store.begin(office.company.id) as tx:
        await tx.audit(Entry(actor="agent", what="model.read", case=case.id, details=details))
