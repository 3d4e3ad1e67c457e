"""Who is asked about a proposal, now or in the morning, and what that takes."""

from collections.abc import Sequence
from datetime import timedelta

from mailagent.core.audit import Entry
from mailagent.core.brief import day_began, is_held_back
from mailagent.core.case import Case, State
from mailagent.core.circumstances import address_in, around
from mailagent.core.draft import live_draft
from mailagent.core.job import Job, Stage
from mailagent.core.modes import ONLY_SHOWN, Mode
from mailagent.core.people import Person
from mailagent.core.policy import Judgement
from mailagent.core.post import owner_of
from mailagent.core.proposal import Proposal, stops
from mailagent.core.shadow import foreseen
from mailagent.core.standing import scope_of
from mailagent.ports import (
    KeptMessage,
    Office,
    Stale,
    Transaction,
    may_see,
    stand_in,
)
from mailagent.ports.standing import judged, mode_for

# After the last of a burst its brief is made; each one that follows puts it off so far.
_SETTLES = timedelta(seconds=2)


async def asked_now(
    office: Office,
    tx: Transaction,
    case: Case,
    proposal: Proposal,
    judgement: Judgement,
    asked: tuple[Person, ...],
) -> tuple[Person, ...]:
    """Who gets a draft by itself; for the others it waits for their brief."""
    if case.version > 1 and not await _has_power_again(tx, case):
        return asked  # what comes of an answer is never kept waiting
    if await _in_silence(office, tx, case, proposal):
        return ()
    if judgement.standing or proposal.unasked:  # the morning shows it
        for person in asked:
            await tx.hold_for_brief(proposal.case, person.id, for_morning=True)
        return ()
    at_once, now = [], office.clock.now()
    for person in asked:
        began = day_began(person, now)
        load = await tx.load(person.id, person.main_address, began, proposal.case)
        if is_held_back(load, office.brief, stop=stops(proposal)):
            await tx.hold_for_brief(proposal.case, person.id)
        else:
            at_once.append(person)
    if len(at_once) < len(asked):
        job = Job(stage=Stage.ROUTINE, subject=0, routine="brief", not_before=now + _SETTLES)
        await tx.defer(job)
    return tuple(at_once)


async def _has_power_again(tx: Transaction, case: Case) -> bool:
    """The version before could only be looked at: this one comes like a new one, and nobody asked
    for it by an answer.
    """
    _, _, before = await tx.proposal(case.id, case.version - 1)
    answered = any(made.version == case.version for made in await tx.revisions(case.id))
    return ONLY_SHOWN in before.hits and not answered


async def asked_of(
    office: Office, tx: Transaction, case: Case, sender: str
) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Whom it was delegated to, otherwise its owner; and whose word for it is kept already."""
    spoken = await tx.approved_by(case.id, case.version)
    everybody = await tx.people()
    people = [person for person in everybody if person.id not in spoken]
    delegates = await tx.delegates(case.id)
    # Whose answer this version comes of hears of it, whoever may decide it beside them.
    changed = {one.person for one in await tx.revisions(case.id) if one.version > case.version}
    theirs = {*delegates, *changed} if delegates else set()
    found = tuple(person for person in people if person.id in theirs)
    owner = owner_of(_approvers(office, case), people, sender)
    if not found and owner is None:
        raise LookupError("nobody is enrolled who could be asked")
    asked = found or ((owner,) if owner else ())
    asked = tuple([await _or_instead(office, tx, case, person, people) for person in asked])
    return asked, tuple(person.name for person in everybody if person.id in spoken)


async def _or_instead(
    office: Office, tx: Transaction, case: Case, person: Person, people: Sequence[Person]
) -> Person:
    """Who is away has somebody who decides; a change that they made comes back to them all the
    same, and nobody is asked twice.
    """
    away = next((one for one in await tx.absences() if one.person == person.id), None)
    other = next((p for p in people if away and p.id == away.substitute), None)
    theirs = any(
        made.person == person.id and made.version > case.version
        for made in await tx.revisions(case.id)
    )
    if away is None or other is None or theirs or not await may_see(tx, case.id, away):
        return person
    await stand_in(office, tx, case.id, away)
    return other


async def judged_for(
    office: Office,
    tx: Transaction,
    case: Case,
    kept: KeptMessage,
    proposal: Proposal,
    asked: Person,
) -> Judgement:
    """A substitute decides within their own limit, and within that of whom they stand in for."""
    now, failing = office.clock.now(), await tx.failing()
    found = around(address_in(kept.sender), kept.signed_by, asked, now, failing)
    owners = {one.person for one in await tx.absences() if one.substitute == asked.id}
    owners &= {*_approvers(office, case)} or owners
    limits = [asked.limit, *(one.limit for one in await tx.people() if one.id in owners)]
    return await judged(office, tx, proposal, found, asked, limits)


async def unasked(
    office: Office, tx: Transaction, case: Case, asked: tuple[Person, ...]
) -> tuple[Person, ...]:
    """Those without a draft that counts: nobody is to get a second one."""
    drafts, now = await tx.open_drafts(case.id), office.clock.now()
    frozen = {draft.person for draft in await tx.frozen_drafts(case.id)}
    missing = tuple(
        person
        for person in asked
        if person.id not in frozen and not live_draft(drafts, person.id, now)
    )
    if not missing:
        raise Stale(f"case {case.ref} is asked already")
    return missing


async def _in_silence(office: Office, tx: Transaction, case: Case, proposal: Proposal) -> bool:
    """In shadow nobody is asked: what would have been done is in the audit log."""
    if await mode_for(office, tx, scope_of(proposal)) is not Mode.SHADOW:
        return False
    kept = await tx.message(case.message)
    await tx.foresee(foreseen(proposal, kept.message_id))
    needs = case.state is State.NEEDS_OWNER
    entry = Entry(actor="agent", what="case.shadowed", details={"version": proposal.version})
    shelve = Job(stage=Stage.SHELVE, subject=case.message)
    await tx.advance(case, State.IGNORED if needs else State.REJECTED, entry, shelve)
    return True


def _approvers(office: Office, case: Case) -> tuple[str, ...]:
    return office.approvers.get(case.task, ())
