"""What says who wrote a mail, gathered from the ports for the gates, which are pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mailagent.core.errors import KeysUnavailable
from mailagent.core.gates import MOST_KEYS, Candidate, Context, key_names
from mailagent.core.message import Arrival
from mailagent.core.people import Person
from mailagent.core.reply import Reply, Signature
from mailagent.ports.office import Office
from mailagent.ports.store import KeptMessage, Transaction


class Evidence(NamedTuple):
    """The facts of a mail, and its signatures, checked."""

    reply: Reply
    signatures: tuple[Signature, ...]


async def facts_of(office: Office, kept: KeptMessage) -> Reply:
    """The mail as a child reads it; nothing is proven yet."""
    raw = await office.blobs.get(kept.sha256)
    return await office.reader.reply(
        Arrival(place=kept.place, raw=raw, received_at=kept.received_at)
    )


async def evidence(
    office: Office, kept: KeptMessage, reply: Reply, people: tuple[Person, ...]
) -> Evidence:
    """The facts with their signatures checked.

    Raises KeysUnavailable while DNS does not answer and the mail may still be held for it.
    """
    names = key_names(reply, people)
    return Evidence(reply, await _signatures(office, kept, names) if names else ())


async def all_signatures(office: Office, kept: KeptMessage, reply: Reply) -> tuple[Signature, ...]:
    """Those of the sender's own domain, whatever is pinned for it: an enrolment measures them."""
    domain = reply.sender.rpartition("@")[2]
    names = {claim.key_name for claim in reply.claims if claim.domain == domain}
    return await _signatures(office, kept, sorted(names)[:MOST_KEYS])


async def _signatures(
    office: Office, kept: KeptMessage, names: Sequence[str]
) -> tuple[Signature, ...]:
    keys = await _keys(office, kept, names)
    raw = await office.blobs.get(kept.sha256)
    # Also without their keys: then each says that it has none.
    return await office.reader.signatures(raw, keys)


async def _keys(office: Office, kept: KeptMessage, names: Sequence[str]) -> Mapping[str, str]:
    """DNS that does not answer holds the mail; after the longest hold it goes on without."""
    keys: dict[str, str] = {}
    for name in names:
        try:
            record = await office.keys.record(name)
        except KeysUnavailable:
            if office.clock.now() - kept.received_at < office.hold:
                raise
            record = None
        if record:
            keys[name] = record
    return keys


async def context_of(
    office: Office,
    tx: Transaction,
    found: Evidence,
    people: tuple[Person, ...],
    *,
    candidates: tuple[Candidate, ...] = (),
    largest: int = 0,
) -> Context:
    """What the gates are told; `largest` other than that of a reply where documents come along."""
    message_id = found.reply.message_id
    return Context(
        now=office.clock.now(),
        own_addresses=frozenset({office.company.ops_address.lower()}),
        is_ours=bool(message_id) and await tx.is_ours(message_id),
        people=people,
        candidates=candidates,
        signatures=found.signatures,
        marks=office.marks,
        largest=largest or office.reply_bytes,
    )
