"""A mail is read, whatever it is."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import mime, parts
from parsers.mail.mime import read_message
from tests.documents import Bill, Letterhead, bill_mail, factur_x, forwarded, newsletter
from tests.parsers.mail.more_oddities import MORE_ODDITIES
from tests.parsers.mail.oddities import ODDITIES, Odd

HEAD = b"From: Ann <ann@vendor.example>\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, *fields: bytes) -> bytes:
    return HEAD + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def multipart(*pieces: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--cut\r\n" + piece + b"\r\n" for piece in pieces) + b"--cut--\r\n"
    return mail(body, b'Content-Type: multipart/%s; boundary="cut"' % kind)


def test_a_bill_in_a_mail() -> None:
    document = factur_x()
    message = read_message(bill_mail(Letterhead(), Bill(), document))
    assert message.subject == "Invoice RE-2025-0142"
    assert message.sender == "Nordlicht Hosting <billing@nordlicht.example>"
    assert message.sender_address == "billing@nordlicht.example"
    assert message.to == ("ops@acme.example",)
    assert message.date == datetime(2025, 11, 17, 9, 30, tzinfo=UTC)
    assert message.message_id == "<2025-0142@nordlicht.example>"
    assert "find our invoice" in message.text
    [attachment] = message.attachments
    assert attachment.content == document
    assert (attachment.name, attachment.media_type) == ("RE-2025-0142.pdf", "application/pdf")
    assert message.defects == ()


def test_both_alternatives_are_kept_and_are_no_attachments() -> None:
    message = read_message(newsletter(Letterhead()))
    assert message.text.startswith("What moved hosting this month\n\nThree things")
    assert "<h1>" in message.html
    assert message.attachments == ()


def test_text_is_made_from_html_when_there_is_no_other() -> None:
    body = b"<style>p {}</style><p>Dear all,<p style='display:none'>pay me</p><p>hi</p>"
    assert read_message(mail(body, b"Content-Type: text/html")).text == "Dear all,\n\nhi"


def test_a_forwarded_mail_is_nested_whatever_its_label() -> None:
    original = bill_mail(Letterhead(), Bill(), factur_x())
    [inside] = read_message(forwarded(Letterhead(), original)).nested
    assert inside.subject == "Invoice RE-2025-0142"
    [labelled] = read_message(multipart(b"Content-Type: message/rfc822\r\n\r\n" + original)).nested
    assert labelled == inside


def test_the_parts_of_a_digest_are_mails() -> None:
    [inside] = read_message(multipart(b"\r\nSubject: one\r\n\r\ntext", kind=b"digest")).nested
    assert inside.subject == "one"


@pytest.mark.parametrize(
    ("fields", "body", "text"),
    [
        ((b"Content-Type: text/plain; charset=iso-8859-1",), b"Gr\xfc\xdfe", "Grüße"),
        ((b"Content-Type: text/plain; charset=no-such",), b"Gr\xfc\xdfe", "Grüße"),
        ((b"Content-Type: text/plain; charset=us-ascii",), "Grüße".encode(), "Grüße"),
        ((b"Content-Type: text/plain; charset=gb2312",), "你好".encode("gb18030"), "你好"),
        ((b"Content-Type: text/plain; charset=punycode",), b"a-b", "a-b"),
        ((b"Content-Type: text/plain; charset=utf-16",), "hi".encode("utf-16"), "hi"),
        ((b"Content-Transfer-Encoding: base64",), b"aGVs!bG8", "hello"),
        ((b"Content-Transfer-Encoding: base64",), b"aGVsbG8gdGhlc", "hello the"),
        ((b"Content-Transfer-Encoding: quoted-printable",), b"a=\r\nb=C3=A4=", "abä"),
        ((b"Content-Transfer-Encoding: uuencode",), b"begin 644 x\n#0V%T\n`\nend\n", "Cat"),
        ((b"Content-Transfer-Encoding: no-such",), b"as it is", "as it is"),
        ((b"Content-Type: multipart/mixed",), b"no parts", "no parts"),
        ((b"Content-Type: multipart/mixed; boundary=x",), b"no parts", "no parts"),
        ((), b"nul\x00 and\r\nlines", "nul and\nlines"),
    ],
)
def test_bodies(fields: tuple[bytes, ...], body: bytes, text: str) -> None:
    assert read_message(mail(body, *fields)).text == text


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'attachment; filename="../../etc/cron.d/x"', "x"),
        (b'attachment; filename="C:\\\\temp\\\\bill.pdf"', "bill.pdf"),
        (b"attachment; filename*=utf-8''%2e%2e%2fR%C3%A9%00.pdf", "Ré.pdf"),
        (b"attachment; filename*0=lo; filename*1=ng.pdf", "long.pdf"),
        (b'attachment; filename="=?utf-8?q?R=C3=A9.pdf?="', "Ré.pdf"),
        ('attachment; filename="a\u202egpj.exe"'.encode(), "agpj.exe"),
        (b"attachment; filename*=no-such'en'a%FFb", ""),
        (b'attachment; filename="' + b"x" * 5000 + b'.pdf"', "x" * 150),
    ],
)
def test_names_of_attachments_are_safe(header: bytes, name: str) -> None:
    raw = multipart(b"Content-Disposition: " + header + b"\r\n\r\n%PDF-1.7")
    [attachment] = read_message(raw).attachments
    assert attachment.name == name
    assert attachment.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("line", "sender", "address"),
    [
        (b"From: ann@x.example", "ann@x.example", "ann@x.example"),
        (b"From: =?utf-8?q?J=C3=B6rg?= <J@X.example>", "Jörg <J@X.example>", "j@x.example"),
        (b"From: a@x.example, b@x.example", "a@x.example, b@x.example", ""),
        (b"From: a@x.example\r\nFrom: b@x.example", "a@x.example", ""),
        ("From: ann@bücher.example".encode(), "ann@bücher.example", ""),
        (b"From: nobody", "nobody", ""),
        (b"From: =?utf-8?b?AAAAA?= <a@x.example>", "=?utf-8?b?AAAAA?= <a@x.example>", ""),
        (b"X: y", "", ""),
    ],
)
def test_senders(line: bytes, sender: str, address: str) -> None:
    message = read_message(line + b"\r\n\r\nhi")
    assert (message.sender, message.sender_address) == (sender, address)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (b"Subject: a\r\n b", "a b"),
        (b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?q?!?=", "Grüße!"),
        (b"Subject: =?iso-8859-1?Q?Gr\xfc\xdfe?=", "Grüße"),
        ("Subject: Grüße".encode(), "Grüße"),
        (b"Subject: Gr\xfcn", "Gr\ufffdn"),  # of no known charset: not guessed
        (b"Subject: =?no-such?q?abc?=", "abc"),
        (b"Subject: x\x00y", "xy"),
    ],
)
def test_subjects(line: bytes, subject: str) -> None:
    assert read_message(line + b"\r\n\r\nhi").subject == subject


def test_a_broken_field_does_not_take_the_others_along() -> None:
    broken = b"From: =?utf-8?b?AAAAA?= <a@x.example>\r\nSubject: kept\r\nTo: b@x.example\r\n\r\nhi"
    message = read_message(broken)
    assert (message.subject, message.to) == ("kept", ("b@x.example",))
    assert message.defects == ("from: not readable (HeaderParseError)",)


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (b"", "no header"),
        (b"\r\n\r\nonly a body", "no header"),
        (multipart(*[b"\r\nx"] * 1200), "more than 1000 parts; the rest was left out"),
        (HEAD + b"X: y\r\n" * 100_000, "the header is too long; its end was left out"),
        (
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at)
                for at in range(2000)
            ),
            "parts more than 20 deep; they were not opened",
        ),
        (mail(b"x" * 3_000_000), "a very long text; its end was left out"),
    ],
)
def test_what_is_wrong_is_told(raw: bytes, defect: str) -> None:
    assert defect in read_message(raw).defects


def test_mails_in_mails_are_opened_to_a_depth() -> None:
    message = read_message((HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 2000)
    depth = 0
    while message.nested:
        [message] = message.nested
        depth += 1
    assert depth == mime.NESTED
    assert message.attachments[0].content.startswith(b"From: Ann")
    assert "not opened" in message.defects[0]


def test_a_mail_that_is_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mime, "SIZE", 1 << 20)
    message = read_message(mail(b"x" * (2 << 20)))
    assert "larger than 1 MiB; its end was left out" in message.defects


def test_a_large_attachment_is_whole_and_quick() -> None:
    content = bytes(range(256)) * 40_000
    encoded = base64.encodebytes(content)
    [attachment] = read_message(
        multipart(b"Content-Transfer-Encoding: base64\r\nContent-Type: a/b\r\n\r\n" + encoded)
    ).attachments
    assert attachment.content == content


_FRAGMENTS = st.sampled_from(
    [
        *(b"\r\n", b"\r", b"\n", b"\n\n", b"\x00", b"\xff\xfe", b"--cut", b"--cut--", b'"', b";"),
        *(b"Content-Type: ", b"multipart/mixed; boundary=cut\n\n", b"message/rfc822\n\n"),
        *(b"=?utf-8?b?", b"=?x?q?", b"?=", b"From: ", b"<a@b.c>", b"Subject: ", b"To: ", b"Date: "),
        *(b"charset=idna", b"filename*0*=x'y'%zz", b"Content-Disposition: attachment; "),
        *(
            b"Content-Transfer-Encoding: base64\n\n",
            b"text/html\n\n<p",
            b"\xed\xa0\x80",
            b"(",
            b")",
        ),
    ]
)


@given(st.one_of(st.binary(max_size=600), st.lists(_FRAGMENTS, max_size=60).map(b"".join)))
def test_it_never_raises_and_the_message_travels(raw: bytes) -> None:
    message = read_message(raw)
    assert type(message).model_validate_json(message.model_dump_json()) == message


@given(st.lists(st.binary(max_size=80).filter(lambda b: b"--cut" not in b), max_size=5))
def test_parts_come_back_as_they_went_in(contents: list[bytes]) -> None:
    body = b"".join(b"--cut\r\n\r\n" + content + b"\r\n" for content in contents) + b"--cut--"
    raw = b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n" + body
    assert [part.body for part in parts.Walk().leaves(raw)] == (contents or [body])


SIGNED_HEAD = (
    b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\n'
    b"Content-Transfer-Encoding: base64\n\n"
)


def tlv(tag: int, content: bytes) -> bytes:
    length = len(content).to_bytes(4, "big")
    return bytes((tag, 0x84)) + length + content


def envelope(content: bytes) -> bytes:
    data = tlv(0x30, bytes.fromhex("06092a864886f70d010701") + tlv(0xA0, tlv(0x04, content)))
    signed = tlv(0x30, b"\x02\x01\x01" + tlv(0x31, b"") + data)
    return tlv(0x30, bytes.fromhex("06092a864886f70d010702") + tlv(0xA0, signed))


def test_what_was_signed_is_read_and_nobody_is_said_to_have_signed() -> None:
    inner = multipart(
        b"Content-Type: text/plain\n\nPlease pay.",
        b'Content-Type: application/pdf; name="bill.pdf"\n\n%PDF-1.7 x',
    ).removeprefix(HEAD)
    raw = HEAD + SIGNED_HEAD + base64.encodebytes(envelope(inner))
    message = read_message(raw)
    assert message.text == "Please pay."
    assert [a.name for a in message.attachments] == ["bill.pdf"]
    assert message.signed_by == ""


def test_a_signed_file_stays_the_file_it_is() -> None:
    raw = HEAD + SIGNED_HEAD + base64.encodebytes(envelope(b"<?xml version='1.0'?><bill/>"))
    [file] = read_message(raw).attachments
    assert (file.name, file.media_type) == ("smime.p7m", "application/pkcs7-mime")


@pytest.mark.parametrize(
    "encoded",
    [
        b"begin 644 bill.txt\n#0V%T\n`\nend\n",
        b"=ybegin line=128 size=3 name=bill.txt\n\x6d\x8b\x9e\n=yend size=3 crc32=0\n",
    ],
)
def test_files_within_a_text_are_attachments(encoded: bytes) -> None:
    message = read_message(mail(b"Hello,\n\n" + encoded + b"\nAnn\n"))
    [file] = message.attachments
    assert (file.name, file.content) == ("bill.txt", b"Cat")
    assert message.text.split() == ["Hello,", "Ann"]


def test_a_file_in_binhex() -> None:
    name, content = b"bill.pdf", b"%PDF-1.7 " + b"x" * 90 + b"\x90"
    head = bytes((len(name),)) + name + b"\0PDF CARO\0\0" + len(content).to_bytes(4, "big")
    plain = (head + bytes(4) + b"\0\0" + content + b"\0\0").replace(b"\x90", b"\x90\0")
    letters = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
    sixes = base64.b64encode(plain + bytes(-len(plain) % 3)).translate(
        bytes.maketrans(
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", letters
        )
    )
    text = b"(This file must be converted with BinHex 4.0)\n:" + sixes + b":\n"
    [file] = read_message(mail(text, b"Content-Type: application/mac-binhex40")).attachments
    assert (file.name, file.content) == ("bill.pdf", content)


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("utf-7", "Grüße für 5 €"),
        ("iso-2022-jp", "請求書をお送りします"),
        ("gb18030", "发票已附上"),
        ("big5", "發票已附上"),
        ("koi8-r", "Счёт во вложении"),
        ("windows-1255", "חשבונית מצורפת"),
        ("euc-kr", "청구서를 첨부합니다"),
        ("iso-8859-15", "Rechnung über 5 €"),
        ("tis-620", "ใบแจ้งหนี้"),
        ("cp850", "Rückfrage"),
    ],
)
def test_body_subject_and_file_name_in_their_charset(charset: str, words: str) -> None:
    there = words.encode(charset)
    word = b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(there))
    escaped = "".join(f"%{byte:02X}" for byte in there)
    half = len(escaped) // 6 * 3
    raw = (
        b"From: a@b.example\nSubject: " + word + b"\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="c"\n\n--c\n'
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(there) + b"\n--c\n"
        b"Content-Type: application/pdf\nContent-Disposition: attachment;\n"
        b" filename*0*=" + charset.encode() + b"''" + escaped[:half].encode() + b";\n"
        b" filename*1*=" + escaped[half:].encode() + b".pdf\n\n%PDF-1.7\n--c\n"
        b'Content-Type: application/pdf; name="' + word + b'"\n\n%PDF-1.7\n--c--\n'
    )
    message = read_message(raw)
    assert (message.subject, message.text) == (words, words)
    assert [a.name for a in message.attachments] == [words + ".pdf", words]


def test_pieces_and_what_is_kept_elsewhere_are_told() -> None:
    partial = read_message(mail(b"abc", b'Content-Type: message/partial; id="x"; number=2'))
    assert any("several" in defect for defect in partial.defects)
    outside = b"Content-Type: message/external-body; access-type=URL; URL=http://x.example"
    assert any("elsewhere" in defect for defect in read_message(mail(b"a", outside)).defects)


@given(st.data())
def test_a_mail_with_everything_in_it_takes_any_damage(data: st.DataObject) -> None:
    whole = bytearray(
        multipart(
            b"Content-Type: text/plain; charset=utf-7\n\nbegin 644 a\n#0V%T\n`\nend\n",
            SIGNED_HEAD + base64.encodebytes(envelope(b"Content-Type: text/plain\n\nhello")),
            b"Content-Type: message/rfc822\n\n" + multipart(b"Content-Type: text/html\n\n<p>a"),
            b"Content-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=b\n\nx",
        )
    )
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_message(bytes(whole))


@pytest.mark.parametrize("odd", [*ODDITIES, *MORE_ODDITIES], ids=lambda odd: odd.name)
def test_what_is_seldom_is_read_all_the_same(odd: Odd) -> None:
    message = read_message(odd.raw)
    assert message.subject == odd.subject
    assert message.sender_address == odd.sender
    assert message.text.strip() == odd.text
    assert tuple(each.name for each in message.attachments) == odd.files
    assert not odd.defect or any(odd.defect in defect for defect in message.defects)
