"""A document opened as far as its readers need it: the XML in it, and its pages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from mailagent.core.cover import BARE, Cover
from mailagent.core.errors import Unreadable
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Source
from parsers.text.charset import decode
from parsers.text.cms import signed_content
from parsers.text.grid import text_words
from parsers.text.html import html_text
from parsers.text.office import kind_of, office_pages
from parsers.text.pdf import PageText, Pdf
from parsers.text.scan import Seen, pages_seen, picture_seen
from parsers.text.words import lines_of
from parsers.text.xml import Element, mended_xml, parse_xml

_HEAD = 2  # pages
_PLAIN: Mapping[str, Callable[[str], str]] = {"text/plain": str, "text/html": html_text}
_AS_ZIP = "Send it as a ZIP file, or the documents themselves."
_UNOPENED = frozenset(
    {"application/x-7z-compressed", "application/vnd.rar", "application/gzip"}
    | {"application/x-bzip2", "application/x-xz"}
)
_LONGEST = 4_000_000  # bytes of plain text
_XML_START = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_SIGNED = "application/pkcs7-mime"
_ENVELOPES = 5


@dataclass(frozen=True)
class Opened:
    """What a document holds. It is only good inside `opened`."""

    media_type: str
    xml: tuple[Element, ...] = ()
    pdf: Pdf | None = None
    as_kind: Kind | None = None  # what a person said it is
    part: int = 1  # of several documents in one file, the one that is meant
    damage: str = ""  # what is wrong with it, where it was mended to be read at all
    picture: bytes = b""  # a photo or a scan
    plain: str = ""  # of a document that is nothing but text
    us: Us = NOBODY  # who reads it
    paged: tuple[str, ...] = ()  # the text of an office file, page by page
    calendar: bytes = b""
    cover: Cover = BARE  # the mail that it came in
    whole: bytes = b""  # of a PDF, as it came

    @property
    def pages(self) -> int:
        """How many pages it has; 0 where it has none."""
        return self.pdf.pages if self.pdf is not None else 0

    def texts(self) -> list[PageText]:
        """The text of its pages."""
        return self.pdf.texts() if self.pdf is not None else []

    def seen(self) -> Seen:
        """The words on its pages with their places, also where the pages are pictures."""
        return self._seen

    @cached_property
    def _seen(self) -> Seen:
        if self.picture:
            return picture_seen(self.picture)
        if self.pdf is not None:
            return pages_seen(self.pdf, self.texts(), self.whole)
        if self.paged:
            return Seen(text_words("\n".join(self.paged)), Source.TEXT)
        return Seen([], Source.TEXT)

    def head(self) -> list[str]:
        """The words of its first pages in lines, also where they are pictures."""
        if self.picture or (self.pdf is not None and not any(self.page_texts(_HEAD))):
            return ["\n".join(lines_of(self.seen().words))]
        return self.page_texts(_HEAD)

    def page_texts(self, most: int) -> list[str]:
        """The words of its pages, or all of its text as one page."""
        if self.pdf is not None:
            return [page.text for page in self.pdf.texts(most)]
        return list(self.paged[:most]) or [self.plain]


@contextmanager
def opened(
    content: bytes,
    *,
    page_text_only: bool = False,
    as_kind: Kind | None = None,
    part: int = 1,
    us: Us = NOBODY,
    cover: Cover = BARE,
) -> Iterator[Opened]:
    """Opens a document by what it is. Raises Unreadable for a damaged one."""
    content, found = _unwrapped(content)
    if found == "message/rfc822" and cover.is_mail:
        found = "text/plain"  # a body that begins with the head of the mail it sends on
    if found == "application/pdf":
        with Pdf(content) as pdf:
            xml = () if page_text_only else tuple(_embedded_xml(pdf))
            yield Opened(found, xml, pdf, as_kind, part, us=us, whole=content)
    elif found == "application/xml":
        root, damage = _whole_or_mended(content)
        yield Opened(found, (root,), None, as_kind, part, damage)
    elif found in _PLAIN:
        plain = _PLAIN[found](decode(content[:_LONGEST]))
        yield Opened(found, as_kind=as_kind, plain=plain, us=us, cover=cover)
    elif found == "text/calendar":
        yield Opened(found, as_kind=as_kind, calendar=content, us=us, cover=cover)
    elif found.startswith("image/"):
        yield Opened(found, as_kind=as_kind, picture=content, us=us)
    elif pages := office_pages(content, found):
        yield Opened(found, as_kind=as_kind, part=part, us=us, paged=tuple(pages))
    else:
        _refuse_archive(content, found)
        yield Opened(found, as_kind=as_kind)


def _refuse_archive(content: bytes, found: str) -> None:
    """What is in it are documents of their own; it is read itself only where that failed."""
    if found in _UNOPENED:
        raise Unreadable("it is an archive of a kind that is not opened", advice=_AS_ZIP)
    if found == "application/zip":
        from parsers.mail.archives import taken_out  # readers of mails: few documents need them

        taken_out(content, "")


def _unwrapped(content: bytes) -> tuple[bytes, str]:
    """Out of the envelopes of its signatures: some files are signed by two."""
    found = kind_of(content)
    for _ in range(_ENVELOPES):
        if found != _SIGNED:
            break
        content = signed_content(content)
        found = kind_of(content)
    return content, found


def _whole_or_mended(content: bytes) -> tuple[Element, str]:
    try:
        return parse_xml(content), ""
    except Unreadable as error:
        root = mended_xml(content)
        if root is None:
            raise
        return root, error.what


def _embedded_xml(pdf: Pdf) -> Iterator[Element]:
    for _, content in pdf.embedded():
        if not content.lstrip().startswith(_XML_START):
            continue
        try:
            yield parse_xml(content)
        except Unreadable:  # it may be any file; the page can still be read
            continue
