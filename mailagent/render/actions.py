"""What an action will do, or did, in a person's words."""

from pathlib import PurePosixPath
from typing import Literal

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
from mailagent.core.payments import PaymentRun
from mailagent.render.foreign import clean
from mailagent.render.words import Words

Tense = Literal["will", "did"]
# What fills the gaps of the others' phrases is in the payload, by the same name.
_AS_THEY_ARE: dict[type[Payload], tuple[str, ...]] = {
    VoidBill: ("number", "vendor"),
    RemoveFile: ("path",),
    CancelReminder: ("text",),
}


def phrase(payload: Payload, tense: Tense, words: Words, person: str) -> str:
    """`record it, 6815 IT costs`; `person` is the id of who reads it."""
    variant, values = _gaps(payload, words, person)
    return words(f"{tense}.{payload.capability}{variant}", **values)


def _gaps(payload: Payload, words: Words, person: str) -> tuple[str, dict[str, str]]:
    """The variant of the phrase, and what fills its gaps."""
    match payload:
        case RecordBill():
            return "_to" if payload.book_to or payload.project else "", _of_bill(payload, words)
        case StoreFile():
            kind = PurePosixPath(payload.name).suffix[1:].upper()
            known = kind.isascii() and kind.isalnum()
            values = _cleaned(folder=payload.folder, name=payload.name)
            return "_kind" if known else "", {"kind": kind, **values}
        case SetReminder():
            day = words.day(payload.day)
            return (
                "_you" if payload.person == person else "",
                {"day": day, **_cleaned(person=payload.person, text=payload.text)},
            )
        case ReleasePayments() | WithdrawPayments():
            return "", _of_run(payload.run, words)
        case SendMail():
            return "_first" if payload.first else "", _cleaned(to=payload.to)
    return "", _cleaned(**{name: getattr(payload, name) for name in _AS_THEY_ARE[type(payload)]})


def _of_run(run: PaymentRun, words: Words) -> dict[str, str]:
    sums = " + ".join(words.amount(amount, code) for code, amount in run.totals().items())
    count = str(len(run.payments))
    return {"count": count, "total": sums, "day": words.day(run.day), "form": run.form.value}


def _of_bill(bill: RecordBill, words: Words) -> dict[str, str]:
    project = words("will.project", project=bill.project) if bill.project else ""
    return {
        "total": words.amount(bill.total, bill.currency),
        **_cleaned(
            vendor=bill.vendor,
            number=bill.number,
            book_to=", ".join(filter(None, (bill.book_to, project))),
        ),
    }


def _cleaned(**values: str) -> dict[str, str]:
    return {name: clean(value, 80) for name, value in values.items()}
