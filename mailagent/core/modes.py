"""How far a task goes by itself: five modes, and what was said about them since."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from mailagent.core.money import Money
from mailagent.core.reading import Kind
from mailagent.core.value import Value

AGENT = "agent"
# The rule that hits all that is proposed in `suggest`.
ONLY_SHOWN = "mode-suggest"


class Mode(StrEnum):
    """From the narrowest to the widest."""

    OFF = "off"  # takes no document
    SHADOW = "shadow"  # proposes in silence, to be compared with what its owner did
    SUGGEST = "suggest"  # drafts that cannot be approved
    APPROVE = "approve"  # nothing without a word: the default
    STANDING = "standing"  # the word was given beforehand, for what it covers

    @property
    def rank(self) -> int:
        """How wide it is."""
        return list(Mode).index(self)


class Scope(Value):
    """What a mode is about: a task, or one kind of document of it."""

    task: str
    kind: Kind | None = None  # none: every kind

    def covers(self, other: "Scope") -> bool:
        """Whether what is said of this holds for the other."""
        return self.task == other.task and self.kind in (None, other.kind)

    def __str__(self) -> str:
        return f"{self.task}/{self.kind}" if self.kind else self.task


class Ruled(Value):
    """A row of the policy that a person gave by mail: a mode, or a standing approval."""

    number: int = 0  # given by the store; people call it S-3
    key: str = ""  # likewise: of the effect that wrote it, or of what narrowed it
    scope: Scope
    mode: Mode
    person: str  # whose word it was; AGENT: it narrowed itself
    since: datetime
    case: int | None = None  # in which it was approved; narrowing needs none
    version: int = 0  # of that case
    why: str = ""
    # of a standing approval, what it covers
    vendor: str = ""  # empty: every vendor
    signed_by: str = ""  # the domain that has to have signed the mail; empty: any
    most: Money | None = None  # of one
    a_day: int = 0  # so many in a day
    hold_hours: int = 0  # after it was shown
    capabilities: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people call it."""
        return f"S-{self.number}"

    @property
    def by_itself(self) -> bool:
        """Nobody said so: it stepped down."""
        return self.person == AGENT


def mode_of(scope: Scope, ceiling: Mode, rows: Iterable[Ruled]) -> Mode:
    """What holds: the last word about this kind, or else about the task; never wider than the
    file. What a standing approval covers is looked at by itself, so it is `approve` here.
    """
    last = last_word(scope, rows)
    return min(last.mode if last else Mode.APPROVE, ceiling, key=lambda mode: mode.rank)


def last_word(scope: Scope, rows: Iterable[Ruled]) -> Ruled | None:
    """What was said last about this kind, or else about the task; None: nothing was."""
    said = [r for r in rows if r.mode is not Mode.STANDING and r.scope.covers(scope)]
    return max(said, key=lambda r: (r.scope.kind is not None, r.number), default=None)
