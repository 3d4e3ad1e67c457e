"""Before a decision about times, the calendars are read once more: one may be taken since."""

from mailagent.core.draft import Draft
from mailagent.core.gates.context import token_hashes
from mailagent.core.question import AskCalendars
from mailagent.core.reply import Reply
from mailagent.ports import Office, Transaction

_WRITES = "calendar.put"


async def look_again(office: Office, reply: Reply) -> None:
    """While nobody waits for the store: calendars on other machines take their time."""
    async with office.store.begin(office.company.id) as tx:
        drafts = await tx.drafts_by_token(token_hashes(reply))
        asked = [one for draft in drafts for one in await _asked(office, tx, draft)]
    if asked:
        around = tuple(dict.fromkeys(time for one in asked for time in one.around))
        await office.calendars.look(AskCalendars(around=around, anew=True))


async def _asked(office: Office, tx: Transaction, draft: Draft) -> list[AskCalendars]:
    """What the cases asked that it is about: its own, or those of a brief."""
    brief = await tx.brief(draft.id) if draft.is_brief else None
    cases = [item.draft.case for item in brief.items] if brief else [draft.case]
    found: list[AskCalendars] = []
    for number in cases:
        case = await tx.case(number)
        task = office.tasks.get(case.task)
        if task is None or _WRITES not in task.may:
            continue
        asked = task.asks(await tx.reading(case.id), office.company)
        found += [one for one in asked if isinstance(one, AskCalendars)]
    return found
