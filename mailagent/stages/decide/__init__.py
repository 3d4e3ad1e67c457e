"""Decide: ten gates, then the grammar; only what passes them all releases anything."""

from mailagent.core.decision import Command, Execute, Items, Revise
from mailagent.core.gates import Gate
from mailagent.core.job import ENCLOSED, Job, Stage
from mailagent.core.message import Disposition
from mailagent.core.policy import Verdict
from mailagent.core.said import say
from mailagent.ports import Office, Stale, Transaction
from mailagent.stages.decide.calendars import look_again
from mailagent.stages.decide.command import command
from mailagent.stages.decide.free_words import free_words
from mailagent.stages.decide.freeze import freezes
from mailagent.stages.decide.hear import Answer, Heard, described, fetch, hear
from mailagent.stages.decide.items import answer_items, command_all
from mailagent.stages.decide.obey import obey
from mailagent.stages.decide.question import ask, ask_because
from mailagent.stages.decide.refuse import refuse
from mailagent.stages.decide.revise import revise
from mailagent.stages.decide.second import keep_word, second_person

_TOGETHER = say("unclear.together")
# What the person can mend with another word, or with a code.
_ASKED_ABOUT = frozenset({Gate.WORD, Gate.WEIGHT})


async def decide(office: Office, job: Job) -> None:
    """Hears a reply, and commits what follows from it in one go."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
        people = tuple(await tx.people())
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    found = await fetch(office, kept, people)
    await look_again(office, found.reply)
    pointed = await free_words(office, kept, people, found)
    async with office.store.begin(office.company.id) as tx:
        heard = await hear(office, tx, kept, people, found, pointed)
        outcome = await _follow(office, tx, heard)
        candidate = heard.verdicts.candidate
        draft = candidate.draft.id if candidate else None
        await tx.describe(kept.id, described(found.reply))
        await tx.note_decision(kept.id, draft, heard.verdicts.record(), outcome)
        if heard.verdicts.tells_of_proof:
            await tx.note_proof(heard.reply.sender, heard.verdicts.missing(Gate.REALLY))
        await tx.dispose(kept.id, Disposition.DECISION, heard.entry(outcome), *_enclosed(heard))
        office.probe("decide: before commit")
    office.probe("decide: committed")


async def _follow(office: Office, tx: Transaction, heard: Heard) -> str:
    """An execution, a word that is kept, another version, an answer, a question, a refusal."""
    verdicts, answer = heard.verdicts, heard.answer
    if await freezes(office, tx, heard):
        return "frozen"
    if answer is None or not {refused.gate for refused in verdicts.refusals} <= _ASKED_ABOUT:
        return await refuse(office, tx, heard)
    await _ask_first(tx, heard, answer)
    if verdicts.step is not None and (verdicts.passed or verdicts.first_of_two):
        await tx.use_code(answer.person.id, verdicts.step)
    if verdicts.candidate and _parts_two(heard, verdicts.candidate.verdict):
        return await ask_because(office, tx, heard, answer, _TOGETHER)
    second = None
    if verdicts.first_of_two and verdicts.candidate:
        second = await second_person(office, tx, verdicts.candidate, answer.person)
    if second is not None:
        return await keep_word(office, tx, heard, answer, second)
    if not verdicts.passed:
        return await ask(office, tx, heard, answer)
    return await _do(office, tx, heard, answer)


async def _ask_first(tx: Transaction, heard: Heard, answer: Answer) -> None:
    """Whatever its person says of it, and even where it is not understood: what would have gone
    ahead by itself waits for a word from now on.
    """
    said, brief = heard.decision, heard.brief
    meant = [answer.draft] if brief is None else [item.draft for item in brief.items]
    if brief is not None and isinstance(said, Items):
        named = said.by_number()
        meant = [item.draft for item in brief.items if str(item.number) in named]
    for draft in meant:
        await tx.uncover(draft.case)


def _enclosed(heard: Heard) -> tuple[Job, ...]:
    """An answer with more in it than text may bring a document: that is looked into as well."""
    if not heard.reply.encloses:
        return ()
    return (Job(stage=Stage.SORT, subject=heard.kept.id, version=ENCLOSED),)


def _parts_two(heard: Heard, verdict: Verdict) -> bool:
    """Two people have to say the same: what one leaves out, the other may not have meant."""
    said = heard.decision
    parts = isinstance(said, Execute) and bool(said.left_out or said.choice)
    return verdict is Verdict.TWO_PEOPLE and parts


async def _do_items(office: Office, tx: Transaction, heard: Heard, answer: Answer) -> str:
    """To a brief everything is said by number."""
    match heard.decision:
        case Items():
            return await answer_items(office, tx, heard, answer, heard.decision)
        case Command():
            return await command_all(office, tx, heard, answer, heard.decision)
    return await ask(office, tx, heard, answer)


async def _do(office: Office, tx: Transaction, heard: Heard, answer: Answer) -> str:
    if heard.brief:
        return await _do_items(office, tx, heard, answer)
    match heard.decision:
        case Execute():
            return await obey(office, tx, heard, answer, heard.decision)
        case Revise():
            return await revise(office, tx, heard, answer, heard.decision)
        case Command():
            return await command(office, tx, heard, answer, heard.decision)
    return await ask(office, tx, heard, answer)
