"""What frauds show is seen in the mail itself."""

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from mailagent.core.fraud import Link, Signs
from mailagent.core.message import Attachment
from parsers.mail.mime import read_message
from parsers.triage.files import danger
from parsers.triage.look import looked_at
from parsers.triage.whom import addressee


def signs(text: str, html: str = "", **headers: str) -> Signs:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "X <x@acme.example>", "ops@corp.test", "Hello"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    raw = mail.as_bytes()
    return looked_at(raw, read_message(raw)).signs


def test_where_answers_go() -> None:
    assert signs("x", Reply_To="Desk <Desk@Evil.example>").reply_to == "desk@evil.example"


@pytest.mark.parametrize(
    ("text", "target", "lies"),
    [
        ("www.bank.example", "https://evil.example/x", True),
        ("https://bank.example/login", "http://bank.example.evil.test/login", True),
        ("bank.example", "https://user@evil.example/", True),
        ("bank.example", "https://www.bank.example/x", False),
        ("pay here", "https://evil.example", False),
        ("invoice.pdf", "https://files.example/1", False),
        ("acme.co.uk", "https://shop.acme.co.uk", False),
        ("one.co.uk", "https://two.co.uk", True),
    ],
)
def test_links_that_show_another_place(text: str, target: str, *, lies: bool) -> None:
    found = signs("x", f'<html><body><a href="{target}">{text}</a></body></html>').links
    assert bool(found) is lies
    assert not found or isinstance(found[0], Link)


@pytest.mark.parametrize(
    ("text", "hurries"),
    [
        ("I need you to make an urgent wire transfer today. Keep this confidential.", True),
        ("Bitte überweisen Sie sofort 9.800 EUR. Ich bin in einer Besprechung.", True),
        ("Merci d'effectuer un virement urgent, c'est strictement confidentiel.", True),
        ("Please find our invoice attached. Payment within 30 days.", False),
        ("The urgent matter is the roof.", False),
    ],
)
def test_words_that_urge_to_pay(text: str, *, hurries: bool) -> None:
    assert bool(signs(text).hurry) is hurries


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Please note our new bank details for future payments.", True),
        ("Unsere Bankverbindung hat sich geändert.", True),
        ("Nuestros datos bancarios han cambiado.", True),
        ("Bank details as before.", False),
    ],
)
def test_words_of_another_account(text: str, *, other: bool) -> None:
    assert bool(signs(text).new_account) is other


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "bad"),
    [
        ("invoice.pdf.exe", b"MZ\x90", True),
        ("invoice.pdf", b"MZ\x90\x00", True),
        ("run.js", b"x", True),
        ("list.xlsm", zipped("xl/vbaProject.bin"), True),
        ("list.xlsx", zipped("xl/vbaProject.bin"), True),
        ("list.xlsx", zipped("xl/workbook.xml"), False),
        ("bills.zip", zipped("bill.pdf", "bill.scr"), True),
        ("bills.zip", zipped("bill.pdf"), False),
        ("form.html", b"<form action='https://evil.example'>", True),
        ("page.html", b"<p>hello</p>", False),
        ("bill.pdf", b"%PDF-1.7", False),
        ("broken.zip", b"PK\x03\x04 nonsense", False),
    ],
)
def test_files_that_act(name: str, content: bytes, *, bad: bool) -> None:
    file = Attachment(name=name, media_type="application/octet-stream", content=content)
    assert bool(danger(file)) is bad


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Ann Lee,\n\nhello", "Ann Lee"),
        ("z. Hd. Frau Kranz\n\nGuten Tag", "Kranz"),
        ("Attn: Ben Ode\nAcme", "Ben Ode"),
        ("Dear customer,\n\nhello", ""),
        ("Hallo zusammen,\n\nhello", ""),
        ("the matter is settled", ""),
    ],
)
def test_whom_it_is_for(text: str, name: str) -> None:
    assert addressee(text) == name
