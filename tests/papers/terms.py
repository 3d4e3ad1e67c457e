"""When a bill is to be paid, in a row or in a sentence."""

from tests.papers.facts import Facts
from tests.papers.page import Page


def due_rows(page: Page, facts: Facts) -> list[tuple[str, str]]:
    """Rows for the due date and the terms; what is not in a row comes as a sentence below."""
    words, rows = page.words, []
    if in_rows(page):
        if facts.how_due in ("date", "both") and facts.due:
            rows.append((words.label("due"), page.day(facts.due)))
        if facts.how_due in ("terms", "both"):
            rows.append((words.label("terms"), _terms(page, facts)))
        if facts.how_due == "receipt":
            rows.append((words.label("terms"), words.pick("sentence", "on_receipt")))
    return rows


def due_sentences(page: Page, facts: Facts) -> list[str]:
    """The sentences, where nothing stands in rows."""
    if in_rows(page):
        return []
    said = []
    if facts.how_due in ("date", "both") and facts.due:
        said.append(page.words.pick("sentence", "due").format(date=page.day(facts.due)))
    if facts.how_due in ("terms", "both"):
        said.append(_terms(page, facts))
    if facts.how_due == "receipt":
        said.append(page.words.pick("sentence", "on_receipt"))
    return said


def in_rows(page: Page) -> bool:
    """Whether this paper has them among its rows."""
    return page.layout["meta"] not in ("bare", "sentence") and page.layout["pay"] != "sentence"


def _terms(page: Page, facts: Facts) -> str:
    early = int(page.layout.name[-1]) % 5 == 0 and not _is_narrow(page)
    said = page.words.pick("sentence", "early" if early else "terms")
    if _is_narrow(page):
        said = min(page.words.all("sentence", "terms"), key=len)
    return said.format(n=facts.terms)


def _is_narrow(page: Page) -> bool:
    return page.layout["meta"] in ("columns", "boxes", "table", "grid", "split", "stacked")
