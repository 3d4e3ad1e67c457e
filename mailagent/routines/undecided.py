"""What nobody decided in three working days: the substitute is asked as well."""

from datetime import datetime, timedelta

from mailagent.core.people import Person
from mailagent.core.routine import AskSubstitute, Duty, Routine, Sight, View

PATIENCE = timedelta(hours=72)
_SATURDAY = 5


def due(view: View) -> list[Duty]:
    """Who is asked beside whom. Nothing is decided by it."""
    people = {person.id: person for person in view.people}
    found: dict[tuple[int, str], Duty] = {}
    for one in view.undecided:
        person = people.get(one.draft.person)
        substitute = people.get(person.substitute or "") if person else None
        if person and substitute and _worked(one.since, view.now, person) >= PATIENCE:
            key = (one.draft.case, substitute.id)
            found[key] = AskSubstitute(case=one.draft.case, person=substitute, instead_of=person.id)
    return list(found.values())


def _worked(since: datetime, now: datetime, person: Person) -> timedelta:
    """The time between, less the weekends where the person lives."""
    passed, at = timedelta(), since.astimezone(person.zone)
    end = now.astimezone(person.zone)
    while at < end:
        midnight = datetime.combine(at.date() + timedelta(days=1), at.min.time(), person.zone)
        if at.weekday() < _SATURDAY:
            passed += min(midnight, end) - at
        at = midnight
    return passed


ROUTINE = Routine("undecided", timedelta(hours=1), due, Sight.UNDECIDED)
