"""Which child is asked."""

from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool


class _Child:
    usable = True

    def __init__(self, knows: str) -> None:
        self.knows = knows


def test_who_read_a_document_is_asked_about_it_again() -> None:
    pool = Pool(2, Limits())
    one, other = _Child("a"), _Child("b")
    pool._idle = [one, other]  # type: ignore[list-item]
    asked: list[object] = [pool._take("a"), pool._take("a")]
    assert asked == [one, other]
    assert other.knows == "a"
