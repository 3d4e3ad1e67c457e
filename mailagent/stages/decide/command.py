"""Commands by reply: everything that is asked for and releases nothing that was not shown."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

from mailagent.core.asking import BY_PHONE
from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.decision import Command
from mailagent.core.job import Job, Stage
from mailagent.core.letter import About, Ending
from mailagent.core.people import Person
from mailagent.core.proposal import Purpose
from mailagent.core.routine import Snooze
from mailagent.core.said import say
from mailagent.core.story import in_short
from mailagent.ports import Office, Transaction, begin_inquiry, suggested, told_of
from mailagent.ports.standing import overridden
from mailagent.ports.story import told
from mailagent.stages.decide.answer import answer_with
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.question import ask, ask_because
from mailagent.stages.decide.settle import settle
from mailagent.stages.decide.sorted_as import sorted_as

# What was put off without a day comes back in the morning.
_MORNING = time(7)
_FARTHEST = timedelta(days=366)

Done = Callable[[Office, Transaction, Heard, Answer, Command], Awaitable[str]]


async def command(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """Does what was asked for, and answers once."""
    do = _COMMANDS.get(said.name)
    if do is None:
        return await ask(office, tx, heard, answer)
    return await do(office, tx, heard, answer, said)


def _entry(heard: Heard, answer: Answer, what: str, **details: str) -> Entry:
    case = answer.draft.case
    said = {"by": heard.kept.sha256, **details}
    return Entry(actor=answer.person.id, what=what, case=case, details=said)


async def _why(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, _said: Command
) -> str:
    proposal, _, judgement = await tx.proposal(answer.draft.case, answer.draft.version)
    told_so = in_short((await told(tx, answer.draft.case)).lines)
    lines = tuple(("", say(f"story.{section}", text=text)) for section, text in told_so)
    shown = {"proposal": proposal, "judgement": judgement, "listed": lines}
    return await answer_with(office, tx, heard, answer, About.WHY, **shown)


async def _help(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, _said: Command
) -> str:
    return await answer_with(office, tx, heard, answer, About.HELP)


async def _looks(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """The same as in a mail of its own."""
    about = About(said.name)
    shown = await told_of(office, tx, answer.person, about)
    return await answer_with(office, tx, heard, answer, about, **shown)


async def _later(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """The draft can be answered until then, and comes back then with a fresh token."""
    if not await _is_open(tx, answer):
        return await ask_because(office, tx, heard, answer, say("unclear.waits_no_more"))
    now = office.clock.now()
    until = said.when or _tomorrow(now, answer.person)
    if not now < until <= now + _FARTHEST:
        return await ask_because(office, tx, heard, answer, say("unclear.too_far"))
    await tx.snooze(Snooze(case=answer.draft.case, person=answer.draft.person, until=until))
    await tx.audit(_entry(heard, answer, "case.snoozed", until=until.isoformat()))
    return await answer_with(office, tx, heard, answer, About.LATER, until=until)


def _tomorrow(now: datetime, person: Person) -> datetime:
    there = now.astimezone(person.zone).date() + timedelta(days=1)
    return datetime.combine(there, _MORNING, person.zone).astimezone(UTC)


async def _delegate(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """An enrolled person gets a draft and a token of their own."""
    address = said.argument.strip().strip("<>").removeprefix("mailto:").lower()
    people = await tx.people()
    other = next((p for p in people if (a := p.address(address)) and a.pin), None)
    if other is None:
        return await ask_because(office, tx, heard, answer, say("unclear.nobody"))
    if other.id == answer.person.id or not await _is_open(tx, answer):
        return await ask_because(office, tx, heard, answer, say("unclear.nothing_to_hand"))
    case = await tx.case(answer.draft.case)
    await tx.delegate(case.id, other.id, answer.person.id)
    await tx.wake(case.id)
    await tx.audit(_entry(heard, answer, "case.delegated", to=other.id))
    await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))
    gaps = {"person": other.name}
    return await answer_with(office, tx, heard, answer, About.DELEGATED, gaps=gaps)


async def _wrong(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """An incident: it is kept, and what was wrong is asked where it was not said."""
    draft, words = answer.draft, said.argument[:1000]
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    version = proposal.undoes or draft.version
    await tx.note_incident(draft.case, version, answer.person.id, words)
    await overridden(office, tx, draft.case, "incident")
    await tx.audit(_entry(heard, answer, "incident.opened", words=words, version=str(version)))
    return await answer_with(office, tx, heard, answer, About.WRONG, gaps={"words": words})


async def _ask(office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command) -> str:
    """The mail to its sender is drafted in a case of its own; its draft is the answer."""
    case = await tx.case(answer.draft.case)
    if await tx.inquiry(case.id) is not None:
        return await ask_because(office, tx, heard, answer, say("unclear.question_already"))
    if await tx.open_inquiry(case.id) is not None:
        return await ask_because(office, tx, heard, answer, say("unclear.asked_already"))
    proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    if BY_PHONE.intersection(check.name for check in proposal.failed_checks):
        return await ask_because(office, tx, heard, answer, say("unclear.call"))
    words = said.argument.strip() or suggested(office, proposal, answer.person)
    asked = await begin_inquiry(office, tx, case, answer.person, words)
    await tx.audit(_entry(heard, answer, "case.asked", question=asked.ref))
    return await answer.note(tx, heard, Ending.ANSWERED) if answer.item else "ask"


async def _is_open(tx: Transaction, answer: Answer) -> bool:
    """Whether this version still waits for its decision."""
    case = await tx.case(answer.draft.case)
    proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    waits = case.state in (State.PROPOSED, State.NEEDS_OWNER)
    return waits and case.version == answer.draft.version and proposal.purpose is not Purpose.UNDO


_COMMANDS: dict[str, Done] = {
    "why": _why,
    "ask": _ask,
    "help": _help,
    "later": _later,
    "delegate": _delegate,
    "wrong": _wrong,
    "kind": sorted_as,
    **dict.fromkeys(("queue", "status", "report"), _looks),
    **dict.fromkeys(("happened", "retry", "skip"), settle),
}
