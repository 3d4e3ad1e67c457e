"""A brief becomes a draft that covers the drafts of its items."""

from collections.abc import Sequence

from mailagent.core.brief import BriefItem, BriefKind, brief_digest, new_brief
from mailagent.core.draft import LIFETIME, Draft, DraftState, new_draft
from mailagent.core.people import Person
from mailagent.core.proposal import digest
from mailagent.core.spot import SpotCheck
from mailagent.core.token import Token
from mailagent.ports import Office, Transaction
from mailagent.stages.brief.gathered import Gathered, Waiting


async def issue(
    office: Office,
    tx: Transaction,
    person: Person,
    gathered: Gathered,
    checks: Sequence[SpotCheck],
    title: str,
    kind: BriefKind,
) -> tuple[Draft, Token]:
    """Tokens for all of it at once; what was asked before in older briefs is asked here.

    What has a mail of its own keeps its draft: one row, which is used up once, however it is
    answered.
    """
    now = office.clock.now()
    for older in gathered.older:
        if older.unanswered and not checks:
            continue  # what it shows again can still be told until the next one shows other things
        await tx.close_brief(older.draft.id, DraftState.SUPERSEDED)
    for case in {i.draft.case for b in gathered.older for i in b.items} & {*gathered.more}:
        await _put_back(tx, case, person)
    items = [
        BriefItem(number=n, draft=one.own or _draft(office, one, person), ready=one.ready)
        for n, one in enumerate(gathered.waiting, 1)
    ]
    made = brief_digest(office.company.id, items, checks)
    draft, token = new_brief(await tx.next_brief(), made, person, now, now + LIFETIME)
    issued = await tx.issue_brief(draft, title, kind, items)
    await tx.keep_spots(issued.draft.id, checks)
    return issued.draft, token


def _draft(office: Office, one: Waiting, person: Person) -> Draft:
    """Its token is thrown away: no mail carries it, only the brief's."""
    made = digest(office.company.id, one.proposal)
    now, pays = office.clock.now(), one.proposal.pays
    draft, _ = new_draft(one.case, one.case.version, made, person, now, pays=pays)
    return draft


async def _put_back(tx: Transaction, case: int, person: Person) -> None:
    """What does not fit waits for the next brief; no token covers it any more."""
    for draft in await tx.open_drafts(case):
        if draft.person == person.id:
            await tx.expire_draft(draft.id)
    await tx.hold_for_brief(case, person.id)
