"""Genuine replies of all clients, encodings and proofs count: not one is refused."""

import pytest

from mailagent.core.decision import Execute
from tests.core.channel import hear
from tests.gates.genuine import all_genuine


def test_there_are_enough_of_them() -> None:
    assert len(all_genuine()) >= 300


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_none_of_them_is_refused(every: int) -> None:
    refused = []
    for one in all_genuine()[::every]:
        heard = hear(one.raw, one.world)
        if not heard.verdicts.passed or not isinstance(heard.decision, Execute):
            refused.append((one.name, heard.reply.own, heard.verdicts.record()))
    assert refused == []
