"""Routine: what is due by the clock, done in one go."""

from mailagent.core.job import Job
from mailagent.core.routine import Sight
from mailagent.ports import Office
from mailagent.ports.anew import calendars_of, read_anew
from mailagent.ports.standing import ready_to_go
from mailagent.stages.routine.duties import do, do_outside
from mailagent.stages.routine.sights import view_of


async def routine(office: Office, job: Job) -> None:
    """Shows the routine what it looks at, and does what it says is due."""
    wanted = office.routines[job.routine]
    if wanted.sees is Sight.COVERED:
        await _look_again(office)
    async with office.store.begin(office.company.id) as tx:
        view = await view_of(office, tx, wanted.sees)
        duties = wanted.due(view)
        for duty in duties:
            await do(office, tx, duty)
        office.probe(f"routine: {job.routine} before commit")
    office.probe(f"routine: {job.routine} committed")
    for duty in duties:
        await do_outside(office, duty)


async def _look_again(office: Office) -> None:
    """What goes ahead by itself is looked at as it is now, also outside."""
    async with office.store.begin(office.company.id) as tx:
        cases = [one.case for one in await ready_to_go(office, tx)]
        asked = await calendars_of(office, tx, cases)
    await read_anew(office, asked)
