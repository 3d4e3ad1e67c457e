"""Prose of a model: a sentence for our own people, marked as such, that decides nothing.

It is shown beside what was read, never sent on by itself, and dropped where it names a number that
does not stand in the source, an address, a link, or a word that asks for a decision.
"""

from functools import partial

from mailagent.core.advice import asked_for_prose, sentence_in
from mailagent.core.case import Case
from mailagent.core.digest import Digest
from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind, Reading
from mailagent.core.said import say
from mailagent.core.week import in_counts
from mailagent.ports.advice import consult
from mailagent.ports.office import Office

_PAGES, _PAGE = 3, 6_000


async def drafted(office: Office, prompt: str, text: str, case: Case, **gaps: str) -> str:
    """A sentence about this text; empty where there is no model, or none to believe."""
    return await _told(office, prompt, text, case.document.sha256, case.id, **gaps)


async def _told(
    office: Office, prompt: str, text: str, document: str, case: int | None, **gaps: str
) -> str:
    if office.model is None or not text.strip():
        return ""
    asked = asked_for_prose(office.prompts[prompt], text, **gaps)
    believed = partial(sentence_in, source=text)
    said, _advice = await consult(office, asked, document, believed, case=case)
    return said or ""


async def week_in_words(office: Office, week: Digest, language: str) -> Digest:
    """The week with what a model says of its counts, where that is wanted; else as it is."""
    if not office.model_rules.digest:
        return week
    document = f"digest/{week.week.isoformat()}"
    line = await _told(office, "digest", in_counts(week), document, None, language=language)
    return week.model_copy(update={"prose": say("model.week", text=line)}) if line else week


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
