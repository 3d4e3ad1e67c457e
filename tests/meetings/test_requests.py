"""How many mails that ask for a meeting are understood; none is misread in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.meeting import meeting_of
from mailagent.core.reading import Kind
from parsers.kinds import read_document
from tests.meetings.requests import Mail, judge, mails

_MAILS = list(mails())
_ENOUGH = 0.95


@pytest.mark.parametrize("mail", _MAILS, ids=[mail.id for mail in _MAILS])
def test_none_is_misread_in_silence(mail: Mail) -> None:
    assert not judge(mail).silent, judge(mail).wrong


@pytest.mark.parametrize(("name", "day"), [("9-05", 11), ("9-17", 8)], ids=str)
def test_a_time_that_nothing_offers_is_marked(name: str, day: int) -> None:
    mail = next(mail for mail in _MAILS if mail.id == name)
    marked = [time.start.day for time in mail.meeting.times if "use" in time.unclear]
    assert marked == [day]
    failed = [check.name for check in mail.reading.checks if not check.ok]
    assert "times_offered" in failed


def test_what_says_that_it_is_offered_is_not_marked() -> None:
    text = "Tuesday at 2pm would work for a call, or Thursday at 10am?"
    mail = Mail({**_MAILS[0].row, "t": text})
    assert mail.meeting.times
    assert "use" not in mail.meeting.unclear


@pytest.mark.slow
def test_nearly_all_are_read() -> None:
    wrong = {mail.id: found.wrong for mail in _MAILS if (found := judge(mail)).wrong}
    told = "\n".join(" | ".join((name, *why)) for name, why in wrong.items())
    assert len(wrong) <= (1 - _ENOUGH) * len(_MAILS), told


@given(st.sampled_from(_MAILS), st.integers(0, 400), st.integers(0, 60), st.text(max_size=40))
def test_any_text_is_read_or_left(mail: Mail, at: int, length: int, put: str) -> None:
    text = mail.row["t"][:at] + put + mail.row["t"][at + length :]
    reading = read_document(text.encode("utf-8", "replace"), cover=mail.cover)
    if reading.kind is Kind.MEETING_REQUEST:
        assert all(time.start.tzinfo is not None for time in meeting_of(reading).times)


@pytest.mark.parametrize(
    "text",
    [
        "can we " * 900,
        "at 10 or " * 600,
        "(" * 5000,
        "10:00 " * 900,
        "an hour later by a week " * 400,
    ],
)
def test_hostile_texts_cost_little(text: str) -> None:
    mail = Mail({**_MAILS[0].row, "t": text})
    assert mail.reading.kind in Kind
