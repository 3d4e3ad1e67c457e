"""What is said where the word alone is not enough: every lack, every notice, in both languages."""

import pytest

from mailagent.core.gates import Lack
from mailagent.core.letter import Notice, NoticeLetter, QuestionLetter
from mailagent.core.people import Person
from tests.render.letters import ANN, EVA, PROPOSAL, draft, envelope
from tests.render.parts import body, opened

in_both = pytest.mark.parametrize("person", [ANN, EVA], ids=["en", "de"])


@in_both
def test_every_lack_is_said_in_its_own_words(person: Person) -> None:
    said = set()
    for lack in Lack:
        letter = QuestionLetter(
            envelope=envelope(person),
            proposal=PROPOSAL,
            they_wrote="approve",
            why=None,
            likely=("approve 123 456",),
            lacks=lack,
        )
        text = body(opened(letter), "plain")
        assert "123 456" in text
        said.add(text)
    assert len(said) == len(Lack)


@in_both
@pytest.mark.parametrize("notice", [Notice.FROZEN, Notice.FIRST_WORD])
def test_a_notice_without_words_of_its_own_has_its_phrase(person: Person, notice: Notice) -> None:
    facts = (("draft", "EUR 5 Nordlicht"),)
    letter = NoticeLetter(envelope=envelope(person), notice=notice, facts=facts)
    for kind in ("plain", "html"):
        shown = body(opened(letter), kind)
        assert ("Entwurf" if person is EVA else "draft") in shown
        assert "EUR 5 Nordlicht" in shown
    assert len(body(opened(letter), "plain").splitlines()[0]) > 20


@in_both
def test_the_second_person_is_told_who_was_the_first(person: Person) -> None:
    letter = draft(envelope=envelope(person)).model_copy(update={"approved_by": ("Ben Ode",)})
    assert "Ben Ode" in body(opened(letter), "plain")
    assert "Ben Ode" in body(opened(letter), "html")
