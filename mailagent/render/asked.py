"""The page that answers a command or a request."""

from typing import NamedTuple

from mailagent.core.letter import About, AnswerLetter, Waits, in_order
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Field
from mailagent.render.fields import label, rule_of, shown_value
from mailagent.render.foreign import clean, without_accounts
from mailagent.render.text import Cell
from mailagent.render.words import Words

_MOST_WAITING = 30


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
    headline = words(f"answer.{letter.about}.headline", **gaps)
    if letter.about is About.QUEUE:
        headline = words.count("answer.waiting", len(letter.waits))
    return AnswerPage(
        headline=headline,
        then=words(f"answer.{letter.about}.then", **gaps),
        facts=tuple(_facts(letter, words)),
        remarks=tuple(_remarks(letter.proposal, letter.judgement, words)),
    )


def _facts(letter: AnswerLetter, words: Words) -> list[Cell]:
    if letter.proposal:
        return _sources(letter.proposal, words)
    if letter.about is About.HELP:
        lines = words("answer.help.lines").strip().splitlines()
        return [(say, what) for say, _, what in (line.rpartition(": ") for line in lines)]
    return [_waiting(one, words) for one in letter.waits[:_MOST_WAITING]]


def _waiting(one: Waits, words: Words) -> Cell:
    state = words(f"state.{one.state}")
    if one.until:
        state = words("answer.put_off", until=words.moment(one.until))
    return f"[ops {one.ref}]", f"{clean(without_accounts(one.title), 80)} · {state}"


def _sources(proposal: Proposal, words: Words) -> list[Cell]:
    """Each value, and where it comes from."""
    reading = proposal.reading
    said = []
    for name in (*in_order(reading), *(n for n in ("book_to", "project") if reading.text(n))):
        field = reading.fields[name]
        value = shown_value(name, field, reading, words)
        how = rule_of(name, field, reading, words) or _seen(field, words)
        said.append((label(name, words), f"{value} ({how})"))
    return said


def _seen(field: Field, words: Words) -> str:
    source = words(f"source.{field.source}")
    seen = field.evidence
    if seen is None or not seen.quote:
        return source
    quote = clean(without_accounts(seen.quote), 60)
    page = f", {words('answer.page', page=seen.page)}" if seen.page else ""
    return f"{source}{page}: \u201c{quote}\u201d"


def _remarks(proposal: Proposal | None, judgement: Judgement | None, words: Words) -> list[str]:
    """Every check, and every rule that hit."""
    if proposal is None or judgement is None:
        return []
    said = []
    for check in proposal.checks:
        name = check.name.replace("_", " ")
        what = words.either(f"{'passed' if check.ok else 'check'}.{check.name}", name)
        mark = words("answer.passed" if check.ok else "answer.failed", check=clean(what, 80))
        detail = clean(without_accounts(check.detail))
        said.append(f"{mark}: {detail}" if detail else mark)
    rules = ", ".join(clean(hit, 60) for hit in judgement.hits) or words("answer.no_rule")
    return [*said, words("answer.rules", rules=rules), *map(clean, judgement.why)]
