"""Every letter as text, word for word."""

import pytest

from tests.render.goldens import FOLDER, spelled
from tests.render.letters import LETTERS
from tests.render.parts import body, opened, render


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_is_as_it_was(name: str) -> None:
    assert spelled(LETTERS[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_the_same_letter_gives_the_same_bytes(name: str) -> None:
    assert render(LETTERS[name]) == render(LETTERS[name])


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_stands_in_78_columns(name: str) -> None:
    text = body(opened(LETTERS[name]), "plain")
    assert [line for line in text.split("\n") if len(line) > 78] == []
    assert "\n\n\n" not in text
    assert text == text.rstrip("\n") + "\n"
