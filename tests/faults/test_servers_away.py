"""Mail servers that are away for a while: it is said, nothing is lost, and it goes on."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from structlog.typing import EventDict

from mailagent.core.people import Proof
from tests.agent import Firm, due_bill, firm_on, mail_with
from tests.clients import Signer
from tests.faults.patience import until
from tests.servers import MailServers
from tests.wire import Wire, wire_to

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@dataclasses.dataclass(frozen=True)
class Lines:
    """The wires between the agent and its servers, and what the agent says meanwhile."""

    imap: Wire
    smtp: Wire
    log: list[EventDict]

    def said(self, event: str, why: str) -> bool:
        return any(e["event"] == event and why in str(e.get("why")) for e in self.log)


@pytest_asyncio.fixture(loop_scope="session")
async def lines(embedded_servers: MailServers) -> AsyncIterator[Lines]:
    async with (
        wire_to(embedded_servers.imap_port) as imap,
        wire_to(embedded_servers.smtp_port) as smtp,
    ):
        with capture_logs() as log:
            yield Lines(imap, smtp, log)


@pytest_asyncio.fixture(loop_scope="session")
async def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@asynccontextmanager
async def firm_over(
    lines: Lines, home: Path, servers: MailServers, signer: Signer, warm: dict[str, Any]
) -> AsyncIterator[Firm]:
    """A firm whose agent reaches its servers over these lines."""
    wired = dataclasses.replace(servers, imap_port=lines.imap.port, smtp_port=lines.smtp.port)
    async with firm_on(home, servers, Proof.DKIM, signer, through=wired, **warm) as firm:
        yield firm


@pytest_asyncio.fixture(loop_scope="session")
async def firm(
    lines: Lines,
    home: Path,
    embedded_servers: MailServers,
    signer: Signer,
    warm: dict[str, Any],
) -> AsyncIterator[Firm]:
    async with firm_over(lines, home, embedded_servers, signer, warm) as made:
        yield made


async def test_an_imap_server_that_is_away_at_the_start_is_waited_for(
    lines: Lines,
    home: Path,
    embedded_servers: MailServers,
    signer: Signer,
    warm: dict[str, Any],
) -> None:
    await lines.imap.close()
    async with firm_over(lines, home, embedded_servers, signer, warm) as firm:
        await until(lambda: lines.said("nothing can be taken in", "cannot be used"))
        await lines.imap.open()
        draft = await firm.draft_of(mail_with(due_bill()))
        await firm.answer_to(draft, "approve")
        assert firm.states() == ["done"]


async def test_an_imap_server_that_goes_away_is_waited_for(firm: Firm, lines: Lines) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await lines.imap.close()
    await firm.owner.send(firm.owner.answer(draft, "approve"), draft.reply_to)
    await until(lambda: lines.said("nothing can be taken in", "cannot be used"))
    assert firm.nothing_happened()
    await lines.imap.open()
    firm.sent_in += 1
    await firm.settled()
    assert firm.states() == ["done"]
    assert len(await firm.folder("Ops/Done")) == 2


async def test_a_draft_waits_for_an_smtp_server_that_is_away(firm: Firm, lines: Lines) -> None:
    await lines.smtp.close()
    await asyncio.to_thread(firm.servers.deliver, mail_with(due_bill()))
    await until(lambda: lines.said("will try again", "cannot be used"))
    assert await firm.owner.inbox() == []
    await lines.smtp.open()
    firm.sent_in += 1
    await firm.settled()
    assert len(await firm.news()) == 1


async def test_a_draft_that_may_have_gone_out_goes_out_again_as_the_same_mail(
    firm: Firm, lines: Lines
) -> None:
    lines.smtp.cut_after = b"\r\n.\r\n"
    await asyncio.to_thread(firm.servers.deliver, mail_with(due_bill()))
    await until(lambda: lines.said("will try again", "did not say whether it took it"))
    lines.smtp.unmute()
    firm.sent_in += 1
    await firm.settled()
    first, second = await firm.owner.inbox(2)
    assert first.message_id == second.message_id
