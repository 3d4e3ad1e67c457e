"""Before a decision about times, the calendars are read once more: one may be taken since."""

from mailagent.core.draft import Draft
from mailagent.core.gates.context import token_hashes
from mailagent.core.reply import Reply
from mailagent.ports import Office, Transaction
from mailagent.ports.anew import calendars_of, read_anew


async def look_again(office: Office, reply: Reply) -> None:
    """While nobody waits for the store: calendars on other machines take their time."""
    async with office.store.begin(office.company.id) as tx:
        drafts = await tx.drafts_by_token(token_hashes(reply))
        cases = [case for draft in drafts for case in await _cases(tx, draft)]
        asked = await calendars_of(office, tx, cases)
    await read_anew(office, asked)


async def _cases(tx: Transaction, draft: Draft) -> list[int]:
    """Its own, or those of a brief."""
    brief = await tx.brief(draft.id) if draft.is_brief else None
    return [item.draft.case for item in brief.items] if brief else [draft.case]
