"""`import bills --from-mail`: old mails teach who the vendors are, and nothing else happens."""

from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import SystemClock, build
from mailagent.cli.past import read_past
from mailagent.core.errors import ConfigInvalid
from mailagent.store.ledger import EmbeddedLedger
from mailagent.testing import FakeMailbox, FakePost
from tests.agent import PASSWORDS, due_bill, mail_with, write_home
from tests.outage import no_help
from tests.servers import MailServers
from tests.store.test_books import asked

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_vendors_are_known_and_nothing_else_happens(
    tmp_path: Path,
    embedded_servers: MailServers,
    warm: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    shared = {name: warm[name] for name in ("reader", "renderer", "verbs")}
    post, box = FakePost(), FakeMailbox(clock=SystemClock())
    settings = write_home(tmp_path / "home", embedded_servers)
    app = build(settings, PASSWORDS, mailbox=box, post=post, **no_help(), **shared)
    async with app.opened():
        for each in range(25):
            box.arrive(mail_with(due_bill(f"RE-{each:04}")))
        box.arrive(b"From: a@b.example\r\nSubject: lunch?\r\n\r\nAt noon?\r\n")
        with pytest.raises(ConfigInvalid, match="No mail"):
            await read_past(app, "Nowhere", 365)

        await read_past(app, "INBOX", 365)
        said = capsys.readouterr().out
        assert "20 of 26 mails read, 20 bills found" in said
        assert "25 bills taken in: 25 new, 0 known before." in said

        box.arrive(mail_with(due_bill("RE-0003")))  # the same bill once more
        await read_past(app, "INBOX", 365)
        said = capsys.readouterr().out
        assert "26 of 27 mails were read before" in said
        assert "1 bills taken in: 0 new, 1 known before." in said

        async with app.store.begin("corp") as tx:
            known = await EmbeddedLedger().vendor(tx, asked(vendor=due_bill().seller))
        assert known.bills == 25
        assert len(box.mails()) == 27  # nothing was moved
    assert post.sent == []
