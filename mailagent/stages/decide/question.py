"""A genuine reply that releases nothing: the person is asked once, two answers ready."""

from mailagent.core.audit import AuditEntry
from mailagent.core.decision import Decision, Unclear
from mailagent.core.letter import Letter, QuestionLetter
from mailagent.core.post import envelope
from mailagent.core.proposal import Purpose
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard

_ANSWERS = {Purpose.DO: ("approve", "reject"), Purpose.ASK: ("reject",), Purpose.UNDO: ("undo",)}


async def ask(office: Office, tx: Transaction, heard: Heard, answer: Answer) -> str:
    """Nothing happens; the token stays as it is, and the next reply counts."""
    draft = answer.draft
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    case = await tx.case(draft.case)
    about = f"question/{draft.id}"
    why, likely = _why(heard.decision, proposal.purpose)

    def write(head: AuditEntry) -> Letter:
        thread, now = heard.thread(case, proposal), office.clock.now()
        return QuestionLetter(
            envelope=envelope(
                office.company,
                answer.person,
                thread,
                head,
                now,
                about=about,
                answers=answer.token,
            ),
            proposal=proposal,
            they_wrote=heard.reply.own.strip()[:500],
            why=why,
            likely=likely,
        )

    await tx.post(about, case.id, write)
    return heard.decision.says


def _why(decision: Decision, purpose: Purpose) -> tuple[str, tuple[str, ...]]:
    if isinstance(decision, Unclear):
        return decision.why, decision.likely
    return "I cannot do that by mail yet, so I changed nothing", _ANSWERS[purpose]
