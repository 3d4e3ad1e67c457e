"""A decision that passed all gates: the token is used up, and the case moves."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case, State
from mailagent.core.decision import Execute, Verb
from mailagent.core.draft import new_draft
from mailagent.core.inquiry import InquiryState
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, ReceiptLetter
from mailagent.core.policy import Verdict
from mailagent.core.post import envelope
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.reading import Check
from mailagent.core.revision import Revision
from mailagent.core.said import say
from mailagent.ports import Office, Transaction
from mailagent.ports.afresh import new_doubt
from mailagent.ports.standing import overridden
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.question import ask_because

# Where a case must stand for the word to mean what was shown.
_ANSWERABLE = {
    Verb.APPROVE: (State.PROPOSED,),
    Verb.REJECT: (State.PROPOSED, State.NEEDS_OWNER),
    Verb.UNDO: (State.DONE, State.REJECTED, State.NEEDS_OWNER),
}


async def obey(office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Execute) -> str:
    """Approve, reject or undo; an answer to what is no longer so changes nothing."""
    case = await tx.case(answer.draft.case)
    if case.version != answer.draft.version or case.state not in _ANSWERABLE[said.verb]:
        return "late"
    proposal, _, _ = await tx.proposal(case.id, case.version)
    if case.state is State.NEEDS_OWNER and said.verb is Verb.UNDO and not proposal.actions:
        return await ask_because(office, tx, heard, answer, say("unclear.nothing_back"))
    chosen = said.choice or _only(proposal)
    if said.verb is Verb.APPROVE and proposal.alternatives and not chosen:
        return await ask_because(office, tx, heard, answer, say("unclear.several"))
    if said.verb is Verb.APPROVE and (doubt := await new_doubt(office, tx, case, proposal, chosen)):
        return await _show_again(tx, heard, answer, case, doubt)
    await tx.use_draft(answer.draft.id, said.left_out, chosen if said.verb is Verb.APPROVE else "")
    if said.verb is not Verb.APPROVE or said.left_out:
        await overridden(office, tx, case.id, said.verb)
    await tx.supersede_drafts(case.id)
    await tx.wake(case.id)
    if said.verb is Verb.REJECT:
        await _reject(office, tx, heard, answer, case, said.reason)
    elif case.state is State.REJECTED:
        job = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
        await tx.advance(case, State.READ, _by(heard, answer, "case.reopened"), job)
    else:
        job = Job(stage=Stage.EXECUTE, subject=case.id, version=answer.draft.version)
        entry = _by(heard, answer, f"case.{said.verb}", **_choice(office, proposal, chosen))
        await tx.advance(case, State.APPROVED, entry, job)
    return said.verb


def _only(proposal: Proposal) -> str:
    """Where there is one way alone, approving means that one."""
    labels = [one.label for one in proposal.alternatives]
    return labels[0] if len(labels) == 1 else ""


def _choice(office: Office, proposal: Proposal, chosen: str) -> dict[str, str]:
    """Which of the shown ways was approved, with its own digest."""
    if not chosen:
        return {}
    return {"choice": chosen, "digest": digest(office.company.id, proposal.chosen(chosen))}


async def _show_again(
    tx: Transaction, heard: Heard, answer: Answer, case: Case, doubt: Check
) -> str:
    """Nobody approved what was not shown: the next version shows it first, and says why."""
    await tx.supersede_drafts(case.id)
    revision = Revision(
        case=case.id,
        version=case.version + 1,
        person=answer.person.id,
        by=heard.kept.sha256,
        words=heard.reply.own.strip(),
        why=(say("changed.since"), *filter(None, [doubt.why])),
    )
    await tx.save_revision(revision)
    job = Job(stage=Stage.PROPOSE, subject=case.id, version=revision.version)
    entry = _by(heard, answer, "case.doubted", doubt=doubt.name)
    await tx.advance(case, State.READ, entry, job)
    return "doubted"


def _by(heard: Heard, answer: Answer, what: str, **details: str) -> Entry:
    return Entry(actor=answer.person.id, what=what, details={"by": heard.kept.sha256, **details})


async def _reject(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, case: Case, reason: str
) -> None:
    """Closed, with a way back: an undo of nothing, which reopens the case."""
    proposal, _, judgement = await tx.proposal(case.id, answer.draft.version)
    changes = {"version": proposal.version + 1, "purpose": Purpose.UNDO}
    changes |= {"actions": (), "alternatives": ()}
    undo = proposal.model_copy(update=changes)
    made = digest(office.company.id, undo)
    await tx.save_proposal(undo, made, judgement.model_copy(update={"verdict": Verdict.ASK}))
    entry = _by(heard, answer, "case.rejected", reason=reason[:500])
    case = await tx.advance(case, State.REJECTED, entry, version=undo.version)
    if (inquiry := await tx.inquiry(case.id)) is not None:
        given_up = {"state": InquiryState.GIVEN_UP}
        await tx.save_inquiry(inquiry.model_copy(update=given_up))
    if answer.item:
        return  # the receipt for the whole answer has the way back
    back, token = new_draft(case, undo.version, made, answer.person, office.clock.now())
    back = await tx.issue_draft(back)
    about = f"receipt/{answer.draft.id}"

    def write(head: AuditEntry) -> Letter:
        thread, now = heard.thread(case, proposal), office.clock.now()
        return ReceiptLetter(
            envelope=envelope(
                office.company, answer.person, thread, head, now, about=about, token=token
            ),
            verb=Verb.REJECT,
            lines=(),
            reason=reason,
            undo_until=back.expires_at,
        )

    await tx.post(about, case.id, write)
