"""What an action will do, or did, in a person's words."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

from mailagent.core.books import told_accounts
from mailagent.core.bridge import BridgeBill, SendPack
from mailagent.core.capability import (
    CancelReminder,
    Payload,
    RecordBill,
    ReleasePayments,
    RemoveFile,
    SendMail,
    SetReminder,
    StoreFile,
    VoidBill,
    WithdrawPayments,
)
from mailagent.core.enclosed import SendPaper
from mailagent.core.payloads import meetings
from mailagent.core.payloads.orders import RecordOrders, TakeBackOrders
from mailagent.core.payloads.policy import NarrowPolicy, WidenPolicy
from mailagent.core.payments import PaymentRun
from mailagent.core.written import Written
from mailagent.render.foreign import cleaned
from mailagent.render.meetings import is_hold, of_meeting, of_several
from mailagent.render.policy import of_policy
from mailagent.render.words import Words

Tense = Literal["will", "did"]
# What fills the gaps of the others' phrases is in the payload, by the same name.
_AS_THEY_ARE: dict[type[Payload], tuple[str, ...]] = {
    VoidBill: ("number", "vendor"),
    RemoveFile: ("path",),
    CancelReminder: ("text",),
}
_MOST_NUMBERS = 5
_OF_MEETINGS = (meetings.PutAppointment, meetings.DeleteAppointment, meetings.CalendarMail)


def phrase(payload: Payload, tense: Tense, words: Words, person: str) -> str:
    """`record it, 6815 IT costs`; `person` is the id of who reads it."""
    if isinstance(payload, _OF_MEETINGS):
        variant, values = of_meeting(payload, words)
    elif isinstance(payload, RecordOrders | TakeBackOrders):
        variant, values = _of_orders(payload, words)
    elif isinstance(payload, WidenPolicy | NarrowPolicy):
        variant, values = of_policy(payload, words)
    else:
        variant, values = _gaps(payload, words, person)
    return words(f"{tense}.{payload.capability}{variant}", **values)


def effects(payloads: Sequence[Payload], words: Words, person: str) -> list[str]:
    """What happens together; times that are held or let go alike are told in one."""
    told = [phrase(one, "will", words, person) for one in payloads if not is_hold(one)]
    groups: dict[tuple[str, str], list[meetings.PutAppointment | meetings.DeleteAppointment]] = {}
    for one in filter(is_hold, payloads):
        variant, values = of_meeting(one, words)
        groups.setdefault((one.capability + variant, values.get("until", "")), []).append(one)
    for (key, _), several in groups.items():
        if len(several) == 1:
            told.append(phrase(several[0], "will", words, person))
        else:
            told.append(words(f"will.{key}s", **of_several(several, words)))
    return told


def _gaps(payload: Payload, words: Words, person: str) -> tuple[str, dict[str, str]]:
    """The variant of the phrase, and what fills its gaps."""
    match payload:
        case RecordBill():
            return "_to" if payload.book_to or payload.project else "", _of_bill(payload, words)
        case StoreFile():
            return _of_file(payload)
        case SetReminder():
            return _of_reminder(payload, words, person)
        case ReleasePayments() | WithdrawPayments():
            folder = payload.folder if isinstance(payload, ReleasePayments) else ""
            how = {0: "_settled", 1: "_one"}.get(len(payload.run.transfers), "")
            return how, {**_of_run(payload.run, words), **cleaned(folder=folder)}
        case SendMail() | meetings.OfferTimes() | BridgeBill() | SendPack() | SendPaper():
            return "_first" if payload.first else "", _of_mail(payload)
    return "", cleaned(**{name: getattr(payload, name) for name in _AS_THEY_ARE[type(payload)]})


def _of_orders(payload: RecordOrders | TakeBackOrders, words: Words) -> tuple[str, dict[str, str]]:
    if isinstance(payload, TakeBackOrders):
        numbers = ", ".join(payload.numbers[:_MOST_NUMBERS])
        return "_back" if payload.before else "", cleaned(numbers=numbers)
    order, *more = payload.orders
    amount = order.net if order.net is not None else order.total
    total = words.amount(amount, order.currency) if amount is not None else "-"
    named = cleaned(number=order.number, vendor=order.vendor or "?")
    return "" if more else "_one", {"n": str(len(payload.orders)), "total": total, **named}


def _of_file(payload: StoreFile) -> tuple[str, dict[str, str]]:
    kind = PurePosixPath(payload.name).suffix[1:].upper()
    known = kind.isascii() and kind.isalnum()
    values = cleaned(folder=payload.folder, name=payload.name)
    return "_kind" if known else "", {"kind": kind, **values}


def _of_reminder(payload: SetReminder, words: Words, person: str) -> tuple[str, dict[str, str]]:
    values = {"day": words.day(payload.day)}
    values |= cleaned(person=payload.person, text=payload.text)
    return "_you" if payload.person == person else "", values


def _of_mail(mail: Written) -> dict[str, str]:
    given = {name: getattr(mail, name, "") for name in ("to", "tool", "month", "name")}
    return cleaned(**given)


def _of_run(run: PaymentRun, words: Words) -> dict[str, str]:
    sums = " + ".join(words.amount(amount, code) for code, amount in run.totals().items())
    count, vendors = str(len(run.transfers)), dict.fromkeys(one.vendor for one in run.payments)
    who = cleaned(vendors=", ".join(vendors))
    return {**who, "count": count, "total": sums, "day": words.day(run.day), "form": run.form.value}


def _of_bill(bill: RecordBill, words: Words) -> dict[str, str]:
    project = words("will.project", project=bill.project) if bill.project else ""
    return {
        "total": words.amount(bill.total, bill.currency),
        **cleaned(
            vendor=bill.vendor,
            number=bill.number,
            book_to=", ".join(filter(None, (told_accounts(bill), project))),
        ),
    }
