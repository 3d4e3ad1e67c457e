"""Whether a mail about a meeting of ours comes from somebody who has a say in it."""

from collections.abc import Iterator

from mailagent.core.circumstances import address_in
from mailagent.core.lookalike import site
from mailagent.core.meetings.scene import Scene

BY_GUESTS = frozenset({"REPLY", "COUNTER", "REFRESH"})


def is_vouched_for(scene: Scene) -> bool:
    """A name costs nothing: signed by the house of who invited, by who vouched for the invitation
    itself (a calendar service), or by one of us who sent it on.
    """
    signed, past = scene.work.signed_by, scene.past
    if not signed:
        return False
    as_before = (past.brought_by, past.vouched_by) == (address_in(scene.work.sender), signed)
    houses = {site(address.rpartition("@")[2]) for address in _who_may(scene)}
    return as_before or signed == scene.work.company.domain or site(signed) in houses


def _who_may(scene: Scene) -> Iterator[str]:
    """Guests answer; all else is said by who invited."""
    kept = scene.past.kept
    if kept is None:
        return
    if scene.invitation.method in BY_GUESTS:
        yield from (guest.address for guest in kept.appointment.guests)
    elif kept.appointment.organizer:
        yield kept.appointment.organizer.address
