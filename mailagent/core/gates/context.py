"""What the gates are told, and what they answer."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from mailagent.core.authenticator import Authenticator
from mailagent.core.draft import Draft, DraftState
from mailagent.core.marks import Marks
from mailagent.core.money import Money
from mailagent.core.people import Address, Person
from mailagent.core.policy import Verdict
from mailagent.core.reply import Reply, Signature
from mailagent.core.token import Token, tokens_in
from mailagent.core.value import Value

# A thread carries a handful of our Message-IDs; a mail with more than this is playing.
MOST_TOKENS = 100
# Genuine mail carries one or two signatures of its own domain (RSA and Ed25519).
MOST_KEYS = 4


class Gate(StrEnum):
    """The ten gates, by the names they have in the audit log."""

    PLACE = "G1"
    SHAPE = "G2"
    PERSON = "G3"
    WHO = "G4"
    REALLY = "G5"
    WHICH = "G6"
    NOW = "G7"
    SAME = "G8"
    WORD = "G9"
    WEIGHT = "G10"


class Pass(Value):
    """This gate has nothing against the mail."""

    gate: Gate


class Refusal(Value):
    """This gate holds the mail back, and says why."""

    gate: Gate
    reason: str


Ruling = Pass | Refusal


class Candidate(Value):
    """A draft that a token in the routing headers points at, as the store has it now."""

    draft: Draft
    approvers: tuple[Person, ...]  # who decides this case, as enrolled now
    recomputed: str  # the digest of all that will happen, made anew from the store
    verdict: Verdict  # what the policy asks for
    approved_by: frozenset[str] = frozenset()  # people whose word for this very version is kept
    amounts: tuple[Money, ...] = ()  # the money it speaks of
    handed_over: bool = False  # to somebody for whose limit it was not weighed
    items: dict[str, "Candidate"] = {}  # of a brief: each case in it, by its number


class Context(Value):
    """All that the gates need to know beside the mail itself, fetched before."""

    now: datetime
    own_addresses: frozenset[str]  # of the ops mailbox, lower case, without plus-tags
    is_ours: bool  # its Message-ID is one that we sent
    people: tuple[Person, ...]  # everybody enrolled
    candidates: tuple[Candidate, ...]
    signatures: tuple[Signature, ...] = ()
    authenticator: Authenticator | None = None  # of the sender
    marks: tuple[Marks, ...] = ()  # the forms in which servers vouch for a sender
    largest: int = 1_000_000  # bytes


class Choice(NamedTuple):
    """The draft that is answered, and the token that says so."""

    token: Token
    candidate: Candidate


def routing_tokens(reply: Reply) -> frozenset[Token]:
    """Everything in the routing headers that may be a token."""
    return frozenset(token for value in reply.routing for token in tokens_in(value))


def token_hashes(reply: Reply) -> tuple[str, ...]:
    """What to look the candidate drafts up by."""
    return tuple(sorted({token.hash for token in routing_tokens(reply)})[:MOST_TOKENS])


def is_live(draft: Draft, now: datetime) -> bool:
    """Whether it can still be answered, by our own clock."""
    return draft.state is DraftState.OPEN and now < draft.expires_at


def choices(reply: Reply, context: Context) -> tuple[Choice, ...]:
    """The live drafts it answers; when none is live, the one that was issued last.

    Older versions stay in References for ever, so what is dead does not count beside a live
    one; alone it is chosen, so that its owner can be told why it does not count any more.
    """
    by_hash = {candidate.draft.token_hash: candidate for candidate in context.candidates}
    found = [
        Choice(token, by_hash[token.hash])
        for token in sorted(routing_tokens(reply))
        if token.hash in by_hash
    ]
    live = [choice for choice in found if is_live(choice.candidate.draft, context.now)]
    if live or not found:
        return tuple(live)
    return (max(found, key=lambda choice: choice.candidate.draft.issued_at),)


def chosen(reply: Reply, context: Context) -> Choice | None:
    """The one draft that is answered; None when there is none, or several."""
    found = choices(reply, context)
    return found[0] if len(found) == 1 else None


def deciders(reply: Reply, context: Context) -> tuple[Person, ...]:
    """The approvers of what it answers; where it answers nothing, everybody enrolled."""
    found = choices(reply, context)
    if not found:
        return context.people
    return tuple(person for choice in found for person in choice.candidate.approvers)


def sender(reply: Reply, context: Context) -> tuple[Person, Address] | None:
    """The approver that From names, and the entry of that address."""
    for person in deciders(reply, context):
        address = person.address(reply.sender) if reply.sender else None
        if address is not None:
            return person, address
    return None


def key_names(reply: Reply, people: tuple[Person, ...]) -> tuple[str, ...]:
    """The DKIM keys worth fetching: of signatures of the domain pinned for this sender."""
    entries = [person.address(reply.sender) for person in people if reply.sender]
    domains = {entry.pin.domain.lower() for entry in entries if entry is not None and entry.pin}
    names = {claim.key_name for claim in reply.claims if claim.domain in domains}
    return tuple(sorted(names)[:MOST_KEYS])
