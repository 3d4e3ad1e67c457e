"""Contracts that were written down before the reader saw them are read as well as they were."""

import pytest

from mailagent.core.reading import Kind
from tests.parsers.contract.fresh.scoring import contracts, figures

DATES = ("agreement_date", "effective_date", "expiration_date")


SETS = [("first", 0.94), ("second", 0.8), ("third", 0.92), ("fourth", 0.88)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), SETS)
def test_what_was_read_once_is_read_again(name: str, least: float) -> None:
    found = figures(contracts(name))
    assert {one.kind for one in found.scores} <= {Kind.CONTRACT, Kind.OTHER}
    for field in (*DATES, "renewal_term", "governing_law", "parties"):
        assert found.recall(field) >= least, field
    for field in (*DATES, "governing_law", "notice_to_terminate_renewal", "parties given"):
        assert found.precision(field) >= 0.92, field
