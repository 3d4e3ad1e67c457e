"""A genuine reply that releases nothing: the person is asked once, two answers ready."""

from mailagent.core.audit import AuditEntry
from mailagent.core.decision import Decision, Execute, Items, Unclear, Verb
from mailagent.core.draft import Draft
from mailagent.core.gates import Gate, Lack
from mailagent.core.letter import Ending, Letter, QuestionLetter
from mailagent.core.post import envelope
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.said import Said, say
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard

# What cannot be mended with a code is offered without one.
_HOPELESS = frozenset({Lack.PERMISSION, Lack.AUTHENTICATOR, Lack.ANOTHER_PERSON})
_SHORT = 60  # letters: an answer to a brief that can be sent once more with the code behind it
_ANSWERS = {Purpose.DO: ("approve", "reject"), Purpose.ASK: ("reject",), Purpose.UNDO: ("undo",)}


async def ask(office: Office, tx: Transaction, heard: Heard, answer: Answer) -> str:
    """Nothing happens; the token stays as it is, and the next reply counts."""
    draft = answer.draft
    proposal = await _proposal(tx, draft)
    why, likely = _why(heard.decision, proposal)
    lacks = heard.verdicts.lacks if heard.verdicts.only(Gate.WEIGHT) else None
    if lacks is None:
        about = f"question/{draft.id}"
        if await tx.was_posted(about):  # they are told again, once a day at most
            about = f"{about}/{office.clock.now():%Y-%m-%d}"
            return await _post(office, tx, heard, answer, about, why, likely, again=True)
        return await _post(office, tx, heard, answer, about, why, likely)
    if lacks is Lack.SECOND_PERSON:  # and there is none
        lacks = Lack.ANOTHER_PERSON
    # One question a draft; but every code that was not good enough deserves a word.
    about = f"question/{draft.id}/{heard.kept.id}"
    likely = _with_code(heard, lacks)
    await _post(office, tx, heard, answer, about, None, likely, lacks=lacks)
    return "lacking"


async def ask_because(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, why: Said
) -> str:
    """It was understood and cannot be done, for this reason."""
    if answer.item:
        # A line of a receipt has no room for the values.
        short = say("unclear.unfit") if why.gaps else why
        return await answer.note(tx, heard, Ending.UNCLEAR, short.key)
    draft = answer.draft
    about = f"question/{draft.id}/{heard.kept.id}"
    likely = _answers(await _proposal(tx, draft))
    return await _post(office, tx, heard, answer, about, why, likely)


async def _proposal(tx: Transaction, draft: Draft) -> Proposal | None:
    """What was shown; a brief shows several."""
    if draft.is_brief:
        return None
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    return proposal


def _answers(proposal: Proposal | None) -> tuple[str, ...]:
    return _ANSWERS[proposal.purpose] if proposal else ()


async def _post(  # noqa: PLR0913 - the facts of one mail
    office: Office,
    tx: Transaction,
    heard: Heard,
    answer: Answer,
    about: str,
    why: Said | None,
    likely: tuple[str, ...],
    *,
    lacks: Lack | None = None,
    again: bool = False,
) -> str:
    draft = answer.draft
    proposal = await _proposal(tx, draft)
    thread = await heard.thread_for(tx, draft)

    def write(head: AuditEntry) -> Letter:
        now = office.clock.now()
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
            again=again,
        )

    await tx.post(about, draft.case or None, write)
    return heard.decision.says


def _with_code(heard: Heard, lacks: Lack) -> tuple[str, ...]:
    decision = heard.decision
    if isinstance(decision, Items):
        own = " ".join(heard.reply.own.split())
        return (f"{own}, 123 456",) if len(own) <= _SHORT and not decision.code else ()
    if lacks in _HOPELESS:
        return ("reject",)
    verb = decision.verb if isinstance(decision, Execute) else Verb.APPROVE
    return (f"{verb} 123 456",)


def _why(decision: Decision, proposal: Proposal | None) -> tuple[Said, tuple[str, ...]]:
    if isinstance(decision, Unclear):
        return decision.why, decision.likely
    return say("unclear.not_yet"), _answers(proposal)
