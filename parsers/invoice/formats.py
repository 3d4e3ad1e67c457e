"""The electronic formats that are read."""

from collections.abc import Callable
from typing import NamedTuple

from parsers.invoice import cii, facturae, fatturapa, ubl
from parsers.invoice.schema import Invoice
from parsers.text.xml import Element, local_name


class Format(NamedTuple):
    """A format: how many invoices an XML of it holds (0: it is another's), and one of them."""

    name: str
    parts: Callable[[Element], int]
    read: Callable[[Element, int], Invoice]


FORMATS = tuple(
    Format(module.SYNTAX.name, module.parts, module.read)
    for module in (cii, ubl, fatturapa, facturae)
)


# An envelope of the Peppol network: what is sent stands beside its header.
_ENVELOPES = frozenset({"StandardBusinessDocument"})


def unwrapped(root: Element) -> Element:
    """The document itself, where it came with its envelope."""
    if local_name(root) not in _ENVELOPES:
        return root
    return next((child for child in root if format_of(child)), root)


def format_of(root: Element) -> Format | None:
    """The format of an XML document, told by its root; None when it is none of ours."""
    return next((each for each in FORMATS if each.parts(root)), None)
