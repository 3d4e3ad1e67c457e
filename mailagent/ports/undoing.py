"""What was carried out, and the way back: one mail under whose token several cases are undone."""

from collections.abc import Iterable
from typing import NamedTuple

from mailagent.core.brief import BriefItem, BriefKind, brief_digest, new_brief
from mailagent.core.case import Case, State
from mailagent.core.draft import LIFETIME, Draft, new_draft
from mailagent.core.letter import Line
from mailagent.core.people import Person
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.receipt import line_of
from mailagent.core.token import Token
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_TO_UNDO = frozenset({State.DONE, State.REJECTED, State.NEEDS_OWNER})


class Back(NamedTuple):
    """What can be answered to the receipt, and the token that says so."""

    undone: tuple[int, ...]
    draft: Draft
    token: Token


async def carried_out(tx: Transaction, case: int, version: int) -> tuple[Line, ...]:
    """Each action of a version, and what came of it."""
    done, _, _ = await tx.proposal(case, version)
    used = await tx.used_draft(case, version)
    effects = await tx.effects(case, version)
    actions = done.chosen(used.choice if used else "").actions
    return tuple(line_of(action, effects, used.left_out if used else ()) for action in actions)


async def way_back(
    office: Office,
    tx: Transaction,
    serial: int,
    title: str,
    person: Person,
    ended: Iterable[tuple[int, Case]],
) -> Back | None:
    """The receipt is a brief itself: what `undo 1` means, under a token of its own."""
    now = office.clock.now()
    items, undone = [], []
    for number, case in ended:
        undo = await _undo(tx, case)
        if undo is None:
            continue
        draft, _ = new_draft(case, undo.version, digest(office.company.id, undo), person, now)
        items.append(BriefItem(number=number, draft=draft, ready=False))
        if undo.actions or case.state is State.REJECTED:
            undone.append(number)
    if not items:
        return None
    made = brief_digest(office.company.id, items)
    draft, token = new_brief(serial, made, person, now, now + LIFETIME)
    issued = await tx.issue_brief(draft, title, BriefKind.RECEIPT, items)
    return Back(tuple(undone), issued.draft, token)


async def _undo(tx: Transaction, case: Case) -> Proposal | None:
    """What was made to take it back, or to settle it, and is not used yet."""
    if case.state not in _TO_UNDO:
        return None
    proposal, _, _ = await tx.proposal(case.id, case.version)
    used = await tx.used_draft(case.id, case.version)
    return proposal if proposal.purpose is Purpose.UNDO and used is None else None
