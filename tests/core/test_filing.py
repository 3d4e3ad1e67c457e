"""Where documents go: templates, what lies there already, and the owner's word."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.filing import (
    FilingRules,
    KnownFiled,
    Paper,
    notes,
    place,
    template,
)


def paper(**changes: Any) -> Paper:
    given = {
        "group": "papers",
        "kind": "delivery_note",
        "party": "Müller & Söhne GmbH",
        "day": date(2026, 3, 9),
        "title": "LS 4711",
        "file_name": "scan.PDF",
        "media_type": "application/pdf",
        "content": "ab" * 32,
    }
    return Paper(**{**given, **changes})


_PAPERS = "delivery-note/2026/muller-sohne"
_NAMED = "2026-03-09 muller-sohne ls-4711.pdf"


@pytest.mark.parametrize(
    ("changes", "where", "name"),
    [
        ({}, _PAPERS, _NAMED),
        ({"party": ""}, "delivery-note/2026", "2026-03-09 ls-4711.pdf"),
        ({"title": ""}, _PAPERS, "2026-03-09 muller-sohne delivery-note.pdf"),
        ({"sensitive": True}, "private/delivery-note/2026", _NAMED),
        ({"group": "contracts"}, "contracts/muller-sohne", _NAMED),
        ({"media_type": "x/y"}, _PAPERS, _NAMED),
        ({"media_type": "", "file_name": "x"}, _PAPERS, "2026-03-09 muller-sohne ls-4711"),
    ],
)
def test_templates(changes: dict[str, Any], where: str, name: str) -> None:
    made = place(FilingRules(), paper(**changes), KnownFiled())
    assert (made.folder, made.name) == (where, name)


def test_the_templates_are_the_owner_s() -> None:
    rules = FilingRules(papers="{party}/{year}-{month}/{kind}", name="{title} {date}")
    made = place(rules, paper(), KnownFiled())
    assert (made.folder, made.name) == (
        "muller-sohne/2026-03/delivery-note",
        "ls-4711 2026-03-09.pdf",
    )


def test_the_owner_s_word_goes_before_what_lies_there_and_that_before_what_was_learned() -> None:
    known = KnownFiled(path="a/b/c.pdf", case="4F7Q", folder="learned", taught="2B7X")
    typed = place(FilingRules(), paper(), known, "clients/x")
    again = place(FilingRules(), paper(), known)
    learned = place(FilingRules(), paper(), known.model_copy(update={"path": "", "case": ""}))
    assert (typed.folder, again.folder, learned.folder) == ("clients/x", "a/b", "learned")
    assert again.name == "c.pdf"
    assert typed.chosen
    assert not again.chosen
    assert [said.key for said in notes(known)] == ["filing.again"]
    assert notes(known, "clients/x") == ()


def test_what_is_sensitive_goes_nowhere_but_into_its_own_folder() -> None:
    made = place(FilingRules(), paper(sensitive=True), KnownFiled(folder="shared", taught="2B7X"))
    assert made.folder == "private/delivery-note/2026"
    assert made.sensitive


@pytest.mark.parametrize("text", ["{vendor}/x", "a/{0}", "../{kind}", "{kind", "{{kind}}"])
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"has no gap|is no template"):
        template(text)


@given(party=st.text(max_size=80), title=st.text(max_size=80), kind=st.text(max_size=20))
def test_foreign_words_never_make_a_folder_of_their_own(party: str, title: str, kind: str) -> None:
    made = place(FilingRules(), paper(party=party, title=title, kind=kind), KnownFiled())
    assert made.folder.count("/") <= 2
    assert ".." not in made.folder
    assert "/" not in made.name
