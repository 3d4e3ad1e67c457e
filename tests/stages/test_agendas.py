"""Mails around meetings: drafted by the clock, approved like any other, once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailagent.core.appointment import Appointment, Guest, Kept, PartStat
from mailagent.core.meetings.agendas import Around, AroundRule
from tests.desk import Desk, open_desk, reply_mail
from tests.stages.test_meetings import invitation, mail, sent, tick
from tests.values import NOW, appointment

pytestmark = pytest.mark.slow

JO = Guest(address="jo@alvarez.test", name="J. Alvarez")
NO = Guest(address="no@alvarez.test", answer=PartStat.DECLINED)
ANN = Guest(address="ann@corp.test", name="Ann")
# The desk's clock says Friday 20 November, noon: the working day before this.
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
RULES = (
    AroundRule(mail=Around.AGENDA, guests=("*@alvarez.test",), points=("Figures", "Next steps")),
    AroundRule(mail=Around.FOLLOW_UP),
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        object.__setattr__(made.office, "around", RULES)
        yield made


async def entered(desk: Desk, **changes: object) -> Appointment:
    given = {"title": "Quarterly review", "start": MONDAY, "end": MONDAY + timedelta(hours=1)}
    one = appointment(uid="q@corp.test", guests=(JO, NO, ANN), **(given | changes))
    async with desk.begin() as tx:
        await tx.keep_appointment(Kept(calendar="own", case=0, appointment=one, key="k"))
    return one


async def accepted(desk: Desk, start: datetime = MONDAY) -> None:
    """Their invitation, which its owner accepted: they were written to, and it stands."""
    await desk.take_in(mail(invitation(start=start)))
    await desk.take_in(reply_mail(desk.draft(), "accept"))


async def test_the_agenda_is_drafted_the_working_day_before_once(desk: Desk) -> None:
    await accepted(desk)
    await tick(desk, "agendas")
    draft = desk.draft()
    assert draft.proposal.title == "Agenda for jo@alvarez.test: Quarterly review"
    assert [check.name for check in draft.proposal.checks] == ["meeting_stands"]
    await tick(desk, "agendas")
    assert len(desk.letters("draft")) == 2
    await desk.take_in(reply_mail(draft, "approve"))
    letter = sent(desk)[-1]
    assert (letter.to, letter.cc) == ("jo@alvarez.test", ())
    assert (letter.subject, letter.in_reply_to) == ("Agenda: Quarterly review", "<m1@alvarez.test>")
    assert "To go through:\n\n- Figures\n- Next steps" in letter.text
    assert "Monday 23 November 2026" in letter.text


async def test_a_word_afterwards_says_only_what_its_owner_says(desk: Desk) -> None:
    await accepted(desk)
    desk.clock.advance(MONDAY - NOW + timedelta(hours=2))
    await tick(desk, "agendas")
    draft = desk.draft()
    assert draft.proposal.title == "Thank jo@alvarez.test: Quarterly review"
    assert "noted" not in str(draft.proposal.actions)
    await desk.take_in(reply_mail(draft, "Points: Jo sends the figures"))
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert "Ann noted:\n\n- Jo sends the figures" in sent(desk)[-1].text


async def test_a_meeting_that_was_called_off_since_gets_no_agenda(desk: Desk) -> None:
    await accepted(desk)
    await tick(desk, "agendas")
    draft, before = desk.draft(), len(sent(desk))
    async with desk.begin() as tx:
        await tx.drop_appointment("own", "their-1@alvarez.test", "k2")
    await desk.take_in(reply_mail(draft, "approve"))
    assert len(sent(desk)) == before
    assert [one.name for one in desk.draft().proposal.failed_checks] == ["meeting_stands"]


async def test_each_date_of_a_series_and_nobody_but_guests(desk: Desk) -> None:
    weekly = {"rules": ("FREQ=WEEKLY;COUNT=3",), "start": MONDAY - timedelta(weeks=1)}
    await entered(desk, **weekly, end=MONDAY - timedelta(weeks=1) + timedelta(hours=1))
    await tick(desk, "agendas")
    assert desk.draft().proposal.reading.text("start") == MONDAY.isoformat()
    assert len(desk.letters("draft")) == 1
    alone = appointment(
        uid="a@corp.test", organizer=None, start=MONDAY, end=MONDAY + timedelta(hours=1)
    )
    async with desk.begin() as tx:
        await tx.keep_appointment(Kept(calendar="own", case=0, appointment=alone, key="a"))
    await tick(desk, "agendas")
    assert len(desk.letters("draft")) == 1
