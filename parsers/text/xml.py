"""XML from strangers: no DOCTYPE, no entities, no network, limits on size and depth."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

from mailagent.core.errors import Unreadable

Element: TypeAlias = _Element  # lxml gives it no public name

SIZE = 32 * 1024 * 1024
# In any encoding an XML parser guesses: one byte a letter, or two with a NUL before or after.
_DOCTYPE = re.compile(
    rb"<!DOCTYPE|<\x00!\x00D\x00O\x00C\x00T\x00Y\x00P\x00E|\x00<\x00!\x00D\x00O\x00C\x00T\x00Y\x00P"
)


def parse_xml(content: bytes) -> Element:
    """The root element. Raises Unreadable for what is no XML, or XML that could be a weapon."""
    if len(content) > SIZE:
        raise Unreadable("the XML is too large")
    if _DOCTYPE.search(content):
        raise Unreadable("the XML has a DOCTYPE, which no invoice needs and attacks do")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # libxml2 stops at a depth of 256 and at 10 MB in one text
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_from_its_start(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"not well-formed XML ({error})") from None
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # an encoding the search above did not see through
        raise Unreadable("the XML has a DOCTYPE")
    return root


def _from_its_start(content: bytes) -> bytes:
    """Some writers leave blanks or a second byte order mark before the declaration."""
    return re.sub(rb"\A(?:\xef\xbb\xbf|\s)+(?=<)", b"", content)


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_all(element: Element, path: str) -> Iterator[Element]:
    """Every element under a path of local names: `Party/Name`, `Id|ID`; namespaces are ignored.

    The versions of one format differ in their namespaces and in the names of some elements.
    """
    step, _, rest = path.partition("/")
    names = step.split("|")
    for child in element:
        if local_name(child) in names:
            if rest:
                yield from find_all(child, rest)
            else:
                yield child


def find(element: Element, path: str) -> Element | None:
    """The first element under a path."""
    return next(find_all(element, path), None)


def text_of(element: Element | None) -> str:
    """The text of an element, blanks around it removed."""
    return (element.text or "").strip() if element is not None else ""
