"""A meeting from their invitation to the calendar, over real mail."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from mailagent.core.appointment import Appointment, Guest, Itip, Kept, Method, PartStat
from mailagent.core.itip import message
from tests.agent import COMPANY, Firm, in_every_way, with_dkim
from tests.clients import Mail
from tests.conversations.test_ask import app_of, approve, copied, outside

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

JO = "stranger@corp.test"
HALF = timedelta(minutes=30)


def a_tuesday(firm: Firm) -> datetime:
    """At 14:00 UTC, at least six days ahead."""
    day = (firm.clock.now() + timedelta(days=6)).replace(hour=14, minute=0, second=0, microsecond=0)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def theirs(firm: Firm, **changes: Any) -> Appointment:
    start = changes.pop("start", a_tuesday(firm))
    given = {
        "uid": "quarter-7@alvarez.example",
        "start": start,
        "end": start + HALF,
        "title": "Quarterly review",
        "organizer": Guest(address=JO, name="J. Alvarez"),
        "guests": (Guest(address=firm.owner.address, name="Ann Lee"),),
    }
    return Appointment(**(given | changes))


def invitation(
    firm: Firm, one: Appointment, method: Method = Method.REQUEST, text: str = "See you then?"
) -> bytes:
    """As a calendar sends it."""
    mail = head(firm, one.title)
    mail.set_content(text)
    content = message(
        Itip(method=method, appointment=one, attendee=one.guests[0]), firm.clock.now()
    )
    mail.add_alternative(content.decode(), subtype="calendar", params={"method": method.value})
    return mail.as_bytes(policy=SMTP)


def head(firm: Firm, subject: str, **more: str) -> EmailMessage:
    mail = EmailMessage()
    fields = {
        "From": f"J. Alvarez <{JO}>",
        "To": firm.ops,
        "Subject": subject,
        "Date": format_datetime(firm.clock.now()),
        "Message-ID": f"<{uuid4().hex}@alvarez.example>",
    }
    for name, value in (fields | more).items():
        mail[name] = value
    return mail


def choices(draft: Mail) -> list[str]:
    """What can be answered."""
    found = re.search(r"Reply (.*?decline)", draft.text)
    assert found is not None, draft.text
    return [label.strip() for label in found[1].split("\u00b7")]


async def in_calendar(firm: Firm) -> list[tuple[str, datetime, bool]]:
    async with firm.app.store.begin(COMPANY) as tx:
        now = firm.clock.now()
        found = await tx.appointments(now, now + timedelta(days=60))
    return [(k.appointment.title, k.appointment.start, k.until is not None) for k in found]


def object_in(mail: Mail) -> tuple[str, Any]:
    parsed = message_from_bytes(mail.raw, policy=policy.default)
    (part,) = [p for p in parsed.walk() if p.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(bytes(part.get_payload(decode=True)))
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == str(calendar["METHOD"])
    return str(calendar["METHOD"]), event


async def with_a_conflict(firm: Firm) -> Mail:
    """The draft of an invitation while something else is in the calendar."""
    when = a_tuesday(firm)
    board = theirs(firm, uid="board", title="Board call", guests=(), start=when - HALF)
    async with firm.app.store.begin(COMPANY) as tx:
        board = board.model_copy(update={"end": when + HALF})
        await tx.keep_appointment(Kept(calendar="own", case=0, appointment=board, key="b"))
    return await firm.draft_of(invitation(firm, theirs(firm)))


@in_every_way
async def test_a_conflict_another_time_their_agreement_and_the_entry(firm: Firm) -> None:
    draft = await with_a_conflict(firm)
    assert "clashes with Board call" in draft.subject
    assert "It clashes with something in your calendar: Board call" in draft.text
    assert "Quarterly review <<" in draft.text
    assert "cid:page" in draft.html
    receipt = await firm.answer_to(draft, choices(draft)[1])
    assert receipt.text.startswith("Done: 1, 2.")
    (mail,) = await outside(firm, 1)
    await copied(firm)
    method, event = object_in(mail)
    assert method == "COUNTER"
    assert event["ATTENDEE"].params["SENT-BY"] == f"mailto:{firm.ops}"
    assert "asks for this time instead" in mail.text
    other = event.decoded("DTSTART")
    again = await firm.draft_of(invitation(firm, theirs(firm, start=other, sequence=1)))
    assert "They agree to the time that you asked for" in again.text
    receipt = await firm.answer_to(again, "accept")
    assert "accepted, to stranger@corp.test" in receipt.text
    await copied(firm)
    assert ("Quarterly review", other, False) in await in_calendar(firm)
    assert await last_answer(firm, 2) == "ACCEPTED"
    undone = await firm.answer_to(receipt, "undo")
    assert undone.text.startswith("Undone: 1, 2.")
    assert "Quarterly review" not in str(await in_calendar(firm))
    await copied(firm)
    assert await last_answer(firm, 3) == "DECLINED"


async def last_answer(firm: Firm, number: int) -> str:
    """What the last of so many mails to them says."""
    *_, mail = await outside(firm, number)
    method, event = object_in(mail)
    assert method == "REPLY"
    return str(event["ATTENDEE"].params["PARTSTAT"])


@with_dkim
async def test_a_text_that_names_another_time_than_the_invitation_is_a_failed_check(
    firm: Firm,
) -> None:
    draft = await firm.draft_of(invitation(firm, theirs(firm), text="See you at 16:45 on Tuesday."))
    assert "The mail's text names another time than the invitation in it" in draft.text


@with_dkim
async def test_what_is_called_off_is_taken_out(firm: Firm) -> None:
    draft = await firm.draft_of(invitation(firm, theirs(firm)))
    await firm.answer_to(draft, "accept")
    await copied(firm)
    assert len(await in_calendar(firm)) == 1
    gone = theirs(firm, sequence=1)
    draft = await firm.draft_of(invitation(firm, gone, Method.CANCEL))
    assert "Who invited calls it off." in draft.text
    await firm.answer_to(draft, "approve")
    assert await in_calendar(firm) == []


@with_dkim
async def test_words_are_answered_with_times_and_the_one_they_take_becomes_an_invitation(
    firm: Firm,
) -> None:
    mail = head(firm, "A call next week?")
    mail.set_content(
        "Hi Ann,\n\ncould we meet for 30 minutes next week to talk about the offer?\n\nBest, Jo\n"
    )
    draft = await firm.draft_of(mail.as_bytes(policy=SMTP))
    assert "offer these times to stranger@corp.test" in draft.text
    assert "Ann Lee could meet at one of these times" in draft.text
    receipt = await firm.answer_to(draft, "offer")
    assert "you hear when they answer" in receipt.text
    (offered,) = await outside(firm, 1)
    await copied(firm)
    held = await in_calendar(firm)
    assert [hold for _, _, hold in held] == [True, True, True]
    answer = head(
        firm,
        f"Re: {offered.subject}",
        **{"In-Reply-To": offered.message_id, "References": offered.message_id},
    )
    answer.set_content(f"The second one works for me, thanks!\n\n{offered.quoted()}")
    await firm.arrives(answer.as_bytes(policy=SMTP))
    (second,) = await firm.news()
    assert second.subject == draft.subject
    assert "The second one works for me" in second.text
    assert "They take a time that you offered." in second.text
    start = sorted(at for _, at, _ in held)[1]
    await firm.answer_to(second, choices(second)[0])
    assert [(at, hold) for _, at, hold in await in_calendar(firm)] == [(start, False)]
    *_, invited = await outside(firm, 2)
    method, event = object_in(invited)
    assert (method, event.decoded("DTSTART")) == ("REQUEST", start)
    await copied(firm)
    # Their calendar says yes: noted, and nobody is asked anything.
    entry = theirs(
        firm, uid=str(event["UID"]), organizer=Guest(address=firm.ops), start=start,
        guests=(Guest(address=JO, answer=PartStat.ACCEPTED),),
    )  # fmt: skip
    await firm.arrives(invitation(firm, entry, Method.REPLY))
    (told,) = await firm.news()
    assert told.text.startswith("Your invitation was accepted")
    assert firm.states()[-1] == "ignored"


@with_dkim
async def test_a_strangers_invitation_behind_another_organizer_needs_the_code(firm: Firm) -> None:
    app = await app_of(firm)
    other = theirs(firm, organizer=Guest(address="victim@elsewhere.example", name="V"))
    draft = await firm.draft_of(invitation(firm, other))
    assert "The invitation was not sent by who invites" in draft.text
    assert "to whom we write for the first time" in draft.text
    await firm.reply(draft, "decline")
    await firm.news()
    assert await outside(firm) == []
    assert approve(firm, app)
