"""Days that people call by their names. Which of them are free is another question."""

from datetime import date, timedelta

from parsers.values.when.days import a_date, easter, nth, period

_FIXED = {
    "new_year": (1, 1), "epiphany": (1, 6), "valentine": (2, 14), "joseph": (3, 19),
    "patrick": (3, 17), "liberation": (4, 25), "kings_day": (4, 27), "labour": (5, 1),
    "republic_it": (6, 2), "john": (6, 24), "independence": (7, 4), "bastille": (7, 14),
    "assumption": (8, 15), "peace_augsburg": (8, 8), "unity": (10, 3), "reformation": (10, 31),
    "halloween": (10, 31), "hispanic": (10, 12), "all_saints": (11, 1), "all_souls": (11, 2),
    "armistice": (11, 11), "martin": (11, 11), "nicholas_eve": (12, 5), "nicholas": (12, 6),
    "constitution_es": (12, 6), "immaculate": (12, 8), "christmas_eve": (12, 24),
    "christmas": (12, 25), "boxing": (12, 26), "new_year_eve": (12, 31), "liberation_nl": (5, 5),
    "victory": (5, 8), "women": (3, 8), "toussaint_eve": (10, 31), "national_es": (10, 12),
    "ides_march": (3, 15), "swiss": (8, 1), "austria": (10, 26), "autumn_start": (9, 22),
    "spring_start": (3, 20), "summer_start": (6, 21), "winter_start": (12, 21),
}  # fmt: skip
_FROM_EASTER = {
    "carnival_thursday": -52, "rose_monday": -48, "shrove_tuesday": -47, "ash_wednesday": -46,
    "palm_sunday": -7, "maundy_thursday": -3, "good_friday": -2, "holy_saturday": -1, "easter": 0,
    "easter_monday": 1, "white_sunday": 7, "ascension": 39, "pentecost": 49, "pentecost_monday": 50,
    "trinity": 56, "corpus_christi": 60,
}  # fmt: skip
# Month, weekday, which one; from the end where it is negative.
_NTH = {
    "thanksgiving": (11, 3, 4), "mothers_us": (5, 6, 2), "fathers_us": (6, 6, 3),
    "mothers_fr": (5, 6, -1), "martin_luther_king": (1, 0, 3), "presidents": (2, 0, 3),
    "memorial": (5, 0, -1), "labor_us": (9, 0, 1), "columbus": (10, 0, 2), "harvest": (10, 6, 1),
    "mothers_es": (5, 6, 1),
}  # fmt: skip


def holiday_in(name: str, year: int) -> date | None:
    """The day of this name in a year."""
    if not 1583 <= year <= 4099:  # the years that the Gregorian Easter is defined for
        return None
    if name in _FIXED:
        return a_date(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[name])
    if name in _NTH:
        month, weekday, number = _NTH[name]
        whole = period("month", date(year, month, 1))
        return nth(weekday, number, whole) if whole else None
    return _computed(name, year)


def _computed(name: str, year: int) -> date | None:
    if name == "black_friday":
        thursday = holiday_in("thanksgiving", year)
        return thursday + timedelta(days=1) if thursday else None
    if name.startswith("advent"):
        fourth = date(year, 12, 24) - timedelta(days=(date(year, 12, 24).weekday() + 1) % 7)
        return fourth - timedelta(weeks=4 - int(name.removeprefix("advent")))
    if name == "repentance":  # the Wednesday before 23 November
        last = date(year, 11, 22)
        return last - timedelta(days=(last.weekday() - 2) % 7)
    return None
