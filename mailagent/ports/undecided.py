"""Whether a case still waits for its first word."""

from mailagent.core.case import Case, State
from mailagent.core.proposal import Purpose
from mailagent.ports.store import Transaction


async def still_asked(tx: Transaction, case: Case) -> bool:
    """Proposed and not decided: it may be sent anew, with a fresh token.

    A case that stands still half way needs its owner as well, but its version was decided.
    """
    if case.state is not State.NEEDS_OWNER:
        return case.state is State.PROPOSED
    proposal, _, _ = await tx.proposal(case.id, case.version)
    tried = await tx.effects(case.id, case.version)
    return proposal.purpose is not Purpose.UNDO and not tried
