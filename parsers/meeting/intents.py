"""What a mail wants of a meeting: to have one, to move it, to call it off, or nothing of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mailagent.core.meeting import Intent
from parsers.meeting.cues import common, names_meeting, names_noun, says
from parsers.meeting.evidence import is_bare
from parsers.meeting.hours import swap_in
from parsers.meeting.lengths import length_in
from parsers.meeting.sentences import Sentence
from parsers.meeting.uses import Mood

_EXACT = frozenset({"minute", "hour"})
_FINE = _EXACT | {"part"}
# "I confirm" may be said of anything; "see you then" only of a meeting.
_CLOSES = re.compile(
    r"confirm|best(?:ae|a)tig|conferm|bevestig|remind|agreed|bleibt|vereinbart|set$|booked"
)
_SAID = 40  # words: a longer sentence is one of a paper
_SEVERAL = 2  # times that nobody tells without a reason
_FEW = 14  # words of a line that is hardly more than a time
_SHORT = 6  # words: who says it needs no saying
_NEAR = 4  # characters
_BEHIND = 24  # characters behind `our` that name what
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


def wanted(
    said: Sequence[Sentence], subject: str, context: str, *, answers: bool = False
) -> Wanted:
    """What these sentences want. `context` is what they answer to, without accents and capitals."""
    if not said:
        return _NOTHING
    languages = said[0].languages
    about = names_noun(subject, languages)
    topic = about or any(names_meeting(one.folded, languages) for one in said)
    topic = topic or names_noun(context, languages)
    topic = topic or length_in(said) is not None
    named = about or says("cancel", subject, languages) is not None
    found = _Found(said, about=about, topic=topic, context=context, answers=answers, named=named)
    for intent, sentence in (
        (Intent.RESCHEDULE, found.moving()),
        (Intent.CANCELLATION, found.cancelling()),
        (Intent.CONFIRMATION, found.confirming() or found.agreeing()),
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


def _is_business(sentence: Sentence) -> bool:
    return common("business").search(sentence.folded) is not None


def _exchanges(sentence: Sentence) -> bool:
    """`11 instead of 10`: one time for another."""
    swap = swap_in(sentence.folded)
    return swap is not None and any(when.at >= swap.start for when in sentence.times)


def _puts_ours(sentence: Sentence) -> bool:
    """`can we do our 4pm at noon?`: the hour that is ours, and another one."""
    exact = [when for when in sentence.times if when.grain in _EXACT and not when.bound]
    if len(exact) != _SEVERAL or not sentence.asks or _is_business(sentence):
        return False
    before = sentence.folded[: exact[0].at].split()[-1:]
    return bool(before) and common("ours").fullmatch(before[0]) is not None


def _names_ours(sentence: Sentence) -> bool:
    """`our call at 9`."""
    ours = common("ours").search(sentence.folded)
    if ours is None or not sentence.times or sentence.asks:
        return False
    behind = sentence.folded[ours.end() : ours.end() + _BEHIND]
    return names_noun(behind, sentence.languages)


def _offers_two(sentence: Sentence) -> bool:
    """`the 19th at 9.15 or the 21st at 15.45`."""
    exact = [when for when in sentence.times if when.grain in _EXACT and not when.bound]
    if len(exact) < _SEVERAL or common("errand").search(sentence.folded):
        return False
    between = sentence.folded[exact[0].at : exact[-1].at]
    return common("either_or").search(between) is not None


def _is_gone(sentence: Sentence) -> bool:
    """What it names does not take place."""
    if sentence.says("cancel") or sentence.says("cannot"):
        return True
    if sentence.says("not_then") and _names_ours(sentence):
        return True
    return common("came_up").search(sentence.folded) is not None


def _is_of_people(sentence: Sentence) -> bool:
    """`I am free`, `Monday is free`; not `the office is open on Monday`."""
    free = sentence.says("free")
    if free is None:
        return False
    short = len(sentence.text.split()) <= _SHORT or sentence.listed or free.start() <= 1
    told = any(when.at + len(when.quote) <= free.start() + 1 for when in sentence.times)
    return short or told or common("person").search(sentence.folded) is not None


def _suits(sentence: Sentence) -> bool:
    """`Next week is OK`: a time, and right behind it that it is fine."""
    fine = sentence.says("accept")
    if fine is None:
        return False
    places = [(when.at, when.at + len(when.quote)) for when in sentence.times]
    places += [(step.at, step.end) for step in sentence.steps]
    return any(
        0 <= fine.start() - end <= _NEAR and len(sentence.folded[:at].split()) <= 1
        for at, end in places
    )


def _asks_for_a_time(sentence: Sentence) -> bool:
    """A question with an hour, a part of a day or a length asks for it, but for an errand."""
    asks = sentence.asks or common("whether").search(sentence.folded) is not None
    if not asks or _is_business(sentence) or common("errand").search(sentence.folded):
        return False
    told = [when for when in sentence.times if when.bound != "before"]
    fine = any(when.grain in _FINE for when in told)
    return fine or (bool(told) and length_in([sentence]) is not None)


def _asks_an_errand(sentence: Sentence) -> bool:
    """`Have you looked at the draft?`: the days told beside it are for that."""
    return sentence.asks and common("errand").search(sentence.folded) is not None


def _is_slot(sentence: Sentence) -> bool:
    return any(when.grain in _EXACT for when in sentence.times)


class _Found:
    """The sentences that do something."""

    def __init__(
        self,
        said: Sequence[Sentence],
        *,
        about: bool,
        topic: bool,
        context: str,
        answers: bool,
        named: bool,
    ) -> None:
        self.said = said
        self.about = about
        self.topic = topic
        self.context = context
        self.answers = answers
        self.named = named  # by the subject: a meeting, or that something is called off

    def moving(self) -> Sentence | None:
        """A meeting is moved, or somebody cannot come and names another time."""
        for sentence in self.said:
            if sentence.says("move") and self._is_of_meeting(sentence):
                return sentence
            if _exchanges(sentence) or _puts_ours(sentence):
                return sentence
        gone = self._gone() or self._came_up()
        if gone is None:
            return None
        after = [one for one in self.said if one is not gone and (one.times or one.steps)]
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
            named = named or (_is_slot(sentence) and not _is_business(sentence))
            if named or (_CLOSES.search(said[0]) is None and (sentence.times or self.topic)):
                return sentence
        return None

    def agreeing(self) -> Sentence | None:
        """`Friday 2pm it is`: an answer that takes one time, and asks for nothing."""
        exact = [one for one in self.said if any(when.grain in _EXACT for when in one.times)]
        if not self.answers or len(exact) != 1 or any(one.asks for one in self.said):
            return None
        sentence = exact[0]
        times = [when for when in sentence.times if when.grain in _EXACT]
        until = self.said[: self.said.index(sentence) + 1]
        agreed = any(one.says("accept") for one in until)
        if any(one.says("not_then") or one.says("when") or _asks_for_a_time(one) for one in until):
            return None
        if not agreed or len(times) != 1 or times[0].bound or self._is_strong(sentence):
            return None
        return None if _is_business(sentence) else sentence

    def asking(self) -> Sentence | None:
        """The first sentence that asks for a meeting, or lists times for one."""
        strong = next((one for one in self.said if self._is_strong(one)), None)
        errand = not self.topic and any(map(_asks_an_errand, self.said))
        if strong is None and errand:
            return None
        strong = strong or next((one for one in self.said if self._asks(one)), None)
        return strong or self._listing()

    def _listing(self) -> Sentence | None:
        """Several lines that each tell when: nobody writes that for another reason."""
        told = [one for one in self.said if _is_slot(one)]
        listed = [one for one in told if one.listed]
        plain = not any(_is_business(one) for one in self.said)
        short = all(len(one.text.split()) <= _FEW for one in told) and len(self.said) <= _FEW
        either = next((one for one in self.said if _offers_two(one)), None)
        if either is not None and plain and any(one.asks for one in self.said):
            return either
        many = len(listed) > 1 or (len(told) > _SEVERAL and short)
        return told[0] if many and plain else None

    def moods(self, intent: Intent, sentence: Sentence) -> tuple[Mood, ...]:
        """What each sentence does with its times."""
        return tuple(self._mood(one, intent, sentence) for one in self.said)

    def _mood(self, one: Sentence, intent: Intent, key: Sentence) -> Mood:
        if intent is Intent.CONFIRMATION:
            return Mood.CONFIRMS
        if intent is Intent.CANCELLATION:
            return Mood.CANCELS
        moves = one.says("move") is not None or _exchanges(one) or _puts_ours(one)
        if intent is Intent.RESCHEDULE and (one is key or moves):
            return Mood.MOVES if moves else Mood.CANCELS
        if intent is Intent.RESCHEDULE and _is_gone(one):
            return Mood.CANCELS
        return Mood.ASKS

    def _gone(self) -> Sentence | None:
        for sentence in self.said:
            if sentence.says("cancel") and self._is_of_meeting(sentence):
                return sentence
            if sentence.says("cannot") and (sentence.times or self.topic):
                return sentence
            if sentence.says("not_then") and _names_ours(sentence):
                return sentence
        return None

    def _came_up(self) -> Sentence | None:
        """Something got in the way: where another time is named, of what was agreed."""
        return next((one for one in self.said if common("came_up").search(one.folded)), None)

    def _is_of_meeting(self, sentence: Sentence) -> bool:
        """It is named, or it is `our 3 pm`, or what was written before is about it."""
        if self.about or names_noun(sentence.folded, sentence.languages):
            return True
        ours = common("ours").search(sentence.folded) is not None
        ours = ours and common("business").search(sentence.folded) is None
        if ours and any(when.grain in _EXACT for when in sentence.times):
            return True
        plain = bool(sentence.times) and not _is_business(sentence)
        if plain and (self.answers or self.named):
            return True
        return bool(sentence.times and names_noun(self.context, sentence.languages))

    def _is_offer(self, sentence: Sentence) -> bool:
        if sentence.asks or self._asks(sentence) or sentence.says("instead") is not None:
            return True
        exact = [when for when in sentence.times if when.grain in _FINE]
        return bool(exact) and all(is_bare(when, sentence) for when in exact)

    def _is_strong(self, sentence: Sentence) -> bool:
        if common("with_you").search(sentence.folded) and length_in([sentence]) is not None:
            return True
        return says("ask", _without_business(sentence), sentence.languages) is not None

    def _asks(self, sentence: Sentence) -> bool:
        """A weak word asks where times stand beside it, and a meeting is the topic or an hour told.

        Who asks when somebody is free asks without a time as well.
        """
        if self._is_strong(sentence) or _asks_for_a_time(sentence):
            return True
        beside = self._beside(sentence)
        near = [when for one in beside for when in one.times]
        steps = any(one.steps for one in beside)
        exact = any(when.grain in _EXACT for when in near)
        fine = any(when.grain in _FINE for when in near)
        if sentence.says("when") and (self.topic or fine):
            return True
        if _is_business(sentence):
            return False
        told = bool(near) or steps
        if told and len(sentence.text.split()) <= _SAID and _is_of_people(sentence):
            return True
        if self.answers and _suits(sentence):
            return True
        weak = says("weak", _without_business(sentence), sentence.languages)
        if weak is None and sentence.asks and not common("errand").search(sentence.folded):
            weak = common("would_you").search(sentence.folded)
        return weak is not None and (exact or (self.topic and told))

    def _beside(self, sentence: Sentence) -> Sequence[Sentence]:
        """It, the one before it, and the list below it."""
        at = next(n for n, one in enumerate(self.said) if one is sentence)
        after = at + 1
        while after < len(self.said) and (self.said[after].listed or self.said[after].times):
            after += 1
        return self.said[max(0, at - 1) : after]
