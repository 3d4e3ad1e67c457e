"""The text of office files: Word, Excel, OpenDocument, RTF. Macros, links and pictures are left."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from striprtf.striprtf import rtf_to_text

from mailagent.core.errors import Unreadable
from parsers.text.package import NEEDS_A_PASSWORD, Package
from parsers.text.xml import Element, parse_xml
from parsers.values.media import media_type

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
DOCX, XLSX = f"{_OOXML}.wordprocessingml.document", f"{_OOXML}.spreadsheetml.sheet"
ODT, ODS = f"{_ODF}.text", f"{_ODF}.spreadsheet"
RTF, OLD = "application/rtf", "application/x-ole-storage"

_ANEW = "Send it as PDF, or saved in a present format."
# It comes without types.
_rtf_text: Callable[..., str] = rtf_to_text
_LETTERS = 4_000_000  # of a document
_CELLS = 200_000  # of all sheets
_RTF_BYTES = 8_000_000
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FIRST_DAY = date(1899, 12, 30)  # of a spreadsheet's calendar
_DAYS_END = 2_958_466  # in the year 9999
_DATE_FORMATS = frozenset({*range(14, 18), 22})
_DATE_CODE = re.compile(r"[dy]", re.IGNORECASE)
_NO_CODE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")


def package_type(content: bytes) -> str:
    """What a ZIP is by what it holds; a plain ZIP where that is nothing known."""
    names = Package(content).names
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "content.xml" in names:
        return ODS if b"opendocument.spreadsheet" in content[:200] else ODT
    return "application/zip"


def office_pages(content: bytes, media_type: str) -> list[str] | None:
    """Its text, page by page where it says so; None: no office file. Raises Unreadable."""
    if media_type == OLD:
        return _old(content)
    if media_type == RTF:
        return [_rtf(content)]
    read = _READERS.get(media_type)
    if read is None:
        return None
    try:
        pages = "".join(_bounded(read(Package(content)))).split("\f")
    except KeyError as error:
        raise Unreadable(f"a part of the file is missing ({str(error)[:60]})") from None
    return [page for page in pages if page.strip()] or [""]


def _old(content: bytes) -> list[str]:
    """Of before 2007: Word is read, Excel and PowerPoint are not."""
    if _LOCKED in content:
        raise Unreadable(NEEDS_A_PASSWORD, advice=_ANEW)
    from parsers.text.word97 import word_text  # few documents need it

    text = word_text(content)
    if text is None:
        raise Unreadable("it is of an old office format", advice=_ANEW)
    return [page for page in text.split("\f") if page.strip()] or [""]


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    left = _LETTERS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _rtf(content: bytes) -> str:
    if len(content) > _RTF_BYTES:
        raise Unreadable("the RTF file is too large")
    text = content.decode("cp1252", "replace")
    try:
        return _rtf_text(text, errors="replace")[:_LETTERS]
    except (ValueError, LookupError, IndexError, RecursionError, OverflowError):
        raise Unreadable("the RTF file is damaged") from None


def _docx(package: Package) -> Iterator[str]:
    """Paragraphs as lines, rows of tables as lines with tabs. What was deleted is not there."""
    root = parse_xml(package.read("word/document.xml"))
    body = root.find(f"{_W}body")
    for block in body if body is not None else ():
        if block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = (" ".join(_docx_text(cell)) for cell in row.iterfind(f"{_W}tc"))
                yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"
        else:
            yield "".join(_docx_text(block)) + "\n"


def _docx_text(block: Element) -> Iterator[str]:
    for node in block.iter():
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield "\t"
        elif node.tag == f"{_W}lastRenderedPageBreak":
            yield "\f"
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\f" if node.get(f"{_W}type") == "page" else "\n"


def _xlsx(package: Package) -> Iterator[str]:
    """Rows as lines with tabs, a page for each sheet."""
    shared = _shared(package)
    dates = _date_styles(package)
    left = _CELLS
    for name in sorted(package.names, key=_number):
        if not re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            continue
        for row in parse_xml(package.read(name)).iter(f"{_S}row"):
            cells = [_cell(cell, shared, dates) for cell in row.iterfind(f"{_S}c")][:left]
            left -= len(cells)
            yield "\t".join(cells).rstrip() + "\n"
            if left <= 0:
                return
        yield "\f"


def _number(name: str) -> int:
    return int("".join(filter(str.isdecimal, name))[:9] or 0)


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package.names:
        return []
    root = parse_xml(package.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in si.iter(f"{_S}t")) for si in root.iterfind(f"{_S}si")]


def _date_styles(package: Package) -> frozenset[str]:
    """The styles under which a number is a day."""
    if "xl/styles.xml" not in package.names:
        return frozenset()
    root = parse_xml(package.read("xl/styles.xml"))
    own = {
        code.get("numFmtId", "")
        for code in root.iter(f"{_S}numFmt")
        if _DATE_CODE.search(_NO_CODE.sub("", code.get("formatCode", "")))
    }
    known = own | {str(number) for number in _DATE_FORMATS}
    formats = root.find(f"{_S}cellXfs")
    listed = enumerate(formats if formats is not None else ())
    return frozenset(str(at) for at, style in listed if style.get("numFmtId") in known)


def _cell(cell: Element, shared: list[str], dates: frozenset[str]) -> str:
    value = cell.findtext(f"{_S}v") or ""
    match cell.get("t"):
        case "s":
            known = value.isdecimal() and int(value[:9]) < len(shared)
            return " ".join(shared[int(value)].split()) if known else ""
        case "inlineStr":
            return " ".join("".join(t.text or "" for t in cell.iter(f"{_S}t")).split())
    return _day(value) if cell.get("s") in dates else value


def _day(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if not 1 <= number < _DAYS_END:
        return value
    return (_FIRST_DAY + timedelta(days=int(number))).isoformat()


def _odf(package: Package) -> Iterator[str]:
    """What is repeated is said once: it is a number in the file, and may be any."""
    root = parse_xml(package.read("content.xml"))
    for node in root.iter(f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row", f"{_TABLE}table"):
        if node.tag == f"{_TABLE}table":
            yield "\n"
        elif node.tag == f"{_TABLE}table-row":
            cells = (" ".join(_odf_text(cell).split()) for cell in node)
            yield "\t".join(cells).rstrip() + "\n"
        elif next(node.iterancestors(f"{_TABLE}table-row"), None) is None:
            yield _odf_text(node) + "\n"


def _odf_text(node: Element) -> str:
    pieces: list[str] = []
    for inner in node.iter():
        if inner.tag in (f"{_TEXT}tab", f"{_TEXT}s", f"{_TEXT}line-break", f"{_TEXT}p"):
            pieces.append("\t" if inner.tag == f"{_TEXT}tab" else " ")
        pieces.append(inner.text or "")
        if inner is not node:
            pieces.append(inner.tail or "")
    return "".join(pieces)


_READERS: dict[str, Callable[[Package], Iterator[str]]] = {
    DOCX: _docx,
    XLSX: _xlsx,
    ODT: _odf,
    ODS: _odf,
}


def kind_of(content: bytes) -> str:
    """The media type, of a ZIP by what it holds; one that cannot be opened stays a plain ZIP."""
    kind = media_type(content)
    if kind != "application/zip":
        return kind
    try:
        return package_type(content)
    except Unreadable:
        return kind
