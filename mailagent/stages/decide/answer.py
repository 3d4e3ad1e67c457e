"""What is said back to a command: one mail in the thread of the reply."""

from typing import Any

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import About, AnswerLetter, Letter
from mailagent.core.post import envelope
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard


async def answer_with(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, about: About, **said: Any
) -> str:
    """One answer to one reply; what is answered to it counts for the draft as before."""
    case = await tx.case(answer.draft.case)
    proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    name = f"{about}/{heard.kept.id}"

    def write(head: AuditEntry) -> Letter:
        now, thread = office.clock.now(), heard.thread(case, proposal)
        return AnswerLetter(
            envelope=envelope(
                office.company,
                answer.person,
                thread,
                head,
                now,
                about=name,
                answers=answer.token,
            ),
            about=about,
            **said,
        )

    await tx.post(name, case.id, write)
    return about
