"""The reply language, from the mail to what is understood."""

import pytest

from tests.language.suite import cases, is_dangerous, is_right, outcome


@pytest.mark.slow
def test_every_reply_is_understood_as_it_is_meant() -> None:
    found = [(case, outcome(case)) for case in cases()]
    assert len(found) >= 300
    assert not [f"{case.name} {got}" for case, got in found if is_dangerous(case, got)]
    assert not [f"{case.name} {got}" for case, got in found if not is_right(case, got)]
