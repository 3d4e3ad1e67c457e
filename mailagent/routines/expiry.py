"""Drafts that nobody answered: the token ends, the case does not; it is asked again."""

from collections.abc import Sequence
from datetime import timedelta

from mailagent.core.draft import Draft
from mailagent.core.job import Job, Stage
from mailagent.core.proposal import Purpose
from mailagent.core.routine import Routine

ROUTINE = Routine("expiry", every=timedelta(minutes=5))


def due(expired: Sequence[tuple[Draft, Purpose]]) -> list[Job]:
    """Ask again with a fresh token. An undo that nobody wanted needs no new one."""
    return [
        Job(stage=Stage.PROPOSE, subject=draft.case, version=draft.version)
        for draft, purpose in expired
        if purpose is not Purpose.UNDO
    ]
