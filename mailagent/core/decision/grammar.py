"""A text read against the tables: what its words say."""

import re
from typing import NamedTuple

from mailagent.core.decision.types import (
    Command,
    Decision,
    Execute,
    Revise,
    Shown,
    Unclear,
    Verb,
)
from mailagent.core.decision.verbs import SETS, Verbs
from mailagent.core.proposal import Purpose
from mailagent.core.wording import Word, oddity, plain, words_of


def understand(
    own: str,
    own_html: str | None,
    shown: Shown,
    verbs: Verbs,
    quoted: str = "",  # noqa: ARG001
) -> Decision:
    """What the person's own words say; `own_html` is the HTML part's version of them.

    `quoted` is what came back of the mail that was sent: values may be changed in it.
    """
    said = _understand_one(own if own.strip() or own_html is None else own_html, shown, verbs)
    if own_html is None or not own.strip() or _same_words(own, own_html):
        return said
    # Two clients' worth of trimming may differ in a signature; what they say may not.
    if isinstance(said, Execute) and said == _understand_one(own_html, shown, verbs):
        return said
    return _unclear("The text and the HTML part of the mail say different things", shown)


def _same_words(own: str, own_html: str) -> bool:
    return [w.folded for w in words_of(own)] == [w.folded for w in words_of(own_html)]


def _understand_one(own: str, shown: Shown, verbs: Verbs) -> Decision:
    why = oddity(own)
    if why:
        return _unclear(why, shown)
    reading = _Reading(own, shown, verbs)
    if not reading.words:
        return _unclear("There is no word of your own in it", shown)
    return reading.decision() or reading.command() or reading.rest()


def _unclear(why: str, shown: Shown) -> Unclear:
    return Unclear(why=why, likely=_likely(shown))


def _likely(shown: Shown) -> tuple[str, str]:
    if shown.is_receipt:
        return ("undo", "why")
    if shown.purpose is Purpose.ASK:
        return ("reject", "why")
    return ("approve 123 456" if shown.heavy else "approve", "reject")


class _Found(NamedTuple):
    """A phrase of a role, and where the text goes on."""

    phrase: str
    end: int


_CODE = re.compile(r"[0-9]{3}-?[0-9]{3}")
_HALF_CODE = re.compile(r"[0-9]{3}")
_FIELD_LINE = re.compile(r"^[ \t]*[^\W\d][^\n:]{0,40}:[ \t]*\S", re.MULTILINE)
_LONGEST_PHRASE = 6  # words
_LONGEST_DECISION = 200  # words; who writes more than this means more than a verb


class _Reading:
    """One text read against the tables; every method looks, none changes anything."""

    def __init__(self, own: str, shown: Shown, verbs: Verbs) -> None:
        self.own = plain(own)
        self.words = words_of(self.own)
        self._shown = shown
        self._verbs = verbs
        self._names = _own_names(shown, verbs)
        self._start = self._opening()

    def decision(self) -> Decision | None:
        """An Execute, or why it is none although it looks like one; None: something else."""
        if len(self.words) > _LONGEST_DECISION:
            return None
        return self._undo() or self._approve() or self._reject()

    def command(self) -> Decision | None:
        """A command with its argument."""
        names = dict(self._verbs.commands)
        found = self._phrase(self._start, frozenset(names))
        if found is None:
            return None
        if self._holds(self._verbs.approve | self._verbs.reject, found.end):
            return None
        return Command(name=names[found.phrase], argument=self._text_from(found.end))

    def rest(self) -> Decision:
        """Everything else: a change if it looks like one, or unclear."""
        asks_for_change = (
            self._holds(self._verbs.changes, 0)
            or any(word.folded[0].isdigit() for word in self.words)
            or _FIELD_LINE.search(self.own)
        )
        if asks_for_change:
            return Revise(text=self.own.strip())
        return _unclear("It says more, or something else, than one of the words", self._shown)

    # -- the three verbs

    def _undo(self) -> Decision | None:
        if not self._shown.is_receipt:
            return None
        found = self._phrase(self._start, self._verbs.undo)
        code = self._ending(found.end) if found else None
        return None if code is None else Execute(verb=Verb.UNDO, code=code)

    def _approve(self) -> Decision | None:
        light = self._phrase(self._start, self._verbs.light)
        after_light = self._courtesies(light.end) if light else self._start
        exact = self._phrase(after_light, self._verbs.approve)
        found = exact or light
        if found is None:
            return None
        end = self._phrase(self._courtesies(found.end), self._verbs.objects)
        code = self._ending(end.end if end else found.end)
        if code is None:
            return None
        return self._approval(code, exact=exact is not None)

    def _approval(self, code: str, *, exact: bool) -> Decision:
        if self._shown.purpose is not Purpose.DO:
            return _unclear("There is nothing to approve in it", self._shown)
        if self._shown.heavy and not exact:
            return _unclear("This one needs the word approve, and the code", self._shown)
        return Execute(verb=Verb.APPROVE, code=code)

    def _reject(self) -> Decision | None:
        if self._shown.is_receipt:
            return None
        alone = self._phrase(self._start, self._verbs.no)
        if alone and self._ending(alone.end) is not None:
            return Execute(verb=Verb.REJECT, code=self._ending(alone.end) or "")
        found = self._phrase(self._start, self._verbs.reject)
        if found is None:
            return None
        code = self._ending(found.end)
        if code is not None:
            return Execute(verb=Verb.REJECT, code=code)
        return self._reject_because(found.end)

    def _reject_because(self, at: int) -> Decision | None:
        code, after = self._code(at) if self._shown.heavy else ("", at)
        verbs = self._verbs
        other = verbs.approve | verbs.conditions | frozenset({"?"})
        if self._holds(other, after) or self._phrase(after, verbs.light):
            return None
        if self._names_actions(after):
            return None
        return Execute(verb=Verb.REJECT, reason=self._text_from(after), code=code)

    def _names_actions(self, at: int) -> bool:
        """`reject 3` may mean: all but number 3."""
        tail = [word.folded for word in self.words[at:]]
        numbers = {str(number) for number in self._shown.numbers}
        return len(tail) <= 4 and any(word in numbers for word in tail)

    # -- the parts around the verb

    def _opening(self) -> int:
        at = self._courtesies(0)
        greeting = self._phrase(at, self._verbs.greetings)
        while greeting:
            at = self._courtesies(greeting.end)
            greeting = self._phrase(at, self._verbs.greetings)
        return at

    def _courtesies(self, at: int) -> int:
        """Past courtesies and the names that they go with."""
        found = self._phrase(at, self._verbs.courtesies | self._names)
        while found:
            at = found.end
            found = self._phrase(at, self._verbs.courtesies | self._names)
        return at

    def _ending(self, at: int) -> str | None:
        """The code in an ending of code, reference and courtesy; None when there is more."""
        code = ""
        before = -1
        while before != at:
            before = at
            at = self._courtesies(self._reference(self._courtesies(at)))
            if not code:
                code, at = self._code(at)
        return code if at == len(self.words) else None

    def _code(self, at: int) -> tuple[str, int]:
        label = self._phrase(at, self._verbs.code)
        start = label.end if label else at
        words = [word.folded for word in self.words[start : start + 2]]
        if words and _CODE.fullmatch(words[0]):
            return words[0].replace("-", ""), start + 1
        if len(words) == 2 and all(_HALF_CODE.fullmatch(word) for word in words):
            return "".join(words), start + 2
        return "", at

    def _reference(self, at: int) -> int:
        label = self._phrase(at, self._verbs.reference)
        start = label.end if label else at
        ref = [word.folded for word in words_of(self._shown.ref)]
        for wanted in (["[", "ops", *ref, "]"], ["[", *ref, "]"], ["ops", *ref], ref):
            there = [word.folded for word in self.words[start : start + len(wanted)]]
            if ref and there == wanted:
                return start + len(wanted)
        return at

    # -- looking at words

    def _phrase(self, at: int, phrases: frozenset[str]) -> _Found | None:
        """The longest of these phrases that stands here."""
        for end in range(min(len(self.words), at + _LONGEST_PHRASE), at, -1):
            phrase = " ".join(word.folded for word in self.words[at:end])
            if phrase in phrases:
                return _Found(phrase, end)
        return None

    def _holds(self, phrases: frozenset[str], at: int) -> bool:
        return any(self._phrase(here, phrases) for here in range(at, len(self.words)))

    def _text_from(self, at: int) -> str:
        """The text after these words, as it was written."""
        told = [word for word in self.words[at:] if word.folded not in ("?", ":")]
        return self.own[told[0].start :].strip() if told else ""


def _own_names(shown: Shown, verbs: Verbs) -> frozenset[str]:
    """The words of their names, as far as they can mean nothing else."""
    taken = {
        word
        for role in SETS
        if role not in ("greetings", "courtesies", "objects")
        for phrase in getattr(verbs, role)
        for word in phrase.split()
    } | {word for phrase, _ in verbs.commands for word in phrase.split()}
    words: set[Word] = {word for name in shown.names for word in words_of(name)}
    return frozenset(word.folded for word in words if word.folded.isalpha()) - taken
