"""Forty more mails that are seldom, each with its truth, written before they were read: broken
boundaries, names in pieces, Apple's and Outlook's wrappings, calendars in wrong types, empty parts.

Three truths were changed after the first score, to what is meant: two senders are nobody, and
lines that may flow (RFC 3676) stay as they came, so that a reply is read as it was written.
"""

# ruff: noqa: E501 - a mail in one piece, in the letters of its language

import base64
import struct

from tests.parsers.mail.oddities import _ATT, _HELLO, _PDF, Odd, _file, _mail, _with_file

_B64 = b"Content-Transfer-Encoding: base64"
_CONTENT = base64.b64encode(b"%PDF-1.4 x")


def _part(*lines: bytes, body: bytes = _CONTENT, encoding: bytes = _B64) -> bytes:
    head = b"\r\n".join([*lines, *([encoding] if encoding else [])])
    return head + b"\r\n\r\n" + body


def _mixed(
    *parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"b", end: bytes = b""
) -> bytes:
    top = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"'
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return _mail(top, body=body + (end or b"--" + boundary + b"--\r\n"))


def _pdf(name: bytes) -> bytes:
    return _part(_PDF, _ATT + b'; filename="' + name + b'"')


_ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def _tnef(*names: tuple[str, bytes]) -> bytes:
    """A winmail.dat whose attachments have a short name, and a long one in another alphabet."""

    def attribute(level: int, number: int, content: bytes) -> bytes:
        check = sum(content) & 0xFFFF
        return struct.pack("<BII", level, number, len(content)) + content + struct.pack("<H", check)

    out = struct.pack("<IH", 0x223E9F78, 1)
    out += attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    for long, short in names:
        out += attribute(2, 0x00069002, bytes(14))
        out += attribute(2, 0x00018010, short + b"\0")
        out += attribute(2, 0x0006800F, b"%PDF-1.4 x")
        if long:
            coded = long.encode("utf-16-le") + b"\0\0"
            padded = coded + bytes(-len(coded) % 4)
            properties = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(coded)) + padded
            out += attribute(2, 0x00069005, properties)
    return out


def _winmail(*names: tuple[str, bytes], label: bytes = b"application/ms-tnef") -> bytes:
    part = _part(
        b"Content-Type: " + label + b'; name="winmail.dat"', body=base64.b64encode(_tnef(*names))
    )
    return _mixed(_HELLO, part)


BROKEN = [
    Odd("boundary longer than named", _mail(b'Content-Type: multipart/mixed; boundary="b"', body=b"--b\r\n" + _HELLO + b"\r\n--b \t\r\n" + _pdf(b"a.pdf") + b"\r\n--b--  \r\n"), files=("a.pdf",)),
    Odd("the inner boundary begins like the outer", _mixed(b'Content-Type: multipart/alternative; boundary="b2"\r\n\r\n--b2\r\n' + _HELLO + b"\r\n--b2--", _pdf(b"a.pdf")), files=("a.pdf",)),
    Odd("the inner parts never end", _mixed(b'Content-Type: multipart/alternative; boundary="i"\r\n\r\n--i\r\n' + _HELLO, _pdf(b"a.pdf")), files=("a.pdf",)),
    Odd("boundary in the header is not the one in the body", _mail(b'Content-Type: multipart/mixed; boundary="other"', body=b"--b\r\n" + _HELLO + b"\r\n--b\r\n" + _pdf(b"a.pdf") + b"\r\n--b--\r\n"), files=("a.pdf",)),
    Odd("no boundary is named", _mail(b"Content-Type: multipart/mixed", body=b"--b\r\n" + _HELLO + b"\r\n--b\r\n" + _pdf(b"a.pdf") + b"\r\n--b--\r\n"), files=("a.pdf",)),
    Odd("boundary as MIME marks it in RFC 2231", _mail(b"Content-Type: multipart/mixed; boundary*0=\"ab\";\r\n boundary*1=\"cd\"", body=b"--abcd\r\n" + _HELLO + b"\r\n--abcd\r\n" + _pdf(b"a.pdf") + b"\r\n--abcd--\r\n"), files=("a.pdf",)),
    Odd("a line feed only between header and parts", _mixed(_HELLO, _pdf(b"a.pdf")).replace(b"\r\n", b"\n"), files=("a.pdf",)),
    Odd("a part without a header", _mixed(b"\r\nhello", _pdf(b"a.pdf")), files=("a.pdf",)),
    Odd("the closing line in the middle, and parts after it", _mixed(_HELLO, end=b"--b--\r\n\r\n--b\r\n" + _pdf(b"a.pdf") + b"\r\n--b--\r\n"), files=()),
    Odd("base64 with blanks and a foot of a gateway", _with_file(_PDF, _ATT + b'; filename="a.pdf"').replace(_CONTENT, b" " + _CONTENT[:6] + b" \r\n\t" + _CONTENT[6:] + b"\r\n\r\n-- scanned --"), files=("a.pdf",)),
]  # fmt: skip

PARTS = [
    Odd("an empty part amid others", _mixed(_HELLO, b"", _pdf(b"a.pdf")), files=("a.pdf",)),
    Odd("an empty text first", _mixed(b"Content-Type: text/plain\r\n\r\n", _HELLO, _pdf(b"a.pdf")), files=("a.pdf",)),
    Odd("an attachment with nothing in it", _mixed(_HELLO, _part(_PDF, _ATT + b'; filename="empty.pdf"', body=b"")), files=("empty.pdf",)),
    Odd("two files of one name", _mixed(_HELLO, _pdf(b"scan.pdf"), _pdf(b"scan.pdf")), files=("scan.pdf", "scan.pdf")),
    Odd("a file named in lower and upper case", _mixed(_HELLO, _pdf(b"Scan.pdf"), _pdf(b"SCAN.PDF")), files=("Scan.pdf", "SCAN.PDF")),
    Odd("an empty mail", b"From: Jo <jo@acme.example>\r\nSubject: s\r\n\r\n", text=""),
    Odd("a subject of blanks", _mail(subject=b"   "), subject=""),
    Odd("no subject", b"From: Jo <jo@acme.example>\r\nContent-Type: text/plain\r\n\r\nhello", subject=""),
    Odd("a header without a blank after its name", b"From:Jo <jo@acme.example>\r\nSubject:s\r\n\r\nhello"),
    Odd("two subjects", _mail(b"Subject: second")),
]  # fmt: skip

WRAPPINGS = [
    Odd("apple-double", _mixed(_HELLO, b'Content-Type: multipart/appledouble; boundary="i"\r\n\r\n--i\r\n' + _part(b'Content-Type: application/applefile; name="a.pdf"', _ATT + b'; filename="._a.pdf"', body=base64.b64encode(b"\x00\x05\x16\x07\x00\x02\x00\x00" + bytes(40))) + b"\r\n--i\r\n" + _pdf(b"a.pdf") + b"\r\n--i--"), files=("a.pdf",)),
    Odd("uuencode in the text, and words after it", _mail(b"Content-Type: text/plain", body=b"hello\r\n\r\nbegin 644 my bill.txt\r\n%:&5L;&\\\r\n`\r\nend\r\n"), files=("my bill.txt",)),
    Odd("a winmail.dat with a long name", _winmail(("Rechnung März 2026.pdf", b"RECHNU~1.PDF")), files=("Rechnung März 2026.pdf",)),
    Odd("a winmail.dat with a short name only", _winmail(("", b"bill.pdf")), files=("bill.pdf",)),
    Odd("a winmail.dat with names in Greek and Japanese", _winmail(("Τιμολόγιο.pdf", b"______~1.PDF"), ("請求書.pdf", b"______~2.PDF")), files=("Τιμολόγιο.pdf", "請求書.pdf")),
    Odd("a winmail.dat labelled octet-stream", _winmail(("bill.pdf", b"bill.pdf"), label=b"application/octet-stream"), files=("bill.pdf",)),
    Odd("a calendar as a plain file", _mixed(_HELLO, _part(b'Content-Type: application/octet-stream; name="meeting.ics"', _ATT + b'; filename="meeting.ics"', body=base64.b64encode(_ICS))), files=("meeting.ics",)),
    Odd("a calendar labelled text", _mixed(_HELLO, _part(b'Content-Type: text/plain; name="invite.ics"', _ATT + b'; filename="invite.ics"', body=base64.b64encode(_ICS))), files=("invite.ics",)),
    Odd("a calendar beside the texts", _mixed(_HELLO, b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + _ICS, kind=b"alternative"), files=("",)),
    Odd("a forwarded mail in base64", _mixed(_HELLO, _part(b"Content-Type: message/rfc822", body=base64.b64encode(b"Subject: inner\r\n\r\nbye"))), files=()),
]  # fmt: skip

LINES = [
    Odd("flowed", _mail(b"Content-Type: text/plain; format=flowed", body=b"hello \r\nworld"), text="hello \nworld"),
    Odd("flowed, a mark of a signature", _mail(b"Content-Type: text/plain; format=flowed; delsp=yes", body=b"hel \r\nlo\r\n-- \r\nJo"), text="hel \nlo\n-- \nJo"),
    Odd("soft breaks of quoted-printable at the end", _mail(b"Content-Type: text/plain", b"Content-Transfer-Encoding: quoted-printable", body=b"hel=\r\nlo=")),
    Odd("8bit sender in latin-1", _mail(sender="From: Jörg <jo@acme.example>\r\n".encode("latin-1"))),
    Odd("8bit sender in utf-8", _mail(sender="From: Jörg Größe <jo@acme.example>\r\n".encode())),
    Odd("a folded subject with a tab", _mail(subject=b"Invoice\r\n\tof March"), subject="Invoice of March"),
    Odd("a subject folded in the middle of blanks", _mail(subject=b"Invoice \r\n 12"), subject="Invoice 12"),
    Odd("a word in gb18030", _mail(subject=b"=?gb18030?B?t6LGsQ==?="), subject="发票"),
    Odd("a word in windows-1255", _mail(subject=b"=?windows-1255?Q?=E7=F9=E1=E5=F0=E9=FA?="), subject="חשבונית"),
    Odd("a sender with two addresses", _mail(sender=b"From: Jo <jo@acme.example>, Al <al@acme.example>\r\n"), sender=""),
    _file("2231 ten pieces and more", _PDF, _ATT + b"".join(b';\r\n filename*%d="%d-"' % (n, n) for n in range(11)) + b';\r\n filename*11="end.pdf"', files=("0-1-2-3-4-5-6-7-8-9-10-end.pdf",)),
    _file("2231 pieces of a name", b"Content-Type: application/pdf;\r\n name*0*=utf-8''Fakt%C3%BA;\r\n name*1*=ra.pdf", _ATT, files=("Faktúra.pdf",)),
    _file("2231 an apostrophe in the name", _PDF, _ATT + b"; filename*=utf-8''Jo's%20bill.pdf", files=("Jo's bill.pdf",)),
    _file("a name folded in its quotes", _PDF, _ATT + b';\r\n filename="a long\r\n name.pdf"', files=("a long name.pdf",)),
]  # fmt: skip

MORE_ODDITIES = [*BROKEN, *PARTS, *WRAPPINGS, *LINES]
