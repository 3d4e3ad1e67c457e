"""The parts of a day, in hours."""

from parsers.values.when.model import Clock, Part

PARTS: dict[str, tuple[float, float]] = {
    "early_morning": (7, 9), "morning": (8, 12), "late_morning": (10, 12), "noon": (12, 14),
    "midday": (11, 14), "early_afternoon": (12, 14), "afternoon": (12, 18),
    "late_afternoon": (16, 18), "later_afternoon": (14, 18), "evening": (18, 24),
    "late_evening": (21, 24), "night": (20, 24), "deep_night": (24, 28),
    "after_lunch": (13, 17), "before_lunch": (10, 12), "after_work": (17, 21),
    "end_of_day": (24 - 1 / 3600, 24), "dinner": (18, 21), "early_evening": (18, 21),
    "late_afternoon_end": (17, 19), "evening_end_of_day": (17, 21), "tarde": (16, 20),
    "early_tarde": (16, 18), "late_tarde": (18, 20), "past_noon": (12, 16),
    "late_past_noon": (14, 16), "after_school": (15, 21), "later_day": (12, 24),
    "mid_morning": (9, 11), "mid_afternoon": (14, 17), "begin_of_day": (6, 10),
}  # fmt: skip
_AFTER_NOON = frozenset({
    "after_work", "afternoon", "dinner", "early_afternoon", "early_evening", "early_tarde",
    "evening", "evening_end_of_day", "late_afternoon", "late_afternoon_end", "late_evening",
    "late_past_noon", "late_tarde", "later_afternoon", "later_day", "mid_afternoon", "night",
    "noon", "past_noon", "tarde",
})  # fmt: skip


_BEFORE_NOON = frozenset({"early_morning", "morning", "late_morning", "mid_morning"})
_SMALL_HOURS = range(1, 5)  # of the night that follows


def within(found: Clock, part: str) -> Clock | None:
    """`3` of the afternoon is 15."""
    if found.sure and found.hour > 12:
        return None if part in _BEFORE_NOON else found  # `el viernes 15 por la mañana` is a day
    if part in {"night", "deep_night"} and (found.hour < 6 or found.hour == 12):
        return found._replace(hour=24 if found.hour == 12 else found.hour, sure=True)
    if part in {"evening", "late_evening"} and (found.hour == 12 or found.hour in _SMALL_HOURS):
        return found._replace(hour=24 if found.hour == 12 else found.hour, sure=True)
    later = part in _AFTER_NOON and found.hour < 12
    if part in {"noon", "midday"} and found.hour in {10, 11}:
        later = False
    return found._replace(hour=found.hour + 12 if later else found.hour, sure=True)


def part(name: str) -> Part:
    """Its hours."""
    first, end = PARTS[name]
    return Part(name, first, end)
