"""A mail of one of our own people: is the agent asked for something in it?

In a talk with others the agent is in copy, and most of what is said there is not for it. It is
spoken to by its name, or by that of its mailbox: "Ops, find us half an hour next week".
"""

import re
from collections.abc import Sequence

from mailagent.core.cover import Cover
from parsers.meeting.cues import fold
from parsers.meeting.sentences import Sentence

_ALSO = ("assistant", "assistent", "assistentin", "assistante", "asistente", "assistente", "agent")


def is_by_us(address: str, cover: Cover) -> bool:
    """The one who wants something is one of our own people."""
    return bool(address) and address in cover.people


def is_for_us_alone(cover: Cover) -> bool:
    """It was written to the agent: others are at most in copy."""
    return any(one in cover.ours for one in cover.to)


def spoken_to(said: Sequence[Sentence], cover: Cover) -> list[Sentence]:
    """The sentences from the first one on in which the agent is named."""
    called = _called(cover)
    at = next((n for n, one in enumerate(said) if called.search(one.folded)), None)
    return [] if at is None else [*said[at:]]


def _called(cover: Cover) -> re.Pattern[str]:
    names = {fold(one.partition("@")[0]) for one in cover.ours} | set(_ALSO)
    either = "|".join(re.escape(name) for name in sorted(names) if name)
    return re.compile(rf"(?<![\w.])@?(?:{either})(?![\w@.-]*@|[\w-])")
