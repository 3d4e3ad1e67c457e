"""Header text with its encoded words (RFC 2047) decoded."""

import re
from email.errors import HeaderParseError
from email.header import decode_header

from parsers.text.charset import clean, decode


def decoded(value: str) -> str:
    """The text a person sees; as it stands where it cannot be decoded."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    text = "".join(
        piece if isinstance(piece, str) else decode(piece, label or "ascii")
        for piece, label in pieces
    )
    return re.sub(r"\s+", " ", clean(text)).strip()
