"""What the books remember of each vendor, kept so that asking costs the same for ever."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from mailagent.core.bill_number import is_one_number, is_short, marks_of
from mailagent.core.capability import RecordBill
from mailagent.core.lookalike import alike, own_label, shapes
from mailagent.core.question import AskVendor, KnownVendor
from mailagent.core.vendor import letters_of, plain, vendor_keys
from mailagent.store.lessons import preferred
from mailagent.store.orders import bill_order, ordered
from mailagent.store.scope import Scope
from mailagent.store.series import note_bill
from mailagent.store.tables import bills, looks, traces, vendors

_KEPT = 5  # accounts and domains of a vendor
_AMOUNTS_KEPT = 12  # of its last bills, by currency
_MOST = 5  # bills that are named for one reason
# The same amount within these days under another number is the same bill sent again; a week
# apart it may be a weekly one.
_NEAR = timedelta(days=5)
_SMALL, _NEARLY_A_YEAR = 4, timedelta(days=300)  # digits
_ANY_DAY = ("", "9")  # as text, every date lies between


async def known(scope: Scope, question: AskVendor) -> KnownVendor:
    """All that a new bill asks of the past."""
    keys = vendor_keys(question.vendor, question.vat)
    rows = await scope.all(scope.rows(vendors, vendors.c.vendor_key.in_(keys)))
    rows = sorted(rows, key=lambda row: row.bills, reverse=True)
    first = rows[0] if rows else None
    sums = [row.amounts.get(question.currency, []) for row in rows]
    domains = _united(row.domains for row in rows)
    has_orders, order = await ordered(scope, question.order)
    return KnownVendor(
        bills=first.bills if first else 0,
        since=min((date.fromisoformat(row.since) for row in rows), default=None),
        book_to=first.book_to if first else "",
        learned=await preferred(scope, keys),
        accounts=_united(row.accounts for row in rows),
        tax_numbers=await _tax_numbers(scope, keys),
        domains=domains,
        amounts=tuple(map(Decimal, max(sums, key=len, default=[]))),
        alike=await _alike(scope, question, is_known=first is not None, domains=domains),
        same_number=await _same_number(scope, keys, question),
        the_other_way=await _the_other_way(scope, keys, question),
        same_amount=await _same_amount(scope, keys, question),
        same_file=await _found(scope, [_file(question.document, question.part)]),
        currencies=tuple(
            sorted({name for row in rows for name, sums in row.amounts.items() if sums})
        ),
        left=await _left(scope, keys, question),
        unknown=await _unknown(scope, keys, question.corrects),
        has_orders=has_orders,
        order=order,
    )


async def _tax_numbers(scope: Scope, keys: Sequence[str]) -> tuple[str, ...]:
    """As its last bills have them."""
    last = scope.rows(bills, bills.c.vendor_key.in_(keys), bills.c.voided_by.is_(None))
    rows = await scope.all(last.order_by(bills.c.id.desc()).limit(_KEPT))
    return tuple(dict.fromkeys(filter(None, (row.body.get("vendor_vat") for row in rows))))


async def remember(scope: Scope, number: int, bill: RecordBill) -> None:
    """A bill was recorded."""
    keys = vendor_keys(bill.vendor, bill.vendor_vat)
    for key in keys:
        await _add_to(scope, key, bill)
    await bill_order(scope, bill)
    await note_bill(scope, bill)
    issued = bill.issued.isoformat()
    says = f"{bill.number} ({issued})"
    marks = _numbers(keys, bill.number, bill.total)
    marks += _corrected(keys, bill.corrects) if bill.total < 0 else []
    marks += _amounts(keys, bill.total, bill.currency)
    for mark in (*marks, _file(bill.document, bill.part)):
        await scope.run(scope.add(traces, mark=mark, issued=issued, bill=number, says=says))
    for shape, name in _looks(bill):
        await scope.run(scope.add_or_keep(looks, shape=shape, name=name, vendor=bill.vendor))


async def forget(scope: Scope, voided: Row[Any]) -> None:
    """A voided bill taught nothing: what was first seen on it is new again."""
    bill = RecordBill.model_validate(voided.body)
    await scope.run(scope.drop(traces, traces.c.bill == voided.id))
    await bill_order(scope, bill, sign=-1)
    await note_bill(scope, bill, gone=True)
    gone = {
        name: getattr(bill, field)
        for name, field in (("accounts", "iban"), ("domains", "sender_domain"))
        if not await _shown_by_others(scope, voided, field, getattr(bill, field))
    }
    for key in vendor_keys(bill.vendor, bill.vendor_vat):
        row = await scope.one(scope.rows(vendors, vendors.c.vendor_key == key))
        if row is None:
            continue
        kept = {name: [v for v in getattr(row, name) if v != gone.get(name)] for name in gone}
        less = {**row.amounts, bill.currency: _without(row, bill)}
        change = scope.change(vendors, vendors.c.vendor_key == key)
        await scope.run(change.values(bills=row.bills - 1, amounts=less, **kept))
        if row.bills == 1:
            await scope.run(scope.drop(looks, looks.c.vendor == bill.vendor))


async def _add_to(scope: Scope, key: str, bill: RecordBill) -> None:
    row = await scope.one(scope.rows(vendors, vendors.c.vendor_key == key))
    issued = bill.issued.isoformat()
    amounts = dict(row.amounts) if row else {}
    last = [str(bill.total), *amounts.get(bill.currency, [])][:_AMOUNTS_KEPT]
    await scope.run(
        scope.add_or_change(
            vendors,
            ["vendor_key"],
            vendor_key=key,
            bills=(row.bills if row else 0) + 1,
            since=min(row.since, issued) if row else issued,
            book_to=bill.book_to or (row.book_to if row else ""),
            accounts=_latest(bill.iban, row.accounts if row else []),
            domains=_latest(bill.sender_domain, row.domains if row else []),
            amounts={**amounts, bill.currency: last},
        )
    )


def _latest(new: str, before: Sequence[str]) -> list[str]:
    return ([new] if new else []) + [each for each in before if each != new][: _KEPT - 1]


def _united(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for several in lists for each in several))


def _without(row: Row[Any], bill: RecordBill) -> list[str]:
    amounts = list(row.amounts.get(bill.currency, []))
    if str(bill.total) in amounts:
        amounts.remove(str(bill.total))
    return amounts


async def _shown_by_others(scope: Scope, voided: Row[Any], field: str, value: str) -> bool:
    others = scope.rows(
        bills,
        bills.c.vendor_key == voided.vendor_key,
        bills.c.voided_by.is_(None),
        bills.c.body[field].as_string() == value,
    )
    return bool(await scope.all(others.limit(1)))


# -- traces: what two bills can share ------------------------------------------------------------


def _numbers(keys: Sequence[str], number: str, total: Decimal | None) -> list[str]:
    """By these it is looked for. Credit notes may count on their own."""
    sign = "credit" if total is not None and total < 0 else "bill"
    return [f"{sign} {key} {mark}" for key in keys for mark in marks_of(number)] if number else []


def _corrected(keys: Sequence[str], numbers: Sequence[str]) -> list[str]:
    marks = dict.fromkeys(mark for number in numbers for mark in marks_of(number))
    return [f"corrects {key} {mark}" for key in keys for mark in marks]


async def numbered_so(
    scope: Scope, keys: Sequence[str], number: str, total: Decimal | None = None
) -> list[Row[Any]]:
    """Traces of this number, however it is spelled; of credit notes, where the total is one."""
    marks = _numbers(keys, number, total)
    rows = await scope.all(scope.rows(traces, traces.c.mark.in_(marks)).order_by(traces.c.id))
    once = {row.bill or -row.id: row for row in rows if is_one_number(_number_in(row), number)}
    return list(once.values())


def _number_in(trace: Row[Any]) -> str:
    """A trace says `R-7 (2026-11-18)`."""
    return str(trace.says).rpartition(" (")[0]


def _amounts(keys: Sequence[str], total: Decimal | None, currency: str) -> list[str]:
    return [f"sum {key} {total:.2f} {currency}" for key in keys] if total else []


def _file(document: str, part: int) -> str:
    return f"file {document} {part}"


async def _found(
    scope: Scope, marks: Sequence[str], days: tuple[str, str] = _ANY_DAY, but: str = ""
) -> tuple[str, ...]:
    start, end = days
    same = scope.rows(
        traces, traces.c.mark.in_(marks), traces.c.issued >= start, traces.c.issued <= end
    )
    rows = await scope.all(same.order_by(traces.c.id).limit(4 * _MOST))
    says = dict.fromkeys(row.says for row in rows)
    return tuple(each for each in says if not but or not each.startswith(f"{but} ("))[:_MOST]


async def _same_number(scope: Scope, keys: Sequence[str], question: AskVendor) -> tuple[str, ...]:
    """`12` of last year is another bill than `12` of this one: so small numbers begin anew."""
    rows = await numbered_so(scope, keys, question.number, question.total)
    return _said([row for row in rows if _is_of_its_time(row, question)])


def _is_of_its_time(trace: Row[Any], question: AskVendor) -> bool:
    same = letters_of(_number_in(trace)) == letters_of(question.number)
    begins_anew = is_short(question.number, _SMALL) and not (
        same and not question.number.isdecimal()
    )
    if question.issued is None or not begins_anew:
        return True
    return abs(question.issued - date.fromisoformat(trace.issued)) <= _NEARLY_A_YEAR


async def _the_other_way(scope: Scope, keys: Sequence[str], question: AskVendor) -> tuple[str, ...]:
    """A credit note with number and amount of a bill, or a bill with those of a credit note."""
    if not question.total:
        return ()
    rows = await numbered_so(scope, keys, question.number, -question.total)
    marks = _amounts(keys, -question.total, question.currency)
    same = await scope.all(scope.rows(traces, traces.c.mark.in_(marks)))
    sums = {(row.bill, row.says) for row in same}
    return _said([row for row in rows if (row.bill, row.says) in sums])


def _said(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.says for row in rows))[:_MOST]


async def _same_amount(scope: Scope, keys: Sequence[str], question: AskVendor) -> tuple[str, ...]:
    if question.issued is None:
        return ()
    days = tuple((question.issued + near).isoformat() for near in (-_NEAR, _NEAR))
    marks = _amounts(keys, question.total, question.currency)
    return await _found(scope, marks, (days[0], days[1]), but=question.number)


async def _unknown(scope: Scope, keys: Sequence[str], corrects: Sequence[str]) -> tuple[str, ...]:
    """Of a few numbers those that no bill in the books has."""
    found = {n: await numbered_so(scope, keys, n) for n in corrects[:_MOST]}
    return tuple(number for number, bills_ in found.items() if not bills_)


async def _left(scope: Scope, keys: Sequence[str], question: AskVendor) -> Decimal | None:
    """Of the bills that a credit note names, less what other ones took off them before."""
    named = question.corrects[:_MOST]
    of = {row.bill for n in named for row in await numbered_so(scope, keys, n)}
    if not of:
        return None
    marks = _corrected(keys, named)
    off = {row.bill for row in await scope.all(scope.rows(traces, traces.c.mark.in_(marks)))}
    found = await scope.all(scope.rows(bills, bills.c.id.in_(of | off)))
    recorded = [(row.id, RecordBill.model_validate(row.body)) for row in found]
    billed = [b.total for n, b in recorded if n in of and b.currency == question.currency]
    taken = [b.total for n, b in recorded if n in off and _corrects(b, named)]
    return sum((*billed, *taken), Decimal(0)) if billed else None


def _corrects(bill: RecordBill, numbers: Sequence[str]) -> bool:
    return any(is_one_number(one, other) for one in bill.corrects for other in numbers)


# -- looks: what could be taken for what ---------------------------------------------------------


def _looks(bill: RecordBill) -> list[tuple[str, str]]:
    """Shapes of its name and of its domain, each with what it is a shape of."""
    name = plain(bill.vendor)
    of_name = [(shape, name) for shape in shapes(name)]
    domain = bill.sender_domain
    of_domain = [(f"@{shape}", domain) for shape in shapes(own_label(domain))] if domain else []
    return of_name + of_domain


async def _alike(
    scope: Scope, question: AskVendor, *, is_known: bool, domains: Sequence[str]
) -> tuple[str, ...]:
    """Vendors that an unknown name, or an unknown domain, could be taken for."""
    name, domain = plain(question.vendor), question.domain
    wanted = list(shapes(name)) if not is_known else []
    if domain and domain not in domains:
        wanted += [f"@{shape}" for shape in shapes(own_label(domain))]
    if not wanted:
        return ()
    rows = await scope.all(scope.rows(looks, looks.c.shape.in_(wanted)).limit(4 * _MOST))
    others = [row for row in rows if row.name not in (name, domain)]
    near = [row for row in others if row.shape.startswith("@") or alike(name, [row.name])]
    return tuple(dict.fromkeys(row.vendor for row in near))[:_MOST]
