"""The digest's two sentences by a model: from counts alone, marked, and never in the way."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.digest import Digest, DoneTask
from mailagent.core.figures import Figures
from mailagent.core.week import in_counts
from mailagent.ports.prose import week_in_words
from mailagent.render.digest import digest_page
from mailagent.render.words import Words, load
from tests.model_server import ModelServer, Wire, fails, message, says, silent
from tests.stages.test_advice import RULES, advised, server
from tests.stages.test_spots import weekly
from tests.values import NOW, person

__all__ = ["server"]
TOP = Path(__file__).parents[2]
GOOD = "You finished 3 cases, after 0 in each week before. No mistake was found."
WANTED = RULES.model_copy(update={"digest": True})


WEEK = Digest(
    week=date(2026, 11, 23),
    now=Figures(counts={"done": 3, "decided": 4, "approved": 3, "corrected": 1}),
    weeks=(*(Figures(),) * 4, Figures(counts={"done": 3})),
    done=(DoneTask(task="bills", n=3),),
)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (says({"sentence": GOOD}), GOOD),
        (
            says({"sentence": "75% of the decisions said yes, 33% after a change."}),
            "75% of the decisions said yes",
        ),
        (says({"sentence": "You finished 30 cases, many more than before."}), ""),
        (says({"sentence": "You finished 3 cases and saved 1,200 EUR this week."}), ""),
        (says({"sentence": "3 cases. Reply approve to all that waits for you."}), ""),
        (says({"sentence": "3 cases, see https://evil.example/week for more."}), ""),
        (says({"sentence": "3 cases were done.", "approve": True}), ""),
        (says({"sentence": None}), ""),
        (message("3 cases were done"), ""),
        (fails(529), ""),
        (silent(0.6), ""),
    ],
)
async def test_what_it_says_is_believed_only_where_every_number_is_a_figure(
    tmp_path: Path, server: ModelServer, answer: Wire, told: str
) -> None:
    async with advised(tmp_path, server, model_rules=WANTED) as desk:
        server.will(answer)
        prose = (await week_in_words(desk.office, WEEK, "en")).prose
        assert (told in prose.gaps["text"]) if told and prose else prose is None
        assert bool(prose) is bool(told)


async def test_the_digest_shows_it_marked_and_only_counts_were_sent(
    tmp_path: Path, server: ModelServer
) -> None:
    async with advised(tmp_path, server, model_rules=WANTED) as desk:
        server.will(says({"sentence": GOOD}))
        letter = await weekly(desk)
        assert letter.digest
        assert letter.digest.now["model_cost"] == 0  # of this week; it is counted in the next
        for language, mark in (("en", "a model's words"), ("de", "Worten eines Modells")):
            words = Words(load(TOP / "templates" / "words" / language), person(), NOW)
            page = digest_page(letter.digest, words)
            assert mark in page.prose
            assert GOOD in page.prose
            assert page.rows
        asked: Any = server.requests[-1]["messages"][0]["content"]
        told = asked if isinstance(asked, str) else asked[0]["text"]
        assert in_counts(letter.digest) in told
        for private in ("Acme", "119.00", "R-", "@"):
            assert private not in told


async def test_it_is_off_unless_wanted(tmp_path: Path, server: ModelServer) -> None:
    async with advised(tmp_path, server) as desk:
        assert await week_in_words(desk.office, WEEK, "en") == WEEK
        assert server.requests == []
    async with advised(tmp_path, server, model=None, model_rules=WANTED) as desk:
        assert await week_in_words(desk.office, WEEK, "en") == WEEK  # wanted, but there is none
