"""XML from strangers: no DOCTYPE, no entities, no network, limits on size and depth."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

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
    try:
        root = etree.fromstring(_from_its_start(content), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"not well-formed XML ({error})") from None
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # an encoding the search above did not see through
        raise Unreadable("the XML has a DOCTYPE")
    return root


def mended_xml(content: bytes) -> Element | None:
    """What can be made of XML that `parse_xml` found damaged: cut off, or a tag not closed.

    None where that is nothing, or where it was refused for what it could do.
    """
    if len(content) > SIZE or _DOCTYPE.search(content):
        return None
    try:
        root = etree.fromstring(_from_its_start(content), _parser(mends=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    # With nothing to hold on to libxml2 gives no element at all.
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return None
    return root


def _parser(*, mends: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # libxml2 stops at a depth of 256 and at 10 MB in one text
        remove_comments=True,
        remove_pis=True,
        recover=mends,
    )


def _from_its_start(content: bytes) -> bytes:
    """Some writers leave blanks or a second byte order mark before the declaration."""
    return re.sub(rb"\A(?:\xef\xbb\xbf|\s)+(?=<)", b"", content)


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


class _Step(NamedTuple):
    """One step of a path: an element of one of these names, where a value in it is as wanted."""

    names: frozenset[str]
    where: str = ""  # a path from the element
    wanted: frozenset[str] = frozenset()


_STEP = re.compile(r"([\w|.-]+)(?:\[([\w|./@-]+)(?:=([^\]]*))?\])?(?:/|\Z)")
_ATTRIBUTE = re.compile(r"(.*)@([\w.-]+)")


@cache
def _steps(path: str) -> tuple[_Step, ...]:
    return tuple(
        _Step(
            frozenset(found[1].split("|")),
            found[2] or "",
            frozenset(found[3].casefold().split("|")) if found[3] else frozenset(),
        )
        for found in _STEP.finditer(path)
    )


def find_all(element: Element, path: str) -> Iterator[Element]:
    """Every element under a path of local names: `Party/Name`, `Id|ID`; namespaces are ignored.

    The versions of one format differ in their namespaces and in the names of some elements.
    `Tax[Type=VAT|GST]` takes the elements in which a value is one of these, whatever its case;
    `Tax[Type]` those in which there is one.
    """
    return _walk(element, _steps(path))


def _walk(element: Element, steps: tuple[_Step, ...]) -> Iterator[Element]:
    if not steps:
        yield element
        return
    step, *rest = steps
    for child in element:
        if local_name(child) not in step.names or not _is_wanted(child, step):
            continue
        yield from _walk(child, tuple(rest))


def _is_wanted(element: Element, step: _Step) -> bool:
    if not step.where:
        return True
    texts = texts_at(element, step.where)
    return any(not step.wanted or text.casefold() in step.wanted for text in texts)


def texts_at(element: Element, path: str) -> Iterator[str]:
    """The text of every element under a path; `Id@scheme`, `@scheme`: of their attributes."""
    at = _ATTRIBUTE.fullmatch(path)
    attribute = at[2] if at else ""
    for found in find_all(element, at[1] if at else path):
        text = (found.get(attribute) or "").strip() if attribute else text_of(found)
        if text:
            yield text


def find(element: Element, path: str) -> Element | None:
    """The first element under a path."""
    return next(find_all(element, path), None)


def text_of(element: Element | None) -> str:
    """The text of an element, blanks around it removed."""
    return (element.text or "").strip() if element is not None else ""
