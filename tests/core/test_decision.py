"""The grammar: what people write, and that nothing else releases anything."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mailagent.core.decision import (
    Command,
    Decision,
    Execute,
    Revise,
    Shown,
    Unclear,
    Verb,
    understand,
    verbs_from,
)
from mailagent.core.errors import ConfigInvalid
from mailagent.core.proposal import Purpose
from mailagent.core.wording import words_of
from tests.core.channel import verbs

LIGHT = Shown(
    ref="4F7Q",
    numbers=(1, 2, 3),
    names=("Ann Lee", "mailagent"),
    now=datetime(2026, 11, 30, 11, 0, tzinfo=UTC),
)
HEAVY = LIGHT.model_copy(update={"heavy": True})
RECEIPT = LIGHT.model_copy(update={"purpose": Purpose.UNDO})
QUESTION = LIGHT.model_copy(update={"purpose": Purpose.ASK})


def say(text: str, shown: Shown = LIGHT) -> Decision:
    return understand(text, None, shown, verbs())


APPROVALS = """
approve
Approve.
APPROVE!
approved, thanks
Approved, thanks!
Hi, approve please
Hello,\\n\\nplease approve.\\n\\nBest regards\\nAnn Lee
approve this bill
I approve this.
Yes, approved.
ok, approve
approve all
approve 4F7Q
approve [ops 4F7Q]
approve ref 4f7q, thanks
"approve"
*approve*
approve \U0001f44d\U0001f3fd
approve\u200b
\ufeffapprove
Hi mailagent,\\napprove
Genehmigt, danke!
Freigabe erteilt. Viele Grüße, Ann
Bitte freigeben
hiermit genehmigt
Approuvé, merci.
Bonjour, j'approuve. Cordialement
J\u2019approuve
Aprobado, gracias
Lo apruebo
Approvato, grazie mille
Goedgekeurd, bedankt
Ik ga akkoord
Aprovado, obrigado
""".strip().splitlines()


@pytest.mark.parametrize("text", APPROVALS)
@pytest.mark.parametrize("shown", [LIGHT, HEAVY])
def test_approve(text: str, shown: Shown) -> None:
    assert say(text.replace("\\n", "\n"), shown) == Execute(verb=Verb.APPROVE)


@pytest.mark.parametrize("text", ["yes", "Ok.", "okay, thanks", "ja", "Passt so!", "oui", "vale"])
def test_light_words_approve_light_versions_only(text: str) -> None:
    assert say(text) == Execute(verb=Verb.APPROVE)
    assert isinstance(say(text, HEAVY), Unclear)


@pytest.mark.parametrize(
    "text",
    ["approve 731204", "approve 731 204", "Approve 731-204, thanks", "approve code: 731204 4F7Q"],
)
def test_approve_with_a_code(text: str) -> None:
    text = text.replace("code:", "code")
    assert say(text, HEAVY) == Execute(verb=Verb.APPROVE, code="731204")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("reject", ""),
        ("Reject, thanks.", ""),
        ("reject wrong entity", "wrong entity"),
        ("Reject: duplicate of 2026-1102", "duplicate of 2026-1102"),
        ("rejected - not ours", "not ours"),
        ("Hallo,\nabgelehnt: falsche Firma", "falsche Firma"),
        ("reject this is not ok", "is not ok"),
        ("lehne ich ab", ""),
        ("Refusé, merci", ""),
        ("no", ""),
        ("Nein, danke", ""),
    ],
)
def test_reject(text: str, reason: str) -> None:
    assert say(text) == Execute(verb=Verb.REJECT, reason=reason)
    assert say(text, HEAVY) == Execute(verb=Verb.REJECT, reason=reason)


def test_reject_with_a_code() -> None:
    wanted = Execute(verb=Verb.REJECT, reason="wrong entity", code="731204")
    assert say("reject 731 204 wrong entity", HEAVY) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "\U0001f44d",
        "...",
        "approve?",
        "should I approve",
        "I approve of the idea but let's wait",
        "approve if the lawyer agrees",
        "approve, but only after Ben looked at it",
        "approve unless they cancelled",
        "approve tomorrow",
        "approve\n\nPS: call me",
        "don't approve",
        "do not approve this",
        "not approved",
        "never approve this",
        "approved? no way",
        "as if I would approve",
        "approve or reject",
        "approve reject",
        "approve the other one",
        "approve [ops 9XYZ]",
        "approve 9XYZ",
        "approve everything from now on",
        "~~approve~~",
        "> approve",
        "[ ] approve",
        "pre-approve",
        "disapprove",
        "unapproved",
        "app\u200brove",
        "\u202eevorppa",
        "appr\u043eve",
        "\uff41pprove",
        "\u0430pprove",
        "approve\u0000",
        "ok?",
        "ok but",
        "yes if",
        "reject?",
        "reject unless the PO arrives",
        "reject 1, approve the rest",
        "reject 3",
        "reject ok",
        "no problem",
        "ja, aber erst morgen",
        "genehmigt, sofern Ben zustimmt",
        "nicht genehmigt",
        "oui mais pas maintenant",
        "si",
        "approve " * 300,
        "x" * 30_000,
    ],
)
@pytest.mark.parametrize("shown", [LIGHT, HEAVY, RECEIPT, QUESTION])
def test_nothing_is_released(text: str, shown: Shown) -> None:
    assert not isinstance(say(text, shown), Execute)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("approve, but change the amount to 900", {"total": "900.00"}),
        ("due 15 Dec", {"due_date": "2026-12-15"}),
        ("total: 1200", {"total": "1200.00"}),
        ("book to 6820", {"book_to": "6820"}),
        (
            "can you make it the 15th and book it on marketing?",
            {"due_date": "2026-12-15", "book_to": "marketing"},
        ),
        ("bitte ändern: Betrag 900", {"total": "900.00"}),
    ],
)
def test_changes(text: str, edits: dict[str, str]) -> None:
    assert say(text) == Revise(text=text, edits=edits)


def test_what_is_left_out_is_not_done() -> None:
    assert say("approve not 3") == Execute(verb=Verb.APPROVE, left_out=(3,))
    assert say("approve not 3, make it 900") == Revise(
        text="approve not 3, make it 900", edits={"total": "900.00"}, left_out=(3,)
    )
    for text in ("approve not 4", "approve not 1-3", "approve not 3 or 2", "approve not"):
        assert not isinstance(say(text), Execute)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("why", "why", ""),
        ("Why?", "why", ""),
        ("Please ask: which PO?", "ask", "which PO?"),
        ("delegate ben@corp.example", "delegate", "ben@corp.example"),
        ("undo", "undo", ""),
        ("wrong", "wrong", ""),
        ("happened", "happened", ""),
        ("retry", "retry", ""),
        ("skip", "skip", ""),
        ("help", "help", ""),
        ("queue", "queue", ""),
        ("status please", "status", ""),
        ("hold", "later", ""),
        ("Warum?", "why", ""),
        ("plus tard", "later", ""),
    ],
)
def test_commands(text: str, name: str, argument: str) -> None:
    assert say(text) == Command(name=name, argument=argument)


def test_later_says_when() -> None:
    monday = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
    assert say("later monday") == Command(name="later", when=monday)
    assert isinstance(say("later next friday"), Unclear)


def test_a_command_that_also_approves_is_neither() -> None:
    assert isinstance(say("why not approve it"), Unclear)


def test_a_receipt_takes_undo_and_nothing_else() -> None:
    assert say("undo", RECEIPT) == Execute(verb=Verb.UNDO)
    assert say("Please undo this, thanks", RECEIPT) == Execute(verb=Verb.UNDO)
    assert say("rückgängig machen", RECEIPT) == Execute(verb=Verb.UNDO)
    assert say("undo 1", RECEIPT) == Execute(verb=Verb.UNDO, left_out=(2, 3))
    for text in ("approve", "reject", "ok", "undo 4", "undo?", "undo if you can"):
        assert not isinstance(say(text, RECEIPT), Execute)


def test_where_nothing_can_be_done_only_a_reject_counts() -> None:
    assert isinstance(say("approve", QUESTION), Unclear)
    assert say("reject newsletter", QUESTION) == Execute(verb=Verb.REJECT, reason="newsletter")


def test_two_likely_answers_are_ready() -> None:
    for shown, first in ((LIGHT, "approve"), (RECEIPT, "undo"), (QUESTION, "reject")):
        decision = say("hm", shown)
        assert isinstance(decision, Unclear)
        assert decision.likely[0] == first
        assert isinstance(say(first, shown), Execute)


def test_the_html_part_must_say_the_same() -> None:
    def both(text: str, html: str | None) -> Decision:
        return understand(text, html, LIGHT, verbs())

    approve = Execute(verb=Verb.APPROVE)
    assert both("approve", "approve") == approve
    assert both("approve", None) == approve
    assert both("", "approve") == approve  # a mail with an HTML part only
    assert both("approve", "Approve\u00a0\n\nThanks, Ann") == approve
    for html in ("reject", "", "approve if", "approve 731204", "ok why"):
        assert isinstance(both("approve", html), Unclear)
    assert isinstance(both("reject", "reject wrong entity"), Unclear)


@pytest.mark.parametrize("name", ["No", "Not Ann", "Wait", "If", "Reject", "731204", "But Lee"])
def test_a_name_that_means_something_is_no_name(name: str) -> None:
    word = name.lower().partition(" ")[0]
    shown = LIGHT.model_copy(update={"names": (name,)})
    text = f"approve {word}"
    if word != "not":
        assert say(text, shown) != Execute(verb=Verb.APPROVE)


def test_an_unknown_list_in_the_table_is_an_error() -> None:
    with pytest.raises(ConfigInvalid, match=r"verbs.toml: en.aprove"):
        verbs_from({"en": {"aprove": ["x"]}})


def test_no_word_both_releases_and_holds_back() -> None:
    v = verbs()
    releasing = v.approve | v.light | v.undo | v.courtesies | v.objects | v.greetings
    assert not releasing & (v.conditions | v.changes | v.reject | v.no)
    commands = {phrase for phrase, _ in v.commands}
    assert not (v.approve | v.light | v.reject | v.no) & commands


TABLE_WORDS = sorted(
    {
        word
        for role in ("greetings", "courtesies", "objects", "approve", "light", "reject", "no")
        for phrase in getattr(verbs(), role)
        for word in phrase.split()
    }
    | {w for p in verbs().conditions | verbs().changes for w in p.split()}
    | {"4F7Q", "731204", "731", "204", "?", ":", "3", "\n", "not", "-", "Ann", "payment"}
)
anything = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(TABLE_WORDS), max_size=6).map(" ".join),
    st.lists(st.one_of(st.sampled_from(TABLE_WORDS), st.text(max_size=5)), max_size=6).map(
        " ".join
    ),
)


def vocabulary() -> frozenset[str]:
    """Every word that an approval may be made of."""
    v = verbs()
    phrases = v.greetings | v.courtesies | v.objects | v.approve | v.light | v.code | v.reference
    words = {word for phrase in phrases for word in phrase.split()}
    return frozenset(words | {"ops", "4f7q", "[", "]", "ann", "lee", "mailagent"})


VOCABULARY = vocabulary()


@given(anything, st.sampled_from([LIGHT, HEAVY, RECEIPT, QUESTION]))
def test_only_the_closed_grammar_releases(text: str, shown: Shown) -> None:
    decision = say(text, shown)
    if not isinstance(decision, Execute):
        return
    words = [word.folded for word in words_of(text)]
    if decision.verb is Verb.REJECT:
        phrases = verbs().reject | verbs().no
        assert any(phrase in " ".join(words) for phrase in phrases)
        return
    releasing = verbs().undo if decision.verb is Verb.UNDO else verbs().approve | verbs().light
    assert any(phrase in " ".join(words) for phrase in releasing)
    numbers = [word for word in words if word.isdigit()]
    assert "".join(numbers) == decision.code
    rest = {w for w in words if not w.replace("-", "").isdigit()}
    known = VOCABULARY | {w for phrase in verbs().undo for w in phrase.split()}
    assert rest <= known


@given(
    st.sampled_from([a.replace("\\n", "\n") for a in APPROVALS]),
    st.sampled_from(
        # "it's approved" is an approval.
        sorted((verbs().conditions | verbs().changes | {"not", "never", "?", "pay 900"}) - {"it's"})
    ),
    st.booleans(),
)
def test_a_condition_beside_an_approval_releases_nothing(
    text: str, condition: str, before: bool
) -> None:
    changed = f"{condition} {text}" if before else f"{text} {condition}"
    # "it's" and "approved" are one phrase together, and an approval.
    assume(not any(f" {changed}".startswith(f" {condition} {one}") for one in _joined(condition)))
    decision = say(changed)
    assert not (isinstance(decision, Execute) and decision.verb is Verb.APPROVE)


def _joined(condition: str) -> list[str]:
    """What makes an approval of a condition that stands before it."""
    phrases = (one for one in verbs().approve if one.startswith(f"{condition} "))
    return [one.removeprefix(f"{condition} ") for one in phrases]


@given(st.text(max_size=60), st.text(max_size=60))
def test_parts_that_say_different_things_release_nothing(text: str, html: str) -> None:
    decision = understand(text, html, LIGHT, verbs())
    if isinstance(decision, Execute) and text.strip():
        assert decision == say(html)
