"""Whatever is put into a text that releases something: it never releases more."""

from functools import cache
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailagent.core.decision import Decision, Execute, Items, Shown, Verb, understand
from mailagent.core.reply import Aside
from tests.language.suite import AT, EXECUTES, cases, sent, verbs

_TEXTS = sorted(
    {(c.shown, c.own) for c in cases() if c.want["decision"] in EXECUTES and not c.changed}
)
_TURNING = sorted(
    verbs().conditions | verbs().negations | verbs().ors | verbs().buts | verbs().changes
)
_OTHERS = [
    *("3", "2-3", "731 204", "15 Dec", "friday", "fri 10", "EUR 900", "900", "10%", "?", "Ben"),
    *("rest", "all", "not 3", "ok", "no", "reject", "approve", "later", "why", "total: 900"),
    *("tomorrow", "next week", "half", "[ops 9XYZ]", "maybe", "perhaps not", "\U0001f44d", "et"),
]


@cache
def shown(name: str) -> Shown:
    return sent(name).shown(AT, verbs())


def say(name: str, own: str) -> Decision:
    return understand(own, None, shown(name), verbs())


def released(name: str, said: Decision) -> frozenset[tuple[str, str]]:
    """What happens at once: each action or item, and how."""
    if isinstance(said, Items):
        return frozenset(
            (number, f"{one.verb} {one.choice}")
            for number, one in said.by_number().items()
            if isinstance(one, Execute)
        )
    if not isinstance(said, Execute):
        return frozenset()
    how = f"{said.verb} {said.choice}"
    if said.verb is Verb.REJECT:
        return frozenset({("all", how)})
    return frozenset((str(n), how) for n in shown(name).numbers if n not in said.left_out)


def with_inserted(own: str, more: str, place: float) -> str:
    words = own.split(" ")
    at = round(place * len(words))
    return " ".join([*words[:at], more, *words[at:]])


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(_TEXTS),
    st.one_of(st.sampled_from(_TURNING), st.sampled_from(_OTHERS)),
    st.floats(0, 1),
)
def test_another_word_releases_nothing_more(text: tuple[str, str], more: str, place: float) -> None:
    name, own = text
    before, after = say(name, own), say(name, with_inserted(own, more, place))
    if isinstance(before, Items) or isinstance(after, Items):
        return  # of a brief: below
    assert released(name, after) <= released(name, before)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([t for t in _TEXTS if t[0] == "brief"]),
    st.sampled_from(_TURNING),
    st.floats(0, 1),
)
def test_a_turn_in_a_brief_releases_nothing_more(
    text: tuple[str, str], more: str, place: float
) -> None:
    name, own = text
    before, after = say(name, own), say(name, with_inserted(own, more, place))
    approved = {(n, how) for n, how in released(name, after) if how.startswith("approve")}
    assert approved <= released(name, before)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["bill", "heavy", "brief", "receipt", "request"]))
def test_no_text_breaks_it(own: str, name: str) -> None:
    say(name, own)
    beside = Aside(quoted=own, quoted_html=own, doubtful=own, unmarked=own)
    understand(own, own, shown(name), verbs(), beside)


_HOSTILE = ["due " * 4900, "1 ok " * 60, "ok 1 and " * 33, "not 1234.56 " * 140, "a: b\n" * 4000]


@pytest.mark.slow
@pytest.mark.parametrize("own", _HOSTILE)
@pytest.mark.parametrize("name", ["bill", "brief"])
def test_time_is_bounded(own: str, name: str) -> None:
    before = process_time()
    understand(own, None, shown(name), verbs(), Aside(quoted="total EUR " * 30_000))
    assert process_time() - before < 1


@pytest.mark.parametrize("own", ["reject fri 15:30", "reject Friday 15:30 please"])
def test_a_reject_that_names_a_choice_is_asked_about(own: str) -> None:
    """Rather that one, or not even that one?"""
    assert released("meeting", say("meeting", own)) == frozenset()
