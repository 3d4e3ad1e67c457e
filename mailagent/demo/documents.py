"""Mails made from code: what vendors and others send, for the demo and for tests."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailagent.core.value import Value
from mailagent.demo.bill_pdf import bill_pdf
from mailagent.demo.bill_xml import Profile, cii_xml, ubl_xml, zugferd1_xml
from mailagent.demo.bills import Bill, Item

__all__ = [
    "Bill",
    "Item",
    "Letterhead",
    "Profile",
    "bill_mail",
    "bill_pdf",
    "cii_xml",
    "factur_x",
    "newsletter",
    "plain_mail",
    "ubl_xml",
    "zugferd1",
    "zugferd1_xml",
]


class Letterhead(Value):
    """From whom, to whom and when: what every mail needs."""

    sender: str = "Nordlicht Hosting <billing@nordlicht.example>"
    recipient: str = "ops@acme.example"
    at: datetime = datetime(2025, 11, 17, 9, 30, tzinfo=UTC)
    message_id: str = "<2025-0142@nordlicht.example>"


def factur_x(
    bill: Bill | None = None, profile: Profile = Profile.EN16931, language: str = "en"
) -> bytes:
    """A Factur-X (ZUGFeRD 2) PDF: the page for people, the XML for machines."""
    bill = bill or Bill()
    return bill_pdf(bill, cii_xml(bill, profile), "factur-x.xml", language)


def zugferd1(bill: Bill | None = None, language: str = "de") -> bytes:
    """A ZUGFeRD 1 PDF."""
    bill = bill or Bill()
    return bill_pdf(bill, zugferd1_xml(bill), "ZUGFeRD-invoice.xml", language)


def bill_mail(head: Letterhead, bill: Bill, document: bytes) -> bytes:
    """A vendor's mail with the bill attached."""
    mail = _mail(head, f"Invoice {bill.number}")
    mail.set_content(
        f"Hello,\n\nplease find our invoice {bill.number} attached.\n\n{bill.seller}\n"
    )
    mail.add_attachment(
        document, maintype="application", subtype="pdf", filename=f"{bill.number}.pdf"
    )
    return mail.as_bytes(policy=SMTP)


def plain_mail(head: Letterhead, subject: str, text: str) -> bytes:
    """A mail somebody typed."""
    mail = _mail(head, subject)
    mail.set_content(text)
    return mail.as_bytes(policy=SMTP)


def newsletter(head: Letterhead, title: str = "What moved hosting this month") -> bytes:
    """A newsletter, with all that tells one: List-Id, unsubscribe, HTML."""
    mail = _mail(head, title)
    mail["List-Id"] = "News <news.hosting-weekly.example>"
    mail["List-Unsubscribe"] = "<https://hosting-weekly.example/u/4711>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Precedence"] = "bulk"
    mail.set_content(f"{title}\n\nThree things worth your time.\n\nUnsubscribe at any time.\n")
    mail.add_alternative(
        f"<html><body><h1>{title}</h1><p>Three things worth your time.</p>"
        '<p><a href="https://hosting-weekly.example/u/4711">Unsubscribe</a></p></body></html>',
        subtype="html",
    )
    return mail.as_bytes(policy=SMTP)


def _mail(head: Letterhead, subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = head.sender, head.recipient, subject
    mail["Date"], mail["Message-ID"] = format_datetime(head.at), head.message_id
    return mail
