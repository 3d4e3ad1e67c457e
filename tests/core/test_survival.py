"""What is chosen from what came back, by table."""

import pytest

from mailagent.core.people import Pin, Proof
from mailagent.core.survival import Choice, Survived, choose

ALL = Survived(message_id=True, plus_tag=True, subject=True, signature="holds")
DKIM = Pin(method=Proof.DKIM, domain="corp.test")
SERVER = Pin(method=Proof.SERVER, authserv_id="mx.corp.test")
CODE = Pin(method=Proof.CODE)
BARE = ALL.model_copy(update={"plus_tag": False})


def without(*marks: str) -> Survived:
    return ALL.model_copy(update=dict.fromkeys(marks, False))


@pytest.mark.parametrize(
    ("bare", "tagged", "answer", "routes"),
    [
        (BARE, ALL, ALL, ("plus-tag", "Message-ID")),
        (BARE, ALL, None, ("plus-tag", "Message-ID")),
        (BARE, None, without("plus_tag"), ("Message-ID",)),
        (BARE, without("plus_tag"), without("plus_tag"), ("Message-ID",)),
        (BARE, ALL, without("plus_tag"), ("Message-ID",)),  # a client that drops Reply-To
        (BARE, ALL, without("message_id"), ("plus-tag",)),  # rewritten on the way out
        (without("message_id"), ALL, ALL, ("plus-tag", "Message-ID")),  # the answer says more
        (BARE, None, without("message_id", "plus_tag"), ()),
        (without("subject"), ALL, ALL, ()),
        (BARE, ALL, without("subject"), ()),
        (None, None, None, ()),
        (None, None, ALL, ("plus-tag", "Message-ID")),  # mail to oneself is dropped there
    ],
)
def test_the_ways_that_came_back_are_chosen(
    bare: Survived | None,
    tagged: Survived | None,
    answer: Survived | None,
    routes: tuple[str, ...],
) -> None:
    chosen = choose(bare, tagged, answer, ())
    assert chosen.routes == routes
    if routes:
        assert chosen.plus_tags == ("plus-tag" in routes)
    assert chosen.plus_tags <= any(one and one.plus_tag for one in (tagged, answer))


@pytest.mark.parametrize(
    ("signature", "safe", "proof", "because"),
    [
        ("holds", [DKIM, SERVER, CODE], Proof.DKIM, "strongest"),
        ("broken", [SERVER, CODE], Proof.SERVER, "broken on its way; the receiving server"),
        ("none", [CODE], Proof.CODE, "each decision needs a code"),
    ],
)
def test_the_strongest_safe_proof_is_chosen(
    signature: str, safe: list[Pin], proof: Proof, because: str
) -> None:
    answer = ALL.model_copy(update={"signature": signature})
    chosen = choose(BARE, ALL, answer, safe)
    assert chosen.proof is proof
    assert because in _said(chosen)


def test_what_is_not_known_is_said() -> None:
    chosen = choose(BARE, ALL, None, ())
    assert chosen.proof is None
    assert "did not answer" in _said(chosen)
    assert "[ops ....]" in _said(choose(without("subject"), None, None, ()))


def _said(chosen: Choice) -> str:
    return "\n".join(chosen.reasons)
