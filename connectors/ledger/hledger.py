"""The books as an hledger journal."""

from collections.abc import Iterable

from mailagent.core.books import Booked, postings


def write(bills: Iterable[Booked]) -> str:
    """A transaction for each bill that is not void."""
    return "\n".join(_transaction(booked) for booked in bills if not booked.void)


def _transaction(booked: Booked) -> str:
    bill = booked.bill
    about = f"{_said(bill.vendor)} | {_said(bill.number)}"
    tags = [f"case:{booked.case}", f"link:{booked.link}"]
    if bill.due:
        tags.append(f"due:{bill.due}")
    if bill.project:
        tags.append(f"project:{_said(bill.project).replace(',', ' ')}")
    lines = [f"{bill.issued} * {about}  ; {', '.join(tags)}"]
    lines += [f"    {p.account}  {p.amount:f} {bill.currency}" for p in postings(bill)]
    return "\n".join([*lines, ""])


def _said(text: str) -> str:
    """One line, and nothing in it that begins a comment or another field."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())
