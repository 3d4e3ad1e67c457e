"""The text of an HTML mail as a person would see it: hidden parts are left out."""

import re

from lxml import etree
from lxml.etree import _Element

from parsers.text.charset import clean

_LIMIT = 2_000_000  # characters of markup; more than that nobody reads
_UNSEEN = frozenset({"head", "script", "style", "template", "title", "noscript", "object"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3"
        " h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul",
    )
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)


def html_text(html: str) -> str:
    """The visible text, one line a block; empty when nothing can be read."""
    root = markup(html[:_LIMIT])
    if root is None:
        return ""
    pieces: list[str] = []
    _collect(root, pieces)
    text = re.sub(r"[ \t\xa0]*\n[ \t\xa0]*", "\n", "".join(pieces))
    return clean(re.sub(r"\n{3,}", "\n\n", text)).strip()


def markup(html: str) -> _Element | None:
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(clean(html).encode(), parser)
    except etree.LxmlError:  # nothing in it that is markup
        return None


def _collect(root: _Element, pieces: list[str]) -> None:
    """Without recursion: depth is the sender's choice."""
    skipped: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipped is None and _is_unseen(element, name):
                skipped = element
            if skipped is None:
                pieces.append(_opening(name) + _flow(element.text, pre=name == "pre"))
            continue
        if skipped is element:
            skipped = None
        elif skipped is None and name in _BLOCKS:
            pieces.append("\n")
        if skipped is None:
            pieces.append(_flow(element.tail))


def _is_unseen(element: _Element, name: str) -> bool:
    style = element.get("style")
    return (
        name in _UNSEEN
        or element.get("hidden") is not None
        or bool(style and _HIDDEN.search(style))
    )


def _opening(name: str) -> str:
    if name in ("td", "th"):
        return "\t"
    return "\n" if name in _BLOCKS or name == "br" else ""


def _flow(text: str | None, *, pre: bool = False) -> str:
    return (text if pre else re.sub(r"[ \t\r\n]+", " ", text)) if text else ""
