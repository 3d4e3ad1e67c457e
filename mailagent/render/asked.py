"""The page that answers a command or a request."""

from datetime import date
from typing import NamedTuple

from mailagent.core.lesson import PREFERENCES, cited
from mailagent.core.letter import About, AnswerLetter, Held, Status, Waits
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Field, Source
from mailagent.core.shown import in_order
from mailagent.render.fields import label, rule_of, shown_value
from mailagent.render.foreign import clean, without_accounts
from mailagent.render.said import reasons, said, why
from mailagent.render.text import Cell
from mailagent.render.words import Words

_MOST_WAITING = 30
# What the report counts, by the entries of the audit log.
_COUNTED = {
    "mails": ("message.kept",),
    "cases": ("case.received",),
    "drafts": ("case.proposed",),
    "approved": ("case.approve",),
    "changed": ("case.revised",),
    "rejected": ("case.rejected",),
    "undone": ("case.undo",),
    "requests": ("request.help", "request.queue", "request.status", "request.report"),
    "aside": ("message.automatic",),
    "parked": ("message.parked",),
    "refused": ("decision.refused", "request.refused"),
    "wrong": ("incident.opened",),
}


# What may have nothing on it.
_LISTS = frozenset({About.ORDERS, About.RENEWALS, About.LESSONS, About.CONTRACTS, About.PAPERS})


class AnswerPage(NamedTuple):
    """What was asked, in one sentence, and what there is to see."""

    headline: str
    then: str
    facts: tuple[Cell, ...]
    remarks: tuple[str, ...]

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """One row each."""
        return tuple((fact,) for fact in self.facts)


def answer(letter: AnswerLetter, words: Words) -> AnswerPage:
    """The page of an answer."""
    gaps = {name: clean(value) for name, value in letter.gaps.items()}
    if letter.until:
        gaps["until"] = words.moment(letter.until)
    if letter.since:
        gaps["since"] = words.day_of(letter.since)
    return AnswerPage(
        headline=" ".join(filter(None, (_item(letter, words), _headline(letter, gaps, words)))),
        then=words(f"answer.{letter.about}.then", **gaps),
        facts=tuple(_facts(letter, words)),
        remarks=(
            *_remarks(letter.proposal, letter.judgement, words),
            *((words("answer.rest"),) if letter.rest else ()),
        ),
    )


def _item(letter: AnswerLetter, words: Words) -> str:
    """Which line of a brief is meant."""
    return words("answer.item", number=letter.number) if letter.number else ""


def _headline(letter: AnswerLetter, gaps: dict[str, str], words: Words) -> str:
    match letter.about:
        case About.QUEUE:
            return words.count("answer.waiting", len(letter.waits) + len(letter.held))
        case About.FOUND:
            return words(f"answer.found.{_outcome(letter)}", **gaps)
        case About.PAUSED | About.RESUMED if not letter.gaps["task"]:
            return words(f"answer.{letter.about}.everything", **gaps)
        case About.RESUMED if letter.gaps["everything"]:
            return words("answer.resumed.still", **gaps)
    if letter.about is About.UNCLEAR:
        gaps = {"why": words(f"unclear.{gaps['why']}")}
    if letter.about is About.TAUGHT:
        gaps = {**gaps, "kind": words(f"kinds.{gaps['kind']}")}
    none = f"answer.{letter.about}.none"
    if letter.about in _LISTS and not letter.listed and words.has(none):
        return words(none)
    return words(f"answer.{letter.about}.headline", **gaps)


def _outcome(letter: AnswerLetter) -> str:
    """How a search ended."""
    if not letter.gaps["words"]:
        return "asked"
    found = letter.found
    if found is None or not found.filed:
        return "nothing"
    return "more" if found.capped else "headline"


def _facts(letter: AnswerLetter, words: Words) -> list[Cell]:
    if letter.proposal:
        return [*_sources(letter.proposal, words), *_list(letter, words)]
    if letter.status:
        return _status(letter.status, words)
    match letter.about:
        case About.HELP:
            return [*_lines("answer.help.lines", words), *_lines("answer.requests.lines", words)]
        case About.UNCLEAR:
            return _lines("answer.requests.lines", words)
        case About.FOUND | About.REPORT:
            return _found(letter, words) if letter.found else _counted(letter.counts, words)
    return _list(letter, words)


def _list(letter: AnswerLetter, words: Words) -> list[Cell]:
    """What there is of something: lines that are phrases, or cases that wait."""
    listed = [(clean(name, 80), said(what, words)) for name, what in letter.listed]
    held = [_held(one, words) for one in letter.held]
    waits = [_waiting(one, words) for one in letter.waits[:_MOST_WAITING]]
    more = len(letter.waits) - len(waits)
    return [*listed, *held, *waits, *([("", words("answer.more", n=more))] if more else [])]


def _lines(name: str, words: Words) -> list[Cell]:
    """`say: what it does`, a line each."""
    lines = words(name).strip().splitlines()
    return [(say, what) for say, _, what in (line.rpartition(": ") for line in lines)]


def _waiting(one: Waits, words: Words) -> Cell:
    until = words.moment(one.until) if one.until else ""
    who = clean(one.who, 80)
    state = words(f"waits.{one.on}", until=until, who=who) or words(f"state.{one.state}")
    return f"[ops {one.ref}]", f"{clean(without_accounts(one.title), 80)} · {state}"


def _found(letter: AnswerLetter, words: Words) -> list[Cell]:
    """What lies where; the first of it is attached."""
    attached = {one.name for one in letter.originals}
    filed = letter.found.filed if letter.found else ()
    lines: list[Cell] = []
    for one in filed:
        mark = f" ({words('answer.found.attached')})" if one.name in attached else ""
        said = f"{clean(without_accounts(one.path), 160)}{mark}"
        lines.append((f"{words.day(one.day, year=True)} [ops {one.case}]", said))
    more = letter.found.total - len(filed) if letter.found else 0
    return [*lines, *([("", words("answer.more", n=more))] if more > 0 else [])]


def _held(one: Held, words: Words) -> Cell:
    what = f"{clean(one.sender, 60)}: {clean(without_accounts(one.subject), 60)}"
    return words("answer.held"), f"{what} · {words.moment(one.received_at)}"


def _status(status: Status, words: Words) -> list[Cell]:
    since = words.moment(status.since) if status.since else words("receipt.none")
    paused = [
        words("answer.paused_by", task=clean(p.task, 40), who=clean(p.person, 60))
        if p.task
        else words("answer.all_paused_by", who=clean(p.person, 60))
        for p in status.paused
    ]
    troubles = [clean(without_accounts(trouble), 160) for trouble in status.troubles]
    told = {
        "since": [since],
        "mailbox": [clean(status.mailbox, 100)],
        "waits": [str(status.waiting)],
        "held": [str(status.held)] if status.held else [],
        "paused": paused or [words("receipt.none")],
        "troubles": troubles or [words("receipt.none")],
    }
    return [
        ("" if at else words(f"status.{name}"), line)
        for name, lines in told.items()
        for at, line in enumerate(lines)
    ]


def _counted(counts: dict[str, int], words: Words) -> list[Cell]:
    """What people count, in the order in which it happens; what did not happen is not said."""
    sums = {name: sum(counts.get(w, 0) for w in entries) for name, entries in _COUNTED.items()}
    return [(words(f"counted.{name}"), str(n)) for name, n in sums.items() if n or name == "mails"]


def _sources(proposal: Proposal, words: Words) -> list[Cell]:
    """Each value, and where it comes from."""
    reading = proposal.reading
    found = []
    for name in (*in_order(reading), *(n for n in PREFERENCES if reading.text(n))):
        field = reading.fields[name]
        value = shown_value(name, field, reading, words)
        how = rule_of(name, field, reading, words) or _seen(name, field, words)
        found.append((label(name, words), f"{value} ({how})"))
    return found


def _seen(name: str, field: Field, words: Words) -> str:
    source = words(f"source.{field.source}")
    seen = field.evidence
    if seen is None or not seen.quote:
        return source
    quote = clean(without_accounts(seen.quote), 60)
    if field.source is Source.MEMORY:
        source = _learned(field, words, preferred=name in PREFERENCES)
    page = f", {words('answer.page', page=seen.page)}" if seen.page else ""
    return f"{source}{page}: \u201c{quote}\u201d"


def _learned(field: Field, words: Words, *, preferred: bool) -> str:
    """Which correction taught it, and how it is forgotten."""
    number, ref, day = cited(field.rule)
    when = words.day(date.fromisoformat(day), year=True)
    key = "answer.preferred" if preferred else "answer.learned"
    return words(key, number=number, ref=ref, day=when)


def _remarks(proposal: Proposal | None, judgement: Judgement | None, words: Words) -> list[str]:
    """Every check, and every rule that hit."""
    if proposal is None or judgement is None:
        return []
    lines = []
    for check in proposal.checks:
        name = check.name.replace("_", " ")
        what = words.either(f"{'passed' if check.ok else 'check'}.{check.name}", name)
        mark = words("answer.passed" if check.ok else "answer.failed", check=clean(what, 80))
        detail = why(check, words)
        lines.append(f"{mark}: {detail}" if detail else mark)
    rules = ", ".join(clean(hit, 60) for hit in judgement.hits) or words("answer.no_rule")
    return [*lines, words("answer.rules", rules=rules), *reasons(judgement, words)]
