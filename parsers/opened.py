"""A document opened as far as its readers need it: the XML in it, and its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mailagent.core.errors import Unreadable
from parsers.text.pdf import PageText, Pdf
from parsers.text.xml import Element, parse_xml
from parsers.values.media import media_type

_XML_START = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Opened:
    """What a document holds. It is only good inside `opened`."""

    media_type: str
    xml: tuple[Element, ...] = ()
    pdf: Pdf | None = None

    @property
    def pages(self) -> int:
        """How many pages it has; 0 where it has none."""
        return self.pdf.pages if self.pdf is not None else 0

    def texts(self) -> list[PageText]:
        """The text of its pages."""
        return self.pdf.texts() if self.pdf is not None else []


@contextmanager
def opened(content: bytes, *, page_text_only: bool = False) -> Iterator[Opened]:
    """Opens a document by what it is. Raises Unreadable for a damaged one."""
    found = media_type(content)
    if found == "application/pdf":
        with Pdf(content) as pdf:
            yield Opened(found, () if page_text_only else tuple(_embedded_xml(pdf)), pdf)
    elif found == "application/xml":
        yield Opened(found, (parse_xml(content),))
    else:
        yield Opened(found)


def _embedded_xml(pdf: Pdf) -> Iterator[Element]:
    for _, content in pdf.embedded():
        if not content.lstrip().startswith(_XML_START):
            continue
        try:
            yield parse_xml(content)
        except Unreadable:  # it may be any file; the page can still be read
            continue
