"""Whatever a text says, it is read in bounded time, and what comes out holds together."""

import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.values.when import find_times
from parsers.values.when.lexicon import LANGUAGES, language

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 5, 6, 10, 0, tzinfo=BERLIN)
FIGURES = (
    "3", "15", "31", "0", "99", "1530", "12.5.", "31/12", "9999", "2026", "2026-02-30", "24:00",
    "23:59", "3:30", "12-12", "10:00 - 11:00", "15h30", "6pm", "½", "1.5", "100000", "999999999999",
    "(", ")", ",", "-", "/", ".", ":", "\n", "ABC", "CET", "people",
)  # fmt: skip
MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN),
    datetime(2024, 2, 29, 12, 0, tzinfo=ZoneInfo("America/New_York")),
]


def phrases(name: str) -> list[str]:
    """Everything in the tables of a language, some of the numbers left out."""
    found: list[str] = []
    waiting = [(language(name).root, "")]
    while waiting:
        node, words = waiting.pop()
        if node.ends:
            found.append(words)
        waiting += [(after, f"{words} {word}".strip()) for word, after in node.steps.items()]
    return sorted(found)


SOUP = {
    name: st.lists(st.one_of(st.sampled_from(phrases(name)), st.sampled_from(FIGURES)), max_size=9)
    for name in LANGUAGES
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LANGUAGES)
@settings(max_examples=40)
@given(st.data(), st.sampled_from(MOMENTS))
def test_any_words_in_any_order(name: str, data: st.DataObject, at: datetime) -> None:
    text = " ".join(data.draw(SOUP[name]))
    for found in find_times(text, at, [name]):
        assert found.start <= found.end
        assert found.start.tzinfo is not None
        assert found.quote in text
        assert text.find(found.quote, found.at) - found.at < 5


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for found in islice(find_times(text, AT), 50):
        assert found.start <= found.end


@given(st.integers(0, 70 * 365 * 24 * 12))
def test_a_date_is_read_as_it_is_written(minutes: int) -> None:
    day = (datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * minutes)).replace(tzinfo=BERLIN)
    spellings = (
        (f"{day:%d.%m.%Y, %H:%M} Uhr", "de"),
        (f"{day:%Y-%m-%d %H:%M}", "en"),
        (f"{day:%B} {day.day}, {day.year} at {day:%I:%M %p}", "en"),
        (f"{day:%d/%m/%Y à %Hh%M}", "fr"),
        (f"{day:%d-%m-%Y} om {day:%H.%M} uur", "nl"),
    )
    for text, name in spellings:
        [found] = find_times(text, AT, [name])
        assert found.start.replace(tzinfo=None) == day.replace(tzinfo=None), text


HOSTILE = [
    "monday ", "3 ", "1/2/3/", "1-2-", "1:2:3:", "12.05.2026 ", "next monday at 3 or 4 pm and ",
    "in 2 ", "' ", ". ", "2026-05-04T", "am montag um halb drei oder ", "a", " ", "1", "mon/", "q1",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    find_times("warm up 3", AT, ["en", "de"])
    short, long = (_quickest(unit * (length // len(unit))) for length in (2_000, 16_000))
    assert long < 24 * short + 0.2


def _quickest(text: str) -> float:
    """Of three: what else runs here makes some slower."""
    took = []
    for _ in range(3):
        started = time.process_time()
        find_times(text, AT, ["en", "de"])
        took.append(time.process_time() - started)
    return min(took)


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    assert len(find_times("x " * 20_000 + "monday", AT, ["en"])) == 0
