"""Values of a picture of a page: where they lie in the file, and how sure their letters are."""

from collections.abc import Mapping

from mailagent.core.reading import Field, Source
from parsers.text.scan import Seen
from parsers.values.accounts import iban_at

_SUMS = frozenset({"total", "net", "tax", "payable"})
# What a value was made of, besides its own words: it is no surer than that.
_MADE_OF = {
    "due_date": "issue_date",
    "discount_until": "issue_date",
    "net": "total",
    "tax": "total",
}
_COUNTS = 0.6  # of the doubt of the least certain letter: most of such letters are right


def placed(
    fields: Mapping[str, Field], seen: Seen, before: int = 0, *, adds_up: bool = False
) -> dict[str, Field]:
    """The fields of a paper that begins after so many pages of its file.

    `adds_up`: its sums prove each other, whatever their letters look like.
    """
    proved = _SUMS if adds_up else frozenset[str]()
    moved = {name: _moved(name, field, seen, before, proved) for name, field in fields.items()}
    return {name: _no_surer(name, field, moved, seen) for name, field in moved.items()}


def _moved(name: str, field: Field, seen: Seen, before: int, proved: frozenset[str]) -> Field:
    evidence = field.evidence
    if evidence is None or evidence.box is None or evidence.page is None:
        return field
    page, is_picture = evidence.page + before, seen.source is Source.OCR
    box = seen.place(evidence.box, page) if is_picture else evidence.box
    moved = evidence.model_copy(update={"box": box, "page": page})
    if not is_picture or name in proved or _has_check_digits(name, field):
        return field.model_copy(update={"evidence": moved})
    doubt = _COUNTS * (1 - seen.sure(evidence.box, page))
    sure = round(field.confidence * (1 - doubt), 4)
    return field.model_copy(update={"evidence": moved, "confidence": sure})


def _has_check_digits(name: str, field: Field) -> bool:
    """An account whose digits add up was read rightly."""
    return name == "iban" and isinstance(field.value, str) and bool(iban_at(field.value)[0])


def _no_surer(name: str, field: Field, fields: Mapping[str, Field], seen: Seen) -> Field:
    source = fields.get(_MADE_OF.get(name, ""))
    if seen.source is not Source.OCR or source is None or field.source is not Source.DERIVED:
        return field
    return field.model_copy(update={"confidence": min(field.confidence, source.confidence)})
