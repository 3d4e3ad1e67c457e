"""Everything that is known of a reply, what it says, and what the gates make of it."""

from typing import Any, NamedTuple

from mailagent.core.audit import Entry
from mailagent.core.brief import Answered, Brief, BriefItem, brief_digest, by_items
from mailagent.core.case import Case
from mailagent.core.decision import Decision, Revise, Shown, Unclear, Verbs, understand
from mailagent.core.draft import Draft
from mailagent.core.errors import KeysUnavailable
from mailagent.core.gates import (
    Candidate,
    Verdicts,
    chosen,
    is_pinned_to_code,
    judge_reply,
    sender,
    token_hashes,
)
from mailagent.core.message import Message
from mailagent.core.people import Person
from mailagent.core.policy import Verdict, amounts
from mailagent.core.post import Thread
from mailagent.core.proposal import Proposal, digest
from mailagent.core.record import decided
from mailagent.core.reply import Reply, Signature
from mailagent.core.token import Token
from mailagent.ports import (
    Evidence,
    KeptMessage,
    Office,
    Transaction,
    context_of,
    evidence,
    facts_of,
)
from mailagent.ports.afresh import contents_now
from mailagent.stages.decide.shown import shown_to

# Fields, each with the words that state its new value.
Pointed = tuple[tuple[str, str], ...]
# No code is written down, also a used one.
_CODES: dict[str, Any] = {"code": True, "rest": {"code"}, "items": {"__all__": {"code"}}}


class Answer(NamedTuple):
    """Who answers which draft. Proven only when the gates pass."""

    person: Person
    draft: Draft
    token: Token
    item: BriefItem | None = None  # of a brief: whose draft it is

    @property
    def mark(self) -> str:
        """What tells the mails about several items of one brief apart."""
        return f"/{self.item.number}" if self.item else ""

    async def note(self, tx: Transaction, heard: "Heard", outcome: str, detail: str = "") -> str:
        """What came of an item is told in the receipt for the whole answer."""
        if self.item and heard.brief:
            await tx.note_answer(
                Answered(
                    message=heard.kept.id,
                    brief=heard.brief.draft.id,
                    number=self.item.number,
                    draft=self.item.draft.id,
                    outcome=outcome,
                    detail=detail,
                )
            )
        return outcome


class Heard(NamedTuple):
    """A reply with everything that the gates and the grammar made of it."""

    kept: KeptMessage
    reply: Reply
    decision: Decision
    verdicts: Verdicts
    answer: Answer | None
    signatures: tuple[Signature, ...]
    brief: Brief | None = None  # what was answered, where it was one

    def entry(self, outcome: str) -> Entry:
        """What the audit log keeps: the verdict of every gate, and the keys it rests on."""
        proven = self.verdicts.passed and self.answer is not None
        draft = self.verdicts.candidate.draft if self.verdicts.candidate else None
        return Entry(
            actor=self.answer.person.id if proven and self.answer else "unproven",
            what=f"decision.{outcome}",
            case=draft.case or None if draft else None,
            details={
                "content": self.kept.sha256,
                "sender": self.reply.sender,
                "version": draft.version if draft else None,
                **decided(self.decision, self.reply.own),
                "decision": self.decision.model_dump(mode="json", exclude=_CODES),
                "gates": self.verdicts.record(),
                "signatures": [s.model_dump(mode="json") for s in self.signatures],
            },
        )

    def thread(self, case: Case, proposal: Proposal) -> Thread:
        """Our answer hangs on the reply, which hangs on the draft or the brief."""
        if self.brief:
            return self.thread_of(self.brief.title, self.brief.draft.ref)
        return self.thread_of(proposal.title, case.ref)

    async def thread_for(self, tx: Transaction, draft: Draft) -> Thread:
        """The thread of what was answered: a draft, or the brief that holds it."""
        if self.brief:
            return self.thread_of(self.brief.title, self.brief.draft.ref)
        proposal, _, _ = await tx.proposal(draft.case, draft.version)
        return self.thread_of(proposal.title, draft.ref)

    def thread_of(self, subject: str, ref: str) -> Thread:
        """The same, whatever it is about."""
        fields = dict(self.reply.fields)
        before = fields.get("references") or fields.get("in-reply-to") or ""
        return Thread(
            subject=subject,
            ref=ref,
            message_id=f"<{self.reply.message_id}>" if self.reply.message_id else "",
            references=tuple(before.split())[-20:],
        )


async def fetch(office: Office, kept: KeptMessage, people: tuple[Person, ...]) -> Evidence:
    """What lies outside the store: the mail itself, and the keys of its signatures."""
    reply = await facts_of(office, kept)
    try:
        return await evidence(office, kept, reply, people)
    except KeysUnavailable:  # it is held: people see whose mail waits
        async with office.store.begin(office.company.id) as tx:
            await tx.describe(kept.id, described(reply))
        raise


def described(reply: Reply) -> Message:
    """What people see of it in a list, and the name by which it is found where it was moved to."""
    name = f"<{reply.message_id}>" if reply.message_id else ""
    return Message(subject=reply.subject, sender=reply.sender, message_id=name)


async def hear(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    people: tuple[Person, ...],
    found: Evidence,
    pointed: Pointed = (),
) -> Heard:
    """All gates, and the grammar; `pointed` are words that a model takes for a change."""
    reply, signatures = found
    drafts = await tx.drafts_by_token(token_hashes(reply))
    candidates = tuple([await _candidate(office, tx, d, people) for d in drafts])
    context = await context_of(office, tx, found, people, candidates=candidates)
    choice, who = chosen(reply, context), sender(reply, context)
    if who is not None:
        app = await tx.authenticator(who[0].id)
        context = context.model_copy(update={"authenticator": app})
    draft = choice.candidate.draft if choice else None
    brief = await tx.brief(draft.id) if draft and draft.is_brief else None
    shown = await shown_to(office, tx, choice, people, reply, brief)
    if who is not None and is_pinned_to_code(who[1].pin):
        shown = shown.model_copy(update={"heavy": True})
    decision = understand(reply.own, reply.own_html, shown, office.verbs, reply.aside)
    if brief:
        decision = by_items(decision, brief)
    elif pointed and isinstance(decision, Unclear):
        decision = _typed_anew(pointed, reply, shown, office.verbs) or decision
    verdicts = judge_reply(reply, decision, context)
    answer = (
        Answer(verdicts.person, choice.candidate.draft, choice.token)
        if choice and verdicts.person
        else None
    )
    return Heard(kept, reply, decision, verdicts, answer, signatures, brief)


def _typed_anew(pointed: Pointed, reply: Reply, shown: Shown, verbs: Verbs) -> Revise | None:
    """Field by field, through the same grammar: a change, or nothing."""
    lines = "\n".join(f"{field}: {words}" for field, words in pointed)
    said = understand(lines, None, shown, verbs)
    if not isinstance(said, Revise) or said.left_out:
        return None
    return Revise(text=reply.own or "", edits=said.edits, pointed=True)


async def _candidate(
    office: Office, tx: Transaction, draft: Draft, people: tuple[Person, ...]
) -> Candidate:
    if draft.is_brief:
        return await _brief(office, tx, draft, people)
    case = await tx.case(draft.case)
    proposal, _, judgement = await tx.proposal(draft.case, draft.version)
    named = office.approvers.get(case.task, ())
    delegates = await tx.delegates(case.id)
    names = (*named, *(delegates if named else ()))
    approvers = tuple(p for p in people if p.id in names or not names)
    kept = await tx.approved_by(case.id, draft.version)
    return Candidate(
        draft=draft,
        approvers=approvers,
        approved_by=kept & {p.id for p in approvers},
        recomputed=digest(office.company.id, proposal, await contents_now(office, proposal)),
        verdict=judgement.verdict,
        amounts=amounts(proposal),
        handed_over=draft.person in delegates,
    )


async def _brief(
    office: Office, tx: Transaction, draft: Draft, people: tuple[Person, ...]
) -> Candidate:
    """It is whose it is; every item in it is judged by itself as well."""
    brief = await tx.brief(draft.id)
    return Candidate(
        draft=draft,
        approvers=tuple(person for person in people if person.id == draft.person),
        recomputed=brief_digest(office.company.id, brief.items, brief.checks),
        verdict=Verdict.ASK,
        items={str(i.number): await _candidate(office, tx, i.draft, people) for i in brief.items},
    )
