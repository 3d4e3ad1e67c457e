"""Documents and mails made from code; the maker itself is the demo's."""

from email.message import EmailMessage
from email.policy import SMTP

from mailagent.core.document import Document, Origin
from mailagent.core.value import sha256
from mailagent.demo.documents import (
    Bill,
    Item,
    Letterhead,
    Profile,
    bill_mail,
    bill_pdf,
    cii_xml,
    factur_x,
    newsletter,
    plain_mail,
    ubl_xml,
    zugferd1,
    zugferd1_xml,
)

__all__ = [
    "BILLION_LAUGHS",
    "Bill",
    "Item",
    "Letterhead",
    "Profile",
    "bill_mail",
    "bill_pdf",
    "cii_xml",
    "document_of",
    "factur_x",
    "forwarded",
    "newsletter",
    "plain_mail",
    "ubl_xml",
    "zugferd1",
    "zugferd1_xml",
]

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">'
    + b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 12))
    + b"]><a>&l11;</a>"
)


def document_of(content: bytes, name: str = "bill.pdf") -> Document:
    """The Document that stands for a content."""
    return Document(
        name=name,
        media_type="application/pdf",
        sha256=sha256(content),
        size=len(content),
        origin=Origin.FILE,
    )


def forwarded(head: Letterhead, original: bytes) -> bytes:
    """A mail that carries another one as an attachment."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ann <ann@acme.example>", head.recipient, "Fwd"
    mail.set_content("see below")
    mail.add_attachment(original, maintype="application", subtype="octet-stream", filename="m.eml")
    return mail.as_bytes(policy=SMTP)
