"""Office files and archives for tests, made of the parts that a program would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(members: Mapping[str, bytes | str], *, stored: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return out.getvalue()


def docx(text: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    def paragraph(line: str) -> str:
        tabbed = "</w:t><w:tab/><w:t>".join(map(escape, line.split("\t")))
        return f'<w:p><w:r><w:t xml:space="preserve">{tabbed}</w:t></w:r></w:p>'

    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in table
    )
    body = "".join(map(paragraph, text.split("\n"))) + (f"<w:tbl>{rows}</w:tbl>" if rows else "")
    gone = "<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>"
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{gone}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def xlsx(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Texts are shared; numbers of the second style are days."""
    shared = [cell for row in rows for cell in row if isinstance(cell, str)]
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="s"><v>{shared.index(value)}</v></c>'
        return f'<c s="{int(value > 40_000)}"><v>{value}</v></c>'

    data = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    sheet = f'<worksheet xmlns="{_S}"><sheetData>{data}</sheetData></worksheet>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{_S}"/>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def odf(text: str, *, sheet: bool = False) -> bytes:
    kind = "spreadsheet" if sheet else "text"
    lines = text.split("\n")
    if sheet:
        rows = (
            "".join(
                f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>"
                for c in line.split("\t")
            )
            for line in lines
        )
        body = "".join(
            f'<table:table-row table:number-rows-repeated="9999999">{row}</table:table-row>'
            for row in rows
        )
        body = f"<table:table>{body}</table:table>"
    else:
        body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        f'xmlns:table="{_ODF}:table:1.0"><office:body>{body}</office:body>'
        "</office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": content}, stored=["mimetype"])


def rtf(text: str) -> bytes:
    said = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text).replace("\n", "\\par\n")
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator Word;}"
    return f"{head}{said}}}".encode("ascii")


def locked(content: bytes) -> bytes:
    """A ZIP whose members say that they are encrypted."""
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)
