"""A change: another version is made of it and shown; nothing is executed."""

from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.decision import Revise
from mailagent.core.job import Job, Stage
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.revision import Revision
from mailagent.core.said import say
from mailagent.ports import Office, Transaction
from mailagent.ports.standing import overridden
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.question import ask, ask_because


async def revise(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Revise
) -> str:
    """Keeps what was changed, and has the next version made; the old draft counts no more."""
    case = await tx.case(answer.draft.case)
    if case.version != answer.draft.version or case.state not in (
        State.PROPOSED,
        State.NEEDS_OWNER,
    ):
        return "late"
    proposal, _, _ = await tx.proposal(case.id, case.version)
    if proposal.purpose is Purpose.UNDO or not (said.edits or said.left_out):
        return await ask(office, tx, heard, answer)
    edits, faults = office.tasks[case.task].fitting(proposal, said.edits)
    left_out = _capabilities(proposal, said.left_out)
    if faults or not (edits or left_out):
        why = faults[0] if faults else say("unclear.already")
        return await ask_because(office, tx, heard, answer, why)
    revision = Revision(
        case=case.id,
        version=case.version + 1,
        person=answer.person.id,
        by=heard.kept.sha256,
        words=(said.text if answer.item else heard.reply.own).strip(),
        edits=edits,
        left_out=left_out,
        why=(say("model.pointed"),) if said.pointed else (),
    )
    await tx.save_revision(revision)
    await overridden(office, tx, case.id, "edit")
    await tx.supersede_drafts(case.id)
    await tx.wake(case.id)
    job = Job(stage=Stage.PROPOSE, subject=case.id, version=revision.version)
    await tx.advance(case, State.READ, _entry(heard, revision), job)
    return "revise"


def _capabilities(proposal: Proposal, numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(a.payload.capability for a in proposal.actions if a.number in numbers)


def _entry(heard: Heard, revision: Revision) -> Entry:
    changed = {edit.field: {"before": edit.before, "after": edit.value} for edit in revision.edits}
    details = {
        "by": heard.kept.sha256,
        "changed": sorted(changed),
        "edits": changed,
        "left_out": revision.left_out,
    }
    return Entry(actor=revision.person, what="case.revised", details=details)
