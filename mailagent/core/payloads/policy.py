"""What changes the agent's own policy: an effect like any other, and the heaviest."""

from typing import Literal

from mailagent.core.modes import Mode, Scope
from mailagent.core.money import Money
from mailagent.core.value import Value


class WidenPolicy(Value):
    """Let a task go further by itself than it does."""

    capability: Literal["policy.widen"] = "policy.widen"
    scope: Scope
    mode: Mode
    before: Mode
    # of a standing approval, what it will cover
    vendor: str = ""
    signed_by: str = ""
    most: Money | None = None
    a_day: int = 0
    hold_hours: int = 0
    capabilities: tuple[str, ...] = ()


class NarrowPolicy(Value):
    """Take that back."""

    capability: Literal["policy.narrow"] = "policy.narrow"
    scope: Scope
    mode: Mode  # as it was before
    row: str  # the number of what was given
