"""A bill as a PDF with its label: a page of code, its truth beside it."""

from typing import Any

from tests.papers import facts as made
from tests.papers.facts import Facts
from tests.papers.foot import draw_foot
from tests.papers.heads import draw, title
from tests.papers.layout import Layout
from tests.papers.page import Page
from tests.papers.sheet import noon
from tests.papers.sums import draw_sums, is_negative
from tests.papers.table import draw_table

_ALWAYS = {"buyer_name", "invoice_number", "issue_date", "line_count"}


def bill(facts: Facts, layout: Layout, seed: str) -> tuple[bytes, dict[str, Any]]:
    """The file, and its label in the shape of the corpus's manifest."""
    page = _drawn(facts, layout, seed, 1)
    if page.sheet.pages > 1:
        page.sheet.done("", noon(facts.issued))
        page = _drawn(facts, layout, seed, page.sheet.pages)
    content = page.sheet.done(title(page, facts), noon(facts.issued))
    truth = made.truth(facts)
    if facts.kind == "credit_note" and is_negative(page):
        truth |= {name: -truth[name] for name in ("total", "net", "tax", "payable")}
    label = {
        "kind": "plain-pdf",
        "doc_type": "credit_note" if facts.kind == "credit_note" else "invoice",
        "variant": facts.kind,
        "is_invoice": True,
        "language": page.country.language,
        "country": page.country.code,
        "locale": facts.locale,
        "cluster": layout.name,
        "pages": page.sheet.pages,
        "truth": truth,
        "visible": {name: name in page.shown | _ALWAYS for name in truth},
        "traits": layout.chosen
        | {"numbers": page.numbers, "dates": page.dates, "due": facts.how_due},
    }
    return content, label


def _drawn(facts: Facts, layout: Layout, seed: str, pages: int) -> Page:
    page = Page(facts.country, facts.currency, layout, seed, pages)
    y = draw(page, facts)
    if page.rng.random() < 0.35:
        y += page.line
        page.put(page.words.any("sentence", "intro"), page.left, y)
    if page.layout["signs"] == "none" and page.rng.random() < 0.2:
        y += page.line
        page.put(page.rng.choice(["Currency: {}", "{}"]).format(facts.currency), page.left, y)
        page.shown.add("currency")
    y = draw_table(page, facts, y + page.line * 2)
    y = draw_sums(page, facts, y)
    draw_foot(page, facts, y)
    return page
