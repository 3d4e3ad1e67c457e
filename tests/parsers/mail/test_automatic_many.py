"""Machines in seven languages, and people that look like them: see machines.py."""

import pytest

from parsers.mail.automatic import why_automatic
from tests.parsers.mail.machines import LANGUAGES, away, machines, notices, people

MACHINES = machines()
PEOPLE = people()


def test_there_are_enough_of_both() -> None:
    assert len({**dict(away()), **dict(notices())}) > 150
    assert len(LANGUAGES) == 7
    assert len(MACHINES) > 280
    assert len(PEOPLE) > 60


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine(name: str) -> None:
    assert why_automatic(MACHINES[name])


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person(name: str) -> None:
    assert why_automatic(PEOPLE[name]) is None
