"""Documents that are handed to somebody's mailbox: the accounting tool's, or the bookkeeper's.

What becomes of one is heard from the mail that its receiver sends back. Silence is told.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from mailagent.core.bridge import BridgeRules
from mailagent.core.message import Message
from mailagent.core.said import Said, say
from mailagent.core.value import Value

_LONGEST = 1500  # letters of an answer that are looked at
_TOLD = timedelta(days=14)  # so long silence stands in the brief


class HandedState(StrEnum):
    """What is known of a document that was handed over."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    ANSWERED = "answered"  # in words that say neither
    SILENT = "silent"
    LOST = "lost"  # the mail did not arrive


OPEN = frozenset({HandedState.WAITING, HandedState.SILENT, HandedState.ANSWERED})


class Handed(Value):
    """One document on its way."""

    key: str  # of the effect
    case: int
    ref: str
    to: str
    tool: str
    subject: str
    message_id: str
    state: HandedState = HandedState.WAITING
    at: datetime
    until: datetime
    said: str = ""  # their words, shortened; foreign text


_REJECTS = re.compile(
    r"\b(?:could ?n[o']t|can ?not|unable to|was not|were not|not be|failed|failure|rejected|"
    r"declined|"
    r"unsupported|not supported|not accepted|no attachments?|unreadable|error|problem with|"
    r"abgelehnt|abgewiesen|konnte nicht|konnten nicht|nicht verarbeitet|fehlgeschlagen|fehler|"
    r"nicht unterstützt|kein anhang|rejetée?|refusée?|échoué|impossible|rechazad[oa]|fallid[oa]|"
    r"rifiutat[oa]|non riuscit[oa]|geweigerd|mislukt|rejeitad[oa]|falhou)\b",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(
    r"\b(?:received|accepted|processed|imported|uploaded|published|added|thank you for|success\w*|"
    r"erhalten|eingegangen|empfangen|verarbeitet|übernommen|hochgeladen|erfolgreich|"
    r"reçue?|traitée?|importée?|recibid[oa]|procesad[oa]|ricevut[oa]|elaborat[oa]|ontvangen|"
    r"verwerkt|recebid[oa]|processad[oa])\b",
    re.IGNORECASE,
)


def verdict_of(message: Message) -> HandedState:
    """What an answer says; words of refusal go before words of thanks."""
    said = f"{message.subject}\n{message.text[:_LONGEST]}"
    if _REJECTS.search(said):
        return HandedState.REJECTED
    return HandedState.CONFIRMED if _CONFIRMS.search(said) else HandedState.ANSWERED


def meant_by(message: Message, handed: Sequence[Handed], rules: BridgeRules) -> Handed | None:
    """The document that an answer is about.

    It answers our mail, or it is signed by the tool's own domain and names the one bill.
    """
    names = {name.strip("<>") for name in (message.in_reply_to, *message.references)}
    for one in handed:
        if one.message_id in names:
            return one
    signed = message.signed_by.lower()
    if not any(signed == d or signed.endswith(f".{d}") for d in rules.domains if d):
        return None
    said = " ".join(f"{message.subject} {message.text[:_LONGEST]}".split()).casefold()
    named = [one for one in handed if f"[{one.ref}]".casefold() in said or _names(said, one)]
    return named[0] if len(named) == 1 else None


def _names(said: str, one: Handed) -> bool:
    return " ".join(one.subject.split()).casefold() in said


def missed(handed: Sequence[Handed], now: datetime) -> tuple[Said, ...]:
    """What the brief says of those that nobody answered."""
    return tuple(
        say("brief.unanswered", ref=one.ref, tool=one.tool, to=one.to, day=one.at.date())
        for one in handed
        if one.state is HandedState.SILENT and now - one.until < _TOLD
    )
