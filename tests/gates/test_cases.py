"""Every case of GATES.md by its id, end to end: real mails, the real stages, real servers.

A case is told to the agent by mail, and what came of it is looked at in its books, its audit and
the owner's mailbox.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.agent import Firm
from tests.gates import (
    cases_attempts,
    cases_genuine,
    cases_machines,
    cases_proofs,
    cases_providers,
    cases_senders,
    cases_words,
)
from tests.gates.told import CASES

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
# They enter their cases when they are imported.
TOLD_IN = (
    cases_genuine,
    cases_proofs,
    cases_senders,
    cases_machines,
    cases_words,
    cases_attempts,
    cases_providers,
)


def _all() -> list[Any]:
    """One test a case and server."""
    return [
        pytest.param(
            where.values[0], name, id=f"{name.replace(' ', '-')}-{where.id}", marks=where.marks
        )
        for name, (_, on) in CASES.items()
        for where in on
    ]


@pytest.mark.parametrize(("firm", "name"), _all(), indirect=["firm"])
async def test_case(firm: Firm, name: str) -> None:
    await CASES[name].tell(firm)


async def test_every_case_of_the_gates_is_here() -> None:
    ids = {name.split()[0] for name in CASES}
    killed = (Path(__file__).parents[1] / "faults" / "test_killed.py").read_text()
    if "# A54" in killed:  # an agent is killed there at each of its commits, as a process
        ids.add("A54")
    assert ids == {f"A{number:02}" for number in range(1, 70)}


async def test_most_of_them_run_on_real_servers_as_well() -> None:
    real = {
        name.split()[0]
        for name, (_, on) in CASES.items()
        if any(str(one.id).startswith("dovecot") for one in on)
    }
    assert len(real) >= 60
