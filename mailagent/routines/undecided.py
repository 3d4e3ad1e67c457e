"""What nobody decided in three working days: the substitute is asked as well."""

from datetime import timedelta

from mailagent.core.brief import worked
from mailagent.core.routine import AskSubstitute, Duty, Routine, Sight, View

PATIENCE = timedelta(hours=72)


def due(view: View) -> list[Duty]:
    """Who is asked beside whom. Nothing is decided by it."""
    people = {person.id: person for person in view.people}
    found: dict[tuple[int, str], Duty] = {}
    for one in view.undecided:
        person = people.get(one.draft.person)
        substitute = people.get(person.substitute or "") if person else None
        if person and substitute and worked(one.since, view.now, person, view.holidays) >= PATIENCE:
            key = (one.draft.case, substitute.id)
            found[key] = AskSubstitute(case=one.draft.case, person=substitute, instead_of=person.id)
    return list(found.values())


ROUTINE = Routine("undecided", timedelta(hours=1), due, Sight.UNDECIDED)
