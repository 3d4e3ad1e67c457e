"""A task: one entry of the list of work the agent takes over."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from mailagent.core.case import Case
from mailagent.core.people import Company, Person
from mailagent.core.proposal import Proposal
from mailagent.core.question import Answer, Question
from mailagent.core.reading import Kind, Reading
from mailagent.core.value import Value


class Work(Value):
    """All that a task is given to make a proposal of."""

    company: Company
    person: Person  # who will be asked
    case: Case
    version: int
    reading: Reading
    answers: tuple[Answer, ...] = ()
    sender: str = ""
    subject: str = ""
    today: date


class Task(NamedTuple):
    """What a module in tasks/ exports as TASK."""

    name: str
    kinds: frozenset[Kind]
    may: frozenset[str]  # capabilities; anything else fails closed
    asks: Callable[[Reading, Company], tuple[Question, ...]]
    propose: Callable[[Work], Proposal]
