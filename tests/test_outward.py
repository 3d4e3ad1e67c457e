"""What other programs are told: counts on request, a line when something waits."""

import socket
from pathlib import Path

import httpx
import pytest

from mailagent.bootstrap.outward import figures_served
from mailagent.core.brief import MORNING
from tests.desk import open_desk
from tests.stages.test_brief import bill
from tests.stages.test_spots import sent


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_the_figures_of_the_store_are_answered(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill(1, vendor="Secret GmbH"))
        port = free_port()
        serving = figures_served(desk.store, desk.office.company.id, port)
        async with serving, httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{port}/metrics")
        async with desk.begin() as tx:
            seq, _ = await tx.chain_head()
    assert answer.status_code == 200
    assert 'mailagent_received_total{task="bills"} 1\n' in answer.text
    assert 'mailagent_cases{state="proposed"} 1\n' in answer.text
    assert f"mailagent_audit_entries {seq}\n" in answer.text
    for secret in ("Secret", "ann", "corp", "119"):
        assert secret not in answer.text


@pytest.mark.slow
async def test_a_chat_hears_of_a_brief_and_of_nothing_in_it(tmp_path: Path) -> None:
    heard: list[str] = []

    async def ring(line: str) -> None:
        heard.append(line)

    async with open_desk(tmp_path, ring=ring) as desk:
        await desk.take_in(bill(1))
        assert heard == []  # a draft is a mail like any other
        await sent(desk, MORNING)
    assert heard == ["A brief waits in your mailbox. Answer it there."]
