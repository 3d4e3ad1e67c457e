"""Prose of a model: a sentence for our own people, marked as such, that decides nothing.

It is shown beside what was read, never sent on by itself, and dropped where it names a number that
does not stand in the source, an address, a link, or a word that asks for a decision.
"""

from functools import partial

from mailagent.core.advice import asked_for_prose, sentence_in
from mailagent.core.case import Case
from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind, Reading
from mailagent.core.said import say
from mailagent.ports.advice import consult
from mailagent.ports.office import Office

_PAGES, _PAGE = 3, 6_000


async def drafted(office: Office, prompt: str, text: str, case: Case, **gaps: str) -> str:
    """A sentence about this text; empty where there is no model, or none to believe."""
    if office.model is None or not text.strip():
        return ""
    asked = asked_for_prose(office.prompts[prompt], text, **gaps)
    believed = partial(sentence_in, source=text)
    said, _advice = await consult(office, asked, case.document.sha256, believed, case=case.id)
    return said or ""


async def summed_up(office: Office, case: Case, content: bytes, reading: Reading) -> Reading:
    """A contract with one line on what it is about; other papers as they are."""
    if office.model is None or reading.kind is not Kind.CONTRACT or reading.sensitive:
        return reading
    try:
        pages = await office.reader.pages(content)
    except Unreadable:
        return reading
    text = "\n".join(page[:_PAGE] for page in pages[:_PAGES])
    async with office.store.begin(office.company.id) as tx:
        people = await tx.people()
    language = people[0].language if people else "en"
    line = await drafted(office, "summary", text, case, language=language)
    if not line:
        return reading
    return reading.model_copy(update={"remarks": (say("model.summary", text=line),)})
