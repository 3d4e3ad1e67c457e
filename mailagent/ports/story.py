"""One case's story, as the audit log tells it, and whether that is what was written."""

from typing import NamedTuple

from mailagent.core.audit import AuditEntry
from mailagent.core.sealing import fits, unsealed
from mailagent.core.story import Line, story
from mailagent.ports.store import Transaction


class Story(NamedTuple):
    """What was told, and what does not hold."""

    lines: tuple[Line, ...]
    entries: tuple[AuditEntry, ...]  # opened, where the words are there
    altered: tuple[int, ...] = ()  # entries that are not as they were written
    erased: int = 0  # entries whose sealed words are gone

    @property
    def replies(self) -> tuple[str, ...]:
        """The contents of the replies that decided something."""
        heard = (e.details.get("content") for e in self.entries if e.what.startswith("decision."))
        return tuple(dict.fromkeys(one for one in heard if isinstance(one, str)))


async def told(tx: Transaction, case: int, *, sealed: bool = False) -> Story:
    """`sealed`: with no word of anybody, as somebody outside may see it."""
    entries = await tx.told_in(case)
    words = await tx.words_of([entry.seq for entry in entries])
    altered, opened, erased = [], [], 0
    for entry in entries:
        salt, said = words.get(entry.seq, ("", {}))
        if not (entry.holds and fits(entry.details, salt, said)):
            altered.append(entry.seq)
        erased += entry.is_sealed and not said
        details = entry.details if sealed else unsealed(entry.details, said)
        opened.append(entry.model_copy(update={"details": details}))
    return Story(story(opened), tuple(opened), tuple(altered), erased)
