"""A person's words, looked at by phrases."""

import re
from typing import NamedTuple

from mailagent.core.decision.types import Shown, Unclear
from mailagent.core.decision.verbs import SETS, Names, Verbs
from mailagent.core.proposal import Purpose
from mailagent.core.said import say
from mailagent.core.wording import Word, plain, words_of


class Found(NamedTuple):
    """A phrase of a role, and where the text goes on."""

    phrase: str
    end: int


_CODE = re.compile(r"[0-9]{3}-?[0-9]{3}")
_HALF_CODE = re.compile(r"[0-9]{3}")
_LONGEST_PHRASE = 6  # words


class Text:
    """One text; every method looks, none changes anything."""

    def __init__(
        self, own: str, shown: Shown, verbs: Verbs, polite: frozenset[str] | None = None
    ) -> None:
        self.own = plain(own)
        self.words = words_of(self.own)
        self._ref = [word.folded for word in words_of(shown.ref)]
        self.shown = shown
        self.verbs = verbs
        self._polite = polite or verbs.courtesies | _own_names(shown, verbs)
        self.start = self._opening()

    def __len__(self) -> int:
        return len(self.words)

    def part(self, own: str) -> "Text":
        """Another text of the same person about the same thing."""
        return Text(own, self.shown, self.verbs, self._polite)

    # -- the parts around the verb

    def _opening(self) -> int:
        at = self.courtesies(0)
        greeting = self.phrase(at, self.verbs.greetings)
        while greeting:
            at = self.courtesies(greeting.end)
            greeting = self.phrase(at, self.verbs.greetings)
        return at

    def courtesies(self, at: int) -> int:
        """Past courtesies and the names that they go with."""
        found = self.phrase(at, self._polite)
        while found:
            at = found.end
            join = self.phrase(at, self.verbs.joins)  # thanks and regards
            found = self.phrase(join.end if join else at, self._polite)
        return at

    def ending(self, at: int) -> str | None:
        """The code in an ending of code, reference and courtesy; None when there is more."""
        code = ""
        before = -1
        while before != at:
            before = at
            at = self.courtesies(self.reference(self.courtesies(at)))
            if not code:
                code, at = self.code(at)
        return code if at == len(self.words) else None

    def code(self, at: int) -> tuple[str, int]:
        """Six digits, and where the text goes on."""
        label = self.phrase(at, self.verbs.code)
        start = label.end if label else at
        words = [word.folded for word in self.words[start : start + 2]]
        if words and _CODE.fullmatch(words[0]):
            return words[0].replace("-", ""), start + 1
        if len(words) == 2 and all(_HALF_CODE.fullmatch(word) for word in words):
            return "".join(words), start + 2
        return "", at

    def reference(self, at: int) -> int:
        """Past the reference of what was shown; another one is none."""
        label = self.phrase(at, self.verbs.reference)
        start = label.end if label else at
        ref = self._ref
        for wanted in (["[", "ops", *ref, "]"], ["[", *ref, "]"], ["ops", *ref], ref):
            there = [word.folded for word in self.words[start : start + len(wanted)]]
            if ref and there == wanted:
                return start + len(wanted)
        return at

    # -- looking at words

    def phrase(self, at: int, phrases: frozenset[str]) -> Found | None:
        """The longest of these phrases that stands here."""
        for end in range(min(len(self.words), at + _LONGEST_PHRASE), at, -1):
            phrase = " ".join(word.folded for word in self.words[at:end])
            if phrase in phrases:
                return Found(phrase, end)
        return None

    def holds(self, phrases: frozenset[str], at: int = 0) -> bool:
        """Whether one of these phrases stands here or later."""
        return any(self.phrase(here, phrases) for here in range(at, len(self.words)))

    def text_from(self, at: int) -> str:
        """The text after these words, as it was written."""
        told = [word for word in self.words[at:] if word.folded not in ("?", ":", "\u00bf")]
        return self.own[told[0].start :].strip() if told else ""

    def gap(self, at: int) -> str:
        """What stands before this word: blanks, commas, line ends."""
        if not 0 < at < len(self.words):
            return ""
        return self.own[self.words[at - 1].end : self.words[at].start]


def meanings(names: Names) -> dict[str, tuple[str, ...]]:
    """All that a phrase may mean, in one language or another."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase, name in names:
        found[phrase] = (*found.get(phrase, ()), name)
    return found


def unclear(
    why: str, shown: Shown, likely: tuple[str, str] | None = None, /, **gaps: str
) -> Unclear:
    """Not understood, for this reason of the phrases, with the two answers that are likeliest."""
    return Unclear(why=say(f"unclear.{why}", **gaps), likely=likely or _likely(shown))


def _likely(shown: Shown) -> tuple[str, str]:
    if shown.items:
        return ("rest ok", f"{next(iter(shown.items))} ok")
    if shown.is_receipt:
        return ("undo", "why")
    if shown.kind == "request":
        return ("help", "status")
    if len(shown.alternatives) > 1:
        return (shown.alternatives[0], shown.alternatives[1])
    if shown.purpose is Purpose.ASK:
        return ("reject", "why")
    return ("approve 123 456" if shown.heavy else "approve", "reject")


def _own_names(shown: Shown, verbs: Verbs) -> frozenset[str]:
    """The words of their names, as far as they can mean nothing else."""
    taken = {
        word
        for role in SETS
        if role not in ("greetings", "courtesies", "objects")
        for phrase in getattr(verbs, role)
        for word in phrase.split()
    }
    named = (*verbs.commands, *verbs.fields, *verbs.days)
    taken |= {word for phrase, _ in named for word in phrase.split()}
    words: set[Word] = {word for name in shown.names for word in words_of(name)}
    return frozenset(word.folded for word in words if word.folded.isalpha()) - taken
