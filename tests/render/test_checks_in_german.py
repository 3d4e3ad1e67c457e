"""Every check is told in German to a German, and no English phrase of the catalogue with it."""

import re

import pytest

from mailagent.core.reading import Check
from mailagent.core.said import Said
from mailagent.render.mail import LANGUAGES
from mailagent.render.said import said, why
from mailagent.render.words import Words, load
from tests.render.letters import ANN, AT, EVA
from tests.render.parts import TOP

WORDS = TOP / "templates" / "words"
TABLES: tuple[str, ...] = (
    "check",
    "passed",
    "why",
    "bill",
    "run",
    "reminded",
    "order",
    "reason",
    "asking",
    "tax",
)
TABLES += ("failed", "detail", "table", "trouble", "doubt", "notice", "subject", "pack", "fact")
# What a gap is filled with: in no language.
FILLED = {
    "amount": "12.30",
    "number": "2",
    "day": "2026-12-04",
    "account": "DE89370400440532013000",
}
EN, DE = load(WORDS / "en"), load(WORDS / "de")
# Words that no German sentence of ours has.
ENGLISH = re.compile(
    r"\b(?:the|is|are|not|were|it|its|from|with|this|does|bill|which|before|and|call)\b"
)


def keys() -> list[str]:
    return [key for key in EN if key.partition(".")[0] in TABLES and EN[key]]


def filled(key: str) -> Said:
    gaps = re.findall(r"\{(\w+)(?::(\w+))?\}", EN[key])
    return Said(key=key, gaps={name: FILLED.get(form, "0815") for name, form in gaps})


def outside_of_quotes(text: str) -> str:
    return re.sub(r"`[^`]*`", "", text)


def test_the_words_that_tell_english_are_in_the_english_phrases() -> None:
    told = [key for key in keys() if ENGLISH.search(EN[key].lower())]
    assert len(told) > len(keys()) / 2


@pytest.mark.parametrize("key", keys())
def test_no_german_phrase_is_english(key: str) -> None:
    german, english = Words(DE, EVA, AT), Words(EN, ANN, AT)
    phrase = said(filled(key), german)
    assert phrase != said(filled(key), english) or not re.search(r"[a-z]", EN[key].split("}")[-1])
    assert not ENGLISH.search(outside_of_quotes(phrase).lower())
    assert "{" not in phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_check_failed_is_said_from_the_catalogue(language: str) -> None:
    words = Words(DE if language == "de" else EN, EVA if language == "de" else ANN, AT)
    for key in keys():
        table, _, name = key.partition(".")
        if table == "why":
            check = Check(name=name, ok=False, detail="in English", why=filled(key))
            assert why(check, words) != "in English"
