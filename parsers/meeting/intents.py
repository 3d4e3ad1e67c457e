"""What a mail wants of a meeting: to have one, to move it, to call it off, or nothing of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mailagent.core.meeting import Intent
from parsers.meeting.cues import common, names_meeting, names_noun, says
from parsers.meeting.sentences import Sentence
from parsers.meeting.told import Mood

_EXACT = frozenset({"minute", "hour"})
# "I confirm" may be said of anything; "see you then" only of a meeting.
_CLOSES = re.compile(
    r"confirm|best(?:ae|a)tig|conferm|bevestig|remind|agreed|bleibt|vereinbart|set$|booked"
)
_FEW = 14  # words of a question that is hardly more than a time
_MACHINE = re.compile(
    r"(?:^|[.+_-])(?:no-?_?reply\w*|do-?not-?reply|notifications?|mailer-daemon|newsletter)"
    r"(?:[.+_@-]|$)",
    re.IGNORECASE,
)


class Wanted(NamedTuple):
    """The intent, the words that say it, and what each sentence does."""

    intent: Intent
    quote: str = ""
    moods: tuple[Mood, ...] = ()


_NOTHING = Wanted(Intent.MENTION)


def is_for_many(text: str, address: str) -> bool:
    """A newsletter or a notification: nobody waits for an answer of ours."""
    return _MACHINE.search(address) is not None or common("many").search(text) is not None


def wanted(said: Sequence[Sentence], subject: str, context: str) -> Wanted:
    """What these sentences want. `context` is what they answer to, without accents and capitals."""
    if not said:
        return _NOTHING
    languages = said[0].languages
    about = names_noun(subject, languages)
    topic = about or any(names_meeting(one.folded, languages) for one in said)
    topic = topic or names_noun(context, languages)
    found = _Found(said, about=about, topic=topic, context=context)
    for intent, sentence in (
        (Intent.RESCHEDULE, found.moving()),
        (Intent.CANCELLATION, found.cancelling()),
        (Intent.CONFIRMATION, found.confirming()),
        (Intent.REQUEST, found.asking()),
    ):
        if sentence is not None:
            return Wanted(intent, sentence.text, found.moods(intent, sentence))
    return _NOTHING


def _without_business(sentence: Sentence) -> str:
    """`Can we arrange the payment?` asks for no meeting, `can we discuss the invoice?` for one."""
    business = common("business").search(sentence.folded)
    if business is None or names_noun(sentence.folded, sentence.languages):
        return sentence.folded
    return common("arrange").sub("", sentence.folded)


class _Found:
    """The sentences that do something."""

    def __init__(self, said: Sequence[Sentence], *, about: bool, topic: bool, context: str) -> None:
        self.said = said
        self.about = about
        self.topic = topic
        self.context = context

    def moving(self) -> Sentence | None:
        """A meeting is moved, or somebody cannot come and names another time."""
        for sentence in self.said:
            if sentence.says("move") and self._is_of_meeting(sentence):
                return sentence
        gone = self._gone()
        if gone is None:
            return None
        after = [one for one in self.said if one is not gone and one.times]
        return gone if any(self._is_offer(one) for one in after) else None

    def cancelling(self) -> Sentence | None:
        """A meeting is called off, and no other time is named."""
        return self._gone()

    def confirming(self) -> Sentence | None:
        """A meeting stands. Who asks for times at the same time has not agreed on one."""
        for sentence in self.said:
            said = sentence.says("confirm")
            if said is None or common("asked_back").search(sentence.folded) or sentence.asks:
                continue
            if any(self._asks(one) and one.times for one in self.said if one is not sentence):
                return None
            named = self.about or names_noun(sentence.folded, sentence.languages)
            named = named or names_noun(self.context, sentence.languages)
            if named or (_CLOSES.search(said[0]) is None and (sentence.times or self.topic)):
                return sentence
        return None

    def asking(self) -> Sentence | None:
        """The first sentence that asks for a meeting."""
        strong = next((one for one in self.said if self._is_strong(one)), None)
        return strong or next((one for one in self.said if self._asks(one)), None)

    def moods(self, intent: Intent, sentence: Sentence) -> tuple[Mood, ...]:
        """What each sentence does with its times."""
        return tuple(self._mood(one, intent, sentence) for one in self.said)

    def _mood(self, one: Sentence, intent: Intent, key: Sentence) -> Mood:
        if intent is Intent.CONFIRMATION:
            return Mood.CONFIRMS
        if intent is Intent.CANCELLATION:
            return Mood.CANCELS
        if intent is Intent.RESCHEDULE and (one is key or one.says("move")):
            return Mood.MOVES if one.says("move") else Mood.CANCELS
        if intent is Intent.RESCHEDULE and (one.says("cancel") or one.says("cannot")):
            return Mood.CANCELS
        return Mood.ASKS

    def _gone(self) -> Sentence | None:
        for sentence in self.said:
            if sentence.says("cancel") and self._is_of_meeting(sentence):
                return sentence
            if sentence.says("cannot") and (sentence.times or self.topic):
                return sentence
        return None

    def _is_of_meeting(self, sentence: Sentence) -> bool:
        """It is named, or it is `our 3 pm`, or what was written before is about it."""
        if self.about or names_noun(sentence.folded, sentence.languages):
            return True
        ours = common("ours").search(sentence.folded) is not None
        ours = ours and common("business").search(sentence.folded) is None
        if ours and any(when.grain in _EXACT for when in sentence.times):
            return True
        return bool(sentence.times and names_noun(self.context, sentence.languages))

    def _is_offer(self, sentence: Sentence) -> bool:
        return sentence.asks or self._asks(sentence) or sentence.says("instead") is not None

    def _is_strong(self, sentence: Sentence) -> bool:
        return says("ask", _without_business(sentence), sentence.languages) is not None

    def _asks(self, sentence: Sentence) -> bool:
        """A weak word asks where times stand beside it, and a meeting is the topic or an hour told.

        Who asks when somebody is free asks without a time as well.
        """
        if self._is_strong(sentence):
            return True
        if self._is_only_a_time(sentence):
            return True
        near = [when for one in self._beside(sentence) for when in one.times]
        exact = any(when.grain in _EXACT for when in near)
        if sentence.says("when") and (self.topic or exact):
            return True
        weak = says("weak", _without_business(sentence), sentence.languages)
        return weak is not None and (exact or (self.topic and bool(near)))

    def _is_only_a_time(self, sentence: Sentence) -> bool:
        """`Coffee at 10?`, `Tuesday the 13th at 10 or the 14th at 3?`"""
        if not sentence.asks or len(sentence.text.split()) > _FEW:
            return False
        business = common("business").search(sentence.folded) is not None
        return not business and any(
            when.grain in _EXACT
            and not when.bound
            and len(when.quote.split()) * 2 >= len(sentence.text.split())
            for when in sentence.times
        )

    def _beside(self, sentence: Sentence) -> Sequence[Sentence]:
        """It, the one before it, and the list below it."""
        at = next(n for n, one in enumerate(self.said) if one is sentence)
        after = at + 1
        while after < len(self.said) and (self.said[after].listed or self.said[after].times):
            after += 1
        return self.said[max(0, at - 1) : after]
