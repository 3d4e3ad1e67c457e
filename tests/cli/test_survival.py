"""`doctor --proof` behind gateways that rewrite one mark each, and an owner who answers."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import SystemClock, build
from mailagent.cli.kept import proven
from mailagent.cli.survival import Measured, measure
from mailagent.core.people import Proof
from mailagent.settings import read_settings
from mailagent.testing import FakeKeys
from tests.agent import PASSWORDS, write_home
from tests.clients import Client, Signer
from tests.gateway import Habits, gateway_before
from tests.outage import no_help
from tests.servers import MailServers

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

_PATIENCE, _SOON = timedelta(seconds=30), timedelta(seconds=2)
_PLAIN = Habits(keeps_id=True)


async def _measured(
    home: Path, servers: MailServers, owner: Client, warm: dict[str, Any], keys: FakeKeys
) -> Measured:
    shared = {name: warm[name] for name in ("reader", "renderer", "verbs")}
    app = build(write_home(home, servers), PASSWORDS, keys=keys, **no_help(), **shared)
    async with app.opened(), asyncio.TaskGroup() as tasks:
        tasks.create_task(_answers(owner))
        return await measure(app, _PATIENCE, home=_PATIENCE, tagged=_SOON)


async def _answers(owner: Client) -> None:
    (asked,) = await owner.inbox(1)
    assert "doctor --proof" in asked.text
    await owner.send(owner.answer(asked, "ok"), asked.reply_to)


@pytest.mark.parametrize(
    ("habits", "routes", "proof"),
    [
        pytest.param(None, ("plus-tag", "Message-ID"), Proof.DKIM, id="nothing"),
        pytest.param(_PLAIN, ("plus-tag", "Message-ID"), Proof.CODE, id="signature"),
        pytest.param(Habits(), ("plus-tag",), Proof.CODE, id="message-id"),
        pytest.param(
            Habits(keeps_id=True, keeps_tag=False), ("Message-ID",), Proof.CODE, id="plus-tag"
        ),
        pytest.param(Habits(keeps_id=True, keeps_subject=False), (), Proof.CODE, id="subject"),
        pytest.param(Habits(keeps_tag=False), (), Proof.CODE, id="message-id and plus-tag"),
    ],
)
async def test_what_a_gateway_takes_is_not_chosen(
    habits: Habits | None,
    routes: tuple[str, ...],
    proof: Proof,
    tmp_path: Path,
    mailservers: MailServers,
    signer: Signer,
    warm: dict[str, Any],
) -> None:
    if habits is None:
        measured = await _with(tmp_path, mailservers, mailservers, signer, warm)
    else:
        with gateway_before(mailservers, habits) as gateway:
            measured = await _with(tmp_path, gateway.servers, mailservers, signer, warm)
    assert measured.choice.routes == routes, measured
    assert measured.choice.proof is proof
    found = await asyncio.to_thread(proven, read_settings(tmp_path))
    assert (found.well, "measured" in found.what) == (bool(routes), True)
    assert all(route in found.what for route in routes)
    assert measured.choice.plus_tags == (habits is None or habits.keeps_tag)


async def _with(
    home: Path, front: MailServers, behind: MailServers, signer: Signer, warm: dict[str, Any]
) -> Measured:
    owner = Client(servers=front, user="owner", clock=SystemClock(), signer=signer)
    return await _measured(home, front, owner, warm, FakeKeys(signer.records))
