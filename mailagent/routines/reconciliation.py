"""Every message and every case is somewhere, and nothing stands still that should move."""

from datetime import timedelta

from mailagent.core.routine import Counts, Routine

ROUTINE = Routine("reconciliation", every=timedelta(hours=24))

# Longer than any retry takes to show itself.
STILL = timedelta(hours=2)


def trouble(counts: Counts) -> str:
    """What is wrong, in a sentence; empty when all is well."""
    said = []
    if counts.unsorted:
        said.append(f"{len(counts.unsorted)} mails were kept but not sorted")
    if counts.standing:
        said.append(f"these cases do not move on: {', '.join(counts.standing[:10])}")
    return "; ".join(said)
