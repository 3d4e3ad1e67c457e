"""The fields that can be changed: what they are called, and how what is typed for one is read."""

import re
from collections.abc import Mapping

from mailagent.core.decision.text import meanings
from mailagent.core.decision.types import FieldType, Shown, ShownField
from mailagent.core.decision.verbs import Verbs
from mailagent.core.wording import words_of

_AMOUNTS = frozenset({"total", "net", "tax", "payable"})
_DATES = frozenset({"issue_date", "due_date", "payment_date", "service_start", "service_end"})
_NUMBERS = frozenset({"invoice_number", "po_number", "seller_vat", "bic", "currency"})
_NAMES = frozenset(
    {"seller_name", "buyer_name", "project", "book_to", "cost_center", "folder", "tax_code"}
)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DECIMAL = re.compile(r"-?\d{1,12}\.\d\d")


class Fields:
    """The fields of what was shown, by all their names."""

    def __init__(self, shown: Shown, verbs: Verbs) -> None:
        self._shown = shown
        self._means = meanings(verbs.fields)
        self._named: dict[str, str] = {}
        for name in shown.fields:
            for known in (*self._canonical(name), name):
                self._named.setdefault(known, name)
        own = {_folded(name): (name,) for name in shown.fields}
        self._by_label = {**own, **self._means}
        self.labels = frozenset(self._by_label)

    def called(self, label: str) -> tuple[str, ...]:
        """The fields that a label may mean: those that were shown, else all of that name."""
        meant = tuple(self._named.get(name, name) for name in self._by_label.get(label, ()))
        shown = tuple(name for name in meant if name in self._shown.fields)
        return tuple(dict.fromkeys(shown or meant))

    def type_of(self, name: str) -> FieldType:
        """How what is typed for a field is read."""
        shown = self._shown.fields.get(name)
        return shown.type if shown else type_of(name, "")

    def value_of(self, name: str) -> str:
        """What was shown; empty where nothing was."""
        shown = self._shown.fields.get(name)
        return shown.value if shown else ""

    def main(self, kind: FieldType) -> str:
        """The field that a value alone means: the total, the due date, or the only one."""
        usual = self._named.get(_USUAL[kind], _USUAL[kind])
        there = [name for name, field in self._shown.fields.items() if field.type is kind]
        if usual in there or not self._shown.fields:
            return usual
        return there[0] if len(there) == 1 else ""

    def is_past(self, name: str) -> bool:
        """Whether its days have been: the day a bill was written."""
        past = {"issue_date", "service_start", "service_end"}
        return not past.isdisjoint((name, *self._canonical(name)))

    def is_account_of_books(self, name: str) -> bool:
        """Whether it is where a bill is booked to."""
        return "book_to" in (name, *self._canonical(name))

    @property
    def book_to(self) -> str:
        """The field of where it is booked to, as it was shown."""
        return self._named.get("book_to", "book_to")

    def _canonical(self, name: str) -> tuple[str, ...]:
        return self._means.get(_folded(name), ())


_USUAL = {FieldType.AMOUNT: "total", FieldType.DATE: "due_date"}


def shown_fields(fields: Mapping[str, str], verbs: Verbs) -> dict[str, ShownField]:
    """Fields of which only name and value are known, with their types."""
    means = meanings(verbs.fields)
    return {
        name: ShownField(value=value, type=_first_type(name, value, means))
        for name, value in fields.items()
    }


def _first_type(name: str, value: str, means: Mapping[str, tuple[str, ...]]) -> FieldType:
    if name in _KNOWN:
        return type_of(name, value)
    return type_of(next(iter(means.get(_folded(name), ())), name), value)


def type_of(name: str, value: str) -> FieldType:
    """By its name; of a field that nobody knows, by its value."""
    if name in _AMOUNTS or (name not in _KNOWN and _DECIMAL.fullmatch(value)):
        return FieldType.AMOUNT
    if name in _DATES or (name not in _KNOWN and _ISO_DATE.fullmatch(value)):
        return FieldType.DATE
    if name == "iban":
        return FieldType.ACCOUNT
    if name in _NUMBERS:
        return FieldType.NUMBER
    return FieldType.NAME if name in _NAMES else FieldType.TEXT


_KNOWN = _AMOUNTS | _DATES | _NUMBERS | _NAMES | {"iban", "note"}


def _folded(name: str) -> str:
    return " ".join(word.folded for word in words_of(name.replace("_", " ")))
