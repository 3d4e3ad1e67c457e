"""Which kind of document this is: every kind's reader is asked, and ambiguity stops."""

from collections.abc import Sequence
from typing import Protocol

from mailagent.core.cover import BARE, Cover
from mailagent.core.errors import Unreadable
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Reading, Source
from parsers import contract, invoice, meeting, orders, paper
from parsers.opened import Opened, opened
from parsers.sensitive import guarded


class DocumentKind(Protocol):
    """What a folder of parsers exports as KIND."""

    @property
    def kinds(self) -> frozenset[Kind]:
        """What its readings can be."""

    def read(self, document: Opened) -> Reading | None:
        """What it reads in a document; None when the document is not of its kind."""


_RUNS = frozenset({"term", "governing_law", "renewal_term"})
_FOUND = 0.5  # less sure: some number in a long text
_STRUCTURED = frozenset({Source.XML, Source.CALENDAR})
KINDS: tuple[DocumentKind, ...] = (
    paper.KIND,
    invoice.KIND,
    contract.KIND,
    meeting.KIND,
    orders.KIND,
)


def read_document(
    content: bytes,
    *,
    page_text_only: bool = False,
    as_kind: Kind | None = None,
    part: int = 1,
    us: Us = NOBODY,
    cover: Cover = BARE,
    kinds: Sequence[DocumentKind] = KINDS,
) -> Reading:
    """The reading of the one kind that claims the document; `other` for none or several.

    `as_kind`: a person said what it is. `part`: of several documents in one file, the one that is
    meant; the reading says how many there are. `us`: who reads it. `cover`: the mail that
    it came in. Raises Unreadable for a damaged document.
    """
    with opened(
        content, page_text_only=page_text_only, as_kind=as_kind, part=part, us=us, cover=cover
    ) as document:
        reading = _read(document, kinds)
        return reading if as_kind else guarded(reading, document.head(), cover.file_name, us)


def _read(document: Opened, kinds: Sequence[DocumentKind]) -> Reading:
    as_kind = document.as_kind
    asked = [kind for kind in kinds if as_kind is None or as_kind in kind.kinds]
    seen = [reading for kind in asked if (reading := kind.read(document)) is not None]
    claims = seen if as_kind else _claims(seen)
    if len(claims) == 1:
        return _said(claims[0], as_kind)
    if document.damage and not claims:
        raise Unreadable(document.damage)
    return Reading(
        kind=as_kind or Kind.OTHER,
        confidence=1.0 if as_kind else 0.5,
        pages=document.pages,
        reason=_why_other(document, claims or seen),
        claims=tuple(sorted({claim.kind for claim in claims})) if len(claims) > 1 else (),
    )


def _claims(seen: Sequence[Reading]) -> list[Reading]:
    """Who says form says little: other kinds go before it. `other` is no claim at all."""
    kinds = [reading for reading in seen if reading.kind is not Kind.OTHER]
    # What programs wrote for programs is no matter of opinion.
    if structured := [reading for reading in kinds if _is_structured(reading)]:
        return structured
    kinds = _contract_first(_papers_first(kinds))
    # A letter about a paper may ask for a call as well: the paper goes first.
    return [reading for reading in kinds if reading.kind is not Kind.MEETING_REQUEST] or kinds


def _papers_first(kinds: list[Reading]) -> list[Reading]:
    """A vendor's paper has the words of a contract; but a bill that speaks of one is a bill."""
    papers = [reading for reading in kinds if "paper" in reading.fields]
    if papers and all(r.kind in invoice.FILED or r.kind is Kind.CONTRACT for r in kinds):
        return papers
    return [reading for reading in kinds if reading.kind not in invoice.FILED] or kinds


def _contract_first(kinds: list[Reading]) -> list[Reading]:
    """A bill says its number and its sum; an order form that lacks one is part of a contract."""
    contract = next((one for one in kinds if one.kind is Kind.CONTRACT), None)
    trade = [one for one in kinds if one.kind in invoice.TRADE]
    if contract is None or not trade or len(trade) + 1 < len(kinds):
        return kinds
    parties = contract.fields.get("parties")
    runs = not _RUNS.isdisjoint(contract.fields) and parties and len(parties.value) > 1
    return [contract] if runs and not any(map(_is_whole, trade)) else kinds


def _is_whole(paper: Reading) -> bool:
    total = paper.fields.get("total")
    return bool(paper.text("invoice_number") and total and total.confidence >= _FOUND)


def _is_structured(reading: Reading) -> bool:
    return any(field.source in _STRUCTURED for field in reading.fields.values())


def _said(reading: Reading, as_kind: Kind | None) -> Reading:
    """A person's word on what a document is goes before ours."""
    if as_kind is None or as_kind is reading.kind:
        return reading
    told = f"read as {as_kind.value} because a person said so; it looks like {reading.kind.value}"
    return reading.model_copy(update={"kind": as_kind, "reason": told})


def _why_other(document: Opened, claims: Sequence[Reading]) -> str:
    if len(claims) == 1:
        return claims[0].reason
    if claims:
        names = " and ".join(sorted(claim.kind.value.replace("_", " ") for claim in claims))
        return f"it looks like {names} alike"
    return f"nothing known was recognised in it ({document.media_type})"
