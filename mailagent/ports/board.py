"""What an office tells of itself: what waits, how it is, what it did this week."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from mailagent.core import orders, renewals, vendor_papers
from mailagent.core.contracts import register
from mailagent.core.lesson import listed
from mailagent.core.letter import About, Status, Waits, WaitsFor
from mailagent.core.people import Person
from mailagent.core.said import Said
from mailagent.core.tasklist import listed as work_listed
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction, Waiting

_CONTRACTS = "contracts"
_LISTS = (About.LESSONS, About.CONTRACTS, About.ORDERS, About.TASKS, About.RENEWALS)


async def told_of(
    office: Office, tx: Transaction, person: Person, about: About, words: str = ""
) -> dict[str, Any]:
    """The contents of an answer that only looks; changes nothing."""
    match about:
        case About.QUEUE:
            names = {one.id: one.name for one in await tx.people()}
            return {
                "waits": tuple(_line(row, person, names) for row in await tx.queue()),
                "held": tuple(await tx.held()),
            }
        case About.STATUS:
            return {"status": await _status(office, tx)}
        case About.PAPERS:
            return {"listed": await _papers(office, tx, person, words)}
        case About.REPORT:
            monday = _monday(office.clock.now(), person)
            return {"counts": await tx.counts_since(monday), "since": monday}
    if about in _LISTS:
        return {"listed": await _listed(office, tx, about)}
    return {}


async def _listed(office: Office, tx: Transaction, about: About) -> tuple[tuple[str, Said], ...]:
    """A line for each of what is kept: what it is called by, and what is said of it."""
    match about:
        case About.CONTRACTS:
            return register(await tx.approved(_CONTRACTS))
        case About.ORDERS:
            return orders.listed(await tx.all_orders())
        case About.TASKS:
            return work_listed(office.cards)
        case About.RENEWALS:
            return renewals.listed(await tx.series())
        case _:
            return listed(await tx.lessons())


async def _papers(
    office: Office, tx: Transaction, person: Person, vendor: str
) -> tuple[tuple[str, Said], ...]:
    """The papers of vendors, and what is missing."""
    today = office.clock.now().astimezone(person.zone).date()
    return vendor_papers.listed(office.papers, await tx.papers(), today, vendor)


def _line(row: Waiting, reader: Person, names: Mapping[str, str]) -> Waits:
    """The one thing that it waits for first of all."""
    on, people, until = _first_of_all(row, reader)
    case, who = row.case, ", ".join(names.get(one, one) for one in people)
    return Waits(ref=case.ref, state=case.state, title=case.title, on=on, who=who, until=until)


def _first_of_all(
    row: Waiting, reader: Person
) -> tuple[WaitsFor, tuple[str, ...], datetime | None]:
    """The first that holds, for whom it waits, and until when."""
    outsider, off = row.inquiry, row.put_off
    ways: tuple[tuple[object, WaitsFor, tuple[str, ...], datetime | None], ...] = (
        (row.frozen and not row.asked, WaitsFor.FROZEN, row.frozen, None),
        (off, WaitsFor.PUT_OFF, row.asked, off.until if off else None),
        (
            outsider and outsider.until,
            WaitsFor.OUTSIDER,
            (outsider.address,) if outsider else (),
            outsider.until if outsider else None,
        ),
        (row.paused, WaitsFor.PAUSED, (), None),
        (row.spoken, WaitsFor.SECOND, row.asked, None),
        (row.asked and reader.id not in row.asked, WaitsFor.OTHER, row.asked, None),
        (any(row.in_briefs), WaitsFor.IN_BRIEF, tuple(filter(None, row.in_briefs)), None),
        (row.for_brief and not row.asked, WaitsFor.NEXT_BRIEF, row.asked, None),
    )
    found = next((way[1:] for way in ways if way[0]), None)
    return found or (WaitsFor.STATE, row.asked, None)


async def _status(office: Office, tx: Transaction) -> Status:
    people = {person.id: person.name for person in await tx.people()}
    paused = (await tx.pauses()).values()
    return Status(
        since=office.since,
        mailbox=office.company.ops_address,
        waiting=len(await tx.queue()),
        held=len(await tx.held()),
        troubles=tuple(await tx.troubles()),
        paused=tuple(
            pause.model_copy(update={"person": people.get(pause.person, pause.person)})
            for pause in paused
        ),
    )


def _monday(now: datetime, person: Person) -> datetime:
    """The beginning of this week where the person lives."""
    today = now.astimezone(person.zone).date()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, time(), person.zone).astimezone(UTC)
