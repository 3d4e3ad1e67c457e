"""The books as an hledger journal."""

from collections.abc import Iterable

from mailagent.core.books import Booked, Posting, postings


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
    if bill.service_start:
        tags.append(f"service-start:{bill.service_start}")
    if bill.service_end:
        tags.append(f"service-end:{bill.service_end}")
    lines = [f"{bill.issued} * {about}  ; {', '.join(tags)}"]
    lines += [_posting(posting, bill.currency) for posting in postings(bill)]
    return "\n".join([*lines, ""])


def _posting(posting: Posting, currency: str) -> str:
    tax = f"  ; tax:{_said(posting.tax).replace(',', ' ')}" if posting.tax else ""
    return f"    {posting.account}  {posting.amount:f} {currency}{tax}"


def _said(text: str) -> str:
    """One line, and nothing in it that begins a comment or another field."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())
