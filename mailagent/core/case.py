"""A case: one piece of ops work, its states, and the moves between them."""

from enum import StrEnum

from mailagent.core.document import Document
from mailagent.core.errors import IllegalMove
from mailagent.core.value import Value


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    READ = "read"
    PROPOSED = "proposed"
    APPROVED = "approved"
    EXECUTING = "executing"
    NEEDS_OWNER = "needs_owner"
    PARKED = "parked"
    DONE = "done"
    REJECTED = "rejected"
    IGNORED = "ignored"


# Every move there is. `undo` is a move back: of a done case to `approved` (its reverse actions
# were shown in the receipt, so they are a proposal like any other), of a rejected one to `read`.
# A change by its owner is a move back to `read` as well: another version is made. A case that is
# done and asked somebody outside something goes on when they answer.
MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.READ, State.PARKED, State.IGNORED}),
    State.READ: frozenset({State.PROPOSED, State.NEEDS_OWNER, State.PARKED, State.IGNORED}),
    State.PROPOSED: frozenset(
        {State.READ, State.PROPOSED, State.APPROVED, State.REJECTED, State.NEEDS_OWNER}
        | {State.PARKED}
    ),
    State.APPROVED: frozenset({State.EXECUTING, State.NEEDS_OWNER, State.PARKED}),
    State.EXECUTING: frozenset({State.DONE, State.NEEDS_OWNER, State.PARKED}),
    State.NEEDS_OWNER: frozenset(
        {State.READ, State.PROPOSED, State.APPROVED, State.EXECUTING, State.DONE, State.REJECTED}
        | {State.IGNORED, State.PARKED}
    ),
    State.PARKED: frozenset({State.RECEIVED, State.NEEDS_OWNER, State.IGNORED}),
    State.DONE: frozenset({State.APPROVED, State.READ}),
    State.REJECTED: frozenset({State.READ}),
    State.IGNORED: frozenset({State.RECEIVED}),
}

ENDS = frozenset({State.DONE, State.REJECTED, State.IGNORED})
WAITS = frozenset({State.PROPOSED, State.NEEDS_OWNER, State.PARKED})

# The least finished case of a mail decides in which folder the mail lies.
FOLDERS: dict[State, str] = {
    State.PARKED: "Ops/Parked",
    State.NEEDS_OWNER: "Ops/Waiting",
    State.RECEIVED: "Ops/Waiting",
    State.READ: "Ops/Waiting",
    State.PROPOSED: "Ops/Waiting",
    State.APPROVED: "Ops/Waiting",
    State.EXECUTING: "Ops/Waiting",
    State.DONE: "Ops/Done",
    State.REJECTED: "Ops/Done",
    State.IGNORED: "Ops/Aside",
}
ASIDE, SETTLED, PARKED = "Ops/Aside", "Ops/Done", "Ops/Parked"
OPS_FOLDERS = ("Ops/Waiting", SETTLED, ASIDE, PARKED)


class Case(Value):
    """One case as it stands now. The store holds its past."""

    id: int
    company: str
    ref: str  # what people see: 4F7Q
    message: int
    document: Document
    task: str
    state: State
    version: int = 0  # of the proposal; 0: none yet
    title: str = ""

    def move(self, to: State) -> "Case":
        """The case in another state, if the table allows it."""
        if to not in MOVES[self.state]:
            raise IllegalMove(f"case {self.ref} is {self.state} and cannot become {to}")
        return self.model_copy(update={"state": to})


def folder_of(states: list[State]) -> str:
    """The folder for a mail whose cases stand like this."""
    if not states:
        return ASIDE
    order = list(FOLDERS)
    return FOLDERS[min(states, key=order.index)]
