"""The text of a document's first pages, also where they are pictures."""

from collections import defaultdict

from parsers.opened import opened


def pages_of(content: bytes, most: int) -> list[str]:
    """One text a page; of a document without pages its text as one."""
    with opened(content) as document:
        texts = document.page_texts(most)
        if any(text.strip() for text in texts):
            return texts
        pages: dict[int, list[str]] = defaultdict(list)
        for word in document.seen().words:
            pages[word.page].append(word.text)
        return [" ".join(pages.get(n, ())) for n in range(1, min(max(pages, default=0), most) + 1)]
