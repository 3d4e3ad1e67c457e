"""The words of a document, for the full-text index."""

from parsers.opened import Opened, opened

_LONGEST = 400_000  # letters: some hundred pages
_PAGES = 400
_SEEN = 20  # letters: a page with fewer is a picture


def searchable(content: bytes) -> str:
    """Its text in the order it stands there. Raises Unreadable for a damaged document."""
    with opened(content) as document:
        return " ".join(_text(document).split())[:_LONGEST]


def _text(document: Opened) -> str:
    if document.pdf is None:
        pages = "\n".join(document.page_texts(_PAGES))
        return pages or _xml(document) or _seen(document)
    pages = "\n".join(document.page_texts(_PAGES))
    return pages if len(pages.strip()) > _SEEN * document.pages else _seen(document) or pages


def _seen(document: Opened) -> str:
    """What stands on pictures of pages."""
    return " ".join(word.text for word in document.seen().words)


def _xml(document: Opened) -> str:
    return " ".join(str(text) for root in document.xml for text in root.itertext())
