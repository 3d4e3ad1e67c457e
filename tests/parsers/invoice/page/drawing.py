"""Sheets drawn with letters as the pages of a PDF."""

from fpdf import FPDF

_SIZE, _LINE = 9, 11


def pdf_of(*pages: str) -> bytes:
    """A PDF in a font whose letters are all as wide, so that columns stay columns."""
    pdf = FPDF(unit="pt", format="a4")
    pdf.set_font("Courier", size=_SIZE)
    for page in pages:
        pdf.add_page()
        for number, line in enumerate(page.split("\n")):
            pdf.text(36, 50 + number * _LINE, line)
    return bytes(pdf.output())
