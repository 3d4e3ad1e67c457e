"""The values that were read, as a person sees them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mailagent.core.capability import RecordBill, ReleasePayments, SendMail
from mailagent.core.enclosed import SendPaper
from mailagent.core.payments import Payment
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.revision import Heard
from mailagent.core.shown import in_order, is_one_day, numbered
from mailagent.core.tax import codes_in
from mailagent.render.foreign import clean, masked, without_accounts
from mailagent.render.meetings import meeting_lines, plan_lines
from mailagent.render.words import Words

# Below this a value is marked: a person compares it with the page.
DOUBTFUL = 0.7

_TOGETHER = (
    ("seller_name",),
    ("invoice_number", "issue_date", "due_date"),
    ("net", "tax", "total"),
    ("payable",),
    ("tax_code", "tax_reason"),
    ("service_start", "service_end"),
    ("buyer_name", "po_number"),
    ("iban", "seller_vat"),
)
_AMOUNTS = frozenset({"net", "tax", "total", "payable"})
_ACCOUNTS = frozenset({"iban", "account", "pay_from"})
_ELSEWHERE = frozenset({"payments", "orders"})  # shown in rows of their own
FROM_SETTINGS = "settings"  # nobody has to be told how that was derived
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_LINES, _MOST_ORDERS = 3, 8


class Fact(NamedTuple):
    """One value, as shown."""

    name: str
    label: str
    value: str
    rule: str = ""  # how it was derived
    number: int | None = None  # on the page picture
    doubtful: bool = False


Rows = tuple[tuple[Fact, ...], ...]


def rows(proposal: Proposal, words: Words) -> Rows:
    """The facts of a proposal, those that belong together in one row."""
    if any(isinstance(action.payload, SendMail | SendPaper) for action in proposal.actions):
        return ()  # the mail itself is shown, word by word
    if proposal.reading.kind is Kind.MEETING_REQUEST:
        return _of_meeting(proposal, words)
    facts = {fact.name: fact for fact in _facts(proposal.reading, words)}
    together = [tuple(facts[n] for n in names if n in facts) for names in _TOGETHER]
    known = {name for names in _TOGETHER for name in names}
    alone = [(fact,) for name, fact in facts.items() if name not in known]
    said = (*_booking(proposal, words), *_lines(proposal.reading, words))
    said = (*said, *_orders(proposal.reading, words))
    extra = [(fact,) for fact in (*said, *_payments(proposal, words))]
    return tuple(row for row in (*together, *alone, *extra) if row)


def _of_meeting(proposal: Proposal, words: Words) -> Rows:
    said = [*meeting_lines(proposal.reading, words)]
    said += plan_lines(proposal.plan, words) if proposal.plan else ()
    return tuple((Fact(name, label, value),) for name, label, value in said)


def changed(proposal: Proposal, words: Words) -> tuple[str, ...]:
    """`total: EUR 900.00 (was EUR 1,234.56)`, for what the owner changed in this version."""
    said = []
    for edit in () if proposal.you_wrote else proposal.changes:
        after, before = (
            _spelled(edit.field, v, proposal, words) for v in (edit.value, edit.before)
        )
        name = "draft.changed" if before else "draft.added"
        said.append(words(name, label=label(edit.field, words), after=after, before=before))
    return tuple(said)


def meant(proposal: Proposal, words: Words) -> str:
    """What became of the words above the document: `project Smith, due 15 Dec`."""
    if not proposal.you_wrote:
        return ""
    if proposal.heard is not Heard.CHANGED:
        return words(f"heard.{proposal.heard}")
    said = [
        f"{label(e.field, words)} {_spelled(e.field, e.value, proposal, words)}"
        for e in proposal.changes
    ]
    return ", ".join(said) or words("heard.as_read")


def _spelled(name: str, value: str, proposal: Proposal, words: Words) -> str:
    field = Field(value=value, confidence=1, source=Source.OWNER, evidence=Evidence(quote=value))
    return shown_value(name, field, proposal.reading, words) if value else ""


def label(name: str, words: Words) -> str:
    """What a field is called."""
    return words.either(f"label.{name}", clean(name.replace("_", " "), 30))


def _facts(reading: Reading, words: Words) -> Iterable[Fact]:
    numbers = numbered(reading)
    for name in in_order(reading):
        if name in _ELSEWHERE:
            continue
        field = reading.fields[name]
        yield Fact(
            name=name,
            label=label(_named(name, reading), words),
            value=shown_value(name, field, reading, words),
            rule=rule_of(name, field, reading, words),
            number=numbers.get(name),
            doubtful=field.confidence < DOUBTFUL,
        )


def _named(name: str, reading: Reading) -> str:
    return "service_day" if name == "service_start" and is_one_day(reading) else name


def shown_value(name: str, field: Field, reading: Reading, words: Words) -> str:
    """A value as a person of this language writes it; accounts masked."""
    match field.value:
        case str() as text if name in _AMOUNTS:
            less = reading.kind is Kind.CREDIT_NOTE and text[:1].isdigit()
            return clean(words.amount(f"-{text}" if less else text, reading.text("currency")))
        case str() as text if name in _ACCOUNTS:
            return clean(masked(text))
        case str() as text if name == "tax_code":
            said = (words.either(f"tax.{code}", code) for code in codes_in(text))
            return clean(", ".join(said) or text)
        case str() as text if name == "paper":
            return words.either(f"paper.{text}", clean(text))
        case str() as text:
            return _day(text, words, year=True) or clean(without_accounts(text))
        case several:
            return clean(", ".join(_whole([_item(item) for item in several])))


def _whole(items: list[str]) -> list[str]:
    """Without what is part of another: "Skype" beside Skype Technologies, S.A."""
    return [one for one in items if not any(one != other and one in other for other in items)]


def _item(item: str | dict[str, str]) -> str:
    return item if isinstance(item, str) else " ".join(item.values())


def _day(text: str, words: Words, *, year: bool = False) -> str:
    """The date that this text is; empty where it is none."""
    if not _ISO_DATE.fullmatch(text):
        return ""
    try:
        return words.day(date.fromisoformat(text), year=year)
    except ValueError:
        return ""


def rule_of(name: str, field: Field, reading: Reading, words: Words) -> str:
    """`issue_date + 14 days` as `12 Dec = 28 Nov + 14 days`."""
    if not field.rule or field.rule == FROM_SETTINGS or field.source is Source.MEMORY:
        return ""

    def said(found: re.Match[str]) -> str:
        word = found[0]
        value = reading.text(word)
        return _day(value, words) or value or words.either(f"rule.{word}", word)

    value = _day(reading.text(name), words) or shown_value(name, field, reading, words)
    return clean(f"{value} = {re.sub(r'[a-z_]+', said, field.rule)}")


def _booking(proposal: Proposal, words: Words) -> Iterable[Fact]:
    for action in proposal.actions:
        for name in ("project", "book_to") if isinstance(action.payload, RecordBill) else ():
            if said := getattr(action.payload, name):
                yield Fact(name, label(name, words), clean(said, 60))


def _payments(proposal: Proposal, words: Words) -> Iterable[Fact]:
    """One row each, under the name of its case: by that it can be left out."""
    for action in proposal.actions:
        run = action.payload.run if isinstance(action.payload, ReleasePayments) else None
        for payment in run.payments if run else ():
            how = "_any_day" if payment.due is None else ""
            said = words(
                f"draft.payment{how}",
                amount=words.amount(payment.amount, payment.currency),
                vendor=clean(payment.vendor, 60),
                reference=_made_of(payment, words),
                due=words.day(payment.due) if payment.due else "",
                account=masked(payment.account),
            )
            if payment.off_until:
                off = words.amount(payment.off, payment.currency)
                said += words("draft.payment_early", off=off, until=words.day(payment.off_until))
            yield Fact(f"payment_{payment.case}", payment.case, said)


def _made_of(payment: Payment, words: Words) -> str:
    """`R-1 EUR 1,200.00 less credit note CN-7 (7KD2) EUR 200.00`; one bill alone is its number."""
    if not payment.others:
        return clean(payment.reference, 40)
    said = ""
    for at, part in enumerate(payment.parts):
        how = "less" if part.amount < 0 else "plus" if at else "first"
        said += words(
            f"draft.payment_{how}",
            number=clean(part.reference, 40),
            case=part.case,
            amount=words.amount(abs(part.amount), payment.currency),
        )
    return said


def _lines(reading: Reading, words: Words) -> Iterable[Fact]:
    field = reading.fields.get("line_items")
    lines = [line for line in field.value if isinstance(line, dict)] if field else []
    said = [_line(line, reading.text("currency"), words) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        said.append(words.count("draft.more_lines", len(lines) - _MOST_LINES))
    name = label("line_items", words)
    for at, text in enumerate(filter(None, said)):
        yield Fact("line_items", "" if at else name, text)


def _line(line: dict[str, str], currency: str, words: Words) -> str:
    what = clean(without_accounts(line.get("description") or line.get("name") or ""), 50)
    amount = next((line[n] for n in ("net", "total", "amount") if line.get(n)), "")
    shown = clean(words.amount(amount, currency), 30) if amount else ""
    return "  ".join(filter(None, (shown, f"{_times(line, words)}{what}")))


def _times(line: dict[str, str], words: Words) -> str:
    """`2 \u00d7 `, where it is not one."""
    quantity = line.get("quantity", "")
    return f"{clean(words.number(quantity), 20)} \u00d7 " if quantity not in ("", "1") else ""


def _orders(reading: Reading, words: Words) -> Iterable[Fact]:
    """A table of orders: a row each line, under the number of its order."""
    field = reading.fields.get("orders")
    rows = [row for row in field.value if isinstance(row, dict)] if field else []
    before = ""
    for row in rows[:_MOST_ORDERS]:
        number, currency = row.get("number", ""), row.get("currency", "")
        price = words.amount(row["unit_price"], currency) if row.get("unit_price") else ""
        amount = row.get("net") or row.get("total") or ""
        what = clean(row.get("description", ""), 50)
        told = f"{_times(row, words)}{what}" + (f", {clean(price, 30)}" if price else "")
        if not what:
            told = clean(" ".join((row.get("vendor", ""), words.amount(amount, currency))), 80)
        yield Fact("orders", "" if number == before else clean(number, 30), told)
        before = number
    if len(rows) > _MOST_ORDERS:
        yield Fact("orders", "", words.count("draft.more_lines", len(rows) - _MOST_ORDERS))
