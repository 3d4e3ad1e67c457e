"""Decide: ten gates, then the grammar; only what passes them all releases anything."""

from mailagent.core.decision import Execute
from mailagent.core.gates import Gate
from mailagent.core.job import Job
from mailagent.core.message import Disposition
from mailagent.ports import Office, Stale, Transaction
from mailagent.stages.decide.freeze import freezes
from mailagent.stages.decide.hear import Heard, described, fetch, hear
from mailagent.stages.decide.obey import obey
from mailagent.stages.decide.question import ask
from mailagent.stages.decide.refuse import refuse
from mailagent.stages.decide.second import keep_word, second_person

# What the person can mend with another word, or with a code.
_ASKED_ABOUT = frozenset({Gate.WORD, Gate.WEIGHT})


async def decide(office: Office, job: Job) -> None:
    """Hears a reply, and commits what follows from it in one go."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
        people = tuple(await tx.people())
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    reply, signatures = await fetch(office, kept, people)
    async with office.store.begin(office.company.id) as tx:
        heard = await hear(office, tx, kept, people, reply, signatures)
        outcome = await _follow(office, tx, heard)
        candidate = heard.verdicts.candidate
        draft = candidate.draft.id if candidate else None
        await tx.describe(kept.id, described(reply))
        await tx.note_decision(kept.id, draft, heard.verdicts.record(), outcome)
        await tx.dispose(kept.id, Disposition.DECISION, heard.entry(outcome))
        office.probe("decide: before commit")
    office.probe("decide: committed")


async def _follow(office: Office, tx: Transaction, heard: Heard) -> str:
    """An execution, a word that is kept, a question, or a refusal."""
    verdicts, answer = heard.verdicts, heard.answer
    if await freezes(office, tx, heard):
        return "frozen"
    if answer is None or not {refused.gate for refused in verdicts.refusals} <= _ASKED_ABOUT:
        return await refuse(office, tx, heard)
    if verdicts.step is not None and (verdicts.passed or verdicts.first_of_two):
        await tx.use_code(answer.person.id, verdicts.step)
    second = await second_person(office, tx, heard) if verdicts.first_of_two else None
    if second is not None:
        return await keep_word(office, tx, heard, answer, second)
    if verdicts.passed and isinstance(heard.decision, Execute):
        return await obey(office, tx, heard, answer, heard.decision)
    return await ask(office, tx, heard, answer)
