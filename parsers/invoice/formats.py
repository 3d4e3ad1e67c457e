"""The electronic formats that are read."""

from collections.abc import Callable
from typing import NamedTuple

from parsers.invoice import cii, facturae, fatturapa, ubl
from parsers.invoice.schema import Invoice
from parsers.text.xml import Element


class Format(NamedTuple):
    """A format: how many invoices an XML of it holds (0: it is another's), and one of them."""

    name: str
    parts: Callable[[Element], int]
    read: Callable[[Element, int], Invoice]


FORMATS = tuple(
    Format(module.SYNTAX.name, module.parts, module.read)
    for module in (cii, ubl, fatturapa, facturae)
)


def format_of(root: Element) -> Format | None:
    """The format of an XML document, told by its root; None when it is none of ours."""
    return next((each for each in FORMATS if each.parts(root)), None)
