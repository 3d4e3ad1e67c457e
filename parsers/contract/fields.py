"""What stands in a contract: extraction and routing only, no legal opinion."""

import re
from collections.abc import Iterator
from datetime import date

from mailagent.core.reading import Field, Source
from parsers.contract import amends, law, opening, parties, renewal, term
from parsers.contract.dates import lengths
from parsers.contract.names import short_names
from parsers.contract.prose import Passage, Prose
from parsers.contract.running import running, speaks

_TYPES = (
    *("non-disclosure", "confidentiality", "employment", "consulting", "distribution", "franchise"),
    *("license", "lease", "supply", "manufacturing", "maintenance", "hosting", "marketing"),
    *("outsourcing", "sponsorship", "endorsement", "reseller", "affiliate", "agency", "purchase"),
    *("joint venture", "collaboration", "cooperation", "development", "promotion", "loan"),
    *("transportation", "distributor", "amendment", "service"),
)
_AMOUNT = re.compile(
    r"(?:(?:US|C|CA|A|AU|HK)?\$|\u20ac|\u00a3|\b(?:USD|EUR|GBP|CHF|CAD|"
    r"AUD)\b)\s?\d{1,3}(?:[,.\u202f ]?\d{3})*(?:[.,]\d{1,2})?"
    r"(?:\s(?:million|billion|thousand))?(?![\d])"
)
_AMOUNTS = 12
_PAYS = re.compile(
    r"\b(?:invoic\w+|payable|payments?|pay|fees?)\b[^.;]{0,160}?\b(?:within|net|no later than|"
    r"upon|after)\b[^.;]{0,40}?\bdays?\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"/s/\s*\S|\\s\\\s*\S|\bsigned by\b|\bdocusigned\b|\belectronically signed\b", re.IGNORECASE
)
_BLANK = re.compile(r"\b(?:by|signature|signed|unterschrift)\s*:?\s*_{3,}", re.IGNORECASE)
_UNSIGNED = re.compile(r"\b(?:by|signature|signed)\s*:?\s*_{3,}|_{10,}", re.IGNORECASE)


_ANNEX = re.compile(
    r"\W*(?P<kind>exhibit|annex|schedule|appendix|attachment|anlage|anhang)\s+"
    r"[\"\u201c]?(?P<which>[A-Z]|\d{1,2})\b",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    _ANNEX.pattern.removeprefix(r"\W*") + r"[\"\u201d]?,?\s+(?:attached|annexed|appended|hereto|"
    r"which is attached|beigef\u00fcgt|ist beigef\u00fcgt)\b",
    re.IGNORECASE,
)


def fields_of(prose: Prose, language: str = "") -> dict[str, Field]:
    """What stands in a text that is known to be a contract; `language`: where it is not English."""
    fields = dict(_fields(prose))
    if speaks(language):
        fields |= dict(_abroad(prose, language))
    return fields


def _abroad(prose: Prose, language: str) -> Iterator[tuple[str, Field]]:
    found = running(prose, language)
    if found.starts:
        yield "effective_date", _read(found.starts[0].isoformat(), found.starts[1], 0.8)
    yield from _until(found.ends, found.again, found.notice)


def _fields(prose: Prose) -> Iterator[tuple[str, Field]]:
    other = None
    if name := opening.document_name(prose):
        yield "document_name", _read(name.text, name, 0.9)
        if kind := _type(name.text):
            yield (
                "document_type",
                Field(
                    value=kind,
                    confidence=0.8,
                    source=Source.DERIVED,
                    rule="named so",
                    evidence=name.evidence,
                ),
            )
        other = amends.changed(prose, name.text)
    if other:
        yield "amends", _read(other.name, other.where, 0.8)
        yield "amends_date", _read(other.day.isoformat(), other.where, 0.8)
    preamble = opening.preamble(prose)
    yield from _between(prose, preamble)
    agreed = opening.agreement_date(prose, preamble, other.day if other else None)
    starts = opening.effective_date(prose, agreed)
    if agreed:
        yield "agreement_date", _read(agreed.day.day.isoformat(), agreed.where, agreed.sure)
    if starts:
        yield "effective_date", _read(starts.day.day.isoformat(), starts.where, starts.sure)
    signed = agreed.day.day if agreed else None
    yield from _running(prose, starts.day.day if starts else None, signed)
    if governed := law.governing_law(prose):
        yield "governing_law", _read(governed[0], governed[1], 0.95)
    yield from _paying(prose)
    yield from _signatures(prose)
    yield from _annexes(prose)


def _type(name: str) -> str:
    lower = name.lower()
    return next((kind for kind in _TYPES if kind in lower), "")


def _between(prose: Prose, preamble: Passage | None) -> Iterator[tuple[str, Field]]:
    named = parties.parties(prose, preamble)
    if not named:
        return
    whole = named[0].where
    sure = 0.9 if len(named) > 1 and preamble else 0.6
    yield (
        "parties",
        Field(
            value=tuple(dict.fromkeys([*(p.name for p in named), *short_names(named)])),
            confidence=sure,
            source=Source.TEXT,
            evidence=whole.evidence,
        ),
    )
    roles = tuple(f"{p.name}: {p.role}" for p in named if p.role)
    if roles:
        yield (
            "roles",
            Field(value=roles, confidence=sure, source=Source.TEXT, evidence=whole.evidence),
        )


def _running(prose: Prose, starts: date | None, agreed: date | None) -> Iterator[tuple[str, Field]]:
    runs = term.expiration(prose, starts, agreed)
    yield from _until(runs, renewal.renewal(prose), renewal.notice(prose))


def _until(
    runs: term.Term | None, again: renewal.Clause | None, notice: renewal.Clause | None
) -> Iterator[tuple[str, Field]]:
    if runs:
        length = next((found.words for found in lengths(runs.where.text)), "")
        yield (
            "term",
            _read(
                runs.rule if runs.perpetual else length or runs.where.text[:80],
                runs.where,
                runs.sure,
            ),
        )
    if runs and runs.ends:
        yield "expiration_date", _counted(runs.ends.isoformat(), runs.where, runs.sure, runs.rule)
    if again:
        yield "renewal_term", _read(again.says, again.where, again.sure)
    if notice:
        yield "notice_to_terminate_renewal", _read(notice.says, notice.where, notice.sure)
    if (
        runs
        and runs.ends
        and notice
        and (last := renewal.last_day_for_notice(runs.ends, notice.says))
    ):
        day, rule = last
        yield (
            "last_notice_day",
            _counted(day.isoformat(), notice.where, min(runs.sure, notice.sure), rule),
        )


def _paying(prose: Prose) -> Iterator[tuple[str, Field]]:
    amounts = list(dict.fromkeys(match[0] for match in _AMOUNT.finditer(prose.text)))[:_AMOUNTS]
    if amounts:
        first = prose.text.find(amounts[0])
        where = prose.passage(first, first + len(amounts[0]))
        yield (
            "amounts",
            Field(
                value=tuple(amounts), confidence=0.9, source=Source.TEXT, evidence=where.evidence
            ),
        )
    if match := _PAYS.search(prose.text):
        sentence = prose.sentence(match.start())
        yield "payment_terms", _read(prose.text[match.start() : match.end()], sentence, 0.7)


def _signatures(prose: Prose) -> Iterator[tuple[str, Field]]:
    """Whether somebody has signed, as far as a text can tell."""
    signed, blank = _SIGNED.search(prose.text), _BLANK.search(prose.text)
    in_part = blank if signed and blank else None
    unsigned = blank or _UNSIGNED.search(prose.text)
    for found, says in ((in_part, "signed in part"), (signed, "signed"), (unsigned, "not signed")):
        if found:
            where = prose.passage(found.start(), found.end())
            yield (
                "signatures",
                Field(
                    value=says,
                    confidence=0.7,
                    source=Source.DERIVED,
                    rule="by its signature lines",
                    evidence=where.evidence,
                ),
            )
            return


def _annexes(prose: Prose) -> Iterator[tuple[str, Field]]:
    """What is said to be attached, and has no heading anywhere in the document."""
    headed = {_label(match) for line in prose.lines if (match := _ANNEX.match(line))}
    said = {_label(match): match for match in _ATTACHED.finditer(prose.text)}
    missing = {label: match for label, match in said.items() if label not in headed}
    if not missing:
        return
    first = next(iter(missing.values()))
    yield (
        "missing_annexes",
        Field(
            value=tuple(missing)[:_AMOUNTS],
            confidence=0.6,
            source=Source.DERIVED,
            rule="said to be attached, and not there",
            evidence=prose.passage(first.start(), first.end()).evidence,
        ),
    )


def _label(match: re.Match[str]) -> str:
    return f"{match['kind'].capitalize()} {match['which'].upper()}"


def _read(value: str, where: Passage, sure: float) -> Field:
    return Field(value=value, confidence=sure, source=Source.TEXT, evidence=where.evidence)


def _counted(value: str, where: Passage, sure: float, rule: str) -> Field:
    """Read where it stands so, derived where it was counted."""
    source = Source.DERIVED if rule else Source.TEXT
    return Field(value=value, confidence=sure, source=source, rule=rule, evidence=where.evidence)
