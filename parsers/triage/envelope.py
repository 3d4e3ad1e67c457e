"""What the header of a mail says: lists, machines, mailing houses, a spam filter's verdict."""

import re
from typing import NamedTuple

from parsers.mail.headers import Fields, first, values_of

_BULK = ("list-unsubscribe", "list-id", "list-post", "x-campaign", "x-campaignid", "feedback-id")
_PRECEDENCE = frozenset({"bulk", "list", "junk"})
# What mailing houses write into what they send for others, bills and codes as well as newsletters.
_HOUSES = (
    "feedback-id",
    "x-sg-eid",
    "x-ses-outgoing",
    "x-mailgun-sid",
    "x-mandrill-user",
    "x-mc-user",
    "x-pm-message-id",
    "x-msys-api",
    "x-job",
)
_LEVEL = re.compile(r"\b(?:SCL|X-SCL)[:=\s]*([0-9])\b", re.IGNORECASE)
_FILTERED = re.compile(r"\bSFV:(?:SPM|SKS|SKB)\b")
_SIGNED = re.compile(r"\bd=([\w.-]{3,253})")
_SPAM_LEVEL = 5  # of Exchange's nine


class Envelope(NamedTuple):
    """What the header tells, each by the words that tell it; empty: nothing does."""

    bulk: str = ""
    machine: str = ""
    spam: str = ""
    house: str = ""  # a mailing house sent it for somebody
    leave: str = ""  # who gets it can leave the list
    talk: str = ""  # a list where people write to each other
    answers: str = ""  # it goes on with a thread


def envelope_of(headers: Fields, automatic: str) -> Envelope:
    """The signs of a header; `automatic` is why a machine must have sent it."""
    return Envelope(
        bulk=_bulk(headers),
        machine=automatic,
        spam=_spam(headers),
        house=_house(headers),
        leave=first(headers, "list-unsubscribe"),
        talk=first(headers, "list-post"),
        answers=first(headers, "in-reply-to") or first(headers, "references"),
    )


def _bulk(headers: Fields) -> str:
    for name in _BULK:
        if first(headers, name):
            return f"it carries {name.title()}"
    said = first(headers, "precedence").strip().lower()
    return f"Precedence: {said}" if said in _PRECEDENCE else ""


def _house(headers: Fields) -> str:
    """By its own fields, or by a signature that is not the sender's."""
    for name in _HOUSES:
        if first(headers, name):
            return name
    sender = first(headers, "from").rpartition("@")[2].strip("> ").lower()
    signed = [found[1].lower() for found in map(_SIGNED.search, _signatures(headers)) if found]
    others = [name for name in signed if not _same_house(name, sender)]
    return others[0] if sender and others and len(signed) == len(others) else ""


def _signatures(headers: Fields) -> tuple[str, ...]:
    return values_of(headers, "dkim-signature")[:5]


def _same_house(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


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
