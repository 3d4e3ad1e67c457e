"""Execute: the approved actions, each once.

Three commits an action: the intent, then the call happens, then the outcome. An intent without
an outcome is looked up at the other system before anything is tried again.
"""

from collections.abc import Callable
from datetime import datetime

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.bridge import Enclosing
from mailagent.core.capability import Outcome, VoidBill, reverse
from mailagent.core.case import Case, State
from mailagent.core.draft import Draft, new_draft
from mailagent.core.effect import OVER, STUCK, Effect, EffectState, effect_key, outside_name
from mailagent.core.errors import (
    Altered,
    MailagentError,
    OutcomeUnknown,
    OutsideItsTask,
    Permanent,
    Transient,
)
from mailagent.core.inquiry import Inquiry
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Line, Original, OutsideLetter, ReceiptLetter
from mailagent.core.payloads.meetings import CalendarMail, OfferTimes
from mailagent.core.people import Person
from mailagent.core.policy import judge
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Action, Proposal, Purpose, digest
from mailagent.core.receipt import irreversible, line_of
from mailagent.core.record import effected
from mailagent.core.said import Said
from mailagent.core.token import Token, new_name
from mailagent.core.written import Written
from mailagent.ports import Office, Stale, System, Transaction


async def execute(office: Office, job: Job) -> None:
    """Does what was approved, in order; stops at the first action that did not work."""
    case, proposal, left_out = await _begin(office, job)
    for action in proposal.actions:
        if action.number in left_out:
            continue
        if await _act(office, case, proposal, action) not in OVER:
            break
    await _finish(office, case)


async def _begin(office: Office, job: Job) -> tuple[Case, Proposal, tuple[int, ...]]:
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
        if case.version != job.version or case.state not in (State.APPROVED, State.EXECUTING):
            raise Stale(f"case {case.ref} is {case.state}, version {case.version}")
        proposal, _, _ = await tx.proposal(case.id, case.version)
        if case.state is State.APPROVED:
            entry = Entry(actor="agent", what="case.executing")
            case = await tx.advance(case, State.EXECUTING, entry)
        decided = await tx.used_draft(case.id, case.version)
        if decided is None or decided.digest != digest(office.company.id, proposal):
            raise Altered(f"case {case.ref} holds something else than what was approved")
        _within_its_task(office, proposal)
        office.probe("execute: before begin commit")
    office.probe("execute: begun")
    return case, proposal.chosen(decided.choice), decided.left_out


def _within_its_task(office: Office, proposal: Proposal) -> None:
    """What was taken from a task since it was approved is not done; what takes back always may."""
    task = office.tasks.get(proposal.task)
    may = task.may if task else frozenset()
    outside = {action.payload.capability for action in proposal.all_actions} - may
    if proposal.purpose is Purpose.DO and outside:
        raise OutsideItsTask(f"task {proposal.task} may not {', '.join(sorted(outside))}")


async def _act(office: Office, case: Case, proposal: Proposal, action: Action) -> EffectState:
    effect, before = await _intend(office, case, proposal, action)
    if effect.state is not EffectState.INTENDED:
        return effect.state
    system = office.systems[action.payload.capability.partition(".")[0]]
    try:
        return await _call(office, system, effect, before)
    except Transient:  # it is tried again; until it works, the rules know that this tool fails
        async with office.store.begin(office.company.id) as tx:
            await tx.count_call(effect.payload.capability, worked=False)
        raise
    except Permanent as error:
        return await _settle(office, effect, EffectState.FAILED, error)
    except OutcomeUnknown as error:
        return await _settle(office, effect, EffectState.UNKNOWN, error)


async def _intend(
    office: Office, case: Case, proposal: Proposal, action: Action
) -> tuple[Effect, EffectState | None]:
    async with office.store.begin(office.company.id) as tx:
        before = (await tx.effects(case.id, proposal.version)).get(action.number)
        if before is not None:
            return await _once_more(tx, before), before.state
        effect = Effect(
            key=effect_key(office.company.id, case.id, proposal.version, action),
            case=case.id,
            version=proposal.version,
            number=action.number,
            payload=action.payload,
            state=EffectState.INTENDED,
        )
        await tx.intend(effect)
        if isinstance(action.payload, Written):
            await _keep_mail(office, tx, case, effect.key, action.payload)
        office.probe(f"execute: before intent {action.number} commit")
    office.probe(f"execute: intended {action.number}")
    return effect, None


async def _keep_mail(office: Office, tx: Transaction, case: Case, key: str, mail: Written) -> None:
    """Its bytes are kept with the intent: it is the same mail whenever it is tried.

    Its name is known before it is sent: an answer may be faster than what says that it went out.
    """
    letter = OutsideLetter(
        company=office.company,
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject,
        text=mail.text,
        message_id=f"ops.{new_name()}@{office.company.domain}",
        in_reply_to=mail.in_reply_to,
        at=office.clock.now(),
        itip=mail.itip if isinstance(mail, CalendarMail) else None,
        encloses=await _enclosed(office, mail),
    )
    await tx.keep_outside(outside_name(key), case.id, letter)
    inquiry = await _inquiry(tx, case, mail)
    if inquiry is not None:
        named = {"message_id": letter.message_id, "address": mail.to}
        await tx.save_inquiry(inquiry.model_copy(update=named))


async def _inquiry(tx: Transaction, case: Case, mail: Written) -> Inquiry | None:
    """What the mail asks. Times that are offered are a question about their own case."""
    if not isinstance(mail, OfferTimes):
        return await tx.inquiry(case.id)
    decided = await tx.used_draft(case.id, case.version)
    return Inquiry(case=case.id, about=case.id, person=decided.person if decided else "")


async def _enclosed(office: Office, mail: Written) -> Original | None:
    if not isinstance(mail, Enclosing):
        return None
    content = await office.blobs.get(mail.content)
    return Original(name=mail.name, media_type=mail.media_type, content=content)


async def _once_more(tx: Transaction, effect: Effect) -> Effect:
    """What its owner wants tried again is an intent again, before anything is called."""
    if effect.state is not EffectState.AGAIN:
        return effect
    await _note(tx, effect, EffectState.INTENDED, None, "")
    return effect.model_copy(update={"state": EffectState.INTENDED})


async def _call(
    office: Office, system: System, effect: Effect, before: EffectState | None
) -> EffectState:
    """The call and its outcome; an embedded system commits both in this one transaction."""
    if before is not None and await _was_done(office, system, effect, before):
        return EffectState.DONE
    async with office.store.begin(office.company.id) as tx:
        outcome = await system.perform(tx, effect.case, effect.payload, effect.key)
        office.probe(f"execute: called {effect.number}")
        await _note(tx, effect, EffectState.DONE, outcome, outcome.detail)
        office.probe(f"execute: before outcome {effect.number} commit")
    office.probe(f"execute: outcome {effect.number}")
    return EffectState.DONE


async def _was_done(office: Office, system: System, effect: Effect, before: EffectState) -> bool:
    """Looked up in a transaction of its own: the call may take its time."""
    async with office.store.begin(office.company.id) as tx:
        outcome = await _found(tx, system, effect, before)
        if outcome is not None:
            await _note(tx, effect, EffectState.DONE, outcome, outcome.detail)
    return outcome is not None


async def _found(
    tx: Transaction, system: System, effect: Effect, before: EffectState
) -> Outcome | None:
    """What an earlier attempt left behind; where nobody else can tell, its owner did."""
    try:
        return await system.find(tx, effect.payload, effect.key)
    except OutcomeUnknown:
        if before is EffectState.AGAIN:
            return None
        raise


async def _settle(
    office: Office, effect: Effect, state: EffectState, error: MailagentError
) -> EffectState:
    async with office.store.begin(office.company.id) as tx:
        await _note(tx, effect, state, None, str(error), error.why)
    return state


async def _note(
    tx: Transaction,
    effect: Effect,
    state: EffectState,
    outcome: Outcome | None,
    detail: str,
    why: Said | None = None,
) -> None:
    details = {"key": effect.key, **effected(effect.payload), "detail": detail}
    if outcome is not None:  # a row of the policy is proved by its number, for ever
        name = "reference" if effect.payload.capability == "policy.widen" else "made"
        details[name] = outcome.reference
    entry = Entry(actor="agent", what=f"effect.{state}", case=effect.case, details=details)
    await tx.settle(effect.key, state, outcome, detail, entry, why)


async def _finish(office: Office, case: Case) -> None:
    """The case ends, or waits for its owner; one receipt, with the way back in it."""
    async with office.store.begin(office.company.id) as tx:
        proposal, _, judged = await tx.proposal(case.id, case.version)
        effects = await tx.effects(case.id, proposal.version)
        decided = await tx.used_draft(case.id, proposal.version)
        left_out = decided.left_out if decided else ()
        after = digest(office.company.id, proposal)
        proposal = proposal.chosen(decided.choice if decided else "")
        wanted = [action for action in proposal.actions if action.number not in left_out]
        done = all(a.number in effects and effects[a.number].state in OVER for a in wanted)
        latest = await tx.latest_version(case.id)
        undo = _undo(proposal, effects, latest + 1, after, done=done)
        case = await tx.advance(
            case,
            State.DONE if done else State.NEEDS_OWNER,
            Entry(actor="agent", what="case.done" if done else "case.stuck"),
            version=undo.version if undo else None,
        )
        if undo is not None:
            made = digest(office.company.id, undo)
            await tx.save_proposal(undo, made, judge(undo, office.rules, found=judged.around))
        answered = await _answered(tx, case)
        if answered:  # one receipt for all that was answered with it
            await tx.defer(Job(stage=Stage.RECEIPT, subject=answered))
        else:
            await _receipt(office, tx, case, decided, proposal, effects, undo)
        await _tell_the_first(office, tx, case, proposal, effects, undo)
        if done:
            await _learn_from(office, tx, case, proposal)
        office.probe("execute: before receipt commit")
    office.probe("execute: receipt")


async def _learn_from(office: Office, tx: Transaction, case: Case, proposal: Proposal) -> None:
    """What its owner corrected is learned, or forgotten with the undo, when there is time."""
    task = office.tasks[case.task]
    corrected = any(revision.edits for revision in await tx.revisions(case.id))
    if corrected and (task.places or task.prefers):
        await tx.defer(Job(stage=Stage.LEARN, subject=case.id, version=proposal.version))


async def _answered(tx: Transaction, case: Case) -> int:
    """The answer to a brief that this was decided in, while its receipt is not written."""
    last = await tx.last_answer(case.id)
    answered = await tx.answer_with_draft(last.id) if last else None
    if answered is None or await tx.was_posted(f"receipt/items/{answered.message}"):
        return 0
    return answered.message


def _undo(
    proposal: Proposal, effects: dict[int, Effect], version: int, after: str, *, done: bool
) -> Proposal | None:
    """The reverse of what was done, last first: a proposal like any other, shown in the receipt.

    What is not done yet can still be settled by an answer to the receipt, so it is made for that
    as well, bound to the version whose rest it is.
    """
    if proposal.purpose is Purpose.UNDO:  # what of it failed can be tried again, or left
        return None if done else _rest_of(proposal, (), version, after)
    last_first = [effect for _, effect in sorted(effects.items(), reverse=True)]
    reversed_ = [reverse(e.payload, e.outcome) for e in last_first if e.outcome]
    payloads = [payload for payload in reversed_ if payload is not None]
    # What the books may refuse goes first: then nothing else is taken back without it.
    payloads.sort(key=lambda payload: not isinstance(payload, VoidBill))
    if done and not payloads:
        return None
    actions = tuple(Action(number=n, payload=p) for n, p in enumerate(payloads, 1))
    return _rest_of(proposal, actions, version, after)


def _rest_of(proposal: Proposal, actions: tuple[Action, ...], version: int, after: str) -> Proposal:
    """The way back from this version, and what its rest is settled with."""
    bound = {"undoes": proposal.version, "after": after}
    shown = {"version": version, "purpose": Purpose.UNDO, "actions": actions}
    return proposal.model_copy(update={**shown, **bound})


async def _receipt(
    office: Office,
    tx: Transaction,
    case: Case,
    decided: Draft | None,
    proposal: Proposal,
    effects: dict[int, Effect],
    undo: Proposal | None,
) -> None:
    person = await tx.person(decided.person) if decided else None
    if decided is None or person is None:
        return  # whoever approved it was removed since; the audit log has it all
    back, token = await _way_back(office, tx, case, person, undo)
    kept = await tx.message(case.message)
    thread = Thread(
        subject=proposal.title,
        ref=case.ref,
        message_id=kept.message_id,
        references=kept.references,
    )
    last = await tx.last_answer(case.id)
    irreversible = await _irreversible(tx, proposal)
    about = f"receipt/{last.id if last else decided.id}"

    def write(head: AuditEntry) -> Letter:
        return ReceiptLetter(
            envelope=envelope(
                office.company, person, thread, head, office.clock.now(), about=about, token=token
            ),
            verb="undo" if proposal.purpose is Purpose.UNDO else "approve",
            lines=tuple(line_of(action, effects, decided.left_out) for action in proposal.actions),
            kept=irreversible,
            undo_until=back.expires_at if back and undo and undo.actions else None,
            settle=any(e.state in STUCK for e in effects.values()),
        )

    await tx.post(about, case.id, write)


async def _tell_the_first(
    office: Office,
    tx: Transaction,
    case: Case,
    proposal: Proposal,
    effects: dict[int, Effect],
    undo: Proposal | None,
) -> None:
    """Where two approved it, the one who spoke first hears of it, and can take it back as well."""
    decided = await tx.used_draft(case.id, proposal.version)
    first = await tx.approved_by(case.id, proposal.version)
    kept = await tx.message(case.message)
    thread = Thread(subject=proposal.title, ref=case.ref, message_id=kept.message_id)
    lines = tuple(line_of(action, effects) for action in proposal.actions)
    for person in [p for p in await tx.people() if p.id in first]:
        if decided is None or person.id == decided.person:
            continue
        about = f"receipt/{decided.id}/{person.id}"
        back, token = await _way_back(office, tx, case, person, undo)
        until = back.expires_at if back and undo and undo.actions else None
        await tx.post(about, case.id, _told(office, about, person, token, until, thread, lines))


def _told(
    office: Office,
    about: str,
    person: Person,
    token: Token | None,
    until: datetime | None,
    thread: Thread,
    lines: tuple[Line, ...],
) -> Callable[[AuditEntry], Letter]:
    def write(head: AuditEntry) -> Letter:
        now = office.clock.now()
        around = envelope(office.company, person, thread, head, now, about=about, token=token)
        return ReceiptLetter(envelope=around, verb="approve", lines=lines, undo_until=until)

    return write


async def _way_back(
    office: Office, tx: Transaction, case: Case, person: Person, undo: Proposal | None
) -> tuple[Draft | None, Token | None]:
    if undo is None:
        return None, None
    made = digest(office.company.id, undo)
    draft, token = new_draft(case, undo.version, made, person, office.clock.now())
    return await tx.issue_draft(draft), token


async def _irreversible(tx: Transaction, proposal: Proposal) -> tuple[Line, ...]:
    """What stays as it is: done, or with an undo perhaps done, and without a way back."""
    if proposal.purpose is not Purpose.UNDO:
        effects = await tx.effects(proposal.case, proposal.version)
        return irreversible({n: e for n, e in effects.items() if e.outcome is not None})
    return irreversible(await tx.effects(proposal.case, proposal.undoes))
