"""The reply language, from the mail to what is understood."""

from tests.language.suite import cases, is_dangerous, is_right, outcome


def test_score() -> None:
    found = [(case, outcome(case)) for case in cases()]
    dangerous = [f"{c.name} {got}" for c, got in found if is_dangerous(c, got)]
    wrong = [f"{c.name} {got}" for c, got in found if not is_right(c, got)]
    print(*wrong, sep="\n")  # noqa: T201 - shown where the test fails
    print(f"{len(found) - len(wrong)} of {len(found)}")  # noqa: T201
    print(*dangerous, sep="\n")  # noqa: T201
    assert len(dangerous) <= 99  # to be 0
    assert len(wrong) <= 0.7 * len(found)
