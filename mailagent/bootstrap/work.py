"""What is done with a mail: the stages, the tasks, and the words that they know."""

import tomllib
from collections.abc import Awaitable, Callable, Mapping

from mailagent import __version__
from mailagent.core.advice import Prompt
from mailagent.core.decision import Verbs, verbs_from
from mailagent.core.job import Job, Stage
from mailagent.core.task import Task
from mailagent.core.tasklist import TaskCard, card_of, narrowed
from mailagent.core.value import canonical, sha256
from mailagent.engine.embedded import EmbeddedEngine
from mailagent.ports import Office
from mailagent.settings.model import Settings
from mailagent.settings.tasks import TaskSettings
from mailagent.shipped import shipped
from mailagent.stages.brief import brief
from mailagent.stages.decide import decide
from mailagent.stages.enrol import enrol
from mailagent.stages.execute import execute
from mailagent.stages.handback import handback
from mailagent.stages.inquire import inquire
from mailagent.stages.learn import learn
from mailagent.stages.listen import listen
from mailagent.stages.outsider import outsider
from mailagent.stages.park import park
from mailagent.stages.propose import propose
from mailagent.stages.read import read
from mailagent.stages.receipt import receipt
from mailagent.stages.routine import routine
from mailagent.stages.send import send
from mailagent.stages.shelve import shelve
from mailagent.stages.sort import sort
from mailagent.store.board import SqlJobBoard
from mailagent.store.store import SqlStore
from mailagent.tasks import (
    agendas,
    bills,
    contracts,
    filing,
    meetings,
    orders,
    other,
    packs,
    payments,
    policy,
    questions,
    replies,
)

STAGES: Mapping[Stage, Callable[[Office, Job], Awaitable[None]]] = {
    Stage.LISTEN: listen,
    Stage.SORT: sort,
    Stage.READ: read,
    Stage.INQUIRE: inquire,
    Stage.OUTSIDER: outsider,
    Stage.PROPOSE: propose,
    Stage.DECIDE: decide,
    Stage.EXECUTE: execute,
    Stage.SEND: send,
    Stage.SHELVE: shelve,
    Stage.ROUTINE: routine,
    Stage.ENROL: enrol,
    Stage.BRIEF: brief,
    Stage.RECEIPT: receipt,
    Stage.HANDBACK: handback,
    Stage.LEARN: learn,
}


_TASKS = (
    bills.TASK,
    contracts.TASK,
    filing.TASK,
    meetings.TASK,
    agendas.TASK,
    orders.TASK,
    payments.TASK,
    packs.TASK,
    policy.TASK,
    questions.TASK,
    replies.TASK,
    other.TASK,
)


TASKS = {task.name: task for task in _TASKS}


# What is on whatever the settings say: it takes no documents by itself.
_ALWAYS = tuple(
    task.name for task in (agendas.TASK, packs.TASK, policy.TASK, questions.TASK, other.TASK)
)


def tasks_on(settings: Settings) -> dict[str, Task]:
    """Those that are on, each without what is forbidden to it."""
    names = (*_switched_on(settings), *_ALWAYS)
    given = settings.tasks
    return {name: _as_allowed(name, given.get(name)) for name in names}


def _as_allowed(name: str, given: TaskSettings | None) -> Task:
    task = TASKS[name]
    if given is None:
        return task
    return narrowed(task, given.forbidden, given.may_read, given.may_write, given.credentials)


def approvers_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Who decides; of mails around meetings whoever decides about meetings."""
    named = {name: settings.approvers(name) for name in settings.tasks}
    return named | {agendas.NAME: named.get(meetings.TASK.name, ())}


def task_cards(settings: Settings) -> tuple[TaskCard, ...]:
    """The list of work as people read it."""
    told = ("owner", "reviewer", "technical_contact", "answer_hours", "card", "approvers")
    return tuple(
        card_of(
            narrowed(TASKS[name], (), given.may_read, given.may_write, given.credentials),
            on=given.on,
            forbidden=given.forbidden,
            **{key: getattr(given, key) for key in told},
        )
        for name, given in settings.tasks.items()
    )


def versions_of(settings: Settings) -> dict[str, str]:
    """Of everything that a proposal rests on: the audit log names them with each."""
    rules = canonical([rule.model_dump(mode="json") for rule in settings.rules])
    prompts = (f"{name}/{prompt.version}" for name, prompt in sorted(shipped_prompts().items()))
    model = settings.model
    return {
        "code": __version__,
        "policy": sha256(rules)[:16],
        "prompts": " ".join(prompts),
        "model": f"{model.provider}/{model.name}" if model.provider else "none",
    }


def _switched_on(settings: Settings) -> list[str]:
    return [name for name, task in settings.tasks.items() if task.on]


def engine_of(office: Office, store: SqlStore) -> EmbeddedEngine:
    offices = {office.company.id: office}

    async def handle(company: str, job: Job) -> None:
        await STAGES[job.stage](offices[company], job)

    async def set_aside(company: str, job: Job, trace: str) -> None:
        await park(offices[company], job, trace)

    return EmbeddedEngine(SqlJobBoard(store), office.clock, handle, set_aside)


def shipped_verbs() -> Verbs:
    """The words that people answer with."""
    return verbs_from(tomllib.loads((shipped("config") / "verbs.toml").read_text("utf-8")))


def shipped_prompts() -> dict[str, Prompt]:
    """What a model is asked with, each with its version."""
    files = sorted((shipped("templates") / "prompts").glob("*.toml"))
    read = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    return {name: Prompt(name=name, **told) for name, told in read.items()}
