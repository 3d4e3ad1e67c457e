"""happened, retry, skip: the owner says what became of an effect that stands still."""

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.decision import Command
from mailagent.core.effect import STUCK, Effect, EffectState
from mailagent.core.job import Job, Stage
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.said import say
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.question import ask_because

_MEANS = {
    "happened": EffectState.DONE,
    "retry": EffectState.AGAIN,
    "skip": EffectState.SKIPPED,
}


async def settle(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """The effect becomes what its owner says, and the case goes on; its receipt is the answer."""
    case = await tx.case(answer.draft.case)
    proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    stuck = await _stuck(office, tx, case, proposal)
    if not stuck or case.version != answer.draft.version:
        return await ask_because(office, tx, heard, answer, say("unclear.nothing_stuck"))
    for effect in stuck:
        state, details = _MEANS[said.name], {"by": heard.kept.sha256, "key": effect.key}
        entry = Entry(actor=answer.person.id, what=f"effect.{state}", case=case.id, details=details)
        await tx.settle(effect.key, state, None, "", entry)
    await tx.use_draft(answer.draft.id)
    await tx.supersede_drafts(case.id)
    entry = Entry(actor=answer.person.id, what="case.settled", details={"by": heard.kept.sha256})
    job = Job(stage=Stage.EXECUTE, subject=case.id, version=proposal.undoes)
    await tx.advance(case, State.APPROVED, entry, job, version=proposal.undoes)
    return said.name


async def _stuck(
    office: Office, tx: Transaction, case: Case, proposal: Proposal
) -> tuple[Effect, ...]:
    """What waits for a word in the very version that this receipt was about."""
    if case.state is not State.NEEDS_OWNER or proposal.purpose is not Purpose.UNDO:
        return ()
    if not proposal.undoes:
        return ()
    before, _, _ = await tx.proposal(case.id, proposal.undoes)
    if digest(office.company.id, before) != proposal.after:
        return ()
    effects = await tx.effects(case.id, proposal.undoes)
    return tuple(effect for effect in effects.values() if effect.state in STUCK)
