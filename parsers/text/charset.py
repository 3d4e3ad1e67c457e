"""Bytes to text when the label may be missing, unknown or wrong."""

import codecs
import re

# What senders label so is, in the wild, the larger set: the WHATWG encoding standard says the
# same of all of these.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
# Codecs of Python's that are no charsets of mail; some take quadratic time.
_HALVES = re.compile("[\ud800-\udfff]")  # surrogates: no text can hold them
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)


def decode(content: bytes, label: str = "") -> str:
    """The text of these bytes; never fails.

    One-byte charsets take any bytes, so UTF-8, which is hardly ever right by chance, goes first.
    """
    name = _codec(label)
    one_byte = name.startswith(("cp125", "iso8859", "koi8", "mac", "cp4", "cp8"))
    for candidate in ("utf-8-sig", name) if one_byte else (name, "utf-8-sig"):
        try:
            return clean(content.decode(candidate))
        except UnicodeError:  # not this one; the last resort below takes anything
            continue
    return clean(content.decode(name, "replace"))


def lettered(text: str) -> str:
    """Header bytes that no charset was named for and that are no UTF-8: guessed, as of a body."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return decode(text.encode("utf-8", "surrogateescape"))
    return text


def clean(text: str) -> str:
    """Text that can be stored anywhere: one kind of newline, no NUL, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _HALVES.sub("\ufffd", text)


def _codec(label: str) -> str:
    try:
        found = codecs.lookup(label.strip().strip("'\"") or "cp1252").name
    except (LookupError, ValueError, SyntaxError):  # unknown, or not even a name
        return "cp1252"
    if found in _NOT_CHARSETS or not _is_text(found):
        return "cp1252"
    return _LARGER.get(found, found)


def _is_text(name: str) -> bool:
    try:
        b"a".decode(name)
    except UnicodeError:  # half a letter of UTF-16
        return True
    except LookupError:  # hex, zlib and the like
        return False
    return True
