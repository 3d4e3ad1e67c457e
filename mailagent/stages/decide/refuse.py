"""A reply that failed a gate: nothing happens, and only the address on file may hear of it."""

from datetime import timedelta

from mailagent.core.audit import AuditEntry
from mailagent.core.brief import MORNING, Brief, BriefKind
from mailagent.core.case import State
from mailagent.core.draft import Draft, DraftState, live_draft
from mailagent.core.gates import Gate, Refusal
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Heard

# A machine's answer and our own mail come back by themselves: nobody has to be told of them.
_UNTOLD = frozenset({Gate.PLACE, Gate.PERSON})
# Of one stranger people are told once; for as long as this nobody hears of them again.
_QUIET = timedelta(hours=24)


async def refuse(office: Office, tx: Transaction, heard: Heard) -> str:
    """What the owner is told, if anything."""
    verdicts, refusal = heard.verdicts, heard.verdicts.refusal
    candidate = verdicts.candidate
    if verdicts.only(Gate.NOW) and candidate and await _late(office, tx, candidate.draft):
        return "late"
    if refusal is None or refusal.gate in _UNTOLD:
        return "refused"
    people = await tx.people()
    owner = verdicts.owner or verdicts.person or owner_of((), people, "")
    stranger = not any(person.address(heard.reply.sender) for person in people)
    if owner is None or (stranger and await tx.is_muted(heard.reply.sender)):
        return "refused"
    told = await _tell(office, tx, heard, owner, refusal)
    if told and stranger:
        await tx.mute(heard.reply.sender, office.clock.now() + _QUIET)
    return "refused"


async def _late(office: Office, tx: Transaction, draft: Draft) -> bool:
    """Genuine, but its token no longer counts: the receipt once more, or the current version.

    False: there is neither, as with an undo that comes too late.
    """
    if draft.state is DraftState.FROZEN:
        return False
    if draft.is_brief:
        return await _late_brief(office, tx, await tx.brief(draft.id))
    if draft.state is DraftState.USED:
        decided = await tx.answer_with_draft(draft.id)  # by its number in a brief
        about = f"receipt/items/{decided.message}" if decided else f"receipt/{draft.id}"
        await tx.send_again(about)
        return True
    case = await tx.case(draft.case)
    if case.state is State.READ:
        return True  # the version that supersedes it is being made
    if case.state not in (State.PROPOSED, State.NEEDS_OWNER):
        return False
    live = live_draft(await tx.open_drafts(case.id), draft.person, office.clock.now())
    if live is not None:
        brief = await tx.brief_with(live.id)
        await tx.send_again(f"brief/{brief.draft.id}" if brief else f"draft/{live.id}")
    else:
        await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))
    return True


async def _late_brief(office: Office, tx: Transaction, brief: Brief) -> bool:
    """The receipt of the last answer to it, or the brief that has taken its place."""
    answers = await tx.answers_to(brief.draft.id)
    if brief.draft.state is DraftState.USED and answers:
        await tx.send_again(f"receipt/items/{answers[-1].message}")
        return True
    if brief.kind is BriefKind.RECEIPT:
        return False
    now = office.clock.now()
    live = [b for b in await tx.open_briefs(brief.draft.person) if now < b.draft.expires_at]
    if live:
        await tx.send_again(f"brief/{live[-1].draft.id}")
    else:
        await tx.defer(
            Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine=brief.draft.person)
        )
    return True


async def _tell(
    office: Office, tx: Transaction, heard: Heard, owner: Person, refusal: Refusal
) -> bool:
    now, candidate = office.clock.now(), heard.verdicts.candidate
    about = f"refused/{owner.id}/{_cause(heard, refusal)}/{now:%Y-%m-%dT%H}"
    number = candidate.draft.case if candidate else 0
    case = await tx.case(number) if number else None
    brief = heard.brief
    facts = {
        "why": refusal.reason,
        "from": heard.reply.sender or "no single legal sender",
        "subject": heard.reply.subject[:200],
        "draft": case.title if case else brief.title if brief else "",
    }
    unproven = refusal.gate is Gate.REALLY and heard.verdicts.person is not None
    if unproven:
        facts["enroll"] = f"mailagent enroll {heard.reply.sender}"

    def write(head: AuditEntry) -> Letter:
        ref = candidate.draft.ref if candidate else ""
        thread = Thread(subject="", ref=ref)
        return NoticeLetter(
            envelope=envelope(office.company, owner, thread, head, now, about=about),
            notice=Notice.UNPROVEN if unproven else Notice.REFUSED,
            facts=tuple(facts.items()),
        )

    return await tx.post(about, case.id if case else None, write)


def _cause(heard: Heard, refusal: Refusal) -> str:
    """What is told at most once an hour each: a forger must not use up somebody's own notice."""
    verdicts = heard.verdicts
    if verdicts.person is None:
        return "stranger"
    own = verdicts.person == verdicts.owner  # whose token it carries
    return f"{refusal.gate}/{heard.reply.sender}/{'own' if own else 'other'}"
