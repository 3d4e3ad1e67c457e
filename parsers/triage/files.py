"""Enclosed files that do something when they are opened: programs, scripts, macros."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

from mailagent.core.message import Attachment

_ENDINGS = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))["endings"]
_PROGRAMS, _MACROS = frozenset(_ENDINGS["programs"]), frozenset(_ENDINGS["macros"])
_STARTS = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"#!", "a script"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SCRIPTED = re.compile(
    rb"<script\b|javascript:|<form\b[^>]*\baction|atob\(|document\.write", re.IGNORECASE
)
_MOST_NAMES = 200


def danger(file: Attachment) -> str:
    """`invoice.pdf.exe: a program`; empty: it is only to be read."""
    why = _by_name(file.name) or _by_start(file.content) or _inside(file)
    return f"{file.name[:80] or 'unnamed'}: {why}" if why else ""


def _by_name(name: str) -> str:
    ending = name.lower().rpartition(".")[2]
    if ending in _PROGRAMS:
        return "a program or a script"
    return "a document with macros" if ending in _MACROS else ""


def _by_start(content: bytes) -> str:
    return next((what for start, what in _STARTS if content.startswith(start)), "")


def _inside(file: Attachment) -> str:
    if file.content.startswith(_OLE):
        head = file.content[:4_000_000]
        return (
            "a document with macros"
            if b"_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T" in head
            else ""
        )
    if file.content.startswith(b"PK\x03\x04"):
        return _in_archive(file.content)
    if file.media_type == "text/html" or file.name.lower().endswith((".html", ".htm", ".svg")):
        return (
            "a page with a script or a form" if _SCRIPTED.search(file.content[:1_000_000]) else ""
        )
    return ""


def _in_archive(content: bytes) -> str:
    """By the names in it; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()[:_MOST_NAMES]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""  # whether it can be read at all is for its reader to say
    names = [one.filename.lower() for one in found]
    if any(name.endswith("vbaproject.bin") for name in names):
        return "a document with macros"
    if program := next((name for name in names if _by_name(name)), ""):
        return f"it holds {program[-60:]}"
    locked = any(one.flag_bits & 1 for one in found)
    return "locked with a password, so nothing can look inside" if locked else ""
