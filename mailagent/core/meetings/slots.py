"""Times that were offered with approval, and the one of them that is taken."""

from collections.abc import Sequence

from mailagent.core.appointment import Appointment, Kept, utc
from mailagent.core.payloads.meetings import DeleteAppointment, Invite, PutAppointment
from mailagent.core.proposal import Alternative, Proposal

# What it takes to enter a time that is held already: all of it can be taken back.
ENTERS = frozenset({"calendar.put", "calendar.delete", "calendar.invite"})


def taken(proposal: Proposal, held: Sequence[Kept], said_by: str) -> str:
    """The answer that enters the one held time which `said_by` takes; empty: there is none.

    `held` is what an approved offer wrote into the calendar, so it is what its owner agreed to.
    """
    if proposal.actions or not said_by:
        return ""
    found = [one.label for one in proposal.alternatives if _enters(one, held, said_by)]
    first = [one.label for one in proposal.alternatives[:1]]  # that is what its person is told
    return found[0] if found == first else ""


def _enters(one: Alternative, held: Sequence[Kept], said_by: str) -> bool:
    payloads = [action.payload for action in one.actions]
    puts = [p for p in payloads if isinstance(p, PutAppointment)]
    invites = [p for p in payloads if isinstance(p, Invite)]
    frees = [p for p in payloads if isinstance(p, DeleteAppointment)]
    known = {kept.appointment.uid for kept in held}
    plain = len(payloads) == len(puts) + len(invites) + len(frees)
    invited = [p for p in invites if said_by in (p.to, *p.cc)]
    entries = [p.appointment for p in puts if p.until is None and not p.appointment.tentative]
    same = {_times(e) for e in (*entries, *(p.itip.appointment for p in invites))}
    return (
        plain
        and len(entries) == len(puts) == 1
        and bool(invited)
        and len(same) == 1
        and same <= {_times(kept.appointment) for kept in held}
        and all(p.appointment.uid in known for p in frees)
    )


def _times(one: Appointment) -> tuple[object, object]:
    return utc(one.start), utc(one.end)
