"""Mails whose first score is told: texts in blocks, each on the carriers that real ones arrive on.

A file holds blocks: `=== kind[:topic] | local part | ways | subject`, then the text. A way is a
header and a form as mailing houses, ticket systems, offices and people produce them.
"""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tests.triage.mails import (
    CORPUS,
    LANGUAGES,
    OPS,
    OWNER,
    Labelled,
    Part,
    Text,
    Writer,
    attach,
    labelled_rows,
    public_papers,
)

HERE = Path(__file__).parent
_BLOCK = re.compile(r"^=== ([\w:]+) \| ([^|]+) \| ([^|]+) \| (.*)$", re.MULTILINE)
_LEAVE = {
    "en": "Unsubscribe", "de": "Abmelden", "fr": "Se d\u00e9sinscrire", "es": "Darse de baja",
    "it": "Disiscriviti", "nl": "Uitschrijven", "pt": "Cancelar subscri\u00e7\u00e3o",
}  # fmt: skip
_WROTE = {
    "en": "On {at} Ann Lee wrote:", "de": "Am {at} schrieb Ann Lee:",
    "fr": "Le {at}, Ann Lee a \u00e9crit :", "es": "El {at}, Ann Lee escribi\u00f3:",
    "it": "Il {at} Ann Lee ha scritto:", "nl": "Op {at} schreef Ann Lee:",
    "pt": "Em {at}, Ann Lee escreveu:",
}  # fmt: skip


class Block(NamedTuple):
    """One text, and how it comes."""

    kind: str
    topic: str
    local: str
    ways: tuple[str, ...]
    text: Text


def blocks(folder: str, language: str) -> tuple[Block, ...]:
    """Those of a file; none where there is no file."""
    file = HERE / folder / f"{language}.txt"
    return _parsed(file.read_text("utf-8")) if file.is_file() else ()


def _parsed(whole: str) -> tuple[Block, ...]:
    heads = list(_BLOCK.finditer(whole))
    ends = [head.start() for head in heads[1:]] + [len(whole)]
    found = []
    for head, end in zip(heads, ends, strict=True):
        kind, _colon, topic = head[1].partition(":")
        text = Text(head[4].strip(), whole[head.end() : end].strip() + "\n")
        found.append(Block(kind, topic, head[2].strip(), tuple(head[3].split()), text))
    return tuple(found)


# -- how mails come


def _house(writer: Writer) -> dict[str, str]:
    """What every mailing house adds."""
    token = f"{writer.rng.randint(10**9, 10**10)}"
    return {
        "Return-Path": f"<bounces+{token}-ops=acme.example@mail.{writer.domain}>",
        "Feedback-ID": f"{token[:4]}:{token[4:]}:house",
        "DKIM-Signature": "v=1; a=rsa-sha256; d=mailer.example; s=s1; h=from; bh=eA==; b=eA==",
    }


def _campaign(writer: Writer) -> dict[str, str]:
    return {
        **_house(writer),
        "List-Unsubscribe": f"<https://mailer.example/u/{writer.gaps['number']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-ID": f"<{writer.gaps['number']}.list.mailer.example>",
        "Precedence": "bulk",
    }


def _bulkless(writer: Writer) -> dict[str, str]:
    return {"List-Unsubscribe": f"<mailto:leave@{writer.domain}>"}


def _system(_writer: Writer) -> dict[str, str]:
    return {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def _sendgrid(writer: Writer) -> dict[str, str]:
    return {"X-SG-EID": writer.gaps["number"] * 4, **_bulkless(writer)}


def _list(writer: Writer) -> dict[str, str]:
    """A list where people talk."""
    name = f"<people.{writer.domain}>"
    return {"List-Id": name, "List-Post": "<mailto:people@lists.example>", "Precedence": "list"}


def _answer(writer: Writer) -> dict[str, str]:
    name = f"<{writer.rng.randint(10**6, 10**7)}@acme.example>"
    return {"In-Reply-To": name, "References": name}


_HEADERS: dict[str, Callable[[Writer], dict[str, str]]] = {
    "campaign": _campaign,
    "bulkless": _bulkless,
    "ses": _house,
    "sendgrid": _sendgrid,
    "system": _system,
    "list": _list,
    "thread": _answer,
    "junked": lambda _: {"X-Spam-Flag": "YES", "X-Spam-Status": "Yes, score=8.2"},
    "office": lambda _: {"X-MS-Has-Attach": "", "Thread-Index": "AdqX"},
    "autoreply": lambda _: {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    "person": lambda _: {},
}
_DESIGNED = frozenset({"campaign", "bulkless", "ses", "sendgrid"})


def _designed(text: Text, language: str, *, leave: bool) -> str:
    """As marketing tools lay it out: tables, a button, a picture that counts."""
    rows = "".join(
        f"<tr><td style='padding:12px 24px'>{_linked(line)}</td></tr>"
        for line in text.body.split("\n")
        if line.strip()
    )
    end = f"<tr><td><a href='https://mailer.example/u'>{_LEAVE[language]}</a></td></tr>"
    return (
        "<html><head><style>td{font:16px sans-serif}</style></head><body>"
        f"<div style='display:none'>{escape(text.subject)}</div>"
        f"<table width='600'>{rows}{end if leave else ''}</table>"
        "<img src='https://mailer.example/o.gif' width='1' height='1'></body></html>"
    )


def _linked(line: str) -> str:
    made = escape(line)
    return re.sub(r"(https?://\S+)", r"<a class='button' href='\1'>\1</a>", made)


def _sender(block: Block, writer: Writer, way: str) -> str:
    if "{name}" in block.local:
        return writer.human
    if way in ("person", "junked") and not block.local.startswith("no"):
        return f"{writer.person} <{block.local}@{writer.domain}>"
    return f"{writer.firm} <{block.local}@{writer.domain}>"


def _mail(block: Block, writer: Writer, way: str) -> tuple[EmailMessage, bool]:
    """The mail, and whether one of our own people sent it on."""
    text = Text(writer.fill(block.text.subject), writer.fill(block.text.body))
    sender = _sender(block, writer, way)
    if way == "forward":
        return writer.sent_on(text, sender), True
    if way == "enclosed":
        return writer.enclosed(text, sender), True
    if way == "thread":
        above = _WROTE[writer.language].format(at=f"{writer.at:%d.%m.%Y %H:%M}")
        text = Text(text.subject, f"{text.body}\n{above}\n> Hello,\n> as promised.\n> Ann\n")
    mail = writer.mail(sender, text)
    if way in _DESIGNED:
        leave = way in ("campaign", "bulkless", "sendgrid")
        mail.add_alternative(_designed(text, writer.language, leave=leave), subtype="html")
    for name, value in _HEADERS[way](writer).items():
        mail[name] = value
    return mail, False


def told(folder: str) -> Iterator[Labelled]:
    """Every text of a folder, each way that it comes."""
    for language in LANGUAGES:
        for at, block in enumerate(blocks(folder, language)):
            for way in block.ways:
                name = f"{folder}/{language}/{at}-{block.kind}/{way}"
                mail, ours = _mail(block, Writer(name, language), way)
                raw = mail.as_bytes()
                yield Labelled(name, raw, block.kind, language, way, ours, block.topic)


# -- what servers and calendars send


@cache
def _machines() -> tuple[tuple[str, str, str], ...]:
    """(what, subject, text) of answers by servers."""
    return (
        ("bounce", "Undelivered Mail Returned to Sender", "550 5.1.1 user unknown"),
        ("bounce", "Mail delivery failed: returning message to sender", "550 no such mailbox"),
        ("bounce", "Delivery Status Notification (Failure)", "552 5.2.2 mailbox full"),
        ("receipt", "Read: your question", "was read on 20.11.2026 10:12"),
        ("answer", "Accepted: Budget review", "ACCEPTED"),
        ("answer", "Zugesagt: Budgetrunde", "ACCEPTED"),
        ("answer", "Declined: Budget review", "DECLINED"),
        ("answer", "Refus\u00e9 : revue du budget", "DECLINED"),
    )


def _report(writer: Writer, what: str, subject: str, said: str) -> bytes:
    kind = "delivery-status" if what == "bounce" else "disposition-notification"
    field = f"Final-Recipient: rfc822; someone@{writer.domain}"
    outcome = f"Action: failed\r\nDiagnostic-Code: smtp; {said}" if what == "bounce" else (
        "Disposition: manual-action/MDN-sent-manually; displayed"
    )  # fmt: skip
    sender = "MAILER-DAEMON" if what == "bounce" else writer.person.split()[0].lower()
    head = (
        f"From: <{sender}@{writer.domain}>\r\nTo: {OPS}\r\nSubject: {subject}\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={kind}; boundary="b"\r\n'
    )
    parts = (
        f"--b\r\nContent-Type: text/plain\r\n\r\n{said}\r\n"
        f"--b\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; mx.{writer.domain}\r\n\r\n"
        f"{field}\r\n{outcome}\r\n\r\n--b--\r\n"
    )
    return f"{head}\r\n{parts}".encode()


def _calendar_answer(writer: Writer, subject: str, said: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Diary//EN", "METHOD:REPLY", "BEGIN:VEVENT",
        f"UID:{writer.gaps['number']}@acme.example", "DTSTAMP:20261101T080000Z",
        "DTSTART:20261203T090000Z", "SUMMARY:Budget review", f"ORGANIZER:mailto:{OWNER}",
        f"ATTENDEE;PARTSTAT={said}:mailto:x@{writer.domain}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    mail = writer.mail(writer.human, Text(subject, "\n"))
    attach(mail, Part("invite.ics", "text/calendar", "\r\n".join(lines).encode(), "REPLY"))
    return mail.as_bytes()


def machines(folder: str) -> Iterator[Labelled]:
    """Bounces, receipts of reading, answers of calendars."""
    for at, (what, subject, said) in enumerate(_machines()):
        name = f"{folder}/machines/{at}-{what}/{what}"
        writer = Writer(name, "en")
        raw = (
            _calendar_answer(writer, subject, said)
            if what == "answer"
            else _report(writer, what, subject, said)
        )
        # A calendar's answer is read, and goes to the meeting that it answers.
        kind = "meeting_request" if what == "answer" else "automatic"
        yield Labelled(name, raw, kind, "en", what)


_MACHINES = ("bounce", "delay-warning", "auto-reply", "mdn", "challenge-response")


# -- papers on carriers that say something


_COVERS = {
    "en": "Hi Ann,\n\nhere it is, sorry for the wait.\n\n{name}\n",
    "de": "Hallo Frau Lee,\n\nwie besprochen. Melden Sie sich, wenn etwas fehlt.\n\n{name}\n",
    "fr": "Bonjour,\n\ncomme convenu au t\u00e9l\u00e9phone.\n\n{name}\n",
    "es": "Hola:\n\nlo prometido. Si falta algo, d\u00edgame.\n\n{name}\n",
    "it": "Buongiorno,\n\ncome d'accordo al telefono.\n\n{name}\n",
    "nl": "Hallo,\n\nzoals besproken. Laat het weten als er iets ontbreekt.\n\n{name}\n",
    "pt": "Bom dia,\n\ncomo combinado ao telefone.\n\n{name}\n",
}
_CARRIERS = ("person", "ses", "forward", "campaign", "thread", "enclosed", "system")


def enclosing(folder: str, start: int = 0) -> Iterator[Labelled]:
    """Public papers, each sent another way; none where the collection is not there."""
    for at, (_language, kind, part) in enumerate(public_papers(start)):
        language = LANGUAGES[at % len(LANGUAGES)]
        way = _CARRIERS[(at + at // len(_CARRIERS)) % len(_CARRIERS)]
        name = f"{folder}/paper/{at}-{kind}/{way}"
        block = Block(kind, "", "office", (way,), Text("{firm} {number}", _COVERS[language]))
        mail, ours = _mail(block, Writer(name, language), way)
        inner = next((p for p in mail.walk() if p.get_content_type() == "message/rfc822"), None)
        attach(inner.get_content() if inner is not None else mail, part)
        if kind != "other":
            yield Labelled(name, mail.as_bytes(), kind, language, way, ours)


def answered(folder: str, start: int) -> Iterator[Labelled]:
    """Real bounces and answers of machines from the public collection, where it is."""
    for row in labelled_rows("mail/auto.dev.jsonl")[start::16]:
        file = CORPUS / "mail" / "files" / row["repo"] / row["path"]
        if row["kind"] in _MACHINES:
            name = f"{folder}/answered/{row['id']}/{row['kind']}"
            yield Labelled(name, file.read_bytes(), "automatic", "en", row["kind"])


def blind(folder: str) -> Iterator[Labelled]:
    """A whole set: texts, what machines answer, and papers."""
    return chain(told(folder), machines(folder), enclosing(folder))


def later(folder: str, start: int) -> Iterator[Labelled]:
    """A whole set over other papers, and real answers of machines."""
    return chain(told(folder), answered(folder, start), enclosing(folder, start))
