"""Once a week, before the digest: what the evidence says could go by itself."""

from datetime import timedelta

from mailagent.core.routine import Duty, ProposeWidening, Routine, View


def due(view: View) -> list[Duty]:
    """In the early morning of the digest's day, by the first person's clock."""
    if not view.people:
        return []
    there = view.now.astimezone(view.people[0].zone)
    before = there.weekday() == view.rules.weekly_on and there.time() < view.rules.at
    return [ProposeWidening(week=there.date().toordinal() // 7)] if before else []


ROUTINE = Routine("widening", timedelta(hours=1), due)
