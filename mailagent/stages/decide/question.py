"""A genuine reply that releases nothing: the person is asked once, two answers ready."""

from mailagent.core.audit import AuditEntry
from mailagent.core.decision import Decision, Execute, Unclear, Verb
from mailagent.core.gates import Gate, Lack
from mailagent.core.letter import Letter, QuestionLetter
from mailagent.core.post import envelope
from mailagent.core.proposal import Purpose
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard

# What cannot be mended with a code is offered without one.
_HOPELESS = frozenset({Lack.PERMISSION, Lack.AUTHENTICATOR, Lack.ANOTHER_PERSON})
_ANSWERS = {Purpose.DO: ("approve", "reject"), Purpose.ASK: ("reject",), Purpose.UNDO: ("undo",)}


async def ask(office: Office, tx: Transaction, heard: Heard, answer: Answer) -> str:
    """Nothing happens; the token stays as it is, and the next reply counts."""
    draft = answer.draft
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    why, likely = _why(heard.decision, proposal.purpose)
    lacks = heard.verdicts.lacks if heard.verdicts.only(Gate.WEIGHT) else None
    if lacks is None:
        return await _post(office, tx, heard, answer, f"question/{draft.id}", why, likely)
    if lacks is Lack.SECOND_PERSON:  # and there is none
        lacks = Lack.ANOTHER_PERSON
    # One question a draft; but every code that was not good enough deserves a word.
    about = f"question/{draft.id}/{heard.kept.id}"
    likely = _with_code(heard.decision, lacks)
    await _post(office, tx, heard, answer, about, "", likely, lacks=lacks)
    return "lacking"


async def ask_because(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, why: str
) -> str:
    """It was understood and cannot be done, for this reason."""
    draft = answer.draft
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    about = f"question/{draft.id}/{heard.kept.id}"
    return await _post(office, tx, heard, answer, about, why, _ANSWERS[proposal.purpose])


async def _post(  # noqa: PLR0913 - the facts of one mail
    office: Office,
    tx: Transaction,
    heard: Heard,
    answer: Answer,
    about: str,
    why: str,
    likely: tuple[str, ...],
    *,
    lacks: Lack | None = None,
) -> str:
    draft = answer.draft
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    case = await tx.case(draft.case)

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
            lacks=lacks,
        )

    await tx.post(about, case.id, write)
    return heard.decision.says


def _with_code(decision: Decision, lacks: Lack) -> tuple[str, ...]:
    if lacks in _HOPELESS:
        return ("reject",)
    verb = decision.verb if isinstance(decision, Execute) else Verb.APPROVE
    return (f"{verb} 123 456",)


def _why(decision: Decision, purpose: Purpose) -> tuple[str, tuple[str, ...]]:
    if isinstance(decision, Unclear):
        return decision.why, decision.likely
    return "I cannot do that by mail yet, so I changed nothing", _ANSWERS[purpose]
