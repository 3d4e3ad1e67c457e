"""Decide: ten gates, then the grammar; only what passes them all releases anything."""

from collections.abc import Mapping
from typing import NamedTuple

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case, State
from mailagent.core.decision import Decision, Execute, Shown, Unclear, Verb, understand
from mailagent.core.draft import Draft, DraftState, new_draft
from mailagent.core.errors import KeysUnavailable
from mailagent.core.gates import (
    Candidate,
    Choice,
    Context,
    Gate,
    Verdicts,
    chosen,
    judge_reply,
    key_names,
    token_hashes,
)
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter, QuestionLetter, ReceiptLetter
from mailagent.core.message import Arrival, Disposition
from mailagent.core.people import Person
from mailagent.core.policy import Verdict
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.reply import Reply, Signature
from mailagent.core.value import sha256
from mailagent.ports import KeptMessage, Office, Stale, Transaction

# A machine's answer and our own mail come back by themselves: nobody has to be told of them.
_UNTOLD = frozenset({Gate.PLACE, Gate.PERSON})


class _Heard(NamedTuple):
    """A reply with everything that the gates and the grammar made of it."""

    kept: KeptMessage
    reply: Reply
    decision: Decision
    verdicts: Verdicts
    choice: Choice | None
    signatures: tuple[Signature, ...]


async def decide(office: Office, job: Job) -> None:
    """Hears a reply, and commits what follows from it in one go."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
        people = tuple(await tx.people())
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    raw = await office.blobs.get(kept.sha256)
    reply = await office.reader.reply(
        Arrival(place=kept.place, raw=raw, received_at=kept.received_at)
    )
    keys = await _keys(office, kept, reply, people)
    signatures = await office.reader.signatures(raw, keys) if keys else ()
    async with office.store.begin(office.company.id) as tx:
        heard = await _hear(office, tx, kept, reply, people, signatures)
        await _apply(office, tx, heard)
        office.probe("decide: before commit")
    office.probe("decide: committed")


async def _keys(
    office: Office, kept: KeptMessage, reply: Reply, people: tuple[Person, ...]
) -> Mapping[str, str]:
    """DNS that does not answer holds the mail; after the longest hold it goes on without."""
    keys: dict[str, str] = {}
    for name in key_names(reply, people):
        try:
            record = await office.keys.record(name)
        except KeysUnavailable:
            if office.clock.now() - kept.received_at < office.hold:
                raise
            record = None
        if record:
            keys[name] = record
    return keys


async def _hear(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    reply: Reply,
    people: tuple[Person, ...],
    signatures: tuple[Signature, ...],
) -> _Heard:
    drafts = await tx.drafts_by_token(token_hashes(reply))
    context = Context(
        now=office.clock.now(),
        own_addresses=frozenset({office.company.ops_address.lower()}),
        is_ours=bool(reply.message_id) and await tx.is_ours(reply.message_id),
        people=people,
        candidates=tuple([await _candidate(office, tx, d, people) for d in drafts]),
        signatures=signatures,
        largest=office.reply_bytes,
    )
    choice = chosen(reply, context)
    shown = await _shown(office, tx, choice, people)
    decision = understand(reply.own, reply.own_html, shown, office.verbs)
    verdicts = judge_reply(reply, decision, context)
    return _Heard(kept, reply, decision, verdicts, choice, signatures)


async def _candidate(
    office: Office, tx: Transaction, draft: Draft, people: tuple[Person, ...]
) -> Candidate:
    case = await tx.case(draft.case)
    proposal, _, judgement = await tx.proposal(draft.case, draft.version)
    names = office.approvers.get(case.task, ())
    return Candidate(
        draft=draft,
        approvers=tuple(p for p in people if p.id in names or not names),
        recomputed=digest(office.company.id, proposal, await _contents(office, proposal)),
        verdict=judgement.verdict,
    )


async def _contents(office: Office, proposal: Proposal) -> dict[str, str]:
    """What the contents hash to now; a file that is gone matches nothing."""
    found = {}
    for name in proposal.contents():
        try:
            found[name] = sha256(await office.blobs.get(name))
        except FileNotFoundError:
            found[name] = "gone"
    return found


async def _shown(
    office: Office, tx: Transaction, choice: Choice | None, people: tuple[Person, ...]
) -> Shown:
    if choice is None:
        return Shown(ref="")
    draft = choice.candidate.draft
    proposal, _, judgement = await tx.proposal(draft.case, draft.version)
    return Shown(
        purpose=proposal.purpose,
        ref=draft.ref,
        numbers=tuple(action.number for action in proposal.actions),
        heavy=judgement.verdict >= Verdict.CODE,
        names=(*(p.name for p in people), office.company.assistant_name),
    )


async def _apply(office: Office, tx: Transaction, heard: _Heard) -> None:
    """What follows: an execution, a question, or a refusal."""
    if heard.verdicts.passed and isinstance(heard.decision, Execute):
        outcome = await _execute(office, tx, heard, heard.decision)
    elif heard.verdicts.passed or heard.verdicts.only(Gate.WORD):
        outcome = await _ask(office, tx, heard)
    else:
        outcome = await _refuse(office, tx, heard)
    candidate = heard.verdicts.candidate
    await tx.note_decision(
        heard.kept.id,
        candidate.draft.id if candidate else None,
        heard.verdicts.record(),
        outcome,
    )
    await tx.dispose(heard.kept.id, Disposition.DECISION, _entry(heard, outcome))


def _entry(heard: _Heard, outcome: str) -> Entry:
    verdicts, candidate = heard.verdicts, heard.verdicts.candidate
    person = verdicts.person.id if verdicts.passed and verdicts.person else "unproven"
    return Entry(
        actor=person,
        what=f"decision.{outcome}",
        case=candidate.draft.case if candidate else None,
        details={
            "content": heard.kept.sha256,
            "from": heard.reply.sender,
            "version": candidate.draft.version if candidate else None,
            "decision": heard.decision.model_dump(mode="json", exclude={"code"}),
            "gates": verdicts.record(),
            "signatures": [s.model_dump(mode="json") for s in heard.signatures],
        },
    )


# -- what passed -----------------------------------------------------------------------------


async def _execute(office: Office, tx: Transaction, heard: _Heard, said: Execute) -> str:
    assert heard.choice is not None
    draft = heard.choice.candidate.draft
    case = await tx.case(draft.case)
    await tx.use_draft(draft.id)
    await tx.supersede_drafts(case.id)
    if said.verb is Verb.REJECT:
        await _reject(office, tx, heard, case, draft, said)
    elif said.verb is Verb.UNDO and case.state is State.REJECTED:
        await _reopen(tx, case, _by(heard, "case.reopened"))
    else:
        job = Job(stage=Stage.EXECUTE, subject=case.id, version=draft.version)
        await tx.advance(case, State.APPROVED, _by(heard, f"case.{said.verb}"), job)
    return said.verb


def _by(heard: _Heard, what: str, **details: str) -> Entry:
    person = heard.verdicts.person
    assert person is not None
    return Entry(actor=person.id, what=what, details={"by": heard.kept.sha256, **details})


async def _reopen(tx: Transaction, case: Case, entry: Entry) -> None:
    job = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
    await tx.advance(case, State.READ, entry, job)


async def _reject(
    office: Office, tx: Transaction, heard: _Heard, case: Case, draft: Draft, said: Execute
) -> None:
    proposal, _, judgement = await tx.proposal(case.id, draft.version)
    person = heard.verdicts.person
    assert person is not None
    # The way back: an undo of nothing, which reopens the case.
    undo = proposal.model_copy(
        update={"version": proposal.version + 1, "purpose": Purpose.UNDO, "actions": ()}
    )
    made = digest(office.company.id, undo)
    await tx.save_proposal(undo, made, judgement.model_copy(update={"verdict": Verdict.ASK}))
    entry = _by(heard, "case.rejected", reason=said.reason[:500])
    case = await tx.advance(case, State.REJECTED, entry, version=undo.version)
    back, token = new_draft(case, undo.version, made, person, office.clock.now())
    back = await tx.issue_draft(back)
    thread = await _thread(tx, heard, case, proposal)
    about = f"receipt/{draft.id}"

    def write(head: AuditEntry) -> Letter:
        return ReceiptLetter(
            envelope=envelope(
                office.company, person, thread, head, office.clock.now(), about=about, token=token
            ),
            verb=Verb.REJECT,
            lines=(),
            reason=said.reason,
            undo_until=back.expires_at,
        )

    await tx.post(about, case.id, write)


async def _thread(tx: Transaction, heard: _Heard, case: Case, proposal: Proposal) -> Thread:
    """Hangs on the reply, which hangs on the draft."""
    fields = dict(heard.reply.fields)
    message_id = f"<{heard.reply.message_id}>" if heard.reply.message_id else ""
    return Thread(
        subject=proposal.title,
        ref=case.ref,
        message_id=message_id,
        references=tuple(fields.get("references", fields.get("in-reply-to", "")).split())[-20:],
    )


# -- what was not understood -----------------------------------------------------------------


async def _ask(office: Office, tx: Transaction, heard: _Heard) -> str:
    """Nothing happens; asked once, with the likeliest answers ready."""
    choice, person = heard.choice, heard.verdicts.person
    assert choice is not None
    assert person is not None
    draft = choice.candidate.draft
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    case = await tx.case(draft.case)
    thread = await _thread(tx, heard, case, proposal)
    about = f"question/{draft.id}"
    why, likely = _why(heard.decision, proposal.purpose)

    def write(head: AuditEntry) -> Letter:
        return QuestionLetter(
            envelope=envelope(
                office.company,
                person,
                thread,
                head,
                office.clock.now(),
                about=about,
                answers=choice.token,
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
    answers = {Purpose.UNDO: ("undo",), Purpose.ASK: ("reject",)}
    likely = answers.get(purpose, ("approve", "reject"))
    return "I cannot do that by mail yet, so I changed nothing", likely


# -- what failed a gate ----------------------------------------------------------------------


async def _refuse(office: Office, tx: Transaction, heard: _Heard) -> str:
    """Nothing happens. The owner may hear of it; the sender of the mail never does."""
    verdicts = heard.verdicts
    if verdicts.only(Gate.NOW) and verdicts.candidate is not None:
        await _late(tx, verdicts.candidate.draft)
        return "late"
    refusal = verdicts.refusal
    assert refusal is not None
    if verdicts.owner is not None and refusal.gate not in _UNTOLD:
        await _tell(office, tx, heard, verdicts.owner, refusal.reason)
    return "refused"


async def _late(tx: Transaction, draft: Draft) -> None:
    """Genuine, but its token no longer counts: the receipt once more, or the current version."""
    if draft.state is DraftState.USED:
        await tx.send_again(f"receipt/{draft.id}")
        return
    case = await tx.case(draft.case)
    if case.state in (State.PROPOSED, State.NEEDS_OWNER):
        await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))


async def _tell(office: Office, tx: Transaction, heard: _Heard, owner: Person, reason: str) -> None:
    now = office.clock.now()
    about = f"refused/{owner.id}/{now:%Y-%m-%dT%H}"  # at most one an hour
    candidate = heard.verdicts.candidate
    case = await tx.case(candidate.draft.case) if candidate else None

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="A reply was not accepted", ref=case.ref if case else "")
        return NoticeLetter(
            envelope=envelope(office.company, owner, thread, head, now, about=about),
            notice=Notice.REFUSED,
            what="A reply to one of your drafts was not accepted. Nothing was done.",
            then="If it was yours, answer the draft itself from your own address.",
            facts=(
                ("why", reason),
                ("from", heard.reply.sender or "no single legal sender"),
                ("subject", heard.reply.subject[:200]),
                ("draft", case.title if case else ""),
            ),
        )

    await tx.post(about, case.id if case else None, write)
