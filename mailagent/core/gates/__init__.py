"""When a reply counts: ten pure gates, and all must pass."""

from mailagent.core.gates.author import Author, author
from mailagent.core.gates.context import (
    Candidate,
    Choice,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    chosen,
    key_names,
    sender,
    token_hashes,
)
from mailagent.core.gates.judge import Verdicts, judge_reply
from mailagent.core.gates.request import Admission, admit
from mailagent.core.gates.weight import Lack, is_pinned_to_code

__all__ = [
    "Admission",
    "Author",
    "Candidate",
    "Choice",
    "Context",
    "Gate",
    "Lack",
    "Pass",
    "Refusal",
    "Ruling",
    "Verdicts",
    "admit",
    "author",
    "chosen",
    "is_pinned_to_code",
    "judge_reply",
    "key_names",
    "sender",
    "token_hashes",
]
