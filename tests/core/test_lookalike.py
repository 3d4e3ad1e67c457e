"""Names that are made to be taken for others."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.lookalike import alike, face, own_label, shapes


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nordlicht", "Nоrdlicht"),  # a Cyrillic o
        ("Nordlicht", "Nordlict"),
        ("Nordlicht", "Nordlichts"),
        ("Nordlicht", "Nordlihct"),
        ("Nordlicht", "Nordlight"),
        ("modern", "modem"),
        ("paypal", "paypa1"),
        ("paypal", "paypaI"),
        ("Wolke 7", "VVolke 7"),
        ("Müller", "Muller"),
        ("Ωmega", "ωmega"),
        ("ab", "аb"),
    ],
)
def test_these_look_alike(one: str, two: str) -> None:
    assert alike(one, [two]) == (two,)
    assert alike(two, [one]) == (one,)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nordlicht", "Südlicht"),
        ("Acme", "Acne"),  # too short to be near
        ("Halle 12", "Halle 14"),
        ("Kranz Bau", "Franz Baum"),
        ("", ""),
        ("!", "?"),
    ],
)
def test_these_do_not(one: str, two: str) -> None:
    assert alike(one, [two]) == ()


def test_a_name_is_not_its_own_look_alike() -> None:
    assert alike("Nordlicht", ["Nordlicht"]) == ()


@pytest.mark.parametrize(
    ("domain", "label"),
    [
        ("acme.com", "acme"),
        ("mail.acme.co.uk", "acme"),
        ("acme.co", "acme"),
        ("xn--nrdlicht-nbh.example", "nоrdlicht"),
        ("xn--\u00e9", "xn--\u00e9"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_what_its_owner_chose_of_a_domain(domain: str, label: str) -> None:
    assert own_label(domain) == label


@given(st.text(max_size=80))
def test_any_name_has_few_shapes(name: str) -> None:
    assert len(shapes(name)) <= 82  # as it is, and with two letters seen as one
    assert face(face(name)) == face(face(face(name)))
