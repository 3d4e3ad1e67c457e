"""Mails that are legal, or nearly so, and seldom: names, words and letters as old and odd clients
write them, what was signed or wrapped; with the truth about each, written before reading.
"""

# ruff: noqa: E501 - a mail in one piece, in the letters of its language

import base64
import quopri
from typing import NamedTuple


class Odd(NamedTuple):
    """A mail, and what it says."""

    name: str
    raw: bytes
    subject: str = "s"
    sender: str = "jo@acme.example"
    text: str = "hello"
    files: tuple[str, ...] = ()
    defect: str = ""


_FROM = b"From: Jo <jo@acme.example>\r\n"


def _mail(
    *lines: bytes, subject: bytes = b"s", sender: bytes = _FROM, body: bytes = b"hello"
) -> bytes:
    head = [sender.rstrip(b"\r\n"), b"Subject: " + subject, b"MIME-Version: 1.0", *lines]
    return b"\r\n".join([*head, b"", body])


def _with_file(*lines: bytes, content: bytes = b"%PDF-1.4 x", text: bytes = b"hello") -> bytes:
    part = b"\r\n".join(
        [*lines, b"Content-Transfer-Encoding: base64", b"", base64.b64encode(content)]
    )
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + text + b"\r\n--b\r\n" + part + b"\r\n--b--\r\n"
    )
    return _mail(b'Content-Type: multipart/mixed; boundary="b"', body=body)


def _text(charset: bytes, words: str, codec: str, encoding: bytes = b"8bit") -> bytes:
    body = words.encode(codec)
    body = {b"quoted-printable": quopri.encodestring, b"base64": base64.encodebytes}.get(
        encoding, bytes
    )(body)
    lines = (
        b"Content-Type: text/plain; charset=" + charset,
        b"Content-Transfer-Encoding: " + encoding,
    )
    return _mail(*lines, body=body)


def _file(name: str, *lines: bytes, files: tuple[str, ...]) -> Odd:
    return Odd(name, _with_file(*lines), files=files)


_PDF = b"Content-Type: application/pdf"
_ATT = b"Content-Disposition: attachment"

NAMES = [
    _file("2231 utf-8", _PDF, _ATT + b"; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf", files=("Rechnung März.pdf",)),
    _file("2231 language", _PDF, _ATT + b"; filename*=iso-8859-1'de'M%E4rz.pdf", files=("März.pdf",)),
    _file("2231 pieces", _PDF, _ATT + b';\r\n filename*0="a long name ";\r\n filename*1="of a file.pdf"', files=("a long name of a file.pdf",)),
    _file("2231 encoded pieces", _PDF, _ATT + b";\r\n filename*0*=utf-8''Gr%C3%BC;\r\n filename*1*=%C3%9Fe;\r\n filename*2=.pdf", files=("Grüße.pdf",)),
    _file("2231 pieces in disorder", _PDF, _ATT + b'; filename*1="b.pdf"; filename*0="a"', files=("ab.pdf",)),
    _file("2231 letter cut between pieces", _PDF, _ATT + b"; filename*0*=utf-8''M%C3; filename*1*=%A4rz.pdf", files=("März.pdf",)),
    _file("2231 beside a plain one", _PDF, _ATT + b"; filename=\"M?rz.pdf\"; filename*=UTF-8''M%C3%A4rz.pdf", files=("März.pdf",)),
    _file("2231 no charset", _PDF, _ATT + b"; filename*=''plain.pdf", files=("plain.pdf",)),
    _file("2231 in quotes", _PDF, _ATT + b"; filename*=\"UTF-8''M%C3%A4rz.pdf\"", files=("März.pdf",)),
    _file("2047 in a parameter", _PDF, _ATT + b'; filename="=?utf-8?B?TcOkcnoucGRm?="', files=("März.pdf",)),
    _file("2047 two words", _PDF, _ATT + b'; filename="=?utf-8?Q?M=C3=A4rz?=\r\n =?utf-8?Q?_2025.pdf?="', files=("März 2025.pdf",)),
    _file("2047 unquoted", _PDF, _ATT + b"; filename==?utf-8?Q?M=C3=A4rz.pdf?=", files=("März.pdf",)),
    _file("raw utf-8", _PDF, _ATT + '; filename="März.pdf"'.encode(), files=("März.pdf",)),
    _file("raw latin-1", _PDF, _ATT + '; filename="März.pdf"'.encode("latin-1"), files=("März.pdf",)),
    _file("only a name", b'Content-Type: application/pdf; name="a.pdf"', _ATT, files=("a.pdf",)),
    _file("blanks without quotes", _PDF, _ATT + b"; filename=my bill.pdf", files=("my bill.pdf",)),
    _file("semicolon in quotes", _PDF, _ATT + b'; filename="a; b.pdf"', files=("a; b.pdf",)),
    _file("escaped quotes", _PDF, _ATT + b'; filename="the \\"last\\" bill.pdf"', files=("the last bill.pdf",)),
    _file("a path", _PDF, _ATT + b'; filename="C:\\\\bills\\\\a.pdf"', files=("a.pdf",)),
    _file("upper case", b"CONTENT-TYPE: APPLICATION/PDF", b'CONTENT-DISPOSITION: ATTACHMENT; FILENAME="A.PDF"', files=("A.PDF",)),
    _file("blanks around", b"Content-Type : application/pdf", b'Content-Disposition : attachment ; filename = "a.pdf"', files=("a.pdf",)),
    _file("a comment", _PDF, b'Content-Disposition: attachment (a bill); filename="a.pdf"', files=("a.pdf",)),
    _file("iso-2022-jp", _PDF, _ATT + b'; filename="=?ISO-2022-JP?B?GyRCQEE1YT1xGyhCLnBkZg==?="', files=("請求書.pdf",)),
    _file("gb2312", _PDF, _ATT + b"; filename=\"=?gb2312?B?t6LGsS5wZGY=?=\"", files=("发票.pdf",)),
]  # fmt: skip

WORDS = [
    Odd("two words, no blank between", _mail(subject=b"=?utf-8?Q?Rech?=\r\n =?utf-8?Q?nung?="), "Rechnung"),
    Odd("a letter cut between words", _mail(subject=b"=?utf-8?B?TcM=?= =?utf-8?B?pHJ6?="), "März"),
    Odd("a word amid plain ones", _mail(subject=b"Re: =?iso-8859-1?Q?M=E4rz?= 2025"), "Re: März 2025"),
    Odd("glued to plain letters", _mail(subject=b"Rechnung=?utf-8?Q?_M=C3=A4rz?="), "Rechnung März"),
    Odd("underscores and blanks", _mail(subject=b"=?utf-8?Q?a_b c?="), "a b c"),
    Odd("a language", _mail(subject=b"=?utf-8*de?Q?M=C3=A4rz?="), "März"),
    Odd("raw utf-8 subject", _mail(subject="März".encode()), "März"),
    Odd("windows-1252, not named", _mail(subject="März €".encode("cp1252")), "M\ufffdrz \ufffd"),
    Odd("unknown charset", _mail(subject=b"=?x-unknown?Q?bill?="), "bill"),
    Odd("windows name", _mail(subject=b"=?cp-850?Q?bill?="), "bill"),
    Odd("broken base64", _mail(subject=b"=?utf-8?B?TcOkcno?="), "März"),
    Odd("lower case q", _mail(subject=b"=?UTF-8?q?M=c3=a4rz?="), "März"),
    Odd("a folded sender", _mail(sender=b"From: =?utf-8?Q?J=C3=B8?=\r\n <jo@acme.example>\r\n")),
    Odd("a comma in a name", _mail(sender=b'From: "Nord, Jo" <jo@acme.example>\r\n')),
    Odd("a comma in a word", _mail(sender=b"From: =?utf-8?Q?Nord=2C_Jo?= <jo@acme.example>\r\n")),
    Odd("a comment as name", _mail(sender=b"From: jo@acme.example (Jo Nord)\r\n")),
    Odd("a bare address", _mail(sender=b"From: jo@acme.example\r\n")),
    Odd("upper case address", _mail(sender=b"From: Jo <JO@ACME.Example>\r\n")),
    Odd("a group", _mail(sender=b"From: undisclosed:;\r\n"), sender=""),
    Odd("an address as name", _mail(sender=b'From: "boss@corp.example" <jo@acme.example>\r\n')),
]  # fmt: skip

LETTERS = [
    Odd(f"{charset.decode()} {codec} {encoding.decode()}", _text(charset, words, codec, encoding), text=words)
    for charset, words, codec, encoding in (
        (b"utf-8", "Grüße, 東京", "utf-8", b"quoted-printable"),
        (b'"utf8"', "Grüße", "utf-8", b"base64"),
        (b"iso-8859-1", "Preis: 5 €", "cp1252", b"8bit"),
        (b"iso-8859-15", "5 €", "iso-8859-15", b"quoted-printable"),
        (b"windows-1250", "Zażółć", "cp1250", b"8bit"),
        (b"iso-8859-2", "Zażółć", "iso-8859-2", b"quoted-printable"),
        (b"windows-1251", "счёт", "cp1251", b"base64"),
        (b"koi8-r", "счет", "koi8-r", b"8bit"),
        (b"shift_jis", "請求書", "shift_jis", b"base64"),
        (b"iso-2022-jp", "請求書", "iso-2022-jp", b"7bit"),
        (b"gbk", "发票", "gbk", b"base64"),
        (b"big5", "發票", "big5", b"8bit"),
        (b"ks_c_5601-1987", "송장", "cp949", b"base64"),
        (b"utf-16", "Grüße", "utf-16", b"base64"),
        (b"utf-7", "Grüße", "utf-7", b"7bit"),
        (b"us-ascii", "Grüße", "utf-8", b"8bit"),
        (b"us-ascii", "Grüße", "latin-1", b"8bit"),
        (b"macintosh", "Grüße", "mac-roman", b"8bit"),
        (b"unicode-1-1-utf-7", "Grüße", "utf-7", b"7bit"),
        (b"x-nonsense", "plain", "ascii", b"8bit"),
    )
]  # fmt: skip


def _signed(protocol: bytes, kind: bytes, name: bytes, inner: bytes) -> bytes:
    body = (
        b"--b\r\n" + inner + b"\r\n--b\r\nContent-Type: " + kind + b'; name="' + name + b'"\r\n'
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="' + name + b'"\r\n\r\nMAo=\r\n--b--\r\n'
    )
    top = (
        b'Content-Type: multipart/signed; protocol="'
        + protocol
        + b'"; micalg=sha-256; boundary="b"'
    )
    return _mail(top, body=body)


_HELLO = b"Content-Type: text/plain\r\n\r\nhello"
_MIXED = (
    b'Content-Type: multipart/mixed; boundary="i"\r\n\r\n--i\r\n' + _HELLO + b"\r\n--i\r\n"
    b'Content-Type: application/pdf; name="bill.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    + base64.b64encode(b"%PDF-1.4 x") + b"\r\n--i--"
)  # fmt: skip
WRAPPED = [
    Odd("detached s/mime", _signed(b"application/pkcs7-signature", b"application/pkcs7-signature", b"smime.p7s", _HELLO), files=("smime.p7s",)),
    Odd("detached s/mime with a bill", _signed(b"application/x-pkcs7-signature", b"application/x-pkcs7-signature", b"smime.p7s", _MIXED), files=("bill.pdf", "smime.p7s")),
    Odd("pgp", _signed(b"application/pgp-signature", b"application/pgp-signature", b"signature.asc", _MIXED), files=("bill.pdf", "signature.asc")),
    Odd("encrypted s/mime", _mail(b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', b"Content-Transfer-Encoding: base64", body=base64.b64encode(bytes.fromhex("3010060b2a864886f70d0109100103a0020500"))), text="", files=("smime.p7m",)),
    Odd("a piece of several", _mail(b'Content-Type: message/partial; id="x"; number=1; total=3', body=b"From: a@b.example\r\n\r\nabc"), text="", files=("",), defect="in several"),
    Odd("kept elsewhere", _mail(b'Content-Type: message/external-body; access-type=url; url="http://x.example/"', body=b"Content-Type: application/pdf\r\n\r\n"), text="", files=("",), defect="elsewhere"),
    Odd("no end of the parts", _mail(b'Content-Type: multipart/mixed; boundary="b"', body=b"--b\r\n" + _HELLO)),
    Odd("boundary with blanks", _mail(b'Content-Type: multipart/mixed; boundary="a b"', body=b"--a b\r\n" + _HELLO + b"\r\n--a b--")),
    Odd("boundary folded", _mail(b"Content-Type: multipart/mixed;\r\n\tboundary=b", body=b"--b\r\n" + _HELLO + b"\r\n--b--")),
    Odd("a preamble and an epilogue", _mail(b"Content-Type: multipart/mixed; boundary=b", body=b"This is MIME\r\n--b\r\n" + _HELLO + b"\r\n--b--\r\nbye")),
    Odd("no version", b"From: Jo <jo@acme.example>\r\nSubject: s\r\nContent-Type: text/plain\r\n\r\nhello"),
    Odd("bare line feeds", _mail().replace(b"\r\n", b"\n")),
    Odd("uuencode label", _mail(b"Content-Type: text/plain", b"Content-Transfer-Encoding: x-uuencode", body=b"begin 644 x\r\n%:&5L;&\\ \r\n`\r\nend\r\n")),
]  # fmt: skip

ODDITIES = [*NAMES, *WORDS, *LETTERS, *WRAPPED]
