"""Mails with labels: what arrives in a mailbox for operations, composed from words and papers.

Written before the code that sorts them. A mail is a text or a document (drawn by the generators of
the project) on one of the carriers that people and machines use.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.documents import Bill, bill_pdf, cii_xml, factur_x, ubl_xml, zugferd1
from tests.papers import making

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
OPS, OWNER = "ops@acme.example", "ann@acme.example"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
# What may lie unread in Ops/Aside; everything else is worth somebody's look.
BULK = frozenset({"newsletter", "spam", "notification", "shipping", "automatic"})
_NAMES = ("Mara Kranz", "Jon Alvarez", "Ines Duarte", "Pieter de Wit", "Lucie Moreau", "Kim Hale")
_FIRMS = (
    ("Nordlicht Hosting", "nordlicht"),
    ("Brandt & Partner", "brandt-partner"),
    ("Kestrel Office Supply", "kestrel-office"),
    ("Atelier Fontaine", "atelier-fontaine"),
    ("Lumen Energie", "lumen-energie"),
    ("Paperboat", "paperboat"),
)
_LOCALES = {
    "en": ("en-GB", "en-US"), "de": ("de-DE", "de-AT"), "fr": ("fr-FR",), "es": ("es-ES",),
    "it": ("it-IT",), "nl": ("nl-NL",), "pt": ("pt-PT",),
}  # fmt: skip


class Labelled(NamedTuple):
    """A mail and what it is."""

    id: str
    raw: bytes
    kind: str
    language: str
    way: str  # how it came
    ours: bool = False  # one of our own people sent it on
    topic: str = ""  # of a request

    @property
    def valuable(self) -> bool:
        """Whether it must not be set aside."""
        return self.ours or self.kind not in BULK


class Part(NamedTuple):
    """Something attached."""

    name: str
    media_type: str
    content: bytes
    method: str = ""  # of a calendar object


class Text(NamedTuple):
    subject: str
    body: str


@cache
def words(language: str, folder: str = "words") -> dict[str, Any]:
    """What people and machines write in a language."""
    return tomllib.loads((HERE / folder / f"{language}.toml").read_text("utf-8"))


class Writer:
    """One mail in the making; the same name gives the same mail."""

    def __init__(self, name: str, language: str) -> None:
        self.rng = Random(name)
        self.name, self.language = name, language
        self.firm, label = self.rng.choice(_FIRMS)
        self.domain = f"{label}.example"
        self.person = self.rng.choice(_NAMES)
        self.at = NOW - timedelta(minutes=self.rng.randint(0, 60 * 24 * 30))
        whole, amount = self.rng.randint(20, 4000), self.rng.randint(0, 99)
        money = f"{whole}.{amount:02d}" if language == "en" else f"{whole},{amount:02d}"
        self.gaps = {
            "name": self.person,
            "firm": self.firm,
            "number": str(self.rng.randint(10_000, 9_999_999)),
            "amount": f"EUR {money}" if language == "en" else f"{money} €",
            "day": f"{self.rng.randint(1, 28)}.{self.rng.randint(1, 12)}.2026"
            if language != "en"
            else f"{self.rng.randint(1, 28)} Dec 2026",
            "link": f"https://www.{self.domain}/x/{self.rng.randint(10**7, 10**8)}",
            "code": str(self.rng.randint(100_000, 999_999)),
        }

    def fill(self, text: str) -> str:
        return text.format_map(self.gaps)

    @property
    def vendor(self) -> str:
        local = self.rng.choice(["billing", "info", "office", self.person.split()[0].lower()])
        return f"{self.firm} <{local}@{self.domain}>"

    @property
    def human(self) -> str:
        return f"{self.person} <{self.person.split()[0].lower()}@{self.domain}>"

    def machine(self, local: str) -> str:
        return f"{self.firm} <{local}@mail.{self.domain}>"

    def mail(self, sender: str, text: Text, *parts: Part, html: bool = False) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, OPS, text.subject
        mail["Date"] = format_datetime(self.at)
        mail["Message-ID"] = f"<{self.rng.randint(10**9, 10**10)}@{self.domain}>"
        mail.set_content(text.body)
        if html:
            mail.add_alternative(_html(text), subtype="html")
        for part in parts:
            attach(mail, part)
        return mail

    def sent_on(self, text: Text, sender: str, *parts: Part, above: str = "") -> EmailMessage:
        """By the owner, as mail programs do it: with the head of the original in the text."""
        begin, *names, prefix = words(self.language)["carry"]["forward"]
        head = zip(
            names, (sender, self.at.strftime("%d.%m.%Y %H:%M"), text.subject, OWNER), strict=True
        )
        quoted = "\n".join(f"{name}: {value}" for name, value in head)
        body = f"{above}\n\n{begin}\n{quoted}\n\n{text.body}".lstrip()
        return self.mail(f"Ann Lee <{OWNER}>", Text(f"{prefix}{text.subject}", body), *parts)

    def enclosed(self, text: Text, sender: str, *parts: Part, above: str = "") -> EmailMessage:
        """By the owner, the original as an attachment."""
        original = self.mail(sender, text, *parts)
        mail = self.mail(f"Ann Lee <{OWNER}>", Text(f"Fwd: {text.subject}", above or "\n"))
        mail.add_attachment(original)
        return mail


def _html(text: Text) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.body.split("\n") if line)
    return f"<html><body><h1>{escape(text.subject)}</h1>{lines}</body></html>"


def attach(mail: EmailMessage, part: Part) -> None:
    main, sub = part.media_type.split("/")
    if main == "text":
        mail.add_attachment(part.content.decode(), subtype=sub, filename=part.name)
    else:
        mail.add_attachment(part.content, maintype=main, subtype=sub, filename=part.name)
    if part.method:
        last = list(mail.iter_attachments())[-1]
        last.set_param("method", part.method)


# -- texts

BULK_HEADERS = {
    "List-Unsubscribe": "<https://lists.example/u/4711>",
    "List-Id": "<news.lists.example>",
    "Precedence": "bulk",
}
# kind -> the ways it comes: (name, local part of a machine's address or none, headers, HTML)
_WAYS: dict[str, tuple[tuple[str, str, dict[str, str], bool], ...]] = {
    "newsletter": (
        ("list", "news", BULK_HEADERS, True),
        ("unsubscribe", "hello", {"List-Unsubscribe": "<mailto:u@lists.example>"}, True),
        ("plain", "team", {}, False),
    ),
    "spam": (
        ("plain", "", {}, False),
        ("marked", "", {"X-Spam-Flag": "YES", "X-Spam-Status": "Yes, score=9.1"}, False),
    ),
    "code": (
        ("noreply", "no-reply", {}, True),
        ("plain", "accounts", {}, False),
    ),
    "notification": (
        ("noreply", "noreply", {"Auto-Submitted": "auto-generated"}, True),
        ("plain", "updates", {}, False),
        ("list", "notifications", {"List-Unsubscribe": "<https://lists.example/n/1>"}, True),
    ),
    "shipping": (
        ("noreply", "noreply", {"Auto-Submitted": "auto-generated"}, True),
        ("plain", "tracking", {}, False),
    ),
    "notice": (
        ("noreply", "no-reply", {"Auto-Submitted": "auto-generated"}, True),
        ("list", "service", {"List-Unsubscribe": "<https://lists.example/n/1>"}, True),
        ("plain", "support", {}, False),
    ),
    "bill_notice": (
        ("noreply", "noreply", {"Auto-Submitted": "auto-generated"}, True),
        ("list", "billing", BULK_HEADERS, True),
        ("plain", "billing", {}, False),
    ),
    "body_bill": (
        ("noreply", "no-reply", {"Auto-Submitted": "auto-generated"}, False),
        ("plain", "", {}, False),
    ),
    "reminder": (("plain", "", {}, False), ("noreply", "noreply", {}, True)),
    "meeting": (("plain", "", {}, False), ("html", "", {}, True)),
    "correspondence": (("plain", "", {}, False), ("html", "", {}, True)),
    "request": (("plain", "", {}, False), ("html", "", {}, True)),
    "order": (("plain", "", {}, False),),
    "statement": (("plain", "", {}, False), ("list", "billing", BULK_HEADERS, True)),
    "ooo": (("marked", "", {"Auto-Submitted": "auto-replied"}, False), ("plain", "", {}, False)),
}
_SENT_ON = frozenset({"notice", "bill_notice", "body_bill", "reminder", "meeting", "request"})
_KINDS = {
    "body_bill": "invoice",
    "reminder": "payment_reminder",
    "meeting": "meeting_request",
    "order": "purchase_order",
    "ooo": "automatic",
}


def texts(folder: str = "words", languages: tuple[str, ...] = LANGUAGES) -> Iterator[Labelled]:
    """Mails that are nothing but text."""
    for language in languages:
        for group, rows in words(language, folder)["texts"].items():
            for at, row in enumerate(rows):
                yield from _text_mails(language, group, at, row, folder)


def _text_mails(
    language: str, group: str, at: int, row: list[str], folder: str
) -> Iterator[Labelled]:
    topic = row[1] if len(row) > 2 else ""
    kind = _text_kind(group, row)
    for way, local, headers, html in _WAYS[group]:
        name = f"{folder}/{language}/{group}/{at}/{way}"
        writer = Writer(name, language)
        text = Text(writer.fill(row[0]), writer.fill(row[-1]))
        mail = writer.mail(writer.machine(local) if local else writer.human, text, html=html)
        for header, value in headers.items():
            mail[header] = value
        yield Labelled(name, mail.as_bytes(), kind, language, way, topic=topic)
    if group in _SENT_ON or (group in ("newsletter", "correspondence") and at == 0):
        yield from _sent_on_texts(language, group, at, row, folder)


def _text_kind(group: str, row: list[str]) -> str:
    kind = _KINDS.get(group, group)
    receipt = ("receipt", "Quittung")
    return "receipt" if kind == "invoice" and any(w in row[0] for w in receipt) else kind


def _sent_on_texts(
    language: str, group: str, at: int, row: list[str], folder: str
) -> Iterator[Labelled]:
    topic = row[1] if len(row) > 2 else ""
    for way in ("inline", "enclosed") if at == 0 else ("inline",):
        name = f"{folder}/{language}/{group}/{at}/{way}"
        writer = Writer(name, language)
        text = Text(writer.fill(row[0]), writer.fill(row[-1]))
        above = writer.rng.choice(words(language)["carry"]["above"])
        send = writer.sent_on if way == "inline" else writer.enclosed
        mail = send(text, writer.vendor, above=above)
        kind = _text_kind(group, row)
        yield Labelled(name, mail.as_bytes(), kind, language, way, True, topic)


# -- documents

_CARRIERS = ("bare", "cover", "inline", "enclosed", "above", "list")


def _carried(
    name: str, language: str, group: str, part: Part, carrier: str
) -> tuple[EmailMessage, bool]:
    """The mail, and whether one of our own people sent it on."""
    writer = Writer(name, language)
    carry = words(language)["carry"]
    subject = writer.fill(writer.rng.choice(carry["subject"][group]))
    cover = writer.fill(writer.rng.choice(carry[group]))
    text = Text(subject, cover)
    if carrier == "bare":
        return writer.mail(writer.vendor, Text(subject, "\n"), part), False
    if carrier == "inline":
        return writer.sent_on(text, writer.vendor, part), True
    if carrier == "enclosed":
        return writer.enclosed(text, writer.vendor, part), True
    if carrier == "above":
        above = next(filter(None, carry["above"]))
        return writer.sent_on(text, writer.vendor, part, above=above), True
    local = "billing" if carrier == "list" else ""
    mail = writer.mail(writer.machine(local) if local else writer.vendor, text, part, html=True)
    for header, value in BULK_HEADERS.items() if carrier == "list" else ():
        mail[header] = value
    return mail, False


def _with_documents(
    prefix: str, group: str, rows: Iterator[tuple[str, str, Part]]
) -> Iterator[Labelled]:
    for at, (language, kind, part) in enumerate(rows):
        carrier = _CARRIERS[at % len(_CARRIERS)]
        name = f"{prefix}/{at}/{language}/{carrier}"
        mail, ours = _carried(name, language, group, part, carrier)
        yield Labelled(name, mail.as_bytes(), kind, language, carrier, ours)


def _bills() -> Iterator[tuple[str, str, Part]]:
    for language, locales in _LOCALES.items():
        for paper in making.bills(16, seed=811, locales=locales):
            kind = str(paper.label["doc_type"])
            yield language, kind, Part("document.pdf", "application/pdf", paper.content)


# Papers that have a kind of their own since they were first drawn.
_PAPERS = {
    "remittance": "remittance_advice", "payslip": "payslip", "policy": "insurance_paper",
    "tax": "tax_paper",
}  # fmt: skip


def _papers() -> Iterator[tuple[str, str, Part]]:
    for language, locales in _LOCALES.items():
        for paper in making.others(16, seed=811, locales=locales):
            kind = _PAPERS.get(str(paper.label["doc_type"]), str(paper.label["expected"]))
            yield language, kind, Part("scan0001.pdf", "application/pdf", paper.content)


def _structured() -> Iterator[tuple[str, str, Part]]:
    for at in range(30):
        code = "381" if at % 5 == 4 else "380"
        bill = Bill(number=f"RE-2026-{at:04d}", type_code=code)
        kind = "credit_note" if code == "381" else "invoice"
        pdf, xml = "application/pdf", "application/xml"
        ways = (
            Part("bill.pdf", pdf, factur_x(bill)),
            Part("bill.pdf", pdf, zugferd1(bill)),
            Part("bill.xml", xml, ubl_xml(bill)),
            Part("bill.xml", xml, cii_xml(bill)),
            Part("bill.pdf", pdf, bill_pdf(bill)),
        )
        yield ("de", "en")[at % 2], kind, ways[at % len(ways)]


def _contracts() -> Iterator[tuple[str, str, Part]]:
    for language, locales in _LOCALES.items():
        for paper in making.others(48, seed=17, locales=locales, only="contract"):
            yield language, "contract", Part("agreement.pdf", "application/pdf", paper.content)


def calendar() -> Iterator[tuple[str, str, Part]]:
    methods = ("REQUEST", "REQUEST", "CANCEL", "REPLY", "REQUEST", "PUBLISH")
    for at in range(30):
        method = methods[at % len(methods)]
        kind = "automatic" if method == "REPLY" else "meeting_request"
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Planner//EN", f"METHOD:{method}",
            "BEGIN:VEVENT", f"UID:{at}@planner.example", "DTSTAMP:20261101T080000Z",
            f"DTSTART:202612{at % 27 + 1:02d}T090000Z", f"DTEND:202612{at % 27 + 1:02d}T100000Z",
            "SUMMARY:Budget review", "ORGANIZER:mailto:mara@planner.example",
            "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann@acme.example", "END:VEVENT",
            "END:VCALENDAR", "",
        )  # fmt: skip
        content = "\r\n".join(lines).encode()
        yield LANGUAGES[at % 7], kind, Part("invite.ics", "text/calendar", content, method)


def documents() -> Iterator[Labelled]:
    """Mails that carry a document."""
    yield from _with_documents("bill", "bill", _bills())
    yield from _with_documents("paper", "document", _papers())
    yield from _with_documents("structured", "bill", _structured())
    yield from _with_documents("contract", "contract", _contracts())
    for mail in _with_documents("calendar", "invite", calendar()):
        if not (mail.kind == "automatic" and mail.ours):  # nobody sends an answer on
            yield mail


# -- public files, where they are

_PUBLIC = {
    ("invoice", True): "invoice", ("corrected_invoice", True): "invoice",
    ("credit_note", True): "credit_note", ("bank_statements", False): "statement",
    ("insurance_policy", False): "other", ("specification", False): "other",
    ("ubl-Order", False): "purchase_order", ("hotel_invoice", True): "invoice",
}  # fmt: skip


def public_papers(start: int = 0) -> Iterator[tuple[str, str, Part]]:
    """Every fourth bill and every eighth contract, from `start` on."""
    for row in _manifest("invoices")[start::4]:
        kind = _PUBLIC.get((row["doc_type"], row["is_invoice"]))
        if kind and row["kind"] != "scan-pdf":
            file = CORPUS / "invoices" / row["file"]
            media = "application/pdf" if file.suffix == ".pdf" else "application/xml"
            language = str(row.get("language")) if row.get("language") in LANGUAGES else "en"
            yield language, kind, Part(f"document{file.suffix}", media, file.read_bytes())
    for row in _manifest("contracts")[start::8]:
        if row.get("pdf"):
            file = CORPUS / "contracts" / row["pdf"]
            yield "en", "contract", Part("agreement.pdf", "application/pdf", file.read_bytes())


def _manifest(folder: str) -> list[dict[str, Any]]:
    return labelled_rows(f"{folder}/manifest.jsonl")


def labelled_rows(name: str) -> list[dict[str, Any]]:
    """The labels of public files; none where the collection is not there."""
    file = CORPUS / name
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return [json.loads(line) for line in lines]


def public() -> Iterator[Labelled]:
    """Public documents on the same carriers; none where the collection is not there."""
    yield from _with_documents("public", "document", public_papers())


def everything() -> list[Labelled]:
    """The whole set."""
    return [*texts(), *documents(), *public()]


def unseen() -> Iterator[Labelled]:
    """Texts written after the code."""
    return texts("unseen", ("en", "de", "fr", "es", "it", "nl"))


def last() -> Iterator[Labelled]:
    """Texts that nothing was changed for."""
    return texts("last", ("en", "de", "fr", "nl"))


def fresh() -> Iterator[Labelled]:
    """Texts whose first score is the one that is told."""
    return texts("fresh", ("en", "de", "fr", "es", "it", "nl"))


def second() -> Iterator[Labelled]:
    """Texts that nothing was changed for, and nothing was learned from."""
    return texts("second", ("en", "de", "fr", "es", "it", "nl"))
