"""The pages that ask for no decision: question, receipt, notice, reminder."""

import re
from typing import Literal, NamedTuple

from mailagent.core.letter import (
    Line,
    Notice,
    NoticeLetter,
    QuestionLetter,
    ReceiptLetter,
    ReminderLetter,
    Settled,
)
from mailagent.core.proposal import stops
from mailagent.render.actions import phrase
from mailagent.render.answers import Button, buttons
from mailagent.render.draft import Deed, deeds
from mailagent.render.foreign import clean, without_accounts
from mailagent.render.said import said
from mailagent.render.text import Cell
from mailagent.render.words import Words

_CALM = frozenset({Settled.DONE, Settled.LEFT_OUT})
_CALM_NOTICES = frozenset(
    {Notice.WELCOME, Notice.FIRST_WORD, Notice.COMES, Notice.WITHDRAWN, Notice.STANDS_IN}
)


class QuestionPage(NamedTuple):
    """Nothing happened; here are answers that would have been understood."""

    headline: str
    why: str
    they_wrote: str
    likely: tuple[str, ...]
    buttons: tuple[Button, ...]
    about: str
    deeds: tuple[Deed, ...]


class ReceiptPage(NamedTuple):
    """What was done, what was not, how to take it back."""

    tone: Literal["calm", "look"]
    headline: str
    reason: str
    deeds: tuple[Deed, ...]
    then: tuple[str, ...]
    settle: str  # words that say what became of it
    kept: tuple[str, ...]  # what an undo could not take back
    money: str
    undo: str
    buttons: tuple[Button, ...]


class NoticePage(NamedTuple):
    """Something to know."""

    tone: Literal["calm", "look"]
    headline: str
    then: str
    facts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """One row each."""
        return tuple((fact,) for fact in self.facts)


class ReminderPage(NamedTuple):
    """The day has come."""

    headline: str
    texts: tuple[str, ...]
    copied: str = ""  # why whoever stands in gets it, too


def question(letter: QuestionLetter, words: Words) -> QuestionPage:
    """The page of a question."""
    likely = tuple(_in_their_words(answer, words) for answer in letter.likely)
    proposal = letter.proposal
    stop = proposal is not None and stops(proposal)
    ready = () if stop else tuple((answer, _ready(answer)) for answer in likely)
    why = words(f"lacks.{letter.lacks}") if letter.lacks else _because(letter, words)
    return QuestionPage(
        headline=words("question.not_enough" if letter.lacks else "question.title"),
        why=why,
        they_wrote=clean(letter.they_wrote),
        likely=likely,
        buttons=buttons(letter.envelope, *ready),
        about=clean(without_accounts(proposal.title if proposal else letter.envelope.subject), 150),
        deeds=deeds(proposal.actions if proposal else (), words, letter.envelope.person.id),
    )


def _because(letter: QuestionLetter, words: Words) -> str:
    why = f"{said(letter.why, words)}." if letter.why else ""
    return " ".join(filter(None, (words("question.again") if letter.again else "", why)))


def _in_their_words(answer: str, words: Words) -> str:
    verb, space, rest = clean(answer, 60).partition(" ")
    return words.either(f"word.{verb}", verb) + space + rest


def _ready(answer: str) -> str:
    """What can be sent as it is: a code cannot, it comes from the person's app."""
    return re.sub(r" [\d ]+$", " ", answer)


def receipt(letter: ReceiptLetter, words: Words) -> ReceiptPage:
    """The page of a receipt."""
    undone = letter.verb == "undo"
    undo = words.day_of(letter.undo_until) if letter.undo_until else ""
    word = words("word.undo")
    button = ((words("button.undo"), word),) if undo else ()
    return ReceiptPage(
        tone="calm" if {line.settled for line in letter.lines} <= _CALM else "look",
        headline=_outcome(letter, words),
        reason=clean(letter.reason),
        deeds=tuple(_deed(line, words, letter.envelope.person.id) for line in letter.lines),
        then=_then(letter.lines, words),
        settle=words("receipt.settle") if letter.settle and not undone else "",
        kept=tuple(_kept(line, words, letter.envelope.person.id) for line in letter.kept),
        money=words("receipt.money", money=clean(letter.money_moved) or words("receipt.none")),
        undo=words("receipt.undo", undo=word, day=undo) if undo and not undone else "",
        buttons=buttons(letter.envelope, *button) if not undone else (),
    )


def notice(letter: NoticeLetter, words: Words) -> NoticePage:
    """The page of a notice."""
    name = f"notice.{letter.notice}"
    return NoticePage(
        tone="calm" if letter.notice in _CALM_NOTICES else "look",
        headline=words.either(name, ""),
        then=words.either(f"{name}_then", ""),
        facts=tuple(
            (words.either(f"fact.{k}", clean(k, 30)), said(v, words)) for k, v in letter.facts
        ),
    )


def reminder(letter: ReminderLetter, words: Words) -> ReminderPage:
    """The page of a reminder."""
    today = letter.day == words.today
    name = "reminder.today" if today else "reminder.title"
    headline = words(name, day=words.day(letter.day))
    who = clean(letter.instead_of, 60)
    copied = words("reminder.copied", who=who) if who else ""
    texts = (clean(without_accounts(text)) for text in (letter.text, *letter.others))
    return ReminderPage(headline, tuple(texts), copied)


def _outcome(letter: ReceiptLetter, words: Words) -> str:
    """`Done: 1, 2. Not done: 3.`"""
    if letter.verb == "reject" and not letter.lines:
        return words("receipt.rejected")
    if letter.verb == "undo" and not letter.lines:
        return words("receipt.reopened")
    said = [
        words(f"receipt.{name}", numbers=", ".join(numbers))
        for name, settled in (
            ("undone" if letter.verb == "undo" else "done", {Settled.DONE}),
            ("not_done", {Settled.FAILED, Settled.REFUSED}),
            ("unclear", {Settled.UNKNOWN}),
            ("left_out", {Settled.LEFT_OUT}),
        )
        if (numbers := [str(line.number) for line in letter.lines if line.settled in settled])
    ]
    return " ".join(said) or words("receipt.nothing_done")


def _deed(line: Line, words: Words, person: str) -> Deed:
    detail = detail_of(line, words)
    if line.settled is Settled.LEFT_OUT:
        text = phrase(line.payload, "will", words, person)
        return Deed(line.number, text, "left_out", words("receipt.skipped"))
    if line.settled is Settled.DONE:
        return Deed(line.number, phrase(line.payload, "did", words, person), "done", detail)
    text = phrase(line.payload, "will", words, person)
    said = words(f"receipt.{line.settled}")
    return Deed(line.number, text, str(line.settled), f"{said}: {detail}" if detail else said)


def detail_of(line: Line, words: Words) -> str:
    """What became of it, in the person's language."""
    if line.why is not None and words.has(line.why.key):
        return said(line.why, words)
    return clean(words.either(f"detail.{line.detail}", without_accounts(line.detail)))


def _kept(line: Line, words: Words, person: str) -> str:
    text = phrase(line.payload, "did", words, person)
    name = "maybe_kept" if line.settled is Settled.UNKNOWN else "kept"
    return words(f"receipt.{name}", what=text)


def _then(lines: tuple[Line, ...], words: Words) -> tuple[str, ...]:
    """What happens next with what was not done."""
    settled = {line.settled for line in lines}
    open_ends = (Settled.FAILED, Settled.UNKNOWN, Settled.REFUSED)
    return tuple(words(f"receipt.next_{s}") for s in open_ends if s in settled)
