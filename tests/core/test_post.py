"""How our mails hang together."""

from datetime import timedelta
from typing import Any

import pytest

from mailagent.core.audit import GENESIS, Entry, link
from mailagent.core.letter import Envelope
from mailagent.core.post import Thread, address_with, envelope, owner_of
from mailagent.core.token import new_token, tokens_in
from tests.values import COMPANY, NOW, person

HEAD = link("corp", (0, GENESIS), Entry(actor="agent", what="x"), NOW)
TOKEN = new_token("ab" * 32)
NO_TAGS = COMPANY.model_copy(update={"plus_tags": False})
ANN, BOB = person("ann"), person("bob")


def made(about: str = "draft/1", thread: Thread | None = None, **changes: Any) -> Envelope:
    given: dict[str, Any] = {"company": COMPANY, "person": ANN, "head": HEAD, "at": NOW}
    given |= {"thread": thread or Thread(subject="s"), "about": about}
    return envelope(**{**given, **changes})


def test_the_same_mail_has_the_same_message_id_for_ever() -> None:
    assert made().message_id == made(at=NOW + timedelta(days=3)).message_id
    assert made().message_id != made("draft/2").message_id
    rival = COMPANY.model_copy(update={"id": "rival"})
    assert made().message_id != made(company=rival).message_id


def test_a_draft_carries_its_token_where_a_reply_brings_it_back() -> None:
    draft = made(token=TOKEN)
    assert tokens_in(draft.message_id) == tokens_in(draft.reply_to) == {TOKEN}


def test_what_answers_a_draft_leads_replies_back_to_it() -> None:
    question = made(answers=TOKEN)
    assert tokens_in(question.reply_to) == {TOKEN}
    assert tokens_in(question.message_id) == frozenset()


def test_without_plus_addressing_the_token_is_in_the_message_id_alone() -> None:
    draft = made(token=TOKEN, company=NO_TAGS)
    assert draft.reply_to == ""
    assert tokens_in(draft.message_id) == {TOKEN}
    assert address_with(NO_TAGS, TOKEN) == "ops@corp.test"
    assert address_with(COMPANY, TOKEN) == f"ops+{TOKEN}@corp.test"


def test_a_mail_that_asks_for_nothing_carries_no_token() -> None:
    plain = made()
    assert plain.reply_to == ""
    assert tokens_in(plain.message_id) == frozenset()


def test_a_thread_ends_in_what_is_answered_and_names_it_once() -> None:
    thread = Thread(subject="s", message_id="<c@x>", references=("<a@x>", "<c@x>", "<b@x>"))
    hung = made(thread=thread)
    assert hung.in_reply_to == "<c@x>"
    assert hung.references == ("<a@x>", "<b@x>", "<c@x>")


def test_every_mail_carries_the_head_of_the_chain() -> None:
    assert made().anchor == HEAD.anchor
    assert made().audit_hash == f"1:{HEAD.hash}"


@pytest.mark.parametrize(
    ("approvers", "sender", "owner"),
    [
        ((), "", "ann"),
        ((), "bob@corp.test", "bob"),
        (("bob",), "", "bob"),
        (("bob",), "ann@corp.test", "bob"),  # she may not decide it
        (("bob", "ann"), "stranger@x.test", "bob"),
        (("bob", "ann"), "ann@corp.test", "ann"),
        (("gone",), "ann@corp.test", None),
        (("gone", "bob"), "", "bob"),
    ],
)
def test_who_is_asked(approvers: tuple[str, ...], sender: str, owner: str | None) -> None:
    found = owner_of(approvers, (ANN, BOB), sender)
    assert (found and found.id) == owner


def test_with_nobody_enrolled_nobody_is_asked() -> None:
    assert owner_of((), (), "ann@corp.test") is None
