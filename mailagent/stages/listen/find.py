"""What is on file, for one of our people: a list, and the best of it attached."""

from typing import Any

from mailagent.core.decision import Verbs
from mailagent.core.filing import Filed, Found
from mailagent.core.letter import Original
from mailagent.core.value import sha256
from mailagent.ports import Office, Transaction

_LISTED = 20
_ATTACHED = 5
_BYTES = 8_000_000  # of all that is attached: what most mail servers take


async def found_for(office: Office, tx: Transaction, words: str) -> dict[str, Any]:
    """The contents of the answer; changes nothing."""
    found = await tx.find_filed(_wanted(words, office.verbs), _LISTED)
    attached = await _attached(office, found)
    gaps = {"words": words, "n": str(found.total)}
    return {"gaps": gaps, "found": found, "originals": attached}


def _wanted(words: str, verbs: Verbs) -> str:
    """Without the small words that people put between, unless there are no others."""
    said = words.split()
    return " ".join(word for word in said if word.lower() not in verbs.fillers) or words


async def _attached(office: Office, found: Found) -> tuple[Original, ...]:
    """The first few, as far as a mail holds them."""
    attached: list[Original] = []
    left = _BYTES
    for one in found.filed:
        content = await office.blobs.get(one.content)
        if len(content) > left or sha256(content) != one.content:
            continue
        left -= len(content)
        attached.append(_original(one, content))
        if len(attached) == _ATTACHED:
            break
    return tuple(attached)


def _original(filed: Filed, content: bytes) -> Original:
    return Original(name=filed.name, media_type="application/octet-stream", content=content)
