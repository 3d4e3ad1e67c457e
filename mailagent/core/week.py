"""A week in bare counts: all that a model sees of it. No name, no amount, no word of a mail."""

from collections.abc import Iterator

from mailagent.core.digest import BEFORE, Digest
from mailagent.core.figures import Figures

_SHARES = {
    "approval": "share of decisions that said yes",
    "correction": "share of these that a person changed first",
    "untouched": "share of values that were right as they were read",
}
_COUNTS = {"incidents": "mistakes", "ignored": "mails that nobody answered"}


def in_counts(digest: Digest) -> str:
    """One line for each figure; empty where nothing was done."""
    return "\n".join(_lines(digest)) if digest.now["done"] else ""


def _lines(digest: Digest) -> Iterator[str]:
    now, before = digest.now, digest.before
    yield f"cases done this week: {now['done']}"
    yield f"cases done in each of the {BEFORE} weeks before: {_each(digest)}"
    for one in digest.done:
        yield f"of these, {one.task.replace('_', ' ')}: {one.n}"
    for name, told in _SHARES.items():
        if share := _share(now, name):
            yield f"{told}: {share}" + (
                f" (before: {old})" if (old := _share(before, name)) else ""
            )
    for name, told in _COUNTS.items():
        yield f"{told}: {now[name]}"
    for name, n in digest.caught.items():
        yield f"warnings of the kind '{name.replace('_', ' ')}': {n}"
    if digest.due:
        yield f"bills that fall due within two weeks: {len(digest.due)}"
    if digest.minutes_saved:
        yield f"minutes saved: {digest.minutes_saved}"


def _each(digest: Digest) -> str:
    return ", ".join(str(week["done"]) for week in digest.weeks[:-1])


def _share(figures: Figures, name: str) -> str:
    rate = getattr(figures, name)
    return "" if rate is None else f"{rate:.0%}"
