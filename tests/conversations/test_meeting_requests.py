"""A meeting is asked for by mail: of us, or by one of us with the agent in copy."""

import json
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest

from mailagent.core.meeting import Intent, Meeting, meeting_of
from mailagent.core.reading import Kind, Reading
from tests.agent import Firm, with_dkim
from tests.conversations.test_ask import copied, outside

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]

_THREAD = """Sounds good, Sam. Ops, find us 30 minutes next week please.

Ann

On Tue, 5 May 2026 at 16:02, Sam Doe <sam@partner.example> wrote:
> Shall we talk about the partnership?
"""


async def arrive(firm: Firm, text: str, **headers: str) -> None:
    mail = EmailMessage()
    told = {"Message-ID": "<m1@partner.example>", "Date": "Fri, 20 Nov 2026 12:00:00 +0000"}
    for name, value in {**told, **headers}.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    await firm.hand_in(mail.as_bytes())


def read(firm: Firm) -> Reading:
    ((stored,),) = firm.rows("SELECT body FROM readings")
    return Reading.model_validate(json.loads(stored) if isinstance(stored, str) else stored)


def meeting(firm: Firm) -> Meeting:
    reading = read(firm)
    assert reading.kind is Kind.MEETING_REQUEST
    return meeting_of(reading)


async def test_one_of_us_asks_in_a_thread_and_is_asked_alone(firm: Firm) -> None:
    await arrive(
        firm,
        _THREAD,
        From=f"Ann Lee <{firm.owner.address}>",
        To="Sam Doe <sam@partner.example>",
        Cc=firm.ops,
        Subject="Re: Partnership",
        In_Reply_To="<m0@partner.example>",
    )
    found = meeting(firm)
    assert found.by_us
    assert found.minutes == 30
    assert [one.address for one in found.attendees] == ["sam@partner.example"]
    (draft,) = await firm.news()
    assert draft["To"].endswith(f"<{firm.owner.address}>")
    assert not draft["Cc"]


async def test_the_answer_goes_into_the_thread_once_it_is_approved(firm: Firm) -> None:
    await arrive(
        firm,
        _THREAD,
        From=f"Ann Lee <{firm.owner.address}>",
        To="Sam Doe <stranger@corp.test>",
        Cc=firm.ops,
        Subject="Re: Partnership",
        Date=format_datetime(firm.clock.now()),
        In_Reply_To="<m0@partner.example>",
    )
    (draft,) = await firm.news()
    assert await outside(firm) == []
    assert "offer these times to stranger@corp.test" in draft.text
    await firm.reply(draft, "offer")
    (offered,) = await outside(firm, 1)
    # The owner has asked in that talk, and stays in it.
    assert {one.subject for one in await firm.news()} >= {"Re: Partnership"}
    assert offered["To"].endswith("stranger@corp.test")
    assert firm.owner.address in offered["Cc"]
    assert (offered.subject, offered["In-Reply-To"]) == ("Re: Partnership", "<m1@partner.example>")
    await copied(firm)
    answer = EmailMessage()
    for name, value in {
        "From": "Sam Doe <stranger@corp.test>",
        "To": firm.ops,
        "Subject": f"Re: {offered.subject}",
        "Message-ID": "<m3@partner.example>",
        "In-Reply-To": offered.message_id,
        "Date": format_datetime(firm.clock.now()),
    }.items():
        answer[name] = value
    (day,) = re.findall(r"1\. (\w+day)", offered.text)
    answer.set_content(f"{day} works, thanks.\n\n{offered.quoted()}")
    await firm.arrives(answer.as_bytes(policy=SMTP))
    (second,) = await firm.news()
    assert second.subject == draft.subject
    assert "They take a time that you offered." in second.text


async def test_talk_with_others_asks_nothing_of_the_agent(firm: Firm) -> None:
    await arrive(
        firm,
        "Thanks Sam, could we talk on Thursday at 10?\n\nAnn\n",
        From=f"Ann Lee <{firm.owner.address}>",
        To="Sam Doe <sam@partner.example>",
        Cc=firm.ops,
        Subject="Re: Partnership",
        In_Reply_To="<m0@partner.example>",
    )
    found = meeting_of(read(firm))  # whatever kind of mail it is: nothing of it is for the agent
    assert (found.intent, found.by_us, found.times) == (Intent.MENTION, False, ())


async def test_find_us_half_an_hour_is_no_search(firm: Firm) -> None:
    await arrive(
        firm,
        "find us half an hour next week",
        From=f"Ann Lee <{firm.owner.address}>",
        To=firm.ops,
        Cc="Sam Doe <sam@partner.example>",
        Subject="Partnership",
    )
    assert meeting(firm).by_us


async def test_a_stranger_asks(firm: Firm) -> None:
    await arrive(
        firm,
        "Dear Ann,\n\ncould we have a call on Thursday at 3pm, half an hour?\n\nSam\n",
        From="Sam Doe <sam@partner.example>",
        To=firm.owner.address,
        Cc=firm.ops,
        Subject="Partnership",
    )
    found = meeting(firm)
    assert (found.intent, found.by_us, found.minutes) == (Intent.REQUEST, False, 30)
    assert len(found.times) == 1


async def test_who_sends_a_paper_and_asks_for_a_meeting_gets_both_looked_at(firm: Firm) -> None:
    mail = EmailMessage()
    for name, value in {
        "From": "Sam Doe <stranger@corp.test>",
        "To": firm.ops,
        "Subject": "Our offer",
        "Message-ID": "<m9@partner.example>",
        "Date": format_datetime(firm.clock.now()),
    }.items():
        mail[name] = value
    mail.set_content(
        "Dear Ann,\n\nour offer is attached. Could we talk about it on Thursday at 3pm?\n\nSam\n"
    )
    mail.add_attachment("Our offer: ten desks.", subtype="plain", filename="offer.txt")
    await firm.hand_in(mail.as_bytes(policy=SMTP))
    kinds = {
        Reading.model_validate(json.loads(row) if isinstance(row, str) else row).kind
        for (row,) in firm.rows("SELECT body FROM readings")
    }
    assert Kind.MEETING_REQUEST in kinds
    assert len(kinds) == 2
