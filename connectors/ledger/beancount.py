"""The books as Beancount text."""

from collections.abc import Iterable

from mailagent.core.books import Booked, postings


def write(bills: Iterable[Booked]) -> str:
    """A transaction for each bill that is not void, and the accounts they need."""
    counted = [booked for booked in bills if not booked.void]
    opened: dict[str, str] = {}
    for booked in counted:
        for posting in postings(booked.bill):
            day = booked.bill.issued.isoformat()
            opened[posting.account] = min(day, opened.get(posting.account, day))
    lines = [f"{day} open {account}" for account, day in sorted(opened.items())]
    return "\n".join([*lines, "", *(_transaction(booked) for booked in counted)])


def _transaction(booked: Booked) -> str:
    bill = booked.bill
    lines = [
        f'{bill.issued} * "{_said(bill.vendor)}" "{_said(bill.number)}" ^{booked.link}',
        f'  case: "{booked.case}"',
        f'  document: "{bill.document}"',
    ]
    if bill.due:
        lines.append(f"  due: {bill.due}")
    if bill.project:
        lines.append(f'  project: "{_said(bill.project)}"')
    lines += [f"  {p.account}  {p.amount:f} {bill.currency}" for p in postings(bill)]
    return "\n".join([*lines, ""])


def _said(text: str) -> str:
    """A text in quotes: a vendor's name must not end it, nor begin another line."""
    return " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split())
