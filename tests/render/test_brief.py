"""What a brief says of each line, and that what it offers to answer is understood."""

import re

import pytest

from mailagent.bootstrap import shipped_verbs
from mailagent.core.brief import Seen, shown_item
from mailagent.core.decision import Items, Shown, ShownAs, understand
from mailagent.core.letter import BriefLetter, BriefLine, Ending, ItemEnd, ItemsLetter
from mailagent.core.people import Person
from mailagent.render.words import load
from tests.render.letters import ANN, AT, EVA, LETTERS, PROPOSAL, UNTIL, envelope
from tests.render.letters import ASK as JUDGED
from tests.render.parts import TOP, body, opened

in_both = pytest.mark.parametrize("name", ["brief", "brief-de"])
VERBS = shipped_verbs()


def shown(letter: BriefLetter) -> Shown:
    """As the stage shows it to the grammar."""
    items = {
        str(line.number): shown_item(line.proposal, line.judgement, ready=line.ready)
        for line in letter.lines
    }
    person = letter.envelope.person
    return Shown(
        kind=ShownAs.BRIEF, ref="B-31", items=items, now=AT, locale=person.locale, sent_at=AT
    )


def brief(name: str) -> BriefLetter:
    letter = LETTERS[name]
    assert isinstance(letter, BriefLetter)
    return letter


@in_both
def test_the_example_is_an_answer_that_is_understood(name: str) -> None:
    text = body(opened(LETTERS[name]), "plain")
    (example,) = re.findall(r"^(?:Reply like|Antwort etwa)  (.*)$", text, re.MULTILINE)
    said = understand(example, None, shown(brief(name)), VERBS)
    assert isinstance(said, Items)
    assert said.covered == ()  # both ready ones are named
    assert said.rest is not None
    assert {n: one.says for n, one in said.items.items()} == dict.fromkeys("124", "execute")


@in_both
def test_every_command_it_names_is_understood(name: str) -> None:
    html = body(opened(LETTERS[name]), "html")
    words = re.findall(r'class="word"[^>]*>(.*?)</span>(?= \u00b7|</p>|\n)', html)
    named = [re.sub(r"<[^>]*>", "", word) for word in words]
    commands = [word for word in named if word.startswith("6 ")]
    assert len(commands) == 4
    for own in commands:
        meant = own.replace("ben@...", "ben@acme.example")
        said = understand(meant, None, shown(brief(name)), VERBS)
        assert isinstance(said, Items), own


def test_what_is_a_stop_takes_the_buttons_away() -> None:
    assert "mailto:" not in body(opened(LETTERS["brief"]), "html")
    assert "mailto:" in body(opened(LETTERS["brief-ready-trouble"]), "html")


@pytest.mark.parametrize("person", [ANN, EVA], ids=["en", "de"])
def test_fifty_lines_stay_small_enough_for_every_program(person: Person) -> None:
    lines = tuple(
        BriefLine(number=n, ready=n < 40, proposal=PROPOSAL, judgement=JUDGED, days=9)
        for n in range(1, 51)
    )
    around = envelope(person, "50 decisions", ref="B-9")
    letter = BriefLetter(envelope=around, lines=lines, seen=Seen(all=50, here=50), expires_at=UNTIL)
    assert len(body(opened(letter), "html").encode()) < 100 * 1024
    ends = tuple(
        ItemEnd(number=n, title=PROPOSAL.title, ending=Ending.REJECTED) for n in range(1, 51)
    )
    receipt = ItemsLetter(envelope=around, items=ends, undo=(1,), undo_until=UNTIL)
    assert "1-50." in body(opened(receipt), "plain").splitlines()[0]


@pytest.mark.parametrize("person", [ANN, EVA], ids=["en", "de"])
@pytest.mark.parametrize("ending", list(Ending))
def test_every_ending_is_said(ending: Ending, person: Person) -> None:
    end = ItemEnd(number=4, title="A thing", ending=ending, detail="Ben Ode", until=UNTIL)
    text = body(opened(ItemsLetter(envelope=envelope(person), items=(end,))), "plain")
    assert "4" in text.split("\n")[0]
    told = ending is Ending.NOT_COVERED or "A thing: " in text
    assert told
    assert "`" not in text


def test_words_for_every_ending_are_in_both_languages() -> None:
    for language in ("en", "de"):
        phrases = load(TOP / "templates" / "words" / language)
        assert phrases.keys() >= {f"ending.{ending}" for ending in Ending}


def test_the_charts_of_a_week_are_pictures_with_a_text_that_says_the_same() -> None:
    mail = opened(LETTERS["digest"])
    html, text = body(mail, "html"), body(mail, "plain")
    pictures = {part["Content-ID"].strip("<>"): part for part in mail.walk() if part["Content-ID"]}
    assert len(pictures) == 2
    for name, picture in pictures.items():
        assert f'src="cid:{name}"' in html
        content = picture.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert content.startswith(b"\x89PNG")
    assert 'alt="Done a week: 9, 12, 7, 11, 14"' in html
    assert "Done a week: 9, 12, 7, 11, 14" in text
    assert len(mail.as_bytes()) < 100_000
