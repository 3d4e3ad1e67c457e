"""A request that proves nobody: no answer to it, and the address on file hears of it."""

from mailagent.core.audit import AuditEntry
from mailagent.core.gates import Gate
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.post import Thread, envelope
from mailagent.ports import Office, Transaction
from mailagent.stages.listen.hear import Heard

# A machine's mail and our own come by themselves: nobody has to be told of them.
_UNTOLD = frozenset({Gate.PLACE, Gate.PERSON})


async def refuse(office: Office, tx: Transaction, heard: Heard) -> str:
    """At most one notice an hour, however often somebody tries; never to the sender of the mail."""
    refusal = heard.admission.refusal
    named = [p for p in await tx.people() if p.address(heard.reply.sender)]
    if refusal is None or refusal.gate in _UNTOLD or not named:
        return "refused"
    person, now = named[0], office.clock.now()
    about = f"refused/{person.id}/{now:%Y-%m-%dT%H}"
    facts = {
        "why": refusal.reason,
        "from": heard.reply.sender,
        "subject": heard.reply.subject[:200],
    }

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.REFUSED_REQUEST,
            facts=tuple(facts.items()),
        )

    await tx.post(about, None, write)
    return "refused"
