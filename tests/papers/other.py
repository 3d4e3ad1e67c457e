"""Papers that are no bills, and look like it: quotes, orders, statements, reminders, payslips."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.papers import facts as made
from tests.papers.countries import COUNTRIES
from tests.papers.facts import Facts
from tests.papers.foot import bank_rows
from tests.papers.heads import parties
from tests.papers.layout import Layout
from tests.papers.meta import draw_meta
from tests.papers.page import Page
from tests.papers.sheet import noon
from tests.papers.sums import draw_sums
from tests.papers.table import draw_table
from tests.papers.words import Words

# What it is -> the kind that a reader should say.
KINDS = {
    "quote": "quote",
    "proforma": "quote",
    "order": "purchase_order",
    "confirmation": "order_confirmation",
    "delivery": "delivery_note",
    "receipt": "receipt",
    "statement": "statement",
    "reminder": "payment_reminder",
    "remittance": "other",
    "payslip": "other",
    "policy": "other",
    "form": "form",
    "tax": "other",
    "contract": "contract",
    "letter": "other",
    "newsletter": "other",
}
_WITH_LINES = frozenset({"quote", "proforma", "order", "confirmation", "delivery", "receipt"})
_WITH_ROWS = frozenset({"statement", "reminder", "remittance", "payslip"})
_WITH_BANK = frozenset({"proforma", "reminder", "statement", "quote"})


def other(kind: str, locale: str, layout: Layout, seed: str) -> tuple[bytes, dict[str, Any]]:
    """A paper of that kind, and its label."""
    rng = Random(seed)
    facts = replace(made.make(locale, rng, "invoice"), how_due="none")
    page = Page(facts.country, facts.currency, layout, seed, 1)
    own = Words(COUNTRIES[locale].language, page.rng, "others")
    title = own.pick(kind, "title").format(number=facts.number)
    y = _head(page, facts, own, kind, title)
    y = _BODIES.get(kind, _prose)(page, facts, own, kind, y)
    if kind in _WITH_BANK and page.rng.random() < 0.6:
        for label, value in bank_rows(page, facts):
            page.put(f"{label} {value}", page.left, y)
            y += page.line
    page.foot()
    truth = {"invoice_number": facts.number, "total": float(facts.sums.total)}
    return page.sheet.done(title, noon(facts.issued)), {
        "kind": "plain-pdf",
        "doc_type": kind,
        "expected": KINDS[kind],
        "is_invoice": False,
        "language": page.country.language,
        "locale": locale,
        "cluster": layout.name,
        "pages": page.sheet.pages,
        "truth": truth if kind == "reminder" else {},
        "traits": layout.chosen,
    }


def _head(page: Page, facts: Facts, own: Words, kind: str, title: str) -> float:
    writer, reader = parties(facts)
    page.put(writer.name, page.left, 52, size=page.rng.choice([10.0, 14.0, 16.0]), bold=True)
    y = page.lines([writer.street, writer.town, writer.mail], page.left, 66)
    size, right = page.rng.choice([(20.0, False), (16.0, True), (12.0, False), (14.0, False)])
    page.put(title, page.right if right else page.left, y + 20, size=size, bold=True, right=right)
    y = page.lines(reader.lines, page.left, y + 46)
    due = facts.issued + timedelta(days=30)
    rows = [
        (own.pick(kind, "number"), facts.number),
        (own.pick(kind, "date"), page.day(facts.issued)),
        (own.pick(kind, "due"), page.day(due)),
    ]
    if page.rng.random() < 0.3:
        rows.append((page.words.label("customer"), "20417"))
    if page.layout["meta"] in ("bare", "sentence"):
        return page.lines([f"{label}: {value}" for label, value in rows], page.left, y + page.line)
    return draw_meta(page, facts, rows, y + page.line, x=page.left, wide=True) + page.line


def _sentences(page: Page, facts: Facts, own: Words, kind: str, y: float, share: float) -> float:
    """Some of what such papers say, in order."""
    due = facts.issued + timedelta(days=30)
    filled = {
        "number": facts.number,
        "date": page.day(facts.issued),
        "due": page.day(due),
        "amount": page.amount(facts.sums.total, is_total=True),
        "name": facts.seller.name,
    }
    for sentence in own.all(kind, "body"):
        if page.rng.random() > share:
            continue
        texts = page.fit(sentence.format(**filled), page.right - page.left)
        if y + page.line * len(texts) > page.bottom + 60:
            break
        y = page.lines(texts, page.left, y) + page.line * 0.4
    return y


def _prose(page: Page, facts: Facts, own: Words, kind: str, y: float) -> float:
    return _sentences(page, facts, own, kind, y + page.line, 0.95)


def _lines(page: Page, facts: Facts, own: Words, kind: str, y: float) -> float:
    y = _sentences(page, facts, own, kind, y + page.line, 0.35)
    y = draw_table(page, facts, y + page.line)
    if kind != "delivery":
        y = draw_sums(page, facts, y)
    return _sentences(page, facts, own, kind, y + page.line, 0.6)


def _rows(page: Page, facts: Facts, own: Words, kind: str, y: float) -> float:
    """A table of papers, payments or earnings."""
    y = _sentences(page, facts, own, kind, y + page.line, 0.75) + page.line
    heads, rng = own.all(kind, "columns"), page.rng
    wide = (page.right - page.left) / len(heads)
    for at, head in enumerate(heads):
        page.put(head, page.left + at * wide, y, bold=True)
    for _ in range(1 if kind == "reminder" else rng.randint(2, 9)):
        y += page.line
        number = facts.number if kind == "reminder" else made.number(rng, facts.issued)
        for at, cell in enumerate(_cells(page, facts, own, kind, number)):
            page.put(cell, page.left + at * wide, y)
    y += page.line * 1.6
    page.put(own.pick(kind, "total"), page.left + wide, y, bold=True)
    total = page.amount(facts.sums.total, is_total=True)
    page.put(total, page.right, y, bold=True, right=True)
    return y + page.line * 2


def _cells(page: Page, facts: Facts, own: Words, kind: str, number: str) -> list[str]:
    rng = page.rng
    said = rng.choice(own.all(kind, "rows")).format(number=number)
    amounts = [page.amount(Decimal(rng.randint(900, 900000)) / 100, in_line=True) for _ in range(4)]
    day = page.day(facts.issued - timedelta(days=rng.randint(1, 200)))
    if kind == "statement":
        return [day, number, said, *amounts[:2]]
    if kind == "reminder":
        total = page.amount(facts.sums.total, in_line=True)
        return [said, page.day(facts.issued), page.day(facts.issued + timedelta(days=30)), total]
    if kind == "remittance":
        return [said, day, *amounts[:3]]
    return [said, "8,00", *amounts[:3]]


_Body = Callable[[Page, Facts, Words, str, float], float]
_BODIES: dict[str, _Body] = {}
_BODIES.update(dict.fromkeys(_WITH_LINES, _lines))
_BODIES.update(dict.fromkeys(_WITH_ROWS, _rows))
