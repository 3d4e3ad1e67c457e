"""Every commit point of the agent, as the places where it is killed.

A life is one piece of work at which one agent after the other dies, each at its own point.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest


class Point(NamedTuple):
    """The n-th time that a probe is passed."""

    name: str
    passing: int = 1

    def __str__(self) -> str:
        return f"{self.name} ({self.passing})" if self.passing > 1 else self.name


Life = Sequence[Point]


def lives(points: Life, number: int = 1) -> list[Any]:
    """These points in so many lives, in turn: between two deaths in one of them the others pass."""
    return [
        pytest.param(points[start::number], id=f"{start + 1} of {number}")
        for start in range(number)
    ]


def _around_mail(kind: str) -> list[Point]:
    steps = ("before", "accepted", "before commit", "committed")
    return [Point(f"send: {kind} {step}") for step in steps]


def _intake(passing: int) -> list[Point]:
    steps = ("fetched", "before commit", "committed")
    return [Point(f"ingest: {step}", passing) for step in steps]


def _action(number: int) -> list[Point]:
    return [
        Point(f"execute: before intent {number} commit"),
        Point(f"execute: intended {number}"),
        Point(f"execute: called {number}"),
        Point(f"execute: before outcome {number} commit"),
        Point(f"execute: outcome {number}"),
    ]


# From a bill in the mailbox to the receipt and the tidy folders.
APPROVED_BILL = [
    *_intake(1),
    Point("sort: before commit"),
    Point("sort: committed"),
    Point("read: before commit"),
    Point("read: committed"),
    Point("propose: before commit"),
    Point("propose: committed"),
    *_around_mail("draft"),
    Point("shelve: moved", 1),  # the bill, to Ops/Waiting
    Point("shelve: committed", 1),
    *_intake(2),
    Point("decide: before commit"),
    Point("decide: committed"),
    Point("execute: before begin commit"),
    Point("execute: begun"),
    *_action(1),
    *_action(2),
    *_action(3),
    Point("execute: before receipt commit"),
    Point("execute: receipt"),
    *_around_mail("receipt"),
    Point("shelve: moved", 2),  # the reply and the bill, to Ops/Done
    Point("shelve: committed", 2),
    Point("shelve: moved", 3),
    Point("shelve: committed", 3),
]

# Where the mail servers have a part in it: these are passed on Dovecot and Postfix as well.
WITH_SERVERS = [
    Point("ingest: committed"),
    Point("send: draft accepted"),
    Point("send: receipt accepted"),
    Point("shelve: moved", 1),
    Point("shelve: moved", 3),
]

# A reminder on its day.
REMINDER = [
    Point("routine: reminders before commit"),
    Point("routine: reminders committed"),
    *_around_mail("reminder"),
]

# A request of the owner's.
REQUEST = [
    Point("listen: before commit"),
    Point("listen: committed"),
    *_around_mail("answer"),
]

# A burst: its brief, an answer to all of it, the one receipt.
BRIEF = [
    Point("routine: brief before commit"),
    Point("routine: brief committed"),
    Point("brief: before commit"),
    Point("brief: committed"),
    *_around_mail("brief"),
    Point("decide: before commit"),
    Point("decide: committed"),
    Point("execute: called 1", 2),
    Point("execute: before receipt commit", 1),
    Point("execute: receipt", 2),
    Point("receipt: before commit"),
    Point("receipt: committed"),
    *_around_mail("items"),
]

# An address that asks to be measured anew.
ENROLMENT = [Point("enrol: before commit"), Point("enrol: committed")]

# A question to somebody outside, and the answer to it.
QUESTION = [
    Point("inquire: before commit"),
    Point("inquire: committed"),
    Point("execute: intended 1"),
    Point("execute: called 1"),
    Point("execute: before outcome 1 commit"),
    Point("execute: outcome 1"),
    Point("outsider: before commit"),
    Point("outsider: committed"),
]

# What a correction teaches.
LESSON = [Point("learn: before commit"), Point("learn: committed")]

# Who was away is told what somebody else decided.
HANDBACK = [
    Point("handback: before commit"),
    Point("handback: committed"),
    Point("brief: before commit"),
    Point("brief: committed"),
]

# A case that nothing can handle.
POISON = [Point("park: before commit"), Point("park: committed")]

EVERYWHERE = [
    *(*APPROVED_BILL, *REMINDER, *REQUEST, *BRIEF, *ENROLMENT),
    *(*QUESTION, *LESSON, *HANDBACK, *POISON),
]
