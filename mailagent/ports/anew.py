"""Calendars on other machines are read once more before what depends on them is done."""

from collections.abc import Iterable

from mailagent.core.question import AskCalendars
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_WRITES = "calendar.put"


async def calendars_of(office: Office, tx: Transaction, cases: Iterable[int]) -> list[AskCalendars]:
    """What these cases asked of calendars, where their task writes into one."""
    found: list[AskCalendars] = []
    for number in cases:
        case = await tx.case(number)
        task = office.tasks.get(case.task)
        if task is None or _WRITES not in task.may:
            continue
        asked = task.asks(await tx.reading(case.id), office.company)
        found += [one for one in asked if isinstance(one, AskCalendars)]
    return found


async def read_anew(office: Office, asked: list[AskCalendars]) -> None:
    """With no transaction open: other machines take their time."""
    if asked:
        around = tuple(dict.fromkeys(time for one in asked for time in one.around))
        await office.calendars.look(AskCalendars(around=around, anew=True))
