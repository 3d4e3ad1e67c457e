"""What is said back to a request: one mail, in its thread, to the address on file."""

from typing import Any

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.brief import WEEKLY
from mailagent.core.decision.requests import Request, means_everything, tasks_called
from mailagent.core.job import Job, Stage
from mailagent.core.lesson import forgotten, listed, meant
from mailagent.core.letter import About, AnswerLetter, Letter, Original
from mailagent.core.pack import month_meant
from mailagent.core.people import Person
from mailagent.core.post import envelope
from mailagent.ports import Office, Transaction, month_pack, told_of
from mailagent.stages.listen.absence import come_back, go_away
from mailagent.stages.listen.find import found_for
from mailagent.stages.listen.hear import Heard
from mailagent.stages.listen.mode import set_mode

_LOOKS = {
    "help": About.HELP,
    "queue": About.QUEUE,
    "status": About.STATUS,
    "report": About.REPORT,
    "lessons": About.LESSONS,
    "tasks": About.TASKS,
    "contracts": About.CONTRACTS,
    "orders": About.ORDERS,
    "papers": About.PAPERS,
    "renewals": About.RENEWALS,
}

_ABSENCE = {"away": go_away, "back": come_back}


async def answer(office: Office, tx: Transaction, heard: Heard) -> str:
    """Does what was asked for, once; the same mail sent in again is not answered again."""
    person, said = heard.admission.person, heard.said
    if person is None:
        raise ValueError("nobody to answer")
    about = f"request/{person.id}/{_name(heard)}"
    if await tx.was_posted(about):
        return "repeated"
    if not isinstance(said, Request):
        contents: dict[str, Any] = {"gaps": {"why": said or ""}}
        await _post(office, tx, heard, person, about, About.UNCLEAR, contents)
        return "unclear"
    if said.name == "digest":  # the mail that was asked for is the answer
        job = Job(stage=Stage.BRIEF, subject=0, version=WEEKLY, routine=person.id)
        await tx.defer(job)
        return "digest"
    kind, contents = await _follow(office, tx, heard, person, said)
    await _post(office, tx, heard, person, about, kind, {"rest": said.rest, **contents})
    return kind


def _name(heard: Heard) -> str:
    """One mail has one moment and one wish, whatever else somebody changes in it."""
    said, at = heard.said, heard.reply.date
    wish = f"{said.name}/{said.argument}" if isinstance(said, Request) else "unclear"
    return f"{at.isoformat() if at else heard.kept.id}/{wish}"


async def _follow(
    office: Office, tx: Transaction, heard: Heard, person: Person, said: Request
) -> tuple[About, dict[str, Any]]:
    if said.name == "find":
        return About.FOUND, await found_for(office, tx, said.argument)
    if said.name in _LOOKS:
        about = _LOOKS[said.name]
        return about, await told_of(office, tx, person, about, said.argument)
    if said.name == "pack":
        return await _pack(office, tx, person, said)
    does = {"forget": _forget, "mode": set_mode, **_ABSENCE}.get(said.name, _switch)
    return await does(office, tx, heard, person, said)


async def _pack(
    office: Office, tx: Transaction, person: Person, said: Request
) -> tuple[About, dict[str, Any]]:
    """What the books have of a month, to the person who asks."""
    today = office.clock.now().astimezone(person.zone).date()
    month = month_meant(said.argument, today, person.locale)
    if month is None:
        return About.NO_MONTH, {"gaps": {"words": said.argument}}
    content, bills = await month_pack(office, tx, month)
    name = f"books {month}.zip"
    file = Original(name=name, media_type="application/zip", content=content)
    return About.PACK, {"gaps": {"month": str(month), "n": str(bills)}, "original": file}


async def _forget(
    office: Office, tx: Transaction, heard: Heard, person: Person, said: Request
) -> tuple[About, dict[str, Any]]:
    """Lessons by their number, or all that their vendor taught."""
    gone = meant(said.argument, await tx.lessons(), office.verbs.fields)
    if not gone:
        return About.NO_LESSON, {"gaps": {"words": said.argument}}
    await tx.forget(gone)
    await tx.audit(forgotten(gone, person.id, by=heard.kept.sha256))
    return About.FORGOTTEN, {"gaps": {"n": str(len(gone))}, "listed": listed(gone)}


async def _switch(
    office: Office, tx: Transaction, heard: Heard, person: Person, said: Request
) -> tuple[About, dict[str, Any]]:
    """Pause and resume, of one task or of all."""
    task = _task(office, said.argument)
    if task is None:
        there = ", ".join(sorted(office.tasks))
        return About.NO_TASK, {"gaps": {"task": said.argument, "tasks": there}}
    entry = Entry(
        actor=person.id,
        what=f"task.{said.name}d",
        details={"task": task, "by": heard.kept.sha256},
    )
    await tx.audit(entry)
    if said.name == "pause":
        await tx.pause(task, person.id)
        return About.PAUSED, {"gaps": {"task": task}}
    waited = await tx.resume(task)
    everything = "yes" if "" in await tx.pauses() else ""
    return About.RESUMED, {"gaps": {"task": task, "n": str(waited), "everything": everything}}


def _task(office: Office, words: str) -> str | None:
    """The task that is meant; empty: all of them; None: none that is known."""
    if means_everything(words, office.verbs):
        return ""
    named = {words.strip().lower()} | tasks_called(words, office.verbs)
    found = sorted(named & set(office.tasks))
    return found[0] if len(found) == 1 else None


async def _post(
    office: Office,
    tx: Transaction,
    heard: Heard,
    person: Person,
    name: str,
    about: About,
    contents: dict[str, Any],
) -> None:
    def write(head: AuditEntry) -> Letter:
        now, thread = office.clock.now(), heard.thread()
        around = envelope(office.company, person, thread, head, now, about=name)
        return AnswerLetter(envelope=around, about=about, **contents)

    await tx.post(name, None, write)
