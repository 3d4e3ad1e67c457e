"""What is counted from another time: how far, and from which."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.meeting.counted import steps_in
from parsers.meeting.cues import LANGUAGES, fold

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
TOLD = [
    ("en", "could we talk the day after?", DAY),
    ("en", "the day before would be better", -DAY),
    ("en", "same time a week later", WEEK),
    ("en", "an hour or so earlier", -HOUR),
    ("en", "can we push our call by two hours?", 2 * HOUR),
    ("en", "bring our call forward by an hour", -HOUR),
    ("en", "three quarters of an hour later", HOUR * 3 / 4),
    ("de", "eine halbe Stunde später", HOUR / 2),
    ("de", "den Termin um eine Woche verschieben", WEEK),
    ("de", "am Tag darauf", DAY),
    ("fr", "reporter notre entretien d'une semaine", WEEK),
    ("fr", "un quart d'heure plus tôt", -HOUR / 4),
    ("es", "retrasar una semana la reunión", WEEK),
    ("es", "al día siguiente", DAY),
    ("it", "un'ora dopo andrebbe", HOUR),
    ("it", "rimandare di due settimane", 2 * WEEK),
    ("nl", "ons gesprek een week opschuiven", WEEK),
    ("nl", "een kwartier later", HOUR / 4),
    ("pt", "no dia seguinte", DAY),
    ("pt", "uma hora mais tarde", HOUR),
]
NOT_COUNTED = [
    ("en", "the day after tomorrow"),
    ("en", "move our one hour call to Friday"),
    ("en", "half an hour before lunch"),
    ("es", "media hora antes del fin de semana"),
    ("it", "un'ora dopo pranzo"),
    ("fr", "une heure avant le déjeuner"),
    ("de", "eine Stunde früher als sonst"),
]


@pytest.mark.parametrize(("language", "text", "by"), TOLD)
def test_how_far(language: str, text: str, by: timedelta) -> None:
    assert [step.by for step in steps_in(fold(text), (language,))] == [by]


@pytest.mark.parametrize(("language", "text"), NOT_COUNTED)
def test_what_is_counted_from_what_is_named(language: str, text: str) -> None:
    assert steps_in(fold(text), (language,)) == ()


@given(st.text(max_size=300))
def test_steps_stand_in_the_text_one_after_the_other(text: str) -> None:
    found = steps_in(fold(text), LANGUAGES)
    places = [place for step in found for place in (step.at, step.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
