"""What the times of a sentence are told for: offered, excluded, what is moved and to where."""

import re
from collections.abc import Iterator
from enum import Enum

from mailagent.core.meeting import Use
from parsers.meeting.cues import common, cues, fold, says
from parsers.meeting.hours import Swap, swap_in
from parsers.meeting.sentences import Sentence
from parsers.values.when import When

_EXACT = frozenset({"minute", "hour"})
_TO = re.compile(
    r"\b(?:to|auf|nach|zu|au|a|al|alle|naar|para|until|make (?:it|that))\s+"
    r"(?:the |den |dem |le |el |il |de )?$"
)
_FROM = re.compile(r"\b(?:from|von|vom|de|du|da|dal|dalle|del|van|desde)\s+(?:las? |les? )?$")
# `leave it until you are back on the 18th`
_UNTIL = re.compile(r"\b(?:until|till?|bis|jusqu'a ce qu\w*|hasta que|finche|totdat|tot)\b[^,]*$")
_ON_TO = re.compile(r"\s*(?:to|auf|nach|zum?|au|a|al|alle|naar|para)\b")
_FROM_THEN = re.compile(r"(?:from|von|vom|de|du|da|dal|dalle|del|van|desde)\s")
_FINE = ("free", "ask", "when", "weak")


class Mood(Enum):
    """What a sentence does, as far as its times depend on it."""

    ASKS = "asks"
    CONFIRMS = "confirms"
    MOVES = "moves"
    CANCELS = "cancels"


_USUAL = {
    Mood.ASKS: Use.OFFERED,
    Mood.MOVES: Use.OFFERED,
    Mood.CONFIRMS: Use.AGREED,
    Mood.CANCELS: Use.CURRENT,
}


def use_of(when: When, sentence: Sentence, mood: Mood, goals: frozenset[int]) -> Use:
    clause = _clause(when, sentence)
    if when.bound == "before" and mood is not Mood.CONFIRMS and sentence.says("answer_by"):
        return Use.DEADLINE
    swap = swap_in(sentence.folded)
    if swap is not None and when.at >= swap.start and not _is_new(when, sentence, swap):
        return Use.CURRENT
    if swap is not None and mood is Mood.MOVES:
        return Use.OFFERED
    if _is_excluded(when, sentence, clause):
        return Use.CURRENT if mood in {Mood.MOVES, Mood.CANCELS} else Use.EXCLUDED
    if mood is Mood.MOVES and when.at not in goals and not _is_goal(when, sentence, clause[0]):
        return Use.CURRENT
    return _USUAL[mood]


def _is_new(when: When, sentence: Sentence, swap: Swap) -> bool:
    """`instead of the 21st on the 19th`: nothing stands before, so the second one is new."""
    first = min((one.at for one in sentence.times), default=when.at)
    return first >= swap.start and when.at > first


def is_ours(when: When, sentence: Sentence) -> bool:
    """`our 4pm`."""
    before = sentence.folded[: when.at].split()[-1:]
    return bool(before) and common("ours").fullmatch(before[0]) is not None


def _is_goal(when: When, sentence: Sentence, begins: int) -> bool:
    """What it is moved to: the second time, or one behind `to`."""
    if len(sentence.times) == 1 and common("forward").search(sentence.folded):
        return when.grain in _EXACT
    if is_ours(when, sentence):
        return False
    if _is_left(when, sentence, begins):
        return False
    earlier = any(other.at < when.at for other in sentence.times)
    parted = not any(other.at == when.at for other in sentence.times)
    before, first = sentence.folded[begins : when.at], fold(when.quote).split()[:1]
    to = _TO.search(before) or _TO.search(" ".join((before, *first, "")))
    put_off = _UNTIL.search(before) is not None
    return earlier or parted or put_off or (to is not None and not sentence.says("cannot"))


def _is_left(when: When, sentence: Sentence, begins: int) -> bool:
    """`from 10` of `from 10 to 11`: that is where it was."""
    ends = when.at + len(when.quote)
    if not _ON_TO.match(sentence.folded[ends:]):
        return False
    before = _FROM.search(sentence.folded[begins : when.at])
    return before is not None or _FROM_THEN.match(fold(when.quote)) is not None


def _clause(when: When, sentence: Sentence) -> tuple[int, int]:
    """Where the part of the sentence around a time begins and ends: `but` begins another."""
    cuts = [
        match.start()
        for language in sentence.languages
        for match in cues(language).but.finditer(sentence.folded)
        if not _is_of_exception(match, sentence.folded, language)
    ]
    cuts += _turns(sentence)
    start = max((cut for cut in cuts if cut <= when.at), default=0)
    end = min((cut for cut in cuts if cut > when.at), default=len(sentence.folded))
    return start, end


def _is_of_exception(but: re.Match[str], folded: str, language: str) -> bool:
    """`any day but Friday` turns to nothing else."""
    excepts = cues(language).found["except"].finditer(folded)
    return any(one.start() < but.end() - 1 and but.end() <= one.end() for one in excepts)


def _turns(sentence: Sentence) -> Iterator[int]:
    """`Tuesday I am busy, Wednesday would be fine`: the comma behind which it is fine again."""
    for comma in re.finditer(r"(?:,|\s?:|\s-)\s", sentence.folded):
        rest = sentence.folded[comma.end() :].partition(",")[0]
        fine = rest.endswith("?") or any(says(cue, rest, sentence.languages) for cue in _FINE)
        places = [*(one.at for one in sentence.times), *(one.at for one in sentence.steps)]
        told = any(comma.end() <= place < comma.end() + len(rest) for place in places)
        if fine and told and not says("not_then", rest, sentence.languages):
            yield comma.end()


def _is_excluded(when: When, sentence: Sentence, clause: tuple[int, int]) -> bool:
    part = sentence.folded[clause[0] : clause[1]]
    except_ = _last(sentence, "except", sentence.folded[clause[0] : when.at])
    if except_ is not None and not _other_between(when, sentence, clause[0] + except_):
        return True
    negated = next(
        (m for one in sentence.languages if (m := cues(one).found["not_then"].search(part))), None
    )
    if negated is None or any(
        cues(one).found["except"].fullmatch(negated[0]) for one in sentence.languages
    ):
        return False
    # `any time except 12`: what stands before the exception is not excepted.
    return not any(
        cues(one).found["except"].search(part[: negated.end()]) for one in sentence.languages
    ) or _is_bare_negation(negated[0])


def _is_bare_negation(words: str) -> bool:
    return not words.startswith(
        ("not on", "not at", "not in", "not before", "not after", "but not")
    )


def _last(sentence: Sentence, name: str, text: str) -> int | None:
    ends = [m.end() for one in sentence.languages for m in cues(one).found[name].finditer(text)]
    return max(ends, default=None)


def _other_between(when: When, sentence: Sentence, at: int) -> bool:
    return any(at <= other.at < when.at for other in sentence.times)
