"""How people say that they want a meeting, agree, move or cancel: words.toml as patterns."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from parsers.values.when.numerals import numbers

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_GAP = r".{0,140}?"
_LISTS = (
    "ask", "when", "weak", "free", "confirm", "move", "cancel", "cannot", "not_then", "except",
    "answer_by", "urgent", "yours", "mine", "about", "accept", "refuse", "instead", "week_after",
    "order",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "last")


class Cues(NamedTuple):
    """The patterns of one language. They are for folded text."""

    found: dict[str, re.Pattern[str]]
    noun: re.Pattern[str]
    meet: re.Pattern[str]
    option: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]  # first, second, third, last
    any: re.Pattern[str]
    place: re.Pattern[str]  # for text with its capitals
    but: re.Pattern[str]
    counted: re.Pattern[str]  # 30 minutes, 1,5 hours
    spelled: tuple[tuple[re.Pattern[str], int], ...]  # twenty minutes
    at: str  # what stands before an hour
    lengths: tuple[tuple[re.Pattern[str], int], ...]  # the longest phrase first
    not_length: re.Pattern[str]
    not_after: re.Pattern[str]


@lru_cache(maxsize=len(LANGUAGES))
def cues(language: str) -> Cues:
    """The patterns of this language."""
    table = _table()[language]
    noun = table["noun"]
    meet = table["meet"].replace("{noun}", noun)
    lengths = sorted(table["lengths"].items(), key=lambda entry: -len(entry[0]))
    return Cues(
        found={name: _either(table[name], noun, meet) for name in _LISTS},
        noun=re.compile(rf"\b{noun}\b"),
        meet=re.compile(rf"\b{meet}\b"),
        option=re.compile(rf"{table['option']}(\d)\b"),
        ordinals=tuple(_either(table[name], noun, meet, whole=True) for name in _ORDINALS),
        any=_either(table["any"], noun, meet, whole=True),
        place=re.compile("|".join(_with_capitals(one) for one in table["place"])),
        but=re.compile(rf"[,;]?\s*\b(?:{'|'.join(table['but'])})\b"),
        counted=_counted(table["minutes"], table["hours"]),
        spelled=_spelled(language, table["minutes"]),
        at=table["at"],
        lengths=tuple((re.compile(rf"\b(?:1 )?{one}\b"), minutes) for one, minutes in lengths),
        not_length=re.compile(table["not_length"]),
        not_after=re.compile(table["not_after"]),
    )


def says(name: str, folded: str, languages: Iterable[str]) -> re.Match[str] | None:
    """The first words that say so, in any of these languages."""
    return next((m for one in languages if (m := cues(one).found[name].search(folded))), None)


def names_meeting(folded: str, languages: Iterable[str]) -> bool:
    """A meeting is named, or what people do at one."""
    return any(cues(one).noun.search(folded) or cues(one).meet.search(folded) for one in languages)


def names_noun(folded: str, languages: Iterable[str]) -> bool:
    """A meeting is named."""
    return any(cues(one).noun.search(folded) for one in languages)


def unaccented(text: str) -> str:
    """Without accents, letter for letter."""
    folded = fold(text)
    return "".join(
        plain.upper() if letter.isupper() else plain
        for letter, plain in zip(text, folded, strict=True)
    )


def fold(text: str) -> str:
    """Without capitals and accents, letter for letter: places stay what they are."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=16)
def common(name: str) -> re.Pattern[str]:
    """Words that are looked for in every language at once."""
    return re.compile(rf"\b(?:{'|'.join(_table()['all'][name])})\b")


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in "\u2019\u2018\u00b4`":
        return "'"
    first = unicodedata.normalize("NFKD", letter)[:1].lower() if ord(letter) > 127 else letter
    return first.lower() if len(first.lower()) == 1 else letter


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("parsers.meeting") / "words.toml").read_text("utf-8"))


def _either(patterns: list[str], noun: str, meet: str, *, whole: bool = False) -> re.Pattern[str]:
    one = "|".join(f"(?:{pattern})" for pattern in patterns)
    one = one.replace("{meet}", meet).replace("{noun}", noun).replace("{gap}", _GAP)
    return re.compile(rf"\b(?:{one})\b" if whole else one)


def _with_capitals(pattern: str) -> str:
    """A pattern that asks for a capital sees them; any other does not."""
    return pattern if "[A-Z]" in pattern else f"(?i:{pattern})"


def _spelled(language: str, minutes: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    said = {number: numbers(language).get(number, ()) for number in range(5, 61, 5)}
    return tuple(
        (re.compile(rf"\b{re.escape(fold(word))}\s{minutes}\b"), number)
        for number, words in said.items()
        for word in words
        if word.replace(" ", "").replace("-", "").isalpha()
    )


def _counted(minutes: str, hours: str) -> re.Pattern[str]:
    number = r"(?<![\d:.,/])(\d{1,3}(?:[.,]5|[.,]25|[.,]75)?)(?:\s?[-\u2013]\s?(\d{1,3}))?"
    return re.compile(rf"{number}\s?-?(?:({minutes})|({hours}))\b")
