"""What is done about a meeting, in words: times that are held alike are told in one."""

from datetime import timedelta

from mailagent.core.payloads.meetings import DeleteAppointment, PutAppointment
from mailagent.render.actions import effects, phrase
from mailagent.render.meetings import span
from mailagent.render.words import Words, load
from tests.render.parts import TOP
from tests.values import NOW, appointment, person

_ANN = person(timezone="UTC")
_WEEK = timedelta(days=7)


def words() -> Words:
    return Words(load(TOP / "templates" / "words" / "en"), _ANN, NOW)


def test_times_that_are_held_alike_are_told_in_one() -> None:
    one = appointment()
    holds = [
        PutAppointment(calendar="own", appointment=later, until=NOW + _WEEK)
        for later in (one.at(one.start + n * _WEEK, one.end + n * _WEEK) for n in range(3))
    ]
    entry = PutAppointment(calendar="own", appointment=one)
    told = effects([entry, *holds], words(), _ANN.id)
    assert told == [
        "enter it in the calendar own, 3 Dec 14:00\u201314:30",
        "hold these times in the calendar own until 27 Nov: "
        + ", ".join(f"{day} Dec 14:00\u201314:30" for day in (3, 10, 17)),
    ]
    freed = [DeleteAppointment(calendar="own", appointment=h.appointment, until=h.until)
             for h in holds]  # fmt: skip
    assert len(effects(freed, words(), _ANN.id)) == 1
    assert effects(holds[:1], words(), _ANN.id) == [
        "hold 3 Dec 14:00\u201314:30 in the calendar own until 27 Nov"
    ]


def test_a_point_in_time_is_no_span() -> None:
    start = appointment().start
    assert span(start, start + timedelta(minutes=1), words()) == "3 Dec 14:00"
    assert span(start, start + timedelta(minutes=15), words()) == "3 Dec 14:00\u201314:15"


def test_one_date_of_a_series_is_told_as_such() -> None:
    series = appointment(rules=("FREQ=WEEKLY",))
    date = series.date(series.start + _WEEK)
    moved = series.with_date(date.at(date.start + _WEEK / 7, date.end + _WEEK / 7))
    gone = series.without_date(date.start)
    spelled = [
        phrase(PutAppointment(calendar="own", appointment=now, before=series), "will", words(), "")
        for now in (moved, gone)
    ]
    assert spelled == [
        "change one date of the series in the calendar own: 11 Dec 14:00\u201314:30",
        "take 10 Dec 14:00\u201314:30 out of the series in the calendar own",
    ]
