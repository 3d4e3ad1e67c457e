"""Which XML is an invoice or an order, in which format."""

from mailagent.core.reading import Kind
from parsers.invoice.syntax import CREDIT_NOTES, ORDERS, SYNTAXES, Syntax
from parsers.text.xml import Element, find, local_name, text_of

# One name can be the root of many formats ("Order"): the namespace has to name ours as well.
_FAMILIES = ("un/cefact", "un:unece:uncefact", "ferd", "ubl")


def syntax_of(root: Element) -> Syntax | None:
    """The format of an XML document, told by its root; None when it is none of ours."""
    namespace = str(root.tag).rpartition("}")[0].lower()
    if not any(family in namespace for family in _FAMILIES):
        return None
    return next((syntax for syntax in SYNTAXES if local_name(root) in syntax.roots), None)


def kind_of(root: Element, syntax: Syntax) -> tuple[Kind, str]:
    """What the document is, and its type code."""
    code = next((text for path in syntax.type_code if (text := text_of(find(root, path)))), "")
    by_root = syntax.roots[local_name(root)]
    if by_root in (Kind.PURCHASE_ORDER, Kind.ORDER_CONFIRMATION):
        return ORDERS.get(code, by_root), code
    if by_root is Kind.CREDIT_NOTE or code in CREDIT_NOTES:
        return Kind.CREDIT_NOTE, code
    return Kind.INVOICE, code
