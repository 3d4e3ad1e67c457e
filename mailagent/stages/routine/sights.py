"""What a routine looks at: read from the store, and from the settings of the office."""

from datetime import date, timedelta
from typing import Any

from mailagent.core.brief import BriefKind, Desk, day_began, is_unanswered
from mailagent.core.enrolment import doubts
from mailagent.core.people import Person
from mailagent.core.post import owner_of
from mailagent.core.routine import (
    Sight,
    View,
)
from mailagent.ports import Office, Transaction
from mailagent.ports.around import meetings_around
from mailagent.ports.copies import unanswered_copies
from mailagent.ports.late import late_drafts
from mailagent.ports.standing import ready_to_go
from mailagent.ports.thresholds import watched

# Longer than any retry takes to show itself: what stands still since then is stuck.
_STILL = timedelta(hours=2)
# Nobody is asked instead of another before this.
_LONG = timedelta(hours=72)
# As far ahead of UTC as any time zone gets.
_EASTMOST = timedelta(hours=14)
_PAST_DAYS, _AHEAD_DAYS, _SATURDAY = 40, 14, 5
_LOOKED_AT = 50  # cases, for one that cannot wait until after a holiday
_DUE = ("due_date", "last_notice_day")


async def view_of(  # noqa: C901, PLR0912, PLR0915 - one line for each sight
    office: Office, tx: Transaction, sees: Sight | None
) -> View:
    now = office.clock.now()
    people = await tx.people()
    seen: dict[str, Any] = {}
    match sees:
        case Sight.REMINDERS:
            seen["reminders"] = await tx.due_reminders((now + _EASTMOST).date().isoformat())
        case Sight.EXPIRED:
            seen["expired"] = await tx.late_drafts(now)
        case Sight.WOKEN:
            seen["woken"] = await tx.snoozes(until=now)
        case Sight.UNANSWERED:
            seen["unanswered"] = await tx.unanswered(now)
        case Sight.UNHEARD:
            seen["unheard"] = await tx.unheard(now)
        case Sight.COUNTS:
            seen["counts"] = await tx.reconcile(now - _STILL)
        case Sight.PAYABLE:
            until = now.date() + timedelta(days=office.payments.days_ahead)
            seen["payable"] = await tx.payable(until) if office.payments.on else ()
        case Sight.UNDECIDED:
            seen["undecided"] = await tx.undecided(now - _LONG)
            seen["holidays"] = _holidays(office)
        case Sight.BOOKKEEPER:
            seen["bookkeeper"] = office.company.bookkeeper
        case Sight.PAPERS:
            seen |= {"papers": await tx.papers(), "paper_rules": office.papers}
        case Sight.MEETINGS:
            seen |= {"meetings": await meetings_around(office, tx), "around": office.around}
            seen["holidays"] = _holidays(office)
        case Sight.DOUBTS:
            known = await tx.proofs(), await tx.stripped(), office.mailbox.name
            seen["doubts"] = tuple(doubts(people, *known))
        case Sight.SIGN_IN:
            seen["sign_in"] = office.sign_in()
        case Sight.COVERED:
            seen["covered"] = await ready_to_go(office, tx)
        case Sight.WATCHED:
            seen |= {"watched": await watched(office, tx), "thresholds": office.thresholds}
        case Sight.SHADOWED:
            seen["shadowed"] = [one for one in await tx.foreseen() if one.uid and one.answers]
        case Sight.HOLDS:
            seen["late_holds"] = await tx.late_holds(now)
        case Sight.COPIES:
            seen["copies"] = await unanswered_copies(tx, now)
        case Sight.ABSENCES:
            seen["absences"] = await tx.absences()
        case Sight.DESKS:
            there = {person.id for person in people}
            absences = await tx.absences()
            gone = {one.person for one in absences if one.substitute in there}
            here = [person for person in people if person.id not in gone]
            seen["desks"] = [await _desk(office, tx, person) for person in here]
            seen["holidays"] = _holidays(office)
    return View(now=now, people=tuple(people), rules=office.brief, payments=office.payments, **seen)


def _holidays(office: Office) -> frozenset[date]:
    """As far back as anything waits for a substitute, and a few days ahead."""
    today = office.clock.now().date()
    days = (today + timedelta(days=n) for n in range(-_PAST_DAYS, _AHEAD_DAYS))
    return frozenset(day for day in days if office.is_holiday(day))


async def _desk(office: Office, tx: Transaction, person: Person) -> Desk:
    """Whoever decides something by themselves hears every working day that all is well."""
    owner = owner_of((), await tx.people(), "")
    first = {names[0] for names in office.approvers.values() if names}
    last = await tx.last_brief(person.id)
    morning = await tx.last_brief(person.id, BriefKind.MORNING)
    now = office.clock.now()
    began = day_began(person, now)
    return Desk(
        person=person,
        load=await tx.load(person.id, person.main_address, began),
        heartbeat=person.id in first or (not first and person == owner),
        last_brief=last.draft.issued_at if last else None,
        last_morning=morning.draft.issued_at if morning else None,
        unanswered=sum(map(is_unanswered, await tx.open_briefs(person.id))),
        late=len(await late_drafts(office, tx, person)),
        urgent=await _is_urgent(office, tx, person),
    )


async def _is_urgent(office: Office, tx: Transaction, person: Person) -> bool:
    """Looked at on a holiday only: whether anything that waits is due before work goes on."""
    today = office.clock.now().astimezone(person.zone).date()
    if not office.is_holiday(today):
        return False
    ahead = (today + timedelta(days=n) for n in range(1, _AHEAD_DAYS))
    works = (day for day in ahead if day.weekday() < _SATURDAY and not office.is_holiday(day))
    next_day = next(works, today + timedelta(days=_AHEAD_DAYS))
    for case in (await tx.waiting_for(person.id))[:_LOOKED_AT]:
        reading = await tx.reading(case)
        if any((due := reading.date(name)) and due <= next_day for name in _DUE):
            return True
    return False
