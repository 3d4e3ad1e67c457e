"""What a chat is told when something waits: that it does, and where it is answered."""

_LINES = {
    "brief": "A brief waits in your mailbox. Answer it there.",
    "notice": "Something needs a look: see your mailbox.",
}
_STOP = "A STOP waits in your mailbox. Look at it before anything is paid."


def line_of(kind: str, *, urgent: bool) -> str:
    """The line for a mail of ours that went out; empty: none. Never anything of what it says."""
    return _STOP if urgent else _LINES.get(kind, "")
