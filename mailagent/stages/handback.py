"""Handback: who was away is told what somebody else decided meanwhile, and can undo it."""

from collections.abc import Sequence
from typing import NamedTuple

from mailagent.core.audit import AuditEntry
from mailagent.core.away import StoodIn
from mailagent.core.case import Case
from mailagent.core.job import Job
from mailagent.core.letter import Ending, Handback, ItemEnd, ItemsLetter, Letter, Line
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.ports import Office, Transaction
from mailagent.ports.undecided import still_asked
from mailagent.ports.undoing import carried_out, way_back

_WORDS = {"case.approve": Ending.APPROVED, "case.rejected": Ending.REJECTED}
_MOST = 50  # lines; the others are counted
_TITLES = {"en": "While you were away: {n} decided", "de": "In Ihrer Abwesenheit: {n} entschieden"}


class _Decided(NamedTuple):
    """A case, and the last word on it."""

    case: Case
    ending: Ending
    who: str


async def handback(office: Office, job: Job) -> None:
    """Once for each absence."""
    async with office.store.begin(office.company.id) as tx:
        person = await tx.person(job.routine)
        stood_in = await tx.stood_in(job.routine)
        if person is not None and stood_in:
            await _tell(office, tx, person, stood_in)
        await tx.handed_back(job.routine)
        office.probe("handback: before commit")
    office.probe("handback: committed")


async def _tell(
    office: Office, tx: Transaction, person: Person, stood_in: Sequence[StoodIn]
) -> None:
    names = {one.id: one.name for one in await tx.people()}
    found = [await _decided(tx, one, names) for one in stood_in]
    decided = [one for one in found if one is not None]
    told = list(enumerate(decided[:_MOST], 1))
    serial, title = await tx.next_brief(), _TITLES[person.language].format(n=len(decided))
    ended = [(number, one.case) for number, one in told]
    back = await way_back(office, tx, serial, title, person, ended)
    ends = tuple([await _end(tx, number, one) for number, one in told])
    since = min(one.since for one in stood_in)
    about, now = f"handback/{person.id}/{since.isoformat()}", office.clock.now()
    token, undone = (back.token, back.undone) if back else (None, ())
    until = back.draft.expires_at if back and back.undone else None
    told_of = Handback(
        substitute=names.get(stood_in[0].substitute, stood_in[0].substitute),
        since=since,
        waiting=len(stood_in) - len(decided),
    )

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject=title, ref=f"B-{serial}" if back else "")
        around = envelope(office.company, person, thread, head, now, about=about, token=token)
        return ItemsLetter(
            envelope=around, items=ends, undo=undone, undo_until=until, handback=told_of
        )

    await tx.post(about, None, write)


async def _decided(tx: Transaction, one: StoodIn, names: dict[str, str]) -> _Decided | None:
    """None: nobody decided it, and it comes with the brief."""
    case = await tx.case(one.case)
    word = await tx.last_word(case.id, one.since)
    if word is None or await still_asked(tx, case):
        return None
    what, who = word
    return _Decided(case, _WORDS[what], names.get(who, who))


async def _end(tx: Transaction, number: int, one: _Decided) -> ItemEnd:
    return ItemEnd(
        number=number,
        title=f"{one.case.ref}  {one.case.title}",
        ending=one.ending,
        detail=one.who,
        lines=await _lines(tx, one.case) if one.ending is Ending.APPROVED else (),
    )


async def _lines(tx: Transaction, case: Case) -> tuple[Line, ...]:
    """What was done; the newest version may say how to take it back."""
    proposal, _, _ = await tx.proposal(case.id, case.version)
    return await carried_out(tx, case.id, proposal.undoes or case.version)
