"""Genuine replies of all clients, encodings and proofs count: not one is refused."""

from collections.abc import Sequence

import pytest

from mailagent.core.decision import Execute
from tests.core.channel import hear
from tests.gates.genuine import Genuine, all_genuine


def test_there_are_enough_of_them() -> None:
    assert len(all_genuine()) >= 300


@pytest.mark.parametrize(
    "some", [all_genuine()[::7], pytest.param(all_genuine(), marks=pytest.mark.slow)], ids=len
)
def test_none_of_them_is_refused(some: Sequence[Genuine]) -> None:
    refused = []
    for one in some:
        heard = hear(one.raw, one.world)
        if not heard.verdicts.passed or not isinstance(heard.decision, Execute):
            refused.append((one.name, heard.reply.own, heard.verdicts.record()))
    assert refused == []
