"""When a reply counts: ten pure gates, and all must pass."""

from mailagent.core.gates.context import (
    Authenticator,
    Candidate,
    Choice,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    chosen,
    key_names,
    token_hashes,
)
from mailagent.core.gates.judge import Verdicts, judge_reply

__all__ = [
    "Authenticator",
    "Candidate",
    "Choice",
    "Context",
    "Gate",
    "Pass",
    "Refusal",
    "Ruling",
    "Verdicts",
    "chosen",
    "judge_reply",
    "key_names",
    "token_hashes",
]
