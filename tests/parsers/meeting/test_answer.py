"""What people answer to three times that were offered."""

from datetime import datetime

import pytest

from mailagent.core.cover import Cover
from mailagent.core.meeting import Intent, Meeting, Slot, meeting_of
from parsers.kinds import read_document

_WRITTEN = datetime.fromisoformat("2026-05-06T09:30+02:00")


def slot(text: str) -> Slot:
    start = datetime.fromisoformat(f"2026-{text}:00+02:00")
    return Slot(start=start, end=start.replace(minute=30))


SLOTS = (slot("05-07T10:00"), slot("05-08T15:00"), slot("05-11T09:00"))  # Thu, Fri, Mon
TWO_A_DAY = (slot("05-07T10:00"), slot("05-07T15:00"))


def answer(text: str, slots: tuple[Slot, ...] = SLOTS, at: datetime = _WRITTEN) -> Meeting:
    cover = Cover(
        sender="Sam Doe <sam@partner.example>",
        address="sam@partner.example",
        to=("ops@acme.example",),
        subject="Re: Three times for a call",
        date=at,
        home="Europe/Berlin",
        slots=slots,
        is_mail=True,
    )
    return meeting_of(read_document(text.encode(), cover=cover))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Thursday works", 1),
        ("Thursday works for me, thanks!", 1),
        ("Friday at 3 would be great", 2),
        ("I prefer 2", 2),
        ("2", 2),
        ("Option 3 please", 3),
        ("the second one", 2),
        ("Let's take Monday", 3),
        ("15:00 is perfect", 2),
        ("Thursday is full, but Friday is fine", 2),
        ("Donnerstag passt", 1),
        ("Vorschlag 2 bitte", 2),
        ("Der erste Termin w\u00e4re super", 1),
        ("Freitag um 15 Uhr passt mir gut", 2),
        ("Jeudi me convient", 1),
        ("Je pr\u00e9f\u00e8re le deuxi\u00e8me", 2),
        ("El viernes me viene bien", 2),
        ("Prefiero la opci\u00f3n 3", 3),
        ("Gioved\u00ec va bene", 1),
        ("Preferisco la seconda opzione", 2),
        ("Donderdag is prima", 1),
        ("Ik kies optie 2", 2),
        ("A quinta-feira serve", 1),
        ("Prefiro a op\u00e7\u00e3o 2", 2),
    ],
)
def test_which_of_them(text: str, number: int) -> None:
    found = answer(text)
    assert (found.intent, found.verdict) == (Intent.PROPOSAL_ANSWER, "accepted")
    assert found.numbers == (number,)
    assert [time.start for time in found.times] == [SLOTS[number - 1].start]


@pytest.mark.parametrize(
    "text",
    [
        "None of these work for me, sorry.",
        "Unfortunately neither works.",
        "Leider passt mir keiner davon.",
        "Aucun de ces cr\u00e9neaux ne me convient.",
        "Ninguna me viene bien, lo siento.",
        "Nessuna di queste mi va bene.",
        "Geen van deze momenten past.",
        "Nenhuma me serve, infelizmente.",
    ],
)
def test_none_of_them(text: str) -> None:
    found = answer(text)
    assert (found.verdict, found.numbers, found.times) == ("none", (), ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("None of these, maybe next week?", "2026-05-11"),
        ("Could we do Tuesday 12 May at 11 instead?", "2026-05-12"),
        ("Maybe the week after?", "2026-05-18"),
        ("Ginge auch Dienstag, 12.5. um 11?", "2026-05-12"),
        ("Plut\u00f4t mardi 12 mai \u00e0 11h ?", "2026-05-12"),
    ],
)
def test_another_one_instead(text: str, day: str) -> None:
    found = answer(text)
    assert (found.verdict, found.numbers) == ("counter", ())
    assert [f"{time.start:%Y-%m-%d}" for time in found.times] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, I will get back to you.",
        "Ok",
        "Friday works if it is after 4.",
        "Thursday works, or Tuesday at 11 if you like.",
        "Who else will be there?",
    ],
)
def test_what_cannot_be_told_is_unclear(text: str) -> None:
    found = answer(text)
    assert found.verdict == "unclear"


def test_a_day_that_holds_two_of_them_is_unclear() -> None:
    assert answer("Thursday works", TWO_A_DAY).verdict == "unclear"
    assert answer("10 on Thursday is perfect", TWO_A_DAY).numbers == (1,)


def test_a_date_in_utc_leaves_the_hour_where_it_was_shown() -> None:
    """Ten by the reader's clock, not by London's, where another slot begins then."""
    beside = (slot("05-07T10:00"), slot("05-07T11:00"))
    cover_date = datetime.fromisoformat("2026-05-06T07:30+00:00")
    assert answer("Thursday at 10 works", beside, cover_date).numbers == (1,)


def test_an_hour_that_two_days_have_is_unclear() -> None:
    both = (slot("05-07T10:00"), slot("05-08T10:00"))
    assert answer("10:00 is perfect", both).verdict == "unclear"


def test_yes_to_the_only_one() -> None:
    assert answer("Yes, that works.", SLOTS[:1]).numbers == (1,)


def test_any_of_them() -> None:
    found = answer("All of them work, you choose.")
    assert (found.verdict, found.numbers) == ("accepted", (1, 2, 3))


def test_what_is_quoted_answers_nothing() -> None:
    quoted = "On Tue, 5 May 2026 at 16:02, Ann Lee <ann@acme.example> wrote:\n> Thursday works"
    assert answer(f"Thanks, I will get back to you.\n\n{quoted}").verdict == "unclear"
