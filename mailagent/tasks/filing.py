"""Every paper that no other task takes finds its place, named so that it is found again."""

from mailagent.core import revision
from mailagent.core.papers import DAYS, NAMES, asks, put_away
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Kind
from mailagent.core.task import Task, Work


def propose(work: Work) -> Proposal:
    """Its place, and nothing else."""
    return put_away(work, TASK.name)


TASK = Task(
    name="filing",
    kinds=frozenset(NAMES["en"]) - {Kind.PURCHASE_ORDER},  # has a task of its own
    may=frozenset({"files.store"}),
    asks=asks,
    propose=propose,
    edits={
        "folder": revision.folder,
        "party": revision.words,
        "tags": revision.words,
        **dict.fromkeys((*DAYS, "valid_until"), revision.day),
        **dict.fromkeys(("holder", "number"), revision.words),
    },
    prefers=frozenset({"folder"}),
    by_party=True,
)
