"""Which mails around meetings are due, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mailagent.core.meetings.agendas import Around, AroundRule, DatedMeeting, mails_due

# A Monday, 10 o'clock.
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)
MEETING = DatedMeeting(
    case=1,
    uid="review@acme.example",
    start=MONDAY,
    end=MONDAY + timedelta(hours=1),
    zone="UTC",
    title="Quarterly review",
    guests=("jo@alvarez.test",),
)
AGENDA = AroundRule(mail=Around.AGENDA, points=("Figures",))
AFTER = AroundRule(mail=Around.FOLLOW_UP)


def due(
    now: datetime, *rules: AroundRule, off: frozenset[date] = frozenset()
) -> list[tuple[str, tuple[str, ...]]]:
    found = mails_due(rules or (AGENDA, AFTER), (MEETING,), now, off)
    return [(str(one.mail), one.points) for one in found]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 26, 12, tzinfo=UTC), []),
        (datetime(2026, 11, 27, 6, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 27, 7, tzinfo=UTC), ["agenda"]),  # Friday
        (datetime(2026, 11, 30, 8, 30, tzinfo=UTC), ["agenda"]),
        (datetime(2026, 11, 30, 9, 30, tzinfo=UTC), []),
        (datetime(2026, 11, 30, 11, 10, tzinfo=UTC), []),
        (datetime(2026, 11, 30, 11, 15, tzinfo=UTC), ["follow_up"]),
        (datetime(2026, 12, 1, 9, tzinfo=UTC), ["follow_up"]),
        (datetime(2026, 12, 1, 22, tzinfo=UTC), []),
        (datetime(2026, 12, 3, 9, tzinfo=UTC), []),
    ],
)
def test_on_the_working_day_before_and_when_it_is_over(now: datetime, expected: list[str]) -> None:
    assert [name for name, _ in due(now)] == expected


def test_a_holiday_is_no_working_day() -> None:
    thursday, friday = datetime(2026, 11, 26, 12, tzinfo=UTC), date(2026, 11, 27)
    assert due(thursday, off=frozenset({friday})) == [("agenda", ("Figures",))]


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (AGENDA, True),
        (AroundRule(mail=Around.AGENDA, guests=("*@ALVAREZ.test",)), True),
        (AroundRule(mail=Around.AGENDA, guests=("*@other.test", "jo@*")), True),
        (AroundRule(mail=Around.AGENDA, guests=("*@other.test",)), False),
        (AroundRule(mail=Around.AGENDA, title="review"), True),
        (AroundRule(mail=Around.AGENDA, title="board"), False),
    ],
)
def test_for_whom(rule: AroundRule, holds: bool) -> None:
    assert bool(due(MONDAY - timedelta(hours=2), rule)) is holds


def test_the_first_rule_holds_and_what_was_agreed_is_not_made_up() -> None:
    second = AroundRule(mail=Around.AGENDA, points=("Other",))
    assert due(MONDAY - timedelta(hours=2), AGENDA, second) == [("agenda", ("Figures",))]
    after = AroundRule(mail=Around.FOLLOW_UP, points=("We agreed",))
    assert due(MONDAY + timedelta(hours=3), after) == [("follow_up", ())]


def test_a_date_that_moved_is_another_one() -> None:
    (one,) = mails_due((AGENDA,), (MEETING,), MONDAY - timedelta(hours=2), frozenset())
    later = MEETING.model_copy(update={"start": MONDAY + timedelta(hours=1)})
    assert one.slot != one.model_copy(update={"meeting": later}).slot
