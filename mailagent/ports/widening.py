"""The week's proposal to widen, where there is evidence for one."""

from mailagent.core.widening import widening
from mailagent.ports.begin import begin_widening
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_LOOKED_AT = 400  # decisions, the latest


async def propose_widening(office: Office, tx: Transaction, week: int) -> None:
    """One at most, once a week; it comes with the digest, to be approved with a code."""
    may = {name: task.may for name, task in office.tasks.items()}
    decided = await tx.decided_lately(_LOOKED_AT)
    wish = widening(decided, await tx.rulings(), may)
    if wish is not None:
        await begin_widening(office, tx, wish, slot=-week, person=wish["person"])
