"""What waits for one person, as a brief numbers it."""

from collections.abc import Callable
from typing import NamedTuple

from mailagent.core.brief import MOST_ITEMS, Brief, is_ready
from mailagent.core.case import Case, State
from mailagent.core.draft import Draft
from mailagent.core.letter import BriefLine
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, weighed_for
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.said import Said, say
from mailagent.ports import Office, Transaction
from mailagent.ports.late import late_drafts


class Waiting(NamedTuple):
    """A case that one person has to decide."""

    case: Case
    proposal: Proposal
    judgement: Judgement
    overdue: bool
    days: int
    own: Draft | None = None  # in a mail of its own, which can be answered as well
    asked: Said | None = None  # of such a mail

    @property
    def ready(self) -> bool:
        """What was passed over once is decided by its number, never together with the rest."""
        return self.own is None and is_ready(self.proposal, self.judgement, overdue=self.overdue)


class Gathered(NamedTuple):
    """What a brief is made of."""

    waiting: tuple[Waiting, ...]  # as they are numbered
    more: tuple[int, ...]  # cases that do not fit
    older: tuple[Brief, ...]  # whose place it takes
    only_told: tuple[Draft, ...] = ()  # late, and without a number

    @property
    def lines(self) -> tuple[BriefLine, ...]:
        """As they are shown."""
        return tuple(
            BriefLine(
                number=number,
                ready=one.ready,
                proposal=one.proposal,
                judgement=one.judgement,
                overdue=one.overdue,
                days=one.days,
                asked=one.asked,
            )
            for number, one in enumerate(self.waiting, 1)
        )


async def gather(office: Office, tx: Transaction, person: Person, *, morning: bool) -> Gathered:
    """What waits for this person; in the morning also what earlier mails still ask."""
    older = tuple(await tx.open_briefs(person.id)) if morning else ()
    late, now = await late_drafts(office, tx, person) if morning else [], office.clock.now()
    again = [i.draft.case for b in older for i in b.items if b.asks_again(i)]
    again += [draft.case for draft in late if draft.expires_at <= now]
    numbers = dict.fromkeys([*again, *await tx.held_for_brief(person.id, morning=morning)])
    stopped = await _stopped(tx)
    found: list[Waiting] = []
    left = list(numbers)
    while left and len(found) < MOST_ITEMS:  # what does not fit is not looked at
        case = await tx.case(left.pop(0))
        if stopped(case):
            continue
        one = await _waiting(office, tx, case, person)
        if one is None:
            await tx.release_for_brief(case.id, person.id)
        else:
            found.append(one)
    found.sort(key=lambda one: (not one.ready, not one.overdue, one.case.id))
    own: list[Waiting] = []
    only_told: list[Draft] = []
    for draft in (draft for draft in late if draft.case not in numbers):
        fits = len(found) + len(own) < MOST_ITEMS
        passed = await _passed_over(office, tx, draft, person, stopped) if fits else None
        if passed:
            own.append(passed)
        else:
            only_told.append(draft)
    return Gathered((*found, *own), tuple(left), older, tuple(only_told))


async def _stopped(tx: Transaction) -> Callable[[Case], bool]:
    """Whether a case was put off, or its task rests."""
    asleep = {snooze.case for snooze in await tx.snoozes()}
    paused = await tx.pauses()
    return lambda case: case.id in asleep or case.task in paused or "" in paused


async def _passed_over(
    office: Office,
    tx: Transaction,
    draft: Draft,
    person: Person,
    stopped: Callable[[Case], bool],
) -> Waiting | None:
    """What has a mail of its own gets a number beside it: whichever is answered first decides."""
    case = await tx.case(draft.case)
    if stopped(case) or draft.version != case.version:
        return None
    one = await _waiting(office, tx, case, person)
    return one and one._replace(own=draft, asked=await asked_before(tx, draft, person))


async def _waiting(office: Office, tx: Transaction, case: Case, person: Person) -> Waiting | None:
    """None: it was decided, or is not this person's to decide."""
    if case.state not in (State.PROPOSED, State.NEEDS_OWNER):
        return None
    proposal, _, judgement = await tx.proposal(case.id, case.version)
    tried = await tx.effects(case.id, case.version)
    named = office.approvers.get(case.task, ())
    names = (*named, *(await tx.delegates(case.id) if named else ()))
    spoken = await tx.approved_by(case.id, case.version)
    frozen = {draft.person for draft in await tx.frozen_drafts(case.id)}
    theirs = person.id in names or not names
    if tried or proposal.purpose is Purpose.UNDO or not theirs or person.id in spoken | frozen:
        return None
    if judgement.standing and not await tx.is_covered(case.id):  # it waits for a word after all
        judgement = judgement.model_copy(update={"standing": 0})
    judgement = weighed_for(judgement, proposal, person.limit)
    now = office.clock.now()
    kept = await tx.message(case.message)
    due = proposal.reading.date("due_date")
    today = now.astimezone(person.zone).date()
    days = max(0, (now - kept.received_at).days)
    return Waiting(case, proposal, judgement, due is not None and due < today, days)


async def asked_before(tx: Transaction, draft: Draft, person: Person) -> Said:
    """When it was asked; its own mail stays good, also where somebody else is asked by now."""
    case, day = await tx.case(draft.case), draft.issued_at.date()
    delegates = {*(await tx.delegates(case.id))} - {person.id}
    also = ", ".join(one.name for one in await tx.people() if one.id in delegates)
    if also:
        return say("brief.late_also", title=case.title, ref=case.ref, day=day, who=also)
    return say("brief.late", title=case.title, ref=case.ref, day=day)
