"""Purchase orders: those our own people send in are kept, and bills are held against them."""

from email.utils import parseaddr

from mailagent.core import revision
from mailagent.core.money import Money
from mailagent.core.orders import Ordered, PurchaseOrder, orders_of
from mailagent.core.papers import asks as asks_for_place
from mailagent.core.papers import put_away
from mailagent.core.payloads.orders import RecordOrders, replaced
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import AskOrders, KnownOrders, Question
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import Said, say
from mailagent.core.spelling import spell_money
from mailagent.core.task import Task, Work
from mailagent.core.vendor import plain

_TITLE = {"en": "Order {number} to {vendor}", "de": "Bestellung {number} bei {vendor}"}
_SEVERAL = {"en": "{n} orders of ours", "de": "{n} Bestellungen von uns"}


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """Which of them are known, and where such papers are filed."""
    numbers = tuple(order.number for order in orders_of(reading, company.name))
    return (AskOrders(numbers=numbers), *asks_for_place(reading, company))


def propose(work: Work) -> Proposal:
    """An order of ours is kept, and filed like every paper; one to us is only filed."""
    filed = put_away(work, TASK.name)
    orders = _orders(work)
    if not orders or not _is_ours(work):
        note = say("order.not_ours") if orders else say("order.unread")
        return filed.model_copy(update={"notes": (note, *filed.notes)})
    known = _known(work)
    before = replaced(orders, tuple(one.order for one in known))
    record = RecordOrders(orders=orders, before=before, document=work.case.document.sha256)
    return filed.model_copy(
        update={
            "title": _title(work, orders),
            "checks": (*filed.checks, *_checks(work, orders, known)),
            "actions": (
                Action(number=1, payload=record),
                *(a.model_copy(update={"number": a.number + 1}) for a in filed.actions),
            ),
            "notes": (*_changed(known), *filed.notes),
        }
    )


def _orders(work: Work) -> tuple[PurchaseOrder, ...]:
    """As they were read, with what their owner changed of the one that there is."""
    found = orders_of(work.reading, work.company.name)
    if len(found) != 1 or "vendor" not in work.edits:
        return found
    return (found[0].model_copy(update={"vendor": work.reading.text("vendor")}),)


def _is_ours(work: Work) -> bool:
    """Our own people send it in, and it does not name us as the one who is to deliver."""
    if "orders" not in work.reading.fields and "vendor" not in work.edits:
        seller = plain(work.reading.text("seller_name"))
        buyer = plain(work.reading.text("buyer_name"))
        if seller == plain(work.company.name) and buyer:
            return False
    theirs = bool(work.person.address(parseaddr(work.sender)[1].lower()))
    return theirs or not work.company.foreign_domain(work.sender)


def _known(work: Work) -> tuple[Ordered, ...]:
    answers = (one.orders for one in work.answers if isinstance(one, KnownOrders))
    return next(answers, ())


def _checks(
    work: Work, orders: tuple[PurchaseOrder, ...], known: tuple[Ordered, ...]
) -> tuple[Check, ...]:
    """What a bill would be held against wrongly."""
    nameless = [order.number for order in orders if not order.vendor]
    unpriced = [order.number for order in orders if order.net is None and order.total is None]
    billed = [one.order.number for one in known if one.net or one.total]
    return (
        tested("order_proven", ok=bool(work.signed_by)),
        tested("order_has_vendor", ok=not nameless, numbers=", ".join(nameless[:5])),
        tested("order_has_sum", ok=not unpriced, numbers=", ".join(unpriced[:5])),
        tested("order_not_billed", ok=not billed, numbers=", ".join(billed[:5])),
    )


def _changed(known: tuple[Ordered, ...]) -> tuple[Said, ...]:
    numbers = ", ".join(one.order.number for one in known[:5])
    return (say("order.replaces", numbers=numbers),) if known else ()


def _title(work: Work, orders: tuple[PurchaseOrder, ...]) -> str:
    language = work.person.language
    if len(orders) > 1:
        return _SEVERAL[language].format(n=len(orders))
    (order,) = orders
    named = _TITLE[language].format(number=order.number, vendor=order.vendor or "?")
    amount = order.net if order.net is not None else order.total
    if amount is None or not order.currency:
        return named
    money = Money(amount=amount, currency=order.currency)
    return f"{named}, {spell_money(money, work.person.locale)}"


TASK = Task(
    name="orders",
    kinds=frozenset({Kind.PURCHASE_ORDER}),
    may=frozenset({"orders.record", "files.store"}),
    asks=asks,
    propose=propose,
    edits={
        "folder": revision.folder,
        "vendor": revision.words,
        "tags": revision.words,
    },
)
