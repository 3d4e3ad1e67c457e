"""A repair of pymap's IDLE: it waits for the next change without looking for one that is there.

A mail that came while it was still telling of the one before was told with the next one only.
"""

from typing import Any


def tell_everything() -> None:
    """To be called before the embedded server starts; calling it again changes nothing."""
    from pymap.backend.dict.mailbox import MailboxData

    waits = MailboxData.update_selected
    if getattr(waits, "looks_first", False):
        return

    async def looking_first(
        mailbox: MailboxData, selected: Any, *, wait_on: Any | None = None
    ) -> Any:
        newest = mailbox._mod_sequences.highest  # noqa: SLF001 - it tells nobody else
        known = selected.mod_sequence
        behind = known is not None and known != newest
        return await waits(mailbox, selected, wait_on=None if behind else wait_on)

    looking_first.looks_first = True  # type: ignore[attr-defined]
    MailboxData.update_selected = looking_first  # type: ignore[assignment]
