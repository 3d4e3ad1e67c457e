"""What two kinds claim: a model may say which it is; its owner sees that a model said it."""

from collections.abc import Callable, Mapping
from typing import Any

from mailagent.core.advice import POINTED, asked_for_kind, is_verbatim, kind_in
from mailagent.core.case import Case
from mailagent.core.cover import Cover
from mailagent.core.document import Origin
from mailagent.core.errors import Unreadable
from mailagent.core.reading import KIND_BY_MODEL, Check, Kind, Reading
from mailagent.core.said import say
from mailagent.core.triage import Look
from mailagent.ports.advice import consult
from mailagent.ports.office import Office

_PROMPT = "kind"
_MOST = 6_000  # characters that are shown


async def less_disputed(
    office: Office, case: Case, content: bytes, reading: Reading, look: Look, cover: Cover
) -> Reading:
    """The reading of the kind that a model chose; as it was, where none helps."""
    claims = _claims(case, reading, look)
    if office.model is None or len(claims) < 2 or reading.sensitive:
        return reading
    try:
        text = "\n".join(await office.reader.pages(content))[:_MOST]
    except Unreadable:
        return reading
    if not text.strip():
        return reading
    asked = asked_for_kind(office.prompts[_PROMPT], claims, text)
    believed = _chosen(claims, text)
    kind, advice = await consult(office, asked, case.document.sha256, believed, case=case.id)
    if kind is None:
        silent = Check(name="model_answered", ok=True, why=say(f"model.{advice.silent}"))
        return reading.model_copy(update={"checks": (*reading.checks, silent)})
    if kind is Kind.OTHER:
        return reading
    return _told(await _read_as(office, case, content, reading, cover, kind), kind, claims)


def _claims(case: Case, reading: Reading, look: Look) -> tuple[Kind, ...]:
    """The kinds that claim it: by its readers, or of a mail without one by its words."""
    if reading.claims or case.document.origin is not Origin.BODY or look.is_sure:
        return reading.claims
    return (look.kind, *look.rivals) if reading.kind in (Kind.OTHER, look.kind) else ()


def _chosen(claims: tuple[Kind, ...], text: str) -> Callable[[Mapping[str, Any]], Kind]:
    """Only one of the claims, and only with words that stand there."""

    def believed(said: Mapping[str, Any]) -> Kind:
        kind = kind_in(said, claims)
        if kind is not Kind.OTHER and not is_verbatim(str(said.get("quote", "")), text):
            raise ValueError("it shows words that do not stand there")
        return kind

    return believed


async def _read_as(
    office: Office, case: Case, content: bytes, reading: Reading, cover: Cover, kind: Kind
) -> Reading:
    if not reading.claims:  # a mail's own words: nothing else is to be read in them
        return reading
    us = office.company.us
    try:
        return await office.reader.read(content, case.document, us=us, cover=cover, as_kind=kind)
    except Unreadable:
        return reading


def _told(reading: Reading, kind: Kind, claims: tuple[Kind, ...]) -> Reading:
    """Doubtful, and it says so: it is never carried out with the rest."""
    names = " / ".join(sorted(one.value.replace("_", " ") for one in claims))
    doubt = Check(name=KIND_BY_MODEL, ok=False, why=say("why.kind_by_model", claims=names))
    said = {"kind": kind, "confidence": POINTED, "reason": f"a model chose, of {names}"}
    return reading.model_copy(update={**said, "checks": (*reading.checks, doubt)})
