"""Numbers, days, charsets and media types."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.charset import decode
from parsers.values.days import xml_date
from parsers.values.decimals import spell_amount, spell_number, xml_decimal
from parsers.values.media import media_type
from tests.documents import Letterhead, factur_x, plain_mail


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.50", "12.50"),
        ("-0.5", "-0.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("12.", "12"),
        ("1e9", None),
        ("1E9999999", None),
        ("NaN", None),
        ("Infinity", None),
        ("1,5", None),
        ("", None),
        ("9" * 5000, None),
        ("1_000", None),
    ],
)
def test_xml_decimals(text: str, number: str | None) -> None:
    assert xml_decimal(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("number", "amount", "plain"),
    [
        ("1234.5", "1234.50", "1234.5"),
        ("100", "100.00", "100"),
        ("529.8700", "529.87", "529.87"),
        ("0.0125", "0.0125", "0.0125"),
        ("-7", "-7.00", "-7"),
        ("0", "0.00", "0"),
    ],
)
def test_spelling(number: str, amount: str, plain: str) -> None:
    assert spell_amount(Decimal(number)) == amount
    assert spell_number(Decimal(number)) == plain


@given(st.decimals(-(10**12), 10**12, places=4))
def test_spelling_loses_nothing(number: Decimal) -> None:
    assert Decimal(spell_amount(number)) == number == Decimal(spell_number(number))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20240229", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-29T10:00:00+01:00", date(2024, 2, 29)),
        ("2024-02-29+01:00", date(2024, 2, 29)),
        ("202402291530", date(2024, 2, 29)),
        ("20230229", None),
        ("2023-02-29", None),
        ("29.02.2024", None),
        ("", None),
        ("202402", None),
        ("00000000", None),
    ],
)
def test_xml_dates(text: str, day: date | None) -> None:
    assert xml_date(text) == day


@pytest.mark.parametrize(
    ("content", "label", "text"),
    [
        (b"\xef\xbb\xbfa", "", "a"),
        (b"\x80 5", "iso-8859-1", "€ 5"),
        (b"\xa4", "iso-8859-15", "€"),
        ("ж".encode("koi8-r"), "KOI8-R", "ж"),
        ("日本".encode("iso-2022-jp"), "iso-2022-jp", "日本"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        ("ü".encode(), "iso-8859-1", "ü"),
        (b"a\x00b\r\nc\rd", "utf-8", "ab\nc\nd"),
        (b"\xff", "utf-8", "\ufffd"),
        (b"x", "'utf-8'", "x"),
        (b"41", "hex", "41"),
        (b"a", "x" * 10_000, "a"),
        (b"a", "a\x00b", "a"),
    ],
)
def test_charsets(content: bytes, label: str, text: str) -> None:
    assert decode(content, label) == text


@given(st.binary(), st.text(max_size=20))
def test_decoding_never_fails_and_can_be_stored(content: bytes, label: str) -> None:
    assert "\x00" not in decode(content, label).encode().decode()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (factur_x(), "application/pdf"),
        (b"junk\n%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"PK\x03\x04....word/document.xml", "application/vnd.openxmlformats-officedocument"),
        (b"PK\x03\x04....a.txt", "application/zip"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"\xef\xbb\xbf  <rsm:CrossIndustryInvoice xmlns:rsm='x'>", "application/xml"),
        ("<a/>".encode("utf-16"), "application/xml"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"<HTML><body>", "text/html"),
        (plain_mail(Letterhead(), "s", "t"), "message/rfc822"),
        (b"From: somebody wrote this\nand no more", "text/plain"),
        (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        (b"RIFF0000WEBPVP8 ", "image/webp"),
        ("Grüße".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_media_types_are_told_by_the_content(content: bytes, found: str) -> None:
    assert media_type(content).startswith(found)
