"""Mails as Outlook stores them: winmail.dat, .msg, and RTF bodies."""

import base64
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.errors import Unreadable
from parsers.mail.mime import read_message
from parsers.mail.msg import is_msg, read_msg
from parsers.mail.outlook import message_of
from parsers.mail.rtf import body_of, decompressed
from parsers.mail.tnef import MAGIC, read_tnef
from tests.ole import mail_tree, msg, ole

PDF = b"%PDF-1.7\n" + b"a page of a bill, or what stands for one " * 200
WHEN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SENT = struct.pack("<Q", int((WHEN.timestamp() + 11644473600) * 10**7))
HTML_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}"
    rb"{\*\htmltag19 <html>}{\*\htmltag50 <body>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe"
    rb" \u8364?5{\*\htmltag72 </p>}\htmlrtf \par}\htmlrtf0 {\*\htmltag58 </body></html>}}"
)


def text(value: str) -> bytes:
    return value.encode("utf-16-le")


def outlook_mail() -> bytes:
    inner = mail_tree({(0x37, 0x1F): text("Your order"), (0x1000, 0x1F): text("Inside")}, [], [])
    return msg(
        {
            (0x37, 0x1F): text("Rechnung 2026-77"),
            (0x1000, 0x1F): text("Bitte zahlen.\r\nNord"),
            (0xC1A, 0x1F): text("Nord Licht"),
            (0xC1F, 0x1F): text("/O=EXCHANGE/CN=NORD"),
            (0x5D01, 0x1F): text("Billing@nord.example"),
            (0x1035, 0x1F): text("<77@nord.example>"),
            (0x39, 0x40): SENT,
        },
        [{(0xC15, 3): b"\1\0\0\0", (0x39FE, 0x1F): text("ops@acme.example")}],
        [
            {(0x3707, 0x1F): text("../Bill é.pdf"), (0x3701, 0x102): PDF},
            ({(0x3705, 3): b"\5\0\0\0"}, inner),
        ],
    )


def test_a_msg_file_is_a_mail_within_the_mail() -> None:
    raw = (
        b"From: ann@acme.example\nSubject: FW\nMIME-Version: 1.0\n"
        b'Content-Type: application/vnd.ms-outlook; name="bill.msg"\n'
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(outlook_mail())
    )
    [found] = read_message(raw).nested
    assert (found.subject, found.text) == ("Rechnung 2026-77", "Bitte zahlen.\nNord")
    assert found.sender_address == "billing@nord.example"
    assert found.sender == "Nord Licht <billing@nord.example>"
    assert found.to == ("ops@acme.example",)
    assert found.date == WHEN
    assert found.message_id == "<77@nord.example>"
    assert [(a.name, a.media_type) for a in found.attachments] == [
        ("Bill é.pdf", "application/pdf")
    ]
    assert found.attachments[0].content == PDF
    assert [m.subject for m in found.nested] == ["Your order"]


def test_a_word_file_of_old_is_no_mail() -> None:
    file = ole({"WordDocument": b"x" * 5000})
    assert not is_msg(file)
    with pytest.raises(Unreadable):
        read_msg(file)


def attribute(level: int, number: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def property_of(number: int, kind: int, value: bytes) -> bytes:
    head = struct.pack("<HH", kind, number)
    if kind in (0x1E, 0x1F, 0x102, 0x0D):
        return head + struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    return head + value


def winmail(*inside: bytes, properties: tuple[bytes, ...] = ()) -> bytes:
    props = struct.pack("<I", len(properties)) + b"".join(properties)
    return (
        MAGIC
        + b"\1\0"
        + attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
        + attribute(1, 0x00018004, b"Facture \xe9t\xe9\0")
        + attribute(1, 0x00069003, props)
        + b"".join(inside)
    )


def a_file(name: str, content: bytes) -> bytes:
    named = struct.pack("<I", 1) + property_of(0x3707, 0x1F, text(name))
    return (
        attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, b"SHORT~1.PDF\0")
        + attribute(2, 0x0006800F, content)
        + attribute(2, 0x00069005, named)
    )


def test_winmail_dat_is_the_mail_itself() -> None:
    nested = winmail(properties=(property_of(0x37, 0x1F, text("Below")),))
    holder = struct.pack("<I", 1) + property_of(0x3701, 0x0D, bytes(16) + nested)
    packed = winmail(
        a_file("Facture 12.pdf", PDF),
        attribute(2, 0x00069002, bytes(14)),
        attribute(2, 0x00069005, holder),
        properties=(
            property_of(0x8001, 3, b"\2" + bytes(15) + struct.pack("<II", 0, 7) + bytes(4)),
            property_of(0x1013, 0x102, b"<p>H\xe9llo</p>"),
        ),
    )
    raw = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: application/ms-tnef;"
        b' name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n' + base64.encodebytes(packed)
    )
    message = read_message(raw)
    assert [(a.name, a.content) for a in message.attachments] == [("Facture 12.pdf", PDF)]
    assert "Héllo" in message.text
    assert [m.subject for m in message.nested] == ["Below"]
    assert message.defects == ()


def test_a_torn_winmail_dat_gives_what_came() -> None:
    packed = winmail(a_file("a.pdf", PDF))
    found = message_of(read_tnef(packed[:-20]))
    assert found.attachments[0].content == PDF
    assert found.defects


def test_html_comes_out_of_the_rtf_it_was_put_into() -> None:
    assert body_of(HTML_RTF).html == "<html><body><p>Grüße €5</p></body></html>"


def test_plain_rtf_is_its_text() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\*\generator x;}\'cf\'f0\par two\tab 3}"
    assert body_of(rtf).text == "Пр\ntwo\t3"


def test_compressed_rtf_as_the_specification_shows_it() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c0900206277"
        "05b06c647d0a800fa0"
    )
    assert decompressed(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    stored = struct.pack("<II4sI", 20, 8, b"MELA", 0) + b"{\\rtf1 a}"
    assert decompressed(stored) == b"{\\rtf1 a"


@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([outlook_mail(), winmail(a_file("a", PDF))])))
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    head = b"From: a@b.example\nContent-Transfer-Encoding: base64\nContent-Type: application/x\n\n"
    read_message(head + base64.encodebytes(bytes(whole[: data.draw(st.integers(1, len(whole)))])))


@given(st.binary(max_size=2000))
def test_any_bytes_are_some_rtf(content: bytes) -> None:
    body_of(b"{\\rtf1\\fromhtml1 " + content)
    decompressed(struct.pack("<II4sI", 0, 5000, b"LZFu", 0) + content)
