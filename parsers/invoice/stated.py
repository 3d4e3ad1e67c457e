"""What an XML states, by tables of paths: one table a format, the same values from each."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from mailagent.core.value import Value
from parsers.text.charset import clean
from parsers.text.xml import Element, find_all, texts_at
from parsers.values.days import xml_date
from parsers.values.decimals import xml_decimal

Paths = tuple[str, ...]  # tried in order
MOST = 2000  # lines, instalments and the like of one invoice

V = TypeVar("V", bound=Value)


class Shape(NamedTuple):
    """Elements that are one value each: where they stand, and the paths inside."""

    path: str
    values: Mapping[str, Paths]
    fixed: Mapping[str, Any] = {}


class Syntax(NamedTuple):
    """One format. What is not in its tables it does not state."""

    name: str
    header: Mapping[str, Paths]  # by the names of a reading's fields, or of an Invoice
    parties: Mapping[str, Shape]
    groups: Mapping[str, tuple[Shape, ...]]  # of an Invoice: lines, taxes ...


def first(element: Element, paths: Paths) -> str:
    """The first text under any of the paths, in their order."""
    texts = (clean(text) for path in paths for text in texts_at(element, path))
    return next(filter(None, texts), "")


def line_of(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


_READ: Mapping[Any, Any] = {str: line_of, Decimal | None: xml_decimal, date | None: xml_date}


def one(model: type[V], element: Element, values: Mapping[str, Paths], **fixed: Any) -> V:
    """A value of an element; what is malformed counts as absent."""
    given = {
        name: _READ[model.model_fields[name].annotation](first(element, paths))
        for name, paths in values.items()
    }
    return model(**{**given, **fixed})


def each(model: type[V], root: Element, shapes: tuple[Shape, ...]) -> tuple[V, ...]:
    """The values of all elements of these shapes."""
    made: list[V] = []
    for shape in shapes:
        for element in find_all(root, shape.path):
            made.append(one(model, element, shape.values, **shape.fixed))
            if len(made) == MOST:
                return tuple(made)
    return tuple(made)
