"""Links: of a call, and of anything else that is no time."""

import re

_LINK = re.compile(r"https?://[^\s<>\"'\])]{4,500}", re.IGNORECASE)
_CALLS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:zoom\.(?:us|com)|zoomgov\.com|teams\.microsoft\.(?:com|us)|teams\.live"
    r"\.com|meet\.google\.com|[\w.-]*webex\.com|whereby\.com|meet\.jit\.si|gotomeet(?:ing)?\.(?:com|me)"
    r"|global\.gotomeeting\.com|bluejeans\.com|join\.skype\.com|chime\.aws|app\.slack\.com/huddle"
    r"|discord\.gg|facetime\.apple\.com|[\w.-]*bigbluebutton[\w.-]*|us02web\.zoom\.us|meet\.[\w.-]+)"
    r"/[^\s<>\"'\])]{2,500}",
    re.IGNORECASE,
)


def link_in(*texts: str) -> str:
    """The first link to a call; empty where there is none. It is shown, never followed."""
    found = (match for text in texts if (match := _CALLS.search(text[:20_000])))
    return next((match[0].rstrip(".,;:!?") for match in found), "")


def without_links(text: str) -> str:
    """The text, so that no figure of an address is taken for a time."""
    return _LINK.sub(lambda match: " " * len(match[0]), text)
