"""Work in shadow, as the digest tells it."""

from datetime import date

import pytest

from mailagent.core.digest import Digest
from mailagent.core.figures import Figures
from mailagent.render.digest import digest_page
from tests.render.test_words import words

WEEK = date(2026, 11, 16)
SAID = {
    "en": "5 new; you did 3 as I would have, 1 in your own words, 2 otherwise (total 2)",
    "de": "5 neu; 3 taten Sie, wie ich es getan hätte, 1 mit eigenen Worten, 2 anders (",
}


@pytest.mark.parametrize("language", SAID)
def test_it_says_how_often_it_was_the_same_and_what_was_not(language: str) -> None:
    counts = {"shadowed": 5, "shadow_same": 3, "shadow_seen": 1, "shadow_other": 2}
    now = Figures(counts=counts | {"shadow_differs:total": 2})
    page = digest_page(Digest(week=WEEK, now=now), words(language))
    (said,) = [row.text for row in page.rows if row.text.startswith("5 ")]
    assert said.startswith(SAID[language])


def test_where_nothing_lies_in_shadow_nothing_is_said() -> None:
    page = digest_page(Digest(week=WEEK), words("en"))
    assert [row for row in page.rows if "shadow" in row.title] == []
