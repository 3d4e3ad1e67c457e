"""Finds the times in a text: words, then figures, then ever larger readings of them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from parsers.values.when.chart import Chart, Edge
from parsers.values.when.context import Context
from parsers.values.when.figures import figures
from parsers.values.when.grammar.bounds import BOUNDS, DAYBOUNDS
from parsers.values.when.grammar.clocks import CLOCKS
from parsers.values.when.grammar.counted import COUNTED
from parsers.values.when.grammar.dates import DATES
from parsers.values.when.grammar.days import DAYS
from parsers.values.when.grammar.hours import HOURS
from parsers.values.when.grammar.joined import JOINED, PLACES
from parsers.values.when.grammar.lists import LISTS
from parsers.values.when.grammar.numbers import LENGTHS, NUMBERS
from parsers.values.when.grammar.periods import PERIODS
from parsers.values.when.grammar.ranges import RANGES, WIDE
from parsers.values.when.grammar.repeated import REPEATED
from parsers.values.when.lexicon import LANGUAGES, Language, language
from parsers.values.when.model import Span, When
from parsers.values.when.tokens import LONGEST, Token, tokens

_LAYERS = (
    NUMBERS, LENGTHS, CLOCKS, HOURS, DATES, PERIODS, DAYS, PERIODS, COUNTED, DAYS, PLACES, RANGES,
    JOINED, RANGES, WIDE, DAYBOUNDS, BOUNDS, REPEATED, WIDE, LISTS,
)  # fmt: skip
_RUN = 28  # tokens that are read together
_PHRASES = frozenset(
    {"part", "dayoff", "holiday", "named_hour", "greeting", "now", "at_once", "unit", "tz", "idiom"}
)
_CAPITALS = frozenset({"bom", "boy", "we"})
_COUNTED = frozenset({"dow", "dow_weak", "unit", "part", "season"})
_COUNTS = frozenset({"num", "NUM", "AMOUNT", "HOUR", "few", "fraction"})
_FEW = 25  # words: what is so short may be any of the likely languages
_SHORT = 300  # tokens: a text that speaks no language is tried in all of them
_MONEY = frozenset("$€£¥%°#§+")
_DAY_FIRST = frozenset({"gb", "au", "nz", "ie", "in", "za", "bz", "jm", "tt", "uk"})


def find_times(text: str, at: datetime, languages: Iterable[str] | None = None) -> list[When]:
    """The times that a text tells, in its order, as seen from `at`.

    `languages` are tags such as "de" or "en-GB"; without any the text's own words decide.
    """
    text = text[:LONGEST]
    words = tokens(text)
    best: list[When] = []
    for name, region in _tried(words, languages):
        found = _read(text, words, at, language(name), region)
        if sum(len(one.quote) for one in found) > sum(len(one.quote) for one in best):
            best = found
    return best


def spoken_in(text: str) -> tuple[str, ...]:
    """The languages that a text may be written in, the likeliest first."""
    seen = {word.word for word in tokens(text[:LONGEST])[:2000] if word.word.isalpha()}
    long = {word for word in seen if len(word) > 2}
    votes = {
        name: len(seen & language(name).common) + len(long & language(name).root.steps.keys())
        for name in LANGUAGES
    }
    most = max(votes.values())
    near = [name for name in LANGUAGES if votes[name] >= most - (len(seen) < _FEW)]
    return tuple(sorted(near, key=lambda name: -votes[name]))


def _tried(words: list[Token], languages: Iterable[str] | None) -> list[tuple[str, str]]:
    tags = [tag.lower().replace("_", "-").partition("-") for tag in languages or ()]
    known = [(name, region) for name, _, region in tags if name in LANGUAGES]
    if known:
        return list(dict.fromkeys(known))
    seen = {word.word for word in words[:2000]}
    votes = {name: len(seen & language(name).common) for name in LANGUAGES}
    most = max(votes.values())
    near = [
        name for name in LANGUAGES if votes[name] >= (most - 1 if len(words) < _SHORT else most)
    ]
    return [(name, "") for name in (near if len(words) < _SHORT else near[:2])]


def _read(text: str, words: list[Token], at: datetime, spoken: Language, region: str) -> list[When]:
    words = spoken.split(words)
    context = Context(at, spoken, "DMY" if region in _DAY_FIRST else spoken.order)
    edges = [*_base(text, words, spoken), *figures(text, words, context)]
    found: list[When] = []
    edges.sort(key=lambda edge: edge.start)
    starts = [edge.start for edge in edges]
    for run in _runs(edges, len(words)):
        here = edges[bisect_left(starts, run[0]) : bisect_left(starts, run[1])]
        chart = Chart(edge for edge in here if edge.end <= run[1])
        for layer in _LAYERS:
            layer.run(chart, context)
        found += _told(text, words, chart, run, spoken)
    days = {one.start.date() for one in found}
    return [_among(one, days) for one in found]


def _among(one: When, days: set[date]) -> When:
    """A weekday that is today's means next week's where other days are told beside it."""
    alone = days == {one.start.date()}
    if alone or "weekday" not in one.unclear or not one.others or one.others[0] <= one.start:
        return one
    if one.others[0] - one.start != timedelta(days=7):
        return one
    others = (one.start, *one.others[1:])
    moved = {"start": one.others[0], "end": one.end + timedelta(days=7), "others": others}
    return one.model_copy(update=moved)


def _base(text: str, words: list[Token], spoken: Language) -> Iterator[Edge]:
    """Single words, numbers and signs."""
    yield from _phrases(text, words, spoken)
    for at, word in enumerate(words):
        if word.word.isdecimal():
            yield from _number(words, at, spoken)
        elif not word.word.isalpha():
            yield Edge(at, at + 1, word.word, word.word)


def _phrases(text: str, words: list[Token], spoken: Language) -> Iterator[Edge]:
    """The entries of the tables, each as what it is at its place."""
    found = _longest(spoken.edges(words))
    days = {(edge.start, edge.end) for edge in found if edge.kind == "dayoff"}
    others = {(edge.start, edge.end) for edge in found if edge.kind != "tz"}
    for edge in found:
        last = words[edge.end - 1]
        written = text[last.start : last.end]
        if edge.kind == "part" and (edge.start, edge.end) in days:
            yield edge._replace(kind="part_faint")  # `morgen` is tomorrow first
        elif edge.kind == "mon_weak" and spoken.name == "en" and written.islower():
            yield edge._replace(kind="mon_faint")
        elif written.isupper() or not _needs_capitals(words, edge, spoken, others):
            yield edge


def _needs_capitals(
    words: list[Token], edge: Edge, spoken: Language, others: set[tuple[int, int]]
) -> bool:
    """`CET` is a zone, the French `cet` is none; `BOY` may be the beginning of the year."""
    word = words[edge.end - 1].word
    if edge.kind == "tz":
        return word in spoken.common or (edge.start, edge.end) in others
    return edge.kind in {"period", "unit"} and word in _CAPITALS


def _longest(found: list[Edge]) -> list[Edge]:
    """Without what is only a part of a phrase that means something else: `midi` in `après-midi`."""
    whole = [
        (one.start, one.end) for one in found if one.kind in _PHRASES and one.end - one.start > 1
    ]
    inside = {
        (start, end)
        for first, last in whole
        for start in range(first, last)
        for end in range(start + 1, last + 1)
        if (start, end) != (first, last)
    }
    return [
        one for one in found if (one.start, one.end) not in inside or one.kind in {"int", "num"}
    ]


def _number(words: list[Token], at: int, spoken: Language) -> Iterator[Edge]:
    value = int(words[at].word)
    if _is_decimal(words, at):
        yield Edge(at, at + 3, "AMOUNT", float(f"{words[at].word}.{words[at + 2].word}"))
    if _stands_alone(words, at, spoken):
        yield Edge(at, at + 1, "int", value)
        if len(words[at].word) in {3, 4}:
            yield Edge(at, at + 1, "military", value)
    after = words[at + 1] if at + 1 < len(words) else None
    if after and after.glued and after.word in {"a", "p"}:
        yield Edge(at + 1, at + 2, "half_glued", f"{after.word}m")


def _is_decimal(words: list[Token], at: int) -> bool:
    if at + 2 >= len(words) or not (words[at + 1].glued and words[at + 2].glued):
        return False
    return (
        words[at + 1].word in ".,"
        and words[at + 2].word.isdecimal()
        and not _glued_digit(words, at - 1, -1)
    )


def _stands_alone(words: list[Token], at: int, spoken: Language) -> bool:
    """Not a part of a price, a phone number, a code or a measure."""
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if before and before.word == "@" and words[at].glued:
        return False
    if before and before.word in _MONEY and (words[at].glued or before.word in "$€£"):
        return False
    if after and (after.word in _MONEY - {"+", "#"}):
        return False
    if (
        before
        and words[at].glued
        and before.word.isalpha()
        and (len(before.word) < 3 or before.word not in spoken.root.steps)
    ):
        return False
    if after and after.glued and after.word.isalpha() and after.word not in spoken.root.steps:
        return False
    return not any(_glued_digit(words, at + step, step) for step in (-1, 1)) and not _long_chain(
        words, at
    )


def _glued_digit(words: list[Token], mark: int, step: int) -> bool:
    """A point, comma, colon or stroke, and another digit behind it, without a gap."""
    beyond = mark + step
    if not 0 <= mark < len(words) or not 0 <= beyond < len(words):
        return False
    glued = (
        words[mark].glued and words[beyond].glued
        if step > 0
        else words[mark].glued and words[mark + 1].glued
    )
    return glued and words[mark].word in ".,:/" and words[beyond].word.isdecimal()


def _long_chain(words: list[Token], at: int) -> bool:
    """`650-650-6500`, `A1-B2`: joined by dashes to what is no year and no hour."""
    for step in (-1, 1):
        mark, beyond = at + step, at + 2 * step
        if not 0 <= beyond < len(words) or words[mark].word != "-":
            continue
        glued = words[mark].glued and words[max(at, mark)].glued and words[max(mark, beyond)].glued
        other = words[beyond].word
        if glued and other.isdecimal() and (len(other) > 4 or len(other) == 3):
            return True
        if glued and other.isdecimal() and len(words[at].word) == 3:
            return True
    return len(words[at].word) > 4


def _runs(edges: list[Edge], length: int) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that all mean something, none of them long."""
    covered = bytearray(length)
    for edge in edges:
        covered[edge.start : edge.end] = b"\x01" * (edge.end - edge.start)
    start = None
    for at in range(length + 1):
        if at < length and covered[at] and (start is None or at - start < _RUN):
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = at if at < length and covered[at] else None


def _told(
    text: str, words: list[Token], chart: Chart, run: tuple[int, int], spoken: Language
) -> list[When]:
    chosen = _cover(_candidates(text, words, chart, spoken), run, words)
    return [one for edge in chosen for one in _whens(text, words, edge)]


def _candidates(text: str, words: list[Token], chart: Chart, spoken: Language) -> list[Edge]:
    greetings = chart.all("greeting")
    found = [*chart.all("SPAN"), *chart.all("LIST")]
    found += [
        edge for edge in chart.all("DOUBTSPAN") if _stops_there(text, words, edge, chart, spoken)
    ]
    found += [edge for edge in chart.all("WEAKSPAN") if _is_alone(text, words, edge)]
    return [
        edge for edge in found
        if not any(one.start <= edge.start < one.end for one in greetings)
    ]  # fmt: skip


def _stops_there(text: str, words: list[Token], edge: Edge, chart: Chart, spoken: Language) -> bool:
    """No noun follows that the number may count."""
    if edge.end == len(words):
        return True
    after = words[edge.end]
    if not after.word.isalpha():
        return not after.word.isdecimal() and not (after.glued and after.word in "-/%")
    known = chart.at(edge.end).keys() - _COUNTS
    if known & _COUNTED:  # `the first Monday`, `the third week`
        return False
    if spoken.name == "de" and text[after.start : after.end].islower():
        return not after.glued  # a German noun has a capital
    return not after.glued and (after.word in spoken.common or bool(known))


def _is_alone(text: str, words: list[Token], edge: Edge) -> bool:
    """A weak word means a time where nothing else is said."""
    before = text[: words[edge.start].start].strip()
    after = text[words[edge.end - 1].end :].strip(" .!?,")
    return not before and not after


def _cover(found: list[Edge], run: tuple[int, int], words: list[Token]) -> list[Edge]:
    """The readings that cover most with fewest pieces."""
    best: dict[int, tuple[float, list[Edge]]] = {run[1]: (0.0, [])}
    by_start: dict[int, dict[int, Edge]] = {}
    for edge in found:
        by_start.setdefault(edge.start, {}).setdefault(edge.end, edge)
    for start in range(run[1] - 1, run[0] - 1, -1):
        best[start] = best[start + 1]
        for end, edge in by_start.get(start, {}).items():
            said = sum(_weight(word.word) for word in words[start:end])
            score = best[end][0] + said - 0.5
            if score >= best[start][0]:
                best[start] = (score, [edge, *best[end][1]])
    return best[run[0]][1]


def _weight(word: str) -> float:
    """A dash joins; what a comma parts is joined only where nothing else reads it."""
    return 1.0 if word.isalnum() else -0.2 if word == "," else 0.4


def _whens(text: str, words: list[Token], edge: Edge) -> Iterator[When]:
    spans: tuple[Span, ...] = (edge.value,) if isinstance(edge.value, Span) else edge.value
    start, end = words[edge.start].start, words[edge.end - 1].end
    quote = text[start:end].strip(" ,(")
    for span in spans:
        yield When(quote=quote, at=start, **span._asdict())
