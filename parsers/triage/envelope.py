"""What the header of a mail says of it: lists, machines, the verdict of a spam filter."""

import re
from typing import NamedTuple

from parsers.mail.headers import Fields, first, values_of

_BULK = ("list-unsubscribe", "list-id", "list-post", "feedback-id", "x-campaign", "x-campaignid")
_PRECEDENCE = frozenset({"bulk", "list", "junk"})
_LEVEL = re.compile(r"\b(?:SCL|X-SCL)[:=\s]*([0-9])\b", re.IGNORECASE)
_FILTERED = re.compile(r"\bSFV:(?:SPM|SKS|SKB)\b")
_SPAM_LEVEL = 5  # of Exchange's nine


class Envelope(NamedTuple):
    """What the header tells, each by the words that tell it; empty: nothing does."""

    bulk: str = ""
    machine: str = ""
    spam: str = ""


def envelope_of(headers: Fields, automatic: str) -> Envelope:
    """The signs of a header; `automatic` is why a machine must have sent it."""
    return Envelope(bulk=_bulk(headers), machine=automatic, spam=_spam(headers))


def _bulk(headers: Fields) -> str:
    for name in _BULK:
        if first(headers, name):
            return f"it carries {name.title()}"
    said = first(headers, "precedence").strip().lower()
    return f"Precedence: {said}" if said in _PRECEDENCE else ""


def _spam(headers: Fields) -> str:
    """The receiving server's filter; a sender who calls his own mail spam is taken at his word."""
    if first(headers, "x-spam-flag").strip().lower() in ("yes", "true"):
        return "the spam filter marked it"
    if first(headers, "x-spam-status").strip().lower().startswith("yes"):
        return "the spam filter marked it"
    for value in values_of(
        headers, "x-forefront-antispam-report", "x-ms-exchange-organization-scl"
    ):
        level = _LEVEL.search(value) or re.fullmatch(r"\s*([0-9])\s*", value)
        if _FILTERED.search(value) or (level and int(level[1]) >= _SPAM_LEVEL):
            return "the spam filter marked it"
    return ""
