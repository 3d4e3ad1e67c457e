"""A letter becomes the mail that says it."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple, assert_never

from mailagent.core.letter import (
    AnswerLetter,
    BriefLetter,
    DraftLetter,
    Envelope,
    ItemsLetter,
    Letter,
    NoticeLetter,
    Original,
    OutgoingMail,
    OutsideLetter,
    QuestionLetter,
    ReceiptLetter,
    ReminderLetter,
)
from mailagent.core.people import Person
from mailagent.core.said import Said
from mailagent.core.value import sha256
from mailagent.render import asked, mime, pages
from mailagent.render import brief as briefs
from mailagent.render.answers import subject
from mailagent.render.charts import bars
from mailagent.render.digest import charts
from mailagent.render.draft import DraftPage, attached, draft, shown
from mailagent.render.foreign import clean, file_name
from mailagent.render.forms import environment
from mailagent.render.outside import outside
from mailagent.render.said import said
from mailagent.render.words import Words, load

LANGUAGES = ("en", "de")

Page = (
    DraftPage
    | pages.QuestionPage
    | pages.ReceiptPage
    | pages.NoticePage
    | pages.ReminderPage
    | asked.AnswerPage
    | briefs.BriefPage
    | briefs.ItemsPage
)


class Form(NamedTuple):
    """Both texts of a mail."""

    text: str
    html: str


class Render:
    """The renderer. Same letter, same bytes."""

    def __init__(self, templates: Path) -> None:
        self._forms = environment(templates)
        self._phrases = {name: load(templates / "words" / name) for name in LANGUAGES}

    def __call__(self, letter: Letter) -> OutgoingMail:
        """The mail, ready to be sent as often as need be."""
        envelope = letter.envelope
        words = Words(self._phrases[envelope.person.language], envelope.person, envelope.at)
        letter = _titled(letter, words)
        return OutgoingMail(
            kind=letter.says,
            recipient=envelope.person.main_address,
            message_id=envelope.message_id,
            raw=mime.whole(_headers(letter, words), self._body(letter, words)),
        )

    def phrase(self, what: Said, person: Person, at: datetime) -> str:
        """A phrase that somebody will read elsewhere than in a mail of ours, in their language."""
        return said(what, Words(self._phrases[person.language], person, at))

    def outside(self, letter: OutsideLetter) -> OutgoingMail:
        """A mail to somebody who is none of our people."""
        return outside(letter)

    def _body(self, letter: Letter, words: Words) -> mime.Part:
        ident = letter.envelope.message_id
        pictures = _pictures(letter, words)
        mark = sha256(ident.encode())[:16]
        cids = {name: f"{name}.{mark}@mailagent" for name in pictures}
        form = self._form(letter, words, cids)
        html = mime.text_part(form.html, "html")
        if pictures:
            beside = [
                mime.inline_picture(content, f"{name}.png", cids[name])
                for name, content in pictures.items()
            ]
            html = mime.multipart("related", mime.boundary(ident, "page"), (html, *beside))
        both = (mime.text_part(form.text, "plain"), html)
        body = mime.multipart("alternative", mime.boundary(ident, "both"), both)
        files = [
            mime.attached(one.content, one.media_type, file_name(one.name))
            for one in _originals(letter)
        ]
        return (
            mime.multipart("mixed", mime.boundary(ident, "all"), (body, *files)) if files else body
        )

    def _form(self, letter: Letter, words: Words, cids: Mapping[str, str]) -> Form:
        shows = {
            "page": _page(letter, words),
            "t": words,
            "title": subject(letter.envelope),
            "anchor": letter.envelope.anchor,
            "company": clean(letter.envelope.company.name, 60),
            "cid": cids.get("page", ""),
            "cids": cids,
        }
        text, html = (
            self._forms.get_template(f"{letter.says}.{kind}").render(shows)
            for kind in ("txt", "html")
        )
        return Form(text, html)


def _titled(letter: Letter, words: Words) -> Letter:
    """With a subject of its kind, where nothing it belongs to has one."""
    if letter.envelope.subject:
        return letter
    kind = letter.notice if isinstance(letter, NoticeLetter) else "request"
    said = words(f"subject.{kind}", company=letter.envelope.company.name)
    envelope = letter.envelope.model_copy(update={"subject": said})
    return letter.model_copy(update={"envelope": envelope})


def _originals(letter: Letter) -> tuple[Original, ...]:
    """What is attached."""
    match letter:
        case DraftLetter():
            one = attached(letter)
        case NoticeLetter():
            one = letter.original
        case AnswerLetter():
            return (*letter.originals, *((letter.original,) if letter.original else ()))
        case _:
            one = None
    return (one,) if one else ()


def _pictures(letter: Letter, words: Words) -> dict[str, bytes]:
    """What the HTML part shows as pictures, by name."""
    match letter:
        case DraftLetter() if page := shown(letter):
            return {"page": page}
        case BriefLetter() if letter.digest:
            return {one.name: bars(one.values) for one in charts(letter.digest, words)}
    return {}


def _page(letter: Letter, words: Words) -> Page:
    if isinstance(letter, DraftLetter | QuestionLetter | BriefLetter):
        return _asking(letter, words)
    match letter:
        case ReceiptLetter():
            return pages.receipt(letter, words)
        case NoticeLetter():
            return pages.notice(letter, words)
        case ReminderLetter():
            return pages.reminder(letter, words)
        case AnswerLetter():
            return asked.answer(letter, words)
        case ItemsLetter():
            return briefs.items(letter, words)
    assert_never(letter)


def _asking(letter: DraftLetter | QuestionLetter | BriefLetter, words: Words) -> Page:
    match letter:
        case DraftLetter():
            return draft(letter, words)
        case QuestionLetter():
            return pages.question(letter, words)
        case BriefLetter():
            return briefs.brief(letter, words)
    assert_never(letter)


def _headers(letter: Letter, words: Words) -> list[tuple[str, str]]:
    envelope = letter.envelope
    company, person = envelope.company, envelope.person
    named = words("from.name", assistant=company.assistant_name, company=company.name)
    return [
        ("From", mime.mailbox(clean(named, 100), company.ops_address)),
        ("To", mime.mailbox(clean(person.name, 100), person.main_address)),
        ("Reply-To", mime.mailbox("", envelope.reply_to or company.ops_address)),
        ("Subject", mime.words(subject(envelope, reply=_is_reply(letter)))),
        ("Date", format_datetime(envelope.at)),
        ("Message-ID", mime.message_id(envelope.message_id)),
        ("In-Reply-To", mime.thread([envelope.in_reply_to])),
        ("References", mime.thread(_references(envelope))),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Mailagent-Audit", mime.words(envelope.audit_hash)),
    ]


def _is_reply(letter: Letter) -> bool:
    """Drafts open a subject; what answers a person's reply continues it."""
    if isinstance(letter, ItemsLetter):
        return letter.handback is None
    answers = isinstance(letter, QuestionLetter | ReceiptLetter | AnswerLetter)
    return answers or (isinstance(letter, NoticeLetter) and bool(letter.envelope.in_reply_to))


def _references(envelope: Envelope) -> list[str]:
    last = [envelope.in_reply_to] if envelope.in_reply_to else []
    return [*(i for i in envelope.references if i not in last), *last]
