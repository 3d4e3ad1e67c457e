"""The conversation as one page for a browser, without anything from outside."""

import base64
import hashlib
import re
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mailagent.demo.client import parsed, text_of
from mailagent.demo.record import Passed, Record, Way
from mailagent.demo.result import Result

_HERE = Path(__file__).parent
_LONG_TAG = re.compile(r"(\+[^@]{6})[^@]+")  # ops+token@: its beginning says enough
_PICTURES = ("image/png", "image/jpeg", "image/gif")


class Shown(NamedTuple):
    """A mail on the page."""

    number: int
    way: Way
    sender: str
    recipient: str
    subject: str
    at: str
    seconds: str
    own: str  # what its writer typed
    quoted: str
    html: str  # empty: its text is shown
    attached: tuple[str, ...]
    file: str


class Section(NamedTuple):
    """A chapter on the page: mails, and remarks as plain text."""

    title: str
    events: tuple[Shown | str, ...]


class Filed(NamedTuple):
    """A document that the agent filed."""

    name: str
    link: str


def page(record: Record, result: Result, folder: Path) -> str:
    """The page, to be written into this folder."""
    sections = tuple(
        Section(chapter.title, tuple(_shown(e, folder) for e in chapter.events))
        for chapter in record.chapters
    )
    filed = tuple(
        Filed(str(path.relative_to(folder)), _link(path, folder)) for path in result.filed
    )
    script, style = _text("page.js"), _text("page.css")
    template = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined
    ).get_template("page.html")
    return template.render(
        sections=sections,
        result=result,
        filed=filed,
        script=Markup(script),  # noqa: S704 - our own file
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(script),
        Way=Way,
    )


def _policy(script: str) -> str:
    """What the page, and every mail in it, may load: nothing, but our one script."""
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{known}'; "
        "style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _shown(event: Passed | str, folder: Path) -> Shown | str:
    if isinstance(event, str):
        return event
    mail = parsed(event.raw)
    own, _, quoted = text_of(mail).partition("\n\nOn ")
    at = mail["Date"].datetime if mail["Date"] else None
    return Shown(
        number=event.number,
        way=event.way,
        sender=str(mail["From"]),
        recipient=_LONG_TAG.sub(r"\1…", str(mail["To"])),
        subject=str(mail["Subject"]),
        at=f"{at:%H:%M:%S}" if at else "",
        seconds=f"{event.seconds:.1f} s later" if event.way is Way.AGENT else "",
        own=own.strip(),
        quoted=f"On {quoted.strip()}" if quoted else "",
        html=_html(mail),
        attached=tuple(_names(mail)),
        file=_link(event.path, folder),
    )


def _names(mail: EmailMessage) -> list[str]:
    parts = (part for part in mail.iter_attachments() if part.get_content_disposition() != "inline")
    return [part.get_filename() or "a file" for part in parts]


def _html(mail: EmailMessage) -> str:
    """The HTML of a mail with its own pictures put into it."""
    body = mail.get_body(("html",))
    if not isinstance(body, EmailMessage):
        return ""
    html = str(body.get_content())
    for part in mail.walk():
        name = str(part["Content-ID"] or "").strip("<> ")
        if name and part.get_content_type() in _PICTURES:
            content = part.get_payload(decode=True)
            data = base64.b64encode(content if isinstance(content, bytes) else b"").decode()
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{data}")
    return html


def _link(path: Path, folder: Path) -> str:
    return quote(path.relative_to(folder).as_posix())
