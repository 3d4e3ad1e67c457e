"""The list of work as people read it: what each task may, what it needs, and what it never does."""

from collections.abc import Collection, Iterable
from typing import get_args

from mailagent.core.capability import CATALOGUE, Weight
from mailagent.core.question import Question
from mailagent.core.said import Said, say
from mailagent.core.task import Task
from mailagent.core.value import Value

# What is nobody's task here, whatever the settings say: there is no capability for it.
NEVER = ("pay", "sign", "waive", "negotiate", "hire", "delete")


# What tasks ask of books, calendars and registers.
SOURCES = frozenset(str(one.model_fields["asks"].default) for one in get_args(Question))


class TaskCard(Value):
    """One task of the list."""

    name: str
    on: bool
    reads: tuple[str, ...]  # kinds of documents
    asks: tuple[str, ...] = ()  # of books, calendars and registers; empty: what it needs
    may: tuple[str, ...]  # capabilities, each after approval
    code: tuple[str, ...]  # of these, what needs the code as well
    undone: tuple[str, ...]  # and what a word takes back
    forbidden: tuple[str, ...] = ()  # that it could, and must not
    approvers: tuple[str, ...] = ()  # ids; empty: the first person
    owner: str = ""
    reviewer: str = ""
    technical_contact: str = ""
    answer_hours: int = 0  # within which its drafts should be answered
    card: str = ""  # how the company does it


# The sign-ins that the agent has; what needs none is in its own store.
SIGN_INS = ("files", "calendar", "smtp")
_NEEDS = {"files": "files", "payments": "files", "mail": "smtp", "calendar": "calendar"}
_OURS = frozenset({"ledger", "orders", "policy", "reminders"})  # in our own store
_BY_MAIL = frozenset({"reply", "counter", "invite", "cancel", "offer"})  # of calendar


def sign_in_for(name: str) -> str:
    """What a capability, or a question, signs in with; empty: with nothing.

    A system that nobody has listed needs a sign-in of its name, which no task can be given.
    """
    system, _, verb = name.partition(".")
    if name in ("mail.correspondent", "files.known"):
        return ""  # registers of our own
    if system == "calendar" and verb in _BY_MAIL:
        return "smtp"
    return "" if system in _OURS else _NEEDS.get(system, system)


def narrowed(
    task: Task,
    forbidden: Collection[str] = (),
    may_read: Collection[str] | None = None,
    may_write: Collection[str] | None = None,
    credentials: Collection[str] | None = None,
) -> Task:
    """The task without what is forbidden to it, and with no more than it may read, write and sign
    in with: what it asks or proposes beyond that fails closed.
    """
    may, sources = task.may - frozenset(forbidden), task.sources
    if may_write is not None:
        may &= frozenset(may_write)
    if may_read is not None:
        kinds = frozenset(kind for kind in task.kinds if kind in may_read)
        task, sources = task._replace(kinds=kinds), frozenset(may_read) & SOURCES
    if credentials is not None:
        may = frozenset(name for name in may if sign_in_for(name) in ("", *credentials))
        asked = SOURCES if sources is None else sources
        sources = frozenset(name for name in asked if sign_in_for(name) in ("", *credentials))
    return task._replace(may=may, sources=sources)


def card_of(task: Task, *, on: bool, forbidden: Collection[str] = (), **told: object) -> TaskCard:
    """What people are shown of a task."""
    may = sorted(task.may - frozenset(forbidden))
    rows = {name: CATALOGUE[name] for name in may if name in CATALOGUE}
    return TaskCard.model_validate(
        {
            "name": task.name,
            "on": on,
            "reads": tuple(sorted(task.kinds)),
            "asks": tuple(sorted(task.sources or ())),
            "may": tuple(may),
            "code": tuple(n for n, row in rows.items() if row.weight is Weight.HEAVY),
            "undone": tuple(n for n, row in rows.items() if row.reverse is not None),
            "forbidden": tuple(sorted(forbidden)),
            **told,
        }
    )


def switched(cards: Iterable[TaskCard]) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """The tasks that are on; and those that are off, with the kinds of papers they would take."""
    all_of = tuple(cards)
    on = frozenset(card.name for card in all_of if card.on)
    return on, {card.name: card.reads for card in all_of if not card.on and card.reads}


def listed(cards: Iterable[TaskCard]) -> tuple[tuple[str, Said], ...]:
    """Two lines for each: what it does, and who answers for it."""
    lines: list[tuple[str, Said]] = []
    for card in cards:
        state = "tasks.on" if card.on else "tasks.off"
        names = {
            "reads": ", ".join(card.reads).replace("_", " "),
            "may": ", ".join(card.may) or "-",
            "code": ", ".join(card.code) or "-",
            "undone": ", ".join(card.undone) or "-",
            "forbidden": ", ".join(card.forbidden) or "-",
        }
        lines.append((card.name, say(state, **names)))
    lines.append(("", say("tasks.never")))
    lines.append(("", say("tasks.logged")))
    return tuple(lines)
