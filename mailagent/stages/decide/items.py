"""An answer to a brief: each item is decided by itself; what fails, fails for that item alone."""

from typing import NamedTuple

from mailagent.core.audit import Entry
from mailagent.core.brief import Answered, Brief, BriefItem
from mailagent.core.case import State
from mailagent.core.decision import Command, Execute, Items, One, Revise
from mailagent.core.draft import DraftState
from mailagent.core.gates import Gate, ItemVerdicts, Lack, judge_item
from mailagent.core.job import Job, Stage
from mailagent.core.letter import DECIDING, About, Ending
from mailagent.core.said import say
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.answer import answer_with
from mailagent.stages.decide.checked import checked
from mailagent.stages.decide.command import command
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.obey import obey
from mailagent.stages.decide.question import ask_because
from mailagent.stages.decide.revise import revise
from mailagent.stages.decide.second import keep_word, second_person

# Said without a number these mean every item; anything else needs to be told which.
_FOR_ALL = frozenset({"later", "happened", "retry", "skip"})
_CLOSED = {
    DraftState.USED: Ending.DECIDED,
    DraftState.FROZEN: Ending.FROZEN,
    DraftState.EXPIRED: Ending.EXPIRED,
}


class _Said(NamedTuple):
    """One item with what was said of it."""

    item: BriefItem
    one: One


async def answer_items(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Items
) -> str:
    """Decides every item that was named or covered; one receipt tells of all of them."""
    brief = heard.brief
    if brief is None:
        raise LookupError("there is no brief that was answered")
    wanted = said.by_number()
    named = [_Said(i, wanted[str(i.number)]) for i in brief.items if str(i.number) in wanted]
    if await _is_said_again(tx, brief, named):
        return "late"
    for spot in (one for one in brief.checks if str(one.number) in wanted):
        await checked(office, tx, heard, answer, spot, wanted[str(spot.number)])
    for one in named:
        await _decide(office, tx, heard, answer._replace(draft=one.item.draft, item=one.item), one)
    if said.rest:
        await _note_uncovered(tx, heard, brief, {str(one.item.number) for one in named})
    await _close(tx, brief)
    endings = {answered.outcome for answered in await tx.answers_in(heard.kept.id)}
    if endings - {Ending.ANSWERED}:
        await tx.defer(Job(stage=Stage.RECEIPT, subject=heard.kept.id))
    return "items"


async def command_all(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """A word without a number: for all of them, or for none."""
    brief = heard.brief
    if brief is not None and said.name in _FOR_ALL and brief.items:
        stuck = said.name != "later"
        meant = [i for i in brief.items if not stuck or await _is_stuck(tx, i)]
        if not meant:
            why = say("unclear.nothing_stuck")
            return await ask_because(office, tx, heard, answer, why)
        each: dict[str, One] = {str(i.number): said for i in meant}
        return await answer_items(office, tx, heard, answer, Items(items=each))
    if said.name == "help":
        return await answer_with(office, tx, heard, answer, About.HELP)
    return await ask_because(office, tx, heard, answer, say("unclear.which_one"))


async def _is_stuck(tx: Transaction, item: BriefItem) -> bool:
    return (await tx.case(item.draft.case)).state is State.NEEDS_OWNER


async def _is_said_again(tx: Transaction, brief: Brief, named: list[_Said]) -> bool:
    """All of it was decided here before: the receipt goes out once more, and nothing else happens.

    What was decided by a mail of its own is told by its number.
    """
    if not named or any(one.item.draft.state is not DraftState.USED for one in named):
        return False
    meant = {one.item.draft.id for one in named}
    told = [a for a in await tx.answers_to(brief.draft.id) if a.outcome in DECIDING]
    before = [a.message for a in told if a.draft in meant]
    if before:
        await tx.send_again(f"receipt/items/{max(before)}")
    return bool(before)


async def _decide(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: _Said
) -> None:
    item, candidate = said.item, heard.verdicts.candidate
    if candidate is None:
        return
    one = candidate.items[str(item.number)]
    verdicts = judge_item(one, said.one, answer.person, office.clock.now())
    outcome = await _follow(office, tx, heard, answer, said, verdicts)
    noted = [a.outcome for a in await tx.answers_in(heard.kept.id) if a.number == item.number]
    if not noted:
        await answer.note(tx, heard, outcome)
    details = {
        "by": heard.kept.sha256,
        "brief": heard.brief.draft.ref if heard.brief else "",
        "number": item.number,
        "version": item.draft.version,
        "digest": item.draft.digest,
        "gates": verdicts.record(),
    }
    what = f"item.{noted[0] if noted else outcome}"
    entry = Entry(actor=answer.person.id, what=what, case=item.draft.case, details=details)
    await tx.audit(entry)


async def _follow(
    office: Office,
    tx: Transaction,
    heard: Heard,
    answer: Answer,
    said: _Said,
    verdicts: ItemVerdicts,
) -> str:
    refusal = verdicts.refusal
    if refusal and refusal.gate is Gate.WEIGHT and verdicts.lacks is Lack.SECOND_PERSON:
        return await _first_of_two(office, tx, heard, answer, said)
    if refusal:
        return _held_back(said, refusal.gate)
    match said.one:
        case Execute():
            return await obey(office, tx, heard, answer, said.one)
        case Revise():
            return await revise(office, tx, heard, answer, said.one)
        case Command():
            return await command(office, tx, heard, answer, said.one)
    return Ending.UNCLEAR


async def _first_of_two(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: _Said
) -> str:
    candidate = heard.verdicts.candidate
    one = candidate.items[str(said.item.number)] if candidate else None
    second = await second_person(office, tx, one, answer.person) if one else None
    if isinstance(said.one, Execute) and said.one.choice:
        return await answer.note(tx, heard, Ending.UNCLEAR, say("unclear.together").key)
    if second is None:
        return Ending.FORBIDDEN
    return await keep_word(office, tx, heard, answer, second)


def _held_back(said: _Said, gate: Gate) -> str:
    if gate is Gate.NOW:
        return _CLOSED.get(said.item.draft.state, Ending.MOVED)
    if gate is Gate.SAME:
        return Ending.ALTERED
    return Ending.NOT_YOURS if gate is Gate.WHO else Ending.FORBIDDEN


async def _note_uncovered(tx: Transaction, heard: Heard, brief: Brief, named: set[str]) -> None:
    """What `rest` never means stays open; the receipt says so."""
    for item in brief.items:
        if str(item.number) not in named and item.draft.state is DraftState.OPEN:
            await tx.note_answer(
                Answered(
                    message=heard.kept.id,
                    brief=brief.draft.id,
                    number=item.number,
                    draft=item.draft.id,
                    outcome=Ending.NOT_COVERED,
                )
            )


async def _close(tx: Transaction, brief: Brief) -> None:
    """The token of a brief is used up when nothing in it is open any more."""
    now = await tx.brief(brief.draft.id)
    if brief.stays_open:
        return  # another undo may follow, or another word, until it expires
    if not any(item.draft.state is DraftState.OPEN for item in now.items):
        await tx.use_draft(brief.draft.id)
