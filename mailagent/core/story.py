"""One case's story, told from the audit log alone.

In the log's own words: names, codes, numbers and hashes. What is personal is there where its words
still lie beside the chain; where they were taken away, the hash that sealed them is told instead.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from mailagent.core.audit import AuditEntry
from mailagent.core.value import Value

_SHORT = 12  # digits of a hash
_LONGEST = 300


class Section(StrEnum):
    """What a line tells of, in the order in which it is told."""

    TRIGGER = "trigger"
    SOURCES = "sources"
    READ = "read"
    VERSIONS = "versions"
    TOOLS = "tools"
    PROPOSAL = "proposal"
    CHECKS = "checks"
    RULES = "rules"
    WAITED = "waited"
    GATES = "gates"
    DECISION = "decision"
    EVIDENCE = "evidence"
    EFFECTS = "effects"
    TROUBLE = "trouble"


class Line(Value):
    """Something that one entry tells."""

    section: Section
    seq: int
    at: datetime
    text: str


Told = Iterator[tuple[Section, str]]


def story(entries: Sequence[AuditEntry]) -> tuple[Line, ...]:
    """All that these entries tell, section by section, each in the order of the log."""
    lines = [
        Line(section=section, seq=entry.seq, at=entry.at, text=text)
        for entry in entries
        for section, text in _told(entry)
        if text
    ]
    order = list(Section)
    return tuple(sorted(lines, key=lambda one: (order.index(one.section), one.seq)))


def in_short(lines: Sequence[Line]) -> tuple[tuple[Section, str], ...]:
    """A line for each section; what was said twice is said once."""
    found: dict[Section, dict[str, None]] = {}
    for line in lines:
        found.setdefault(line.section, {})[line.text] = None
    return tuple((section, "; ".join(texts)[:_LONGEST]) for section, texts in found.items())


def replies(entries: Sequence[AuditEntry]) -> dict[str, int]:
    """The contents of replies that these entries rest on, and the entry that names each; those of
    which the decision itself is among them are left out.
    """
    heard = {entry.details.get("content") for entry in entries if _kind(entry) == "decision"}
    named = {entry.details.get("by"): entry.seq for entry in entries}
    return {by: seq for by, seq in named.items() if isinstance(by, str) and by and by not in heard}


def _kind(entry: AuditEntry) -> str:
    return entry.what.partition(".")[0]


def _told(entry: AuditEntry) -> Told:
    tell = _ENTRIES.get(entry.what) or _KINDS.get(_kind(entry))
    if tell is not None:
        yield from tell(entry)
    elif entry.what.endswith(".failed"):
        last = _word(entry.details, "trace").strip().rpartition("\n")[2]
        yield Section.TROUBLE, f"{entry.what}: {last}"[:_LONGEST]


def _received(entry: AuditEntry) -> Told:
    said = entry.details
    by = f"mail {_short(said['mail'])}" if said.get("mail") else f"message {said.get('message')}"
    yield Section.TRIGGER, f"{by}, {said['mailbox']}" if said.get("mailbox") else by
    yield Section.SOURCES, f"document {_short(said.get('document'))}"


def _read(entry: AuditEntry) -> Told:
    said = entry.details
    how = Counter(said.get("fields", {}).values())
    values = ", ".join(f"{n} {source}" for source, n in sorted(how.items()))
    sure = f" {said['confidence']:.0%}" if "confidence" in said else ""
    task = f"{said.get('kind', '')}{sure}, for {said.get('task', '')}"
    yield Section.READ, f"{task}: values from {values}" if values else task


def _proposed(entry: AuditEntry) -> Told:
    said = entry.details
    version = f"v{said.get('version', '?')}"
    yield Section.SOURCES, ", ".join(f"file {_short(one)}" for one in said.get("sources", ()))
    named = ", ".join(f"{name} {one}" for name, one in said.get("versions", {}).items())
    yield Section.VERSIONS, f"{version}: {named}" if named else ""
    asked = ", ".join(said.get("asked", ()))
    yield Section.TOOLS, f"asked {asked}" if asked else ""
    parts = [", ".join(said.get("capabilities", ())), *said.get("money", ())]
    title = _word(said, "title")
    shown = "; ".join(part for part in (title, *parts, f"digest {_short(said.get('digest'))}"))
    yield Section.PROPOSAL, f"{version}: {shown}"
    failed, checks = said.get("failed", ()), said.get("checks", ())
    passed = f"{len(checks) - len(failed)} of {len(checks)} passed"
    yield Section.CHECKS, f"{version}: {passed}" + (f", not {', '.join(failed)}" if failed else "")
    verdict = str(said.get("verdict", "")).replace("_", " ")
    row = f", covered by {said['standing']}" if said.get("standing") else ""
    hit = ", ".join(said.get("rules", ())) or "none"
    yield Section.RULES, f"{version}: {verdict}, hit {hit}{row}"


def _changed(entry: AuditEntry) -> Told:
    names = entry.details.get("changed") or _word(entry.details, "edits")
    spelled = ", ".join(names) if isinstance(names, list | tuple | dict) else str(names)
    yield Section.PROPOSAL, f"{entry.actor} changed {spelled}" if spelled else ""


def _decision(entry: AuditEntry) -> Told:
    said = entry.details
    gates: Mapping[str, str] = said.get("gates", {})
    refused = [f"{gate} {why}" for gate, why in gates.items() if why != "pass"]
    yield Section.GATES, "; ".join(refused) if refused else f"all {len(gates)} pass"
    came = entry.what.partition(".")[2].replace("_", " ")
    yield Section.DECISION, f"{entry.actor}: {said.get('says', '')} -> {came}"
    yield Section.EVIDENCE, f"reply {_short(said.get('content'))}"
    for one in said.get("signatures", ()):
        valid = "valid" if one.get("valid") else f"not valid ({one.get('why', '')})"
        by = f"{one.get('algorithm')} by {one.get('selector')}._domainkey.{one.get('domain')}"
        yield Section.EVIDENCE, f"{by}, {valid}; its key: {one.get('key_record')}"


def _by_itself(entry: AuditEntry) -> Told:
    said = entry.details
    given = f"{said.get('row')}, given by {said.get('given_by')} in {said.get('given_in')}"
    shown = f"shown {said.get('shown_at')}, digest {_short(said.get('digest'))}"
    yield Section.DECISION, f"went ahead under {given}; {shown}"


def _word_of(entry: AuditEntry) -> Told:
    """What a person's word made of the case; the decision itself is an entry of its own."""
    reason = _word(entry.details, "reason")
    more = f": {reason}" if reason else ""
    yield Section.DECISION, f"{entry.actor}: {entry.what.partition('.')[2]}{more}"


def _item(entry: AuditEntry) -> Told:
    said = entry.details
    came = entry.what.partition(".")[2].replace("_", " ")
    where = f"number {said.get('number')} of {said.get('brief')}"
    yield Section.DECISION, f"{entry.actor}: {where}, {came}"


def _effect(entry: AuditEntry) -> Told:
    said, state = entry.details, entry.what.partition(".")[2]
    made = _word(said, "made") or said.get("reference")
    came = f"{state} {made}" if made else state
    yield Section.EFFECTS, f"{said.get('capability')} {came}, key {_short(said.get('key'))}"
    if state in ("failed", "unknown"):
        yield Section.TROUBLE, f"{said.get('capability')} {state}: {_word(said, 'detail')}"


def _model(entry: AuditEntry) -> Told:
    said = entry.details
    if entry.what == "model.silent":
        yield Section.TROUBLE, f"model, {said.get('prompt')}: {said.get('why')}"
    else:
        yield Section.TOOLS, f"model {said.get('model')}, {said.get('prompt')}, {said.get('cost')}"


def _again(entry: AuditEntry) -> Told:
    said = entry.details
    tried = f"{said.get('stage')}, attempt {said.get('attempt')}"
    yield Section.TROUBLE, f"{tried}: {_word(said, 'failure')}"


def _trouble(entry: AuditEntry) -> Told:
    words = _word(entry.details, "words") or entry.details.get("doubt", "")
    yield Section.TROUBLE, f"{entry.actor}: {entry.what}{f': {words}' if words else ''}"


def _waited(entry: AuditEntry) -> Told:
    said = entry.details
    more = ", ".join(str(said[name]) for name in ("until", "to", "person", "why") if name in said)
    until = entry.what.replace(".", " ").replace("_", " ")
    yield Section.WAITED, f"{until}{f': {more}' if more else ''}"


_Tell = Callable[[AuditEntry], Told]
_ENTRIES: Mapping[str, _Tell] = {
    "case.received": _received,
    "case.read": _read,
    "case.proposed": _proposed,
    "case.revised": _changed,
    "case.above": _changed,
    "case.standing": _by_itself,
    **dict.fromkeys(("case.approve", "case.rejected", "case.undo", "case.reopened"), _word_of),
    **dict.fromkeys(("case.first_word", "case.shadowed"), _word_of),
    **dict.fromkeys(("case.stuck", "case.doubted", "incident.opened", "draft.frozen"), _trouble),
    **dict.fromkeys(("case.snoozed", "case.woken", "case.delegated", "draft.expired"), _waited),
    **dict.fromkeys(("case.to_substitute", "case.asked", "case.not_covered"), _waited),
    "job.again": _again,
}
_KINDS: Mapping[str, _Tell] = {
    "decision": _decision,
    "item": _item,
    "effect": _effect,
    "model": _model,
}


def _short(hash_: object) -> str:
    return str(hash_ or "")[:_SHORT]


def _word(details: Mapping[str, Any], name: str) -> Any:
    """As it was said; where its words are gone, the hash that sealed them."""
    said = details.get(name) or ""
    if isinstance(said, dict) and set(said) == {"sealed"}:
        return f"sealed {_short(said['sealed'])}"
    return said
