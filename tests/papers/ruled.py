"""Lists of goods in drawn cells: descriptions in several lines, the numbers beside their middle."""

from decimal import Decimal
from random import Random
from typing import NamedTuple

from fpdf import FPDF
from fpdf.enums import VAlign

_THINGS = (
    "Site visit and survey of the existing installation, with photographs and a written summary",
    "Replacement of the circulation pump",
    "Supply and fitting of six acoustic panels, fabric grade B, colour to be chosen by the client",
    "Project management",
    "Removal and disposal of old carpet tiles, two floors, with protection of stairs and lift",
    "Annual licence",
    "Testing, commissioning and handing over with documentation in two copies",
)


class Ruled(NamedTuple):
    """A bill, and how many of what for how much each."""

    content: bytes
    lines: tuple[tuple[Decimal, Decimal], ...]


def ruled(seed: int) -> Ruled:
    """Another one for each seed."""
    rng = Random(f"ruled/{seed}")
    lines = tuple(
        (Decimal(rng.randint(1, 12)), Decimal(rng.randint(1000, 90000)) / 100)
        for _ in range(rng.randint(2, 6))
    )
    net = sum((quantity * price for quantity, price in lines), Decimal(0))
    tax = (net / 5).quantize(Decimal("0.01"))
    pdf = FPDF(unit="pt", format="a4")
    pdf.set_font("Helvetica", size=9)
    pdf.add_page()
    for at, text in enumerate(
        ("Fenland Scaffolding Ltd", "Unit 3, Drove Road, Ely CB7 4TJ", "", "INVOICE")
    ):
        pdf.text(40, 50 + 12 * at, text)
    pdf.text(40, 110, f"Invoice number: {1000 + seed}")
    pdf.text(300, 110, "Invoice date: 14 May 2025")
    pdf.set_y(140)
    _table(pdf, rng, lines)
    y = pdf.get_y() + 20
    for text, amount in (("Subtotal", net), ("VAT 20%", tax), ("Total GBP", net + tax)):
        pdf.text(330, y, text)
        pdf.text(460, y, f"{amount:,.2f}")
        y += 13
    return Ruled(bytes(pdf.output()), lines)


def _table(pdf: FPDF, rng: Random, lines: tuple[tuple[Decimal, Decimal], ...]) -> None:
    where = rng.choice([VAlign.M, VAlign.M, VAlign.T, VAlign.B])
    widths = rng.choice([(12, 3, 4, 4), (8, 3, 4, 4), (6, 3, 4, 5)])
    with pdf.table(
        col_widths=widths, text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT"), v_align=where
    ) as table:
        table.row(("Description", "Qty", "Unit price", "Amount"))
        for quantity, price in lines:
            made = (f"{quantity}", f"{price:,.2f}", f"{quantity * price:,.2f}")
            table.row((rng.choice(_THINGS), *made))
