"""Whom a mail is for, by its greeting or by an "attn" line. As it is written; it routes nothing."""

import re
import tomllib
from pathlib import Path

_LINES = 12
_NAME = r"([^\W\d_][\w.'\u2019-]*(?:[ ][^\W\d_][\w.'\u2019-]*){0,3})"
_TO = re.compile(
    r"\W*(?:attn|attention(?: of)?|z\.?\s?hd\.?n?\.?|zu h\u00e4nden(?: von)?"
    r"|\u00e0 l[\u2019']attention de"
    r"|a la atenci\u00f3n de|alla c\.?\s?a\.?|alla cortese attenzione di|t\.?a\.?v\.?"
    r"|ter attentie van|ao cuidado de)\b[.:]?\s*"
    rf"(?:herrn|herr|frau|mr|mrs|ms|mme|m|sra?|sig)?\.?\s*{_NAME}",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"\W*(?:dear|hi|hello|hallo|liebe[r]?|guten tag|sehr geehrte[r]?|bonjour|cher|ch\u00e8re|hola"
    r"|estimad[oa]|ciao|gentile|car[oa]|egregio|beste|geachte|dag|ol\u00e1|prezad[oa])\s+"
    rf"(?:herrn?|frau|mr|mrs|ms|mme|m|sra?|sig|heer|mevrouw)?\.?\s*{_NAME}\s*[,:!]",
    re.IGNORECASE,
)
_TABLES = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))
_NOBODY = frozenset(_TABLES["greeted"]["nobody"])


def addressee(text: str) -> str:
    """The name; empty where it is meant for nobody in particular."""
    lines = [line for line in text.splitlines()[:60] if line.strip()][:_LINES]
    for pattern in (_TO, _GREETS):
        for line in lines:
            found = pattern.match(line[:200])
            if found and found[1].split()[0].casefold() not in _NOBODY:
                return found[1].strip()[:80]
    return ""
