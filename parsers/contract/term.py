"""How long a contract runs: the day it ends, read or counted."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from parsers.contract.cues import cues, weighed
from parsers.contract.dates import Day, Length, days, last_of_month, lengths, month_end, ordinal
from parsers.contract.prose import Passage, Prose

_CONTRACT = (
    r"(?:agreement|contract|lease|licen[cs]e|franchise|appointment|addendum|memorandum|"
    r"engagement|"
    r"arrangement|attachment|sponsorship|services?)"
)
_RUNS = re.compile(
    r"\b(?:initial|original|primary|base|first)\s+(?:term|period)\b"
    r"|\bterm\s*[\"\u201d]?\)?\s+(?:of|shall|will|is|begins?|commences?|expires?|ends?)\b"
    rf"|\b{_CONTRACT}\b[^.;]{{0,120}}?\b(?:continues?|remains?|be in (?:full )?(?:force|effect)|"
    rf"expires?|runs?|lasts?|terminates?(?: automatically)? on|ends?|valid|"
    r"(?:for|has|have|having) an?\b[^.;]{0,40}?\b(?:term|period|duration))\b"
    r"|\bcommences?\b[^;]{0,200}?\b(?:expires?|ends?|lapses?|terminates?)\b"
    r"|\b(?:shall|will|to)\b[^.;]{0,60}?\b(?:continue|remain|endure|subsist|run)\b[^.;]{0,60}?\b(?:for|until|"
    r"through|up to)\b"
    r"|\bin (?:full )?(?:force|effect)\b[^.;]{0,60}?\b(?:for|until|through)\b|\bterm\b\s*:?\s|"
    r"\b(?:expiration|expiry|end) date\b"
    r"|\bfor an? (?:fixed |initial |total )?(?:term|period|duration) of\b[^.;]{0,60}?"
    r"\b(?:commenc|beginn|start|from|as of)"
    r"|\bduration\b|\bperiod of performance\b|\b(?:contract|lease|licen[cs]e|subscription|"
    r"engagement|consulting|service|project) (?:period|term)\b|\bterms of the project\b"
    r"|\bservice period\b|\bterm of (?:this|the)\b|"
    r"\bappointment\b[^.;]{0,80}\blasts?\b|\bwritten notice\b[^.;]{0,40}\btermination\b|"
    r"\b(?:shall|will) be (?:effective|for)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|through(?:\s+to)?|thru|to|(?:in no event|no) later than|expires?(?:\s+without "
    r"(?:further )?notice)?"
    r"(?:\s+on)?|"
    r"expir(?:ing|e|ation date)(?:\s+(?:on|is|of|"
    r"shall be))?|ending(?:\s+(?:on|with))?|ends?(?:\s+on)?|"
    r"terminat(?:es?|ing)(?:\s+automatically)?(?:\s+(?:on|as of))?|up to(?: and including)?|ended|"
    r"clos(?:es|ing)(?:\s+on)?|last\s+day\s+(?:is|shall\s+be)|conclud(?:es?|"
    r"ing)(?:\s+on)?|(?:term|(?<!effective )(?<!commencement )(?<!start )(?<!agreement )"
    r"(?<!signing )date)\s*:|[-\u2013\u2014])\s*"
    r"(?:(?:upon\s+|on\s+)?the\s+(?:earl(?:ier|iest)|later|latest)\s+(?:of|"
    r"to occur of)[:\s]+)?(?:\(?[iax1]\)\s*)?(?:midnight\s+(?:on|of)\s+|"
    r"(?:at\s+)?(?:hour ending\s+)?\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?|hours)?,?\s*(?:\w+,?\s+){0,4}?"
    r"(?:on|of)\s+|at midnight\s+on\s+)?"
    r"(?:and including\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_END_OF_YEAR = re.compile(
    r"\b(?:until|through)\s+(?:(?:the\s+)?(?:end|close|last\s+day)\s+of\s+)?(?:the\s+current\s+"
    r"calendar\s+year\b|(?:(?:the\s+)?(?:calendar\s+)?year\s+)?(?P<year>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
# "the end of the third full calendar year following the Effective Date"
_NTH_YEAR = re.compile(
    r"\b(?:end|close|last day|December\s+31|31\s+December)\s+of\s+the\s+(?P<word>[a-z]+)\s*"
    r"(?:\(?\d{1,2}\s?(?:st|nd|rd|th)?\)?\s*)?(?:full\s+)?calendar\s+year\b[^.;]{0,40}?"
    r"\b(?:following|after|beginning\s+after)\b",
    re.IGNORECASE,
)
# Several ends of which one may be a date: "the earlier of (i) the last Closing and (ii) May 28".
_ONE_OF = re.compile(
    r"\bthe\s+(?:earl(?:ier|iest)|later|latest)\s+(?:of|to\s+occur)\b", re.IGNORECASE
)
# A day that is called the last one: "Expiration Date: June 30, 2022".
_CALLED = re.compile(
    r"\b(?:(?:expiration|expiry|end|termination) date|(?:contract|agreement|lease) ends?)"
    r"[\"\u201d)]*(?: of this \w+)?\s*"
    r"(?::|-|\u2013|is\b|shall (?:be|mean)\b|means\b)?\s*",
    re.IGNORECASE,
)
_LAST_OF_MONTH = re.compile(
    r"\b(?:last day of (?:the|such|that) (?:\w+ )?month|end of (?:the|such|that) (?:\w+ )?month)\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"(?P<eve>\bday\s+(?:immediately\s+)?(?:preceding|before|prior\s+to)\s+the\s+)?"
    r"\b(?P<word>[a-z]+(?:-[a-z]+)?)\s*(?:\(?(?P<digits>\d{1,2})\s?(?:st|nd|rd|th)\)?\s*)?"
    r"(?:annual )?anniversary\s+(?:date\s+)?(?:thereof\b|(?:of|from|after)\s+(?:the\s+|its\s+)?"
    r"(?:effective date|commencement date|start date|date (?:hereof|of this|first|of (?:its )?"
    r"(?:execution|signature))|execution|signing|this ))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:until|through|expir\w+|end(?:s|ing)?|terminat\w+|upon)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:from|between|during the period)\s.{6,24}\b(?:19|20)\d\d\W{0,3}"
    r"(?:to|through|until|and|-|\u2013)\s",
    re.IGNORECASE,
)
_PERPETUAL = re.compile(
    r"\bperpetu(?:al|ally|ity)\b|\b(?:until|unless)\s+(?:it is\s+|"
    r"otherwise\s+)?terminated\s+(?:by|as|in|upon|pursuant)|"
    r"\bindefinite(?:ly)?\b|\buntil either\b",
    re.IGNORECASE,
)
_OTHERS = (
    r"\b(?:confidential(?:ity)?|non-?disclosure|warrant(?:y|ies) period|warranted|defects?|"
    r"(?:date of )?(?:shipment|installation)|insurance|surviv\w+|audit|"
    r"records?|non-?compet\w+|indemnif\w+|cure|invoice|payment term|interest|option period|"
    r"restricted period|sell-?off|statute|limitations?|instal?lments?|"
    r"(?:after|following) (?:the |such |any |its )?(?:effective date of )?(?:expiration or |"
    r"expiry or )?(?:earlier |sooner )?(?:termination|expiration|expiry))\b"
)
_SOUNDS = cues(
    (4, r"\bthe (?:initial )?term of (?:this|the) "),
    (
        1.5,
        (
            r"^(?!.*\bthe (?:initial )?term of ).*\bthe (?:\w+ )?term "
            r"(?:shall|will|begin|commence|expire|end|run)"
        ),
    ),
    (2.5, r"\binitial term\b|[\"\u201c]term[\"\u201d]"),
    (  # a clause that is headed so, and what is called so
        2,
        r"^\W*(?:(?:section|article|clause)?\s*[\divx]+(?:\.\d+)*[.):]?\s*)?(?:initial |lease |",
        r"contract )?(?:term|duration)(?:\s+(?:of|and) \w+(?: \w+)?)?\s*[.:\u2013\u2014-]",
        r"\b(?:expiration|expiry) date\b\W{0,3}(?::|is|shall be|means)",
        r"\bperiod of performance\b",
        (
            r"\b(?:contract|lease|licen[cs]e|engagement|service|subscription) period(?: (?:for|of) "
            r"[\w ]{1,30}?)?[\"\u201d]?\s*(?:shall |will )?(?:mean|be|is)"
        ),
    ),
    (
        1.5,
        r"\bfor an? (?:fixed |initial )?(?:term|period|duration) of\b",
        r"\bha(?:ve|s) a term of\b",
    ),
    (
        2,
        (
            rf"\bthis (?:[\w-]+ ){{0,3}}{_CONTRACT}\b[^.;]{{0,80}}\b(?:shall|will|is|be|commences?|"
            r"becomes?|comes|ends|runs|continues|expires)\b"
        ),
    ),
    (1, r"\b(?:commenc|begin|effective|start|from the date)"),
    (1, r"\b(?:continue|remain|expire|full force|in effect|terminate on|end on|ending)\b"),
    (1, r"\bunless (?:sooner|earlier|otherwise)|(?:sooner|earlier) terminat"),
    (-4, _OTHERS),
    (
        -2,
        (
            r"^(?!.*\b(?:terminate|expire|end)s? on\b).*"
            r"(?:\bmay be extended\b|\bshall be extended\b|\bextended on a\b)"
        ),
    ),
    (
        1.5,
        (
            r"\bthe (?:[\w'\u2019]+ )?(?:appointment|engagement|agency|retainer|concession|"
            r"licen[cs]e|lease|services?|research|work|project)\b[^.;]{0,80}\b(?:shall|"
            r"will)\b"
        ),
    ),
    (
        -2,
        (
            r"^(?!.*(?:initial|commenc|continue|\bterm of \w+[ (]|[- ](?:year|month)s? term\b))"
            r".*\brenew"
        ),
    ),
)
# What a clause is headed: "4. Term.", "Term and Termination:"
_HEADED = re.compile(
    r"(?:^|[\s.\u00a7])(?:(?:initial |lease |contract |[\w ]{3,30} and )?(?:term|duration|"
    r"contract period)"
    r"(?: (?:of|and) [\w ]{3,30}|; \w+)?|period of (?:agency|performance|(?:the )?\w+ment))"
    r"\s*[.:\u2013\u2014-]+\s*(?:\(?[\da-z](?:\.\d+)*[.)]?\s*)?$",
    re.IGNORECASE,
)
_HEADING, _OF_A_NAME = 1.5, 2.5
_LIKELY = 1.5
_BESIDE = 8  # letters between "until" and its day
_TO = re.compile(
    r"\s*(?:-|\u2013|\u2014|to|through|until)\s*(?:and including\s+)?(?:the\s+)?", re.IGNORECASE
)
_HEADLINE = 60  # letters of a heading
_HEARD = 900  # letters of a sentence
_BEFORE_TERM = re.compile(
    r"\b(?:for|of|be|is|continue|until|ending|term\W|following|period|end|through)\b", re.IGNORECASE
)
_BEHIND_TERM = re.compile(
    r"[\s-]*(?:anniversary|term|period|thereafter|after|from|following)", re.IGNORECASE
)
_BEFORE_OTHER = re.compile(
    r"\b(?:notice|prior|within|least|than|advance|renew\w*|extend\w*|additional|"
    r"successive)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_BEHIND_NOTICE = re.compile(r"[\s']*(?:\w+\s+){0,2}(?:notice|prior|before|advance)", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:commenc\w*|beginn?(?:ing|s)?|effective|start\w*|from|since|dated)\b", re.IGNORECASE
)
# Counted from something that has no date in the contract.
_FROM_AN_EVENT = re.compile(
    r"\b(?:launch|commercial|first (?:sale|delivery)|closing|completion|opening|delivery date|"
    r"acceptance|installation)\b",
    re.IGNORECASE,
)
_FROM_THE_START = re.compile(
    r"\s*(?:the )?(?:effective date|commencement date|start date|date (?:hereof|of this))\b"
    r"(?!\W{0,3}(?:of|:|being|which|\())|"
    r"effective date|date (?:hereof|of this)|the date (?:first|above)",
    re.IGNORECASE,
)
_SHORTEST = 59  # days: what is shorter is a notice


class Term(NamedTuple):
    """The day it ends, how that was found, and where; `perpetual` where it has no end."""

    ends: date | None
    where: Passage
    rule: str
    sure: float
    perpetual: bool = False


def expiration(prose: Prose, starts: date | None, agreed: date | None) -> Term | None:
    """The best sentence on the term wins: a date in it, else its length from the start."""
    called = _called(prose)
    best = (_OF_A_NAME, called) if called else None
    for sentence, rank in _ranked(prose):
        term = (
            _dated(sentence)
            or _anniversary(sentence, starts, agreed)
            or _year_end(sentence, starts or agreed)
            or _counted(sentence, starts, agreed)
            or _endless(sentence)
        )
        if term is None:
            continue
        worth = rank + 0.5 * (term.ends is not None) - 2 * term.perpetual
        if best is None or worth > best[0]:
            best = worth, term
    return best[1] if best else None


def _ranked(prose: Prose) -> Iterator[tuple[Passage, float]]:
    """The sentences that may speak of the term, and how much each sounds like it."""
    for sentence in _about_term(prose):
        rank = weighed(sentence.text[:_HEARD], _SOUNDS) - _LIKELY
        if _HEADED.search(prose.text, max(0, sentence.start - 60), sentence.start):
            rank += _HEADING
        if _SPAN.search(sentence.text[:_HEARD]):
            rank += 1
        if rank > 0:
            yield sentence, rank


def _about_term(prose: Prose) -> Iterator[Passage]:
    """Sentences with words for it; and what follows a heading, whatever its words."""
    for sentence in prose.sentences(_RUNS):
        yield sentence
        if sentence.end < len(prose.text) and _HEADED.search(sentence.text[:_HEADLINE]):
            following = prose.sentence(sentence.end)
            if not _RUNS.search(following.text):
                yield following


def _called(prose: Prose) -> Term | None:
    for match in _CALLED.finditer(prose.text):
        day = next(days(prose.text, match.end(), match.end() + 30), None)
        if day is not None and day.start - match.end() <= 1:
            where = prose.passage(match.start(), day.end)
            return Term(day.day, where, "", 0.9 if day.sure else 0.6)
    return None


def _dated(sentence: Passage) -> Term | None:
    text = sentence.text
    for match in _UNTIL.finditer(text):
        day = next(days(text, match.end(), match.end() + 40), None)
        if day is not None and day.start - match.end() <= _BESIDE:
            day = _span_end(text, day)
            return Term(day.day, sentence, "", 0.95 if day.sure else 0.6)
        if month := last_of_month(text, match.end()):
            return Term(month.day, sentence, "the last day of the month", 0.7)
    return _one_of(sentence)


def _span_end(text: str, day: Day) -> Day:
    """Of `Term: May 1, 2006 - April 30, 2011` the later day."""
    to = _TO.match(text, day.end)
    last = next(days(text, to.end(), to.end() + 30), None) if to else None
    return last if to and last and last.start - to.end() <= 1 and last.day > day.day else day


def _one_of(sentence: Passage) -> Term | None:
    """The one of several ends that is a date: `the earlier of (i) ... and (ii) 28 May 2018`."""
    match = _ONE_OF.search(sentence.text)
    if match is None or not _ENDS.search(sentence.text, max(0, match.start() - 60), match.start()):
        return None
    day = next(days(sentence.text, match.end(), match.end() + 400), None)
    return Term(day.day, sentence, "", 0.6) if day else None


def _anniversary(sentence: Passage, starts: date | None, agreed: date | None) -> Term | None:
    """`until the fifth (5th) anniversary of the Effective Date`."""
    match = _ANNIVERSARY.search(sentence.text)
    begins, whence = (starts, "the effective date") if starts else (agreed, "its date")
    if match is None or begins is None:
        return None
    years = int(match["digits"] or 0) or ordinal(match["word"])
    if not years or begins.year + years > date.max.year:
        return None
    ends = Length(years, "year", 0, 0).after(begins)
    rule = f"{begins.isoformat()} ({whence}) + {years:g} year{'s' if years > 1 else ''}"
    if match["eve"] and ends:
        ends, rule = ends - timedelta(days=1), f"{rule}, and the day before"
    return Term(ends, sentence, rule, 0.8)


def _year_end(sentence: Passage, starts: date | None) -> Term | None:
    """`until the end of 2006`, or of the calendar year in which it begins, or of a later one."""
    if nth := _NTH_YEAR.search(sentence.text):
        count = ordinal(nth["word"])
        if not count or starts is None:
            return None
        ends = date(starts.year + count, 12, 31)
        return Term(ends, sentence, f"end of {starts.year} + {count} years", 0.7)
    match = _END_OF_YEAR.search(sentence.text)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else starts.year if starts else 0
    return Term(date(year, 12, 31), sentence, f"end of {year}", 0.7) if year else None


def _counted(sentence: Passage, starts: date | None, agreed: date | None) -> Term | None:
    text = sentence.text
    for length in lengths(text):
        too_short = length.unit in ("day", "week") and length.number < _SHORTEST
        if too_short or not _is_term(text, length):
            continue
        begins, whence = _start(text, length, starts, agreed)
        ends = length.after(begins) if begins else None
        if begins is None or ends is None:
            return None
        if _LAST_OF_MONTH.search(text):
            ends = month_end(ends)
        rule = f"{begins.isoformat()} ({whence}) + {length.words}"
        return Term(ends, sentence, rule, 0.8)
    return None


def _is_term(text: str, length: Length) -> bool:
    """A length of the contract, not of a notice in the same sentence."""
    before, behind = length.around(text, 80, 40)
    if _BEFORE_OTHER.search(before) or _BEHIND_NOTICE.match(behind):
        return False
    return bool(_BEFORE_TERM.search(before) or _BEHIND_TERM.match(behind))


def _start(
    text: str, length: Length, starts: date | None, agreed: date | None
) -> tuple[date | None, str]:
    """From when it is counted: a date in the sentence, else the day it takes effect."""
    near = text[max(0, length.start - 200) : length.end + 160]
    if match := _FROM.search(near):
        day = next(days(near, match.start()), None)
        if day is not None and not _FROM_THE_START.match(near, match.end()):
            return day.day, "the day named"
    if _FROM_AN_EVENT.search(near) and not _FROM_THE_START.search(near):
        return None, ""
    if starts is not None:
        return starts, "the effective date"
    return agreed, "the date of the contract"


def _endless(sentence: Passage) -> Term | None:
    if _PERPETUAL.search(sentence.text):
        return Term(None, sentence, "runs until it is ended", 0.7, perpetual=True)
    return None
