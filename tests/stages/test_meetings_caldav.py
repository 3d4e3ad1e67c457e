"""The same conversation where meetings are entered on a real CalDAV server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.calendar.caldav import CalDavCalendar
from connectors.calendar.desk import CalendarDesk, Meetings, Plan
from connectors.http import HttpServer, ServerAway
from connectors.mail.outsiders import Outsiders
from mailagent.core.appointment import Appointment
from mailagent.core.case import State
from mailagent.store.calendar import OWN, embedded_calendar
from tests.connectors.calendar.dav import PASSWORD, USER, free_port, radicale, xandikos
from tests.connectors.calendar.test_contract import HereReader
from tests.desk import Desk, engine_of, open_desk, reply_mail
from tests.stages.test_meetings import THURSDAY, failed, invitation, mail, sent
from tests.values import appointment

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", params=[radicale, xandikos], ids=["radicale", "xandikos"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with request.param(tmp_path_factory.mktemp("dav")) as found:
        yield found


@asynccontextmanager
async def desk_on(folder: Path, address: str) -> AsyncIterator[tuple[Desk, CalDavCalendar]]:
    """A desk whose meetings are entered on this server."""
    async with open_desk(folder) as made:
        server = HttpServer(url=address, user=USER, password=PASSWORD, timeout=5)
        calendar = CalDavCalendar("work", server, (made.clock, HereReader()), home="UTC")
        outside = {"work": calendar}
        calendars = CalendarDesk(Plan(OWN, "work"), embedded_calendar, outside, made.clock)
        post = Outsiders(made.store, made.post, made.clock, company=made.office.company)
        systems = {**made.office.systems, "calendar": Meetings(calendars, post)}
        around = {**made.office.__dict__, "calendars": calendars, "systems": systems}
        office = type(made.office)(**around)
        made.office, made.engine = office, engine_of(made.store, office)
        yield made, calendar


async def test_an_acceptance_is_entered_on_the_server_and_taken_back(
    tmp_path: Path, address: str
) -> None:
    async with desk_on(tmp_path, address) as (desk, calendar):
        await desk.take_in(mail(invitation()))
        assert failed(desk) == set()
        await desk.take_in(reply_mail(desk.draft(), "accept"))
        (busy,) = await calendar.busy(THURSDAY - HOUR, THURSDAY + HOUR)
        assert (busy.start, busy.what) == (THURSDAY, "Quarterly review")
        await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
        assert await calendar.busy(THURSDAY - HOUR, THURSDAY + HOUR) == []
        assert len(sent(desk)) == 2


async def test_what_stands_on_the_server_is_a_conflict(tmp_path: Path, address: str) -> None:
    async with desk_on(tmp_path, address) as (desk, calendar):
        other = invitation().model_copy(update={"topic": "Board call"})
        assert other.object is not None
        named = other.object.model_copy(update={"uid": "board@corp.test"})
        await desk.take_in(mail(other.model_copy(update={"object": named})))
        await desk.take_in(reply_mail(desk.draft(), "accept"))
        await desk.take_in(mail(invitation(), 2))
        assert failed(desk) == {"calendar_free"}
        assert await calendar.delete("board@corp.test")


async def test_the_server_is_read_once_more_before_an_approval_counts(
    tmp_path: Path, address: str
) -> None:
    async with desk_on(tmp_path, address) as (desk, calendar):
        await desk.take_in(mail(invitation()))
        shown = desk.draft()
        board = appointment(uid="audit@corp.test", title="Audit", start=THURSDAY,
                            end=THURSDAY + HOUR)  # fmt: skip
        await calendar.put(board)
        await desk.take_in(reply_mail(shown, "accept"))
        assert sent(desk) == []
        assert failed(desk) == {"calendar_free"}
        assert "Audit" in str(desk.draft().proposal.notes)
        assert await calendar.delete("audit@corp.test")


async def test_when_the_servers_answer_is_lost_the_entry_is_found_again(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(tmp_path, address) as (desk, calendar):
        written: list[str] = []
        put = calendar.put

        async def taken_and_not_said(one: Appointment) -> str:
            written.append(await put(one))
            raise ServerAway("the line broke")

        monkeypatch.setattr(calendar, "put", taken_and_not_said)
        await desk.take_in(mail(invitation()))
        await desk.take_in(reply_mail(desk.draft(), "accept"))
        assert (await desk.case()).state is State.EXECUTING
        desk.clock.advance(timedelta(minutes=20))
        await desk.engine.drain()
        assert (await desk.case()).state is State.DONE
        assert (len(written), len(sent(desk))) == (1, 1)
        assert await calendar.delete("their-1@alvarez.test")


async def test_a_server_that_is_away_is_told_and_nothing_is_taken_for_free(tmp_path: Path) -> None:
    async with desk_on(tmp_path, f"http://127.0.0.1:{free_port()}/") as (desk, _):
        await desk.take_in(mail(invitation()))
        assert failed(desk) == {"calendars_read"}
        await desk.take_in(reply_mail(desk.draft(), "accept"))
        # The answer is out; the entry waits for the server.
        assert (await desk.case()).state is State.EXECUTING
        assert len(sent(desk)) == 1
