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
    if bill.service_start:
        lines.append(f"  service-start: {bill.service_start}")
    if bill.service_end:
        lines.append(f"  service-end: {bill.service_end}")
    if bill.tax_reason:
        lines.append(f'  tax-reason: "{_said(bill.tax_reason)}"')
    for posting in postings(bill):
        lines.append(f"  {posting.account}  {posting.amount:f} {bill.currency}")
        if posting.tax:
            lines.append(f'    tax: "{_said(posting.tax)}"')
    return "\n".join([*lines, ""])


def _said(text: str) -> str:
    """A text in quotes: a vendor's name must not end it, nor begin another line."""
    return " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split())
