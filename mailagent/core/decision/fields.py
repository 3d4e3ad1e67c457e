"""The fields that can be changed: what they are called, and how what is typed for one is read."""

from collections.abc import Mapping

from mailagent.core.decision.types import FieldType, ShownField
from mailagent.core.decision.verbs import Verbs


def shown_fields(fields: Mapping[str, str], _: Verbs) -> dict[str, ShownField]:
    """Fields of which only name and value are known, with their types."""
    return {n: ShownField(value=v, type=FieldType.TEXT) for n, v in fields.items()}
