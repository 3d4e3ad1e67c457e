"""Where the policy asks for two people: the first word is kept, the second person is asked."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case, State
from mailagent.core.gates import Candidate
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Ending, Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import envelope, owner_of
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard


async def second_person(
    office: Office, tx: Transaction, candidate: Candidate, first: Person
) -> Person | None:
    """Who is asked next: another approver; None: there is no other."""
    case = await tx.case(candidate.draft.case)
    others = [p for p in candidate.approvers if p.id != first.id]
    return owner_of(office.approvers.get(case.task, ()), others, "")


async def keep_word(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, second: Person
) -> str:
    """Nothing is done yet. The token stays open: the word can be taken back by a reject."""
    case = await tx.case(answer.draft.case)
    if case.version != answer.draft.version or case.state is not State.PROPOSED:
        return "late"
    await tx.keep_approval(answer.draft)
    details = {"by": heard.kept.sha256, "version": case.version, "asks": second.id}
    entry = Entry(actor=answer.person.id, what="case.first_word", case=case.id, details=details)
    await tx.audit(entry)
    await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))
    if answer.item:
        return await answer.note(tx, heard, Ending.FIRST_WORD, second.name)
    await _tell(office, tx, heard, answer, case, second)
    return "first_word"


async def _tell(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, case: Case, second: Person
) -> None:
    about = f"first_word/{answer.draft.id}"
    proposal, _, _ = await tx.proposal(case.id, case.version)

    def write(head: AuditEntry) -> Letter:
        thread, now = heard.thread(case, proposal), office.clock.now()
        return NoticeLetter(
            envelope=envelope(
                office.company,
                answer.person,
                thread,
                head,
                now,
                about=about,
                answers=answer.token,
            ),
            notice=Notice.FIRST_WORD,
            facts=(("draft", proposal.title), ("asked", second.name)),
        )

    await tx.post(about, case.id, write)
