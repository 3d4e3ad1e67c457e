"""What a content is, told by its first bytes. Labels and names are claims of the sender."""

import re

from parsers.text.cms import is_signed

# Where each is looked for: at the very start, unless said otherwise.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"BEGIN:VCARD", "text/vcard"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
# The first entry names of a ZIP tell what it holds; the directory is not opened for it.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (b"word/", f"{_OFFICE}.wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}.presentationml.presentation"),
)
# What holds other files: a PDF near their start is one of these.
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22")
_HEAD = 4096
_PDF_WITHIN = 1024  # readers accept junk before the header, up to here
_MAIL_START = re.compile(
    rb"(?:From |(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID"
    rb"|MIME-Version|X-[!-9;-~]+)[ \t]*:[ \t])",
    re.IGNORECASE,
)
_MAIL_FIELD = re.compile(rb"^(?:From|Date|Subject|Message-ID)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HTML_START = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_CALENDAR_START = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*V(?:CALENDAR|EVENT)\b", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})

UNKNOWN = "application/octet-stream"


def media_type(content: bytes) -> str:
    """The media type of a content by its first bytes; `application/octet-stream` if unknown."""
    head = content[:_HEAD]
    if b"%PDF-" in head[:_PDF_WITHIN] and not head.startswith(_CONTAINERS):
        return "application/pdf"
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((found for mark, found in _ZIPPED if mark in head), "application/zip")
    if is_signed(head):
        return "application/pkcs7-mime"
    return "text/calendar" if _is_calendar(head) else _textual(head)


def _is_calendar(head: bytes) -> bool:
    """Also in UTF-16, and behind a byte order mark or empty lines."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return _CALENDAR_START.match(plain) is not None


def _textual(head: bytes) -> str:
    if head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return "application/xml"
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(start):
        return "text/html"
    if start.lstrip().startswith(b"<?xml") or re.match(rb"\s*<[A-Za-z_][\w.:-]*[\s/>]", start):
        return "application/xml"
    if _MAIL_START.match(start) and len(_MAIL_FIELD.findall(start)) > 1:
        return "message/rfc822"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return "text/plain"
    return "text/plain" if head == head.translate(None, _CONTROL) else UNKNOWN
