"""Our mails come back quoted, and many clients make text of their HTML part: nothing is changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailagent.core.decision import Decision, Revise, Shown, shown_fields, understand
from mailagent.core.letter import DraftLetter
from mailagent.core.reply import Aside
from parsers.mail.reply import split_html_reply, split_reply
from parsers.mail.reply_html import html_lines
from parsers.text.html import html_text
from tests.language.suite import verbs
from tests.render.letters import LETTERS
from tests.render.parts import body, opened

DRAFTS = {
    name: letter
    for name, letter in LETTERS.items()
    if isinstance(letter, DraftLetter) and "choose" not in name
}


def _barred(text: str) -> Aside:
    parts = split_reply("approve\n\n" + "".join(f"> {line}\n" for line in text.splitlines()))
    return Aside(quoted=parts.quoted, unmarked=parts.unmarked)


def _bare(text: str) -> Aside:
    parts = split_reply(f"approve\n\n-----Original Message-----\n{text}")
    return Aside(quoted=parts.quoted, unmarked=parts.unmarked)


def _page(html: str) -> Aside:
    parts = split_html_reply(html)
    return Aside(quoted_html=parts.quoted, unmarked_html=parts.unmarked)


Client = Callable[[str, str], Aside]
CLIENTS: dict[str, Client] = {
    "text": lambda text, _: _barred(text),
    "text made of HTML": lambda _, html: _barred(html_text(html)),
    "gmail": lambda _, html: _page(f"approve<blockquote>{html}</blockquote>"),
    "outlook": lambda _, html: _page(f'<p>approve</p><div id="appendonsend"></div>{html}'),
    "outlook text": lambda _, html: _bare(html_text(html)),
}


def said(letter: DraftLetter, client: str, before: str = "", after: str = "") -> Decision:
    mail = opened(letter)
    text, html = body(mail, "plain"), body(mail, "html")
    shown = shown_of(letter)
    if before:
        assert before in text
        assert before in html
        text, html = text.replace(before, after), html.replace(before, after)
    return understand("approve", None, shown, verbs(), CLIENTS[client](text, html))


def shown_of(letter: DraftLetter) -> Shown:
    mail = opened(letter)
    text, html = body(mail, "plain"), body(mail, "html")
    reading = letter.proposal.reading
    values = {n: f.value for n, f in reading.fields.items() if isinstance(f.value, str)}
    person = letter.envelope.person
    return Shown(
        ref="4F7Q",
        text=text,
        html=html_lines(html),
        fields=shown_fields(values, verbs()),
        locale=person.locale,
        timezone=person.timezone,
        sent_at=letter.envelope.at,
        now=letter.envelope.at + timedelta(hours=1),
    )


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", DRAFTS)
def test_what_comes_back_as_it_was_changes_nothing(name: str, client: str) -> None:
    decision = said(DRAFTS[name], client)
    assert decision.says == "execute"


@pytest.mark.parametrize("client", CLIENTS)
def test_a_value_changed_in_it_is_seen(client: str) -> None:
    for before, after, want in (
        ("EUR 1,234.56", "EUR 900.00", {"total": "900.00"}),
        ("12 Dec 2026", "15 Dec 2026", {"due_date": "2026-12-15"}),
        ("EUR 197.11", "197.00", {"tax": "197.00"}),
    ):
        decision = said(DRAFTS["draft"], client, before, after)
        assert isinstance(decision, Revise)
        assert decision.edits == want


@pytest.mark.parametrize("client", CLIENTS)
def test_values_beside_one_another_may_be_changed_at_once(client: str) -> None:
    mail = opened(DRAFTS["draft"])
    sums = {"EUR 1,037.45": "EUR 800.00", "EUR 197.11": "EUR 152.00", "EUR 1,234.56": "EUR 952.00"}
    parts = [body(mail, "plain"), body(mail, "html")]
    for before, after in sums.items():
        parts = [part.replace(before, after) for part in parts]
    aside = CLIENTS[client](*parts)
    decision = understand("approve", None, shown_of(DRAFTS["draft"]), verbs(), aside)
    assert isinstance(decision, Revise)
    assert decision.edits == {"net": "800.00", "tax": "152.00", "total": "952.00"}
