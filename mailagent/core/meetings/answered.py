"""What somebody outside said to the times that were offered to them."""

from datetime import datetime

from mailagent.core.appointment import utc
from mailagent.core.meeting import Meeting, Use, meeting_of
from mailagent.core.meetings.scene import Scene


def agreed_slots(scene: Scene) -> tuple[tuple[datetime, datetime], ...]:
    """Those of the held times that they take."""
    answer = _answer(scene)
    held = sorted((one.appointment for one in scene.past.held), key=lambda one: utc(one.start))
    if answer is None:
        return ()
    times = {utc(time.start) for time in answer.told(Use.OFFERED, Use.AGREED) if time.is_exact}
    days = {time.start.date() for time in answer.told(Use.OFFERED, Use.AGREED)
            if not time.is_exact}  # fmt: skip
    numbers = set(getattr(answer, "numbers", ()))
    return tuple(
        (one.start, one.end)
        for number, one in enumerate(held, 1)
        if number in numbers
        or utc(one.start) in times
        or (not times and one.start.astimezone(scene.rules.tz).date() in days)
    )


def is_refused(scene: Scene) -> bool:
    """None of them, and no other time named."""
    answer = _answer(scene)
    return answer is not None and getattr(answer, "verdict", "") == "none"


def _answer(scene: Scene) -> Meeting | None:
    return meeting_of(scene.past.answer) if scene.past.answer is not None else None
