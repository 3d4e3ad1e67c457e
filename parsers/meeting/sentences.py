"""A mail's text as sentences, each with the times in it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from parsers.meeting.clock import Clock, zone_name
from parsers.meeting.counted import Step, steps_in
from parsers.meeting.cues import common, cues, fold, says
from parsers.meeting.hours import asked, exchanged, figured, left_out, swap_in
from parsers.meeting.links import without_links
from parsers.meeting.turns import refuses, turn_in
from parsers.values.when import When, find_times

_MOST = 120  # sentences that are read
_LONGEST = 600  # characters of one
_WRAPPED = 45  # characters: a shorter line was ended by its writer
_BULLET = re.compile(r"\s*(?:[-*\u2022\u2013\u00b7+]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_END = re.compile(r"(?<=[.!?\u2026])[\"')\]]*\s+(?=\S)|\s*;\s+")
_PARTED = re.compile(r"[,;]\s")
_ENCLOSED = re.compile(
    r"[a-z]\.?\s?(\(\d{1,2}(?:[./]\d{1,2}[^()]{0,6}|\.?\s(?:of |de )?"
    r"(?:jan|feb|fev|mar|mae|mrt|apr|avr|abr|may|mai|mag|mei|jun|giu|jui|jul|lug|aug|aou|ago|sep|set|okt|oct|ott|out|nov|dec|dez|dic|gen|ene)"
    r"[a-z.]{0,8}(?: \d{4})?)\))"
)
_HOURS_ALONE = 4
_CLOCK_WORDS = frozenset({"ora", "uur", "hora"})  # of `un'ora e mezza`; "now" in Italian
MONTH = (
    r"(?:jan|feb|f\u00e9v|mar|m\u00e4r|mrt|apr|avr|abr|may|mai|mag|mei|maj|jun|giu|jui|jul|lug|aug|"
    r"ao\u00fb|ago|sep|set|okt|oct|ott|out|nov|de[czi]|d\u00e9c|gen|ene|uhr|o'clock)"
)
_ANSWER = re.compile(
    r"(?:Bescheid|Antwort|R\u00fcckmeldung|Zusage|Nachricht)\b"
)  # `bis 12.05. Bescheid`
_MONTH = re.compile(MONTH, re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d-])")
_SHORT = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|no|nr|ca|approx|tel|str|prof|hr|fr|mme|sr|sra|dott|ing|dhr|mevr|etc|resp|"
    r"bzw|inkl|evtl|ggf|z\.b|d\.h|e\.g|i\.e|a\.m|p\.m|mo|di|mi|do|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|"
    r"mer|jeu|ven|sam|dim|mie|jue|vie|sab|gio|dom|jan|feb|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez)"
    r"|\d)\.$",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence, or a line of a list."""

    text: str
    folded: str
    languages: tuple[str, ...]
    times: tuple[When, ...] = ()
    listed: bool = False  # it stands behind a bullet
    steps: tuple[Step, ...] = ()  # `an hour later`: counted from another time

    def says(self, name: str) -> re.Match[str] | None:
        """The words of a cue."""
        return says(name, self.folded, self.languages)

    @property
    def asks(self) -> bool:
        """It ends as a question does."""
        return "?" in self.text


def sentences(
    text: str,
    at: datetime,
    languages: Sequence[str],
    names: frozenset[str] = frozenset(),
    *,
    figures: bool = False,
) -> list[Sentence]:
    """The sentences of a text with their times, seen from `at`.

    `names` are those of the people in it, folded: Jan and April are no months then. `figures`: it
    answers an hour, so a figure by itself may be one.
    """
    made: list[Sentence] = []
    for line in list(_lines(without_links(text)))[:_MOST]:
        bullet = _BULLET.match(line)
        listed = line[bullet.end() :] if bullet else line
        for piece in _pieces(listed):
            for said in _turned(piece[:_LONGEST], at, languages, figures=figures):
                read = _sentence(said, at, languages, names)
                if not read.times:
                    told = any(_tells_hour(one) for one in made)
                    alone = figured if figures else asked if told else None
                    times = alone(said, read.folded, at, languages) if alone else ()
                    read = read._replace(times=times)
                made.append(read._replace(listed=bool(bullet)))
    return made[:_MOST]


def _sentence(said: str, at: datetime, languages: Sequence[str], names: frozenset[str]) -> Sentence:
    """With its times, but for names of people, lengths and opening hours."""
    spoken = tuple(one.partition("-")[0] for one in languages)
    folded = fold(said)
    steps = steps_in(folded, spoken)
    plain = _without_fillers(said, folded, steps)
    times = tuple(
        when
        for when in find_times(plain, at, languages)
        if fold(when.quote).strip(" .,") not in names
        and not _is_length(when, folded, spoken)
        and not _is_open_hours(when, folded)
    )
    times = left_out(fold(plain), at, languages, exchanged(plain, at, languages, times))
    return Sentence(said, folded, spoken, times, steps=steps)


def _turned(said: str, at: datetime, languages: Sequence[str], *, figures: bool) -> Iterator[str]:
    """One sentence, or the two that it is: one that refuses and one that offers."""
    spoken = tuple(one.partition("-")[0] for one in languages)
    folded = fold(said)
    if swap_in(folded) is not None or not refuses(folded, spoken):
        yield said
        return
    told = [when.at for when in find_times(said, at, languages)]
    told += [step.at for step in steps_in(folded, spoken)]
    cut = turn_in(folded, spoken, told, figures=figures)
    if cut is None:
        yield said
        return
    yield said[:cut].rstrip()
    yield said[cut:].lstrip()


def ordered(languages: Sequence[str], text: str, clock: Clock) -> tuple[str, ...]:
    """The languages with the order of their figures: English means days first but in America.

    `11/05, 12/05 or 13/05`: one that can only be read so says how all are meant.
    """
    firsts = [(int(found[1]), int(found[2])) for found in _FIGURES.finditer(text)]
    days_first = any(one > 12 >= two for one, two in firsts)
    months_first = any(two > 12 >= one for one, two in firsts)
    american = zone_name(clock.zone).startswith("America/")
    if months_first or (american and not days_first):
        return tuple(languages)
    return tuple("en-gb" if one == "en" else one for one in languages)


def _without_fillers(said: str, folded: str, steps: Sequence[Step]) -> str:
    """`at either 9 or 10`: what joins nothing is blanked, every other letter keeps its place.

    So is what counts from another time: by itself it would be read as counted from now.
    """
    kept = list(said)
    for step in steps:
        kept[step.at : step.end] = " " * (step.end - step.at)
    for found in (*common("filler").finditer(folded), *_ENCLOSED.finditer(folded)):
        if found.re is _ENCLOSED:  # `Monday (11 May) after 2`
            kept[found.start(1)] = kept[found.end(1) - 1] = " "
        else:
            kept[found.start() : found.end()] = " " * len(found[0])
    return "".join(kept)


def _is_length(when: When, folded: str, languages: Sequence[str]) -> bool:
    """`(1 heure)`, `1 uur`: so few hours without a word before them are how long it takes."""
    quote = fold(when.quote)
    ends = when.at + len(when.quote)
    for language in languages:
        known = cues(language)
        if any(_goes_on(phrase, folded, when.at, ends) for phrase, _ in known.lengths):
            return True
        counted = known.counted.fullmatch(quote)
        if counted and counted[4] and int(float(counted[1].replace(",", "."))) <= _HOURS_ALONE:
            return known.not_length.search(folded[: when.at]) is None
        if any(phrase.fullmatch(quote) for phrase, _ in known.lengths):
            return True
    return quote in _CLOCK_WORDS and when.grain == "second"


def _tells_hour(sentence: Sentence) -> bool:
    return any(when.grain in {"minute", "hour"} for when in sentence.times)


def _goes_on(phrase: re.Pattern[str], folded: str, start: int, end: int) -> bool:
    """`about three` of `about three quarters of an hour`."""
    found = phrase.search(folded, start)
    return found is not None and found.start() < end < found.end()


def _is_open_hours(when: When, folded: str) -> bool:
    """`Office hours Mon-Fri 9-17`: when somebody can be reached is no time that is offered."""
    start = max((found.end() for found in _PARTED.finditer(folded, 0, when.at)), default=0)
    parted = _PARTED.search(folded, when.at + len(when.quote))
    part = folded[start : parted.start() if parted else len(folded)]
    said = common("hours").search(part) is not None and common("myself").search(part) is None
    return said and "?" not in folded


def _lines(text: str) -> Iterator[str]:
    """Lines as their writer ended them: a mail program may have broken them again."""
    kept = ""
    for line in text.splitlines():
        said = line.strip()
        goes_on = len(kept) >= _WRAPPED and kept[-1] not in ".:?!" and not _BULLET.match(line)
        if kept and said and goes_on:
            kept = f"{kept} {said}"
            continue
        if kept:
            yield kept
        kept = said
    if kept:
        yield kept


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        before, after = line[start : found.start()].rstrip("\"')]"), line[found.end() :]
        if before.endswith(".") and not _ends(before, after):
            continue
        if line[start : found.start()].strip():
            yield line[start : found.start()].strip()
        start = found.end()
    if line[start:].strip():
        yield line[start:].strip()


def _ends(before: str, after: str) -> bool:
    """`at 10. Could we` ends, `14. Mai` and `Dr. Kay` do not."""
    if not _SHORT.search(before[-8:]):
        return True
    if before[-2:-1].isdigit():
        return after[:1].isupper() and not _MONTH.match(after) and not _ANSWER.match(after)
    return before.casefold().endswith(("a.m.", "p.m.")) and after[:1].isupper()
