"""Who may change a meeting that stands, and what becomes of mails that come in another order."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.appointment import Guest, Kept
from mailagent.core.meeting import Attendee
from mailagent.core.reply import Claim
from mailagent.core.said import say
from mailagent.testing import FakeKeys
from tests.desk import GOOD, Desk, open_desk, reply_mail
from tests.stages.test_meetings import JO, entries, failed, invitation, mail
from tests.values import appointment

SIGNERS = ("alvarez.test", "mail.alvarez.test", "booking.test", "corp.test", "evil.test")
KEYS = {f"s._domainkey.{domain}": GOOD for domain in SIGNERS}
BOOKING = "no-reply@booking.test"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, keys=FakeKeys(KEYS)) as made:
        yield made


def sent(by: str, signed: str, number: int, **changes: Any) -> bytes:
    claims = (Claim(domain=signed, selector="s"),) if signed else ()
    meeting = invitation(**changes)
    return mail(meeting, number, sender=f"J <{by}>", sender_address=by, claims=claims)


async def stands(desk: Desk) -> None:
    await desk.take_in(sent(JO.address, "alvarez.test", 1))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert len(await entries(desk)) == 1


@pytest.mark.parametrize("method", ["CANCEL", "REQUEST"])
@pytest.mark.parametrize(
    ("by", "signed", "vouched"),
    [
        (JO.address, "alvarez.test", True),
        ("jo@mail.alvarez.test", "mail.alvarez.test", True),
        ("ann@corp.test", "corp.test", True),  # sent on by one of us
        (JO.address, "", False),
        (JO.address, "evil.test", False),
        ("eve@evil.test", "evil.test", False),
        (BOOKING, "booking.test", False),
    ],
)
async def test_a_change_in_the_organizers_name(
    desk: Desk, method: str, by: str, signed: str, vouched: bool
) -> None:
    await stands(desk)
    await desk.take_in(sent(by, signed, 2, method=method, sequence=5))
    assert ("meeting_vouched" in failed(desk)) is not vouched
    assert desk.draft().proposal.all_actions


async def test_a_calendar_service_changes_what_it_brought(desk: Desk) -> None:
    """The organizer is a person; a service speaks for them, under its own signature."""
    await desk.take_in(sent(BOOKING, "booking.test", 1))
    host = Guest(address=JO.address, name=JO.name)
    entry = appointment(uid="their-1@alvarez.test", organizer=host)
    kept = Kept(calendar="own", case=(await desk.case()).id, appointment=entry, key="k")
    async with desk.begin() as tx:  # as the owner's word with the code would have done
        await tx.keep_appointment(kept)
    await desk.take_in(sent(BOOKING, "booking.test", 2, method="CANCEL", sequence=5))
    assert "meeting_vouched" not in failed(desk)
    await desk.take_in(sent("other@booking.test", "booking.test", 3, method="CANCEL", sequence=6))
    assert "meeting_vouched" in failed(desk)


async def test_a_first_invitation_changes_nothing_that_stands(desk: Desk) -> None:
    await desk.take_in(sent("eve@evil.test", "", 1))
    assert "meeting_vouched" not in {check.name for check in desk.draft().proposal.checks}


@pytest.mark.parametrize("later", ["REQUEST", ""])
async def test_what_was_called_off_before_it_arrived_is_not_accepted(
    desk: Desk, later: str
) -> None:
    await desk.take_in(sent(JO.address, "alvarez.test", 1, method="CANCEL", sequence=1))
    await desk.take_in(sent(JO.address, "alvarez.test", 2, method=later))
    assert desk.draft().proposal.question == say("meeting.called_off")
    assert await entries(desk) == []


@pytest.mark.parametrize(
    ("by", "signed", "changes"),
    [
        ("eve@evil.test", "evil.test", {}),
        (JO.address, "", {}),
        (JO.address, "alvarez.test", {"organizer": Attendee(address="eve@evil.test")}),
        (JO.address, "alvarez.test", {"sequence": 1}),
    ],
    ids=["another sender", "unsigned", "another organizer", "an older version"],
)
async def test_nobody_else_calls_it_off_beforehand(
    desk: Desk, by: str, signed: str, changes: dict[str, Any]
) -> None:
    await desk.take_in(sent(by, signed, 1, **{"method": "CANCEL", "sequence": 3, **changes}))
    await desk.take_in(sent(JO.address, "alvarez.test", 2, sequence=2))
    assert desk.draft().proposal.alternatives
