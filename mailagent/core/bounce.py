"""A delivery report about a mail of ours: which mail did not arrive, or not yet, and why."""

import re
from typing import NamedTuple

from mailagent.core.message import Message

_ACTION = re.compile(r"^action:\s*(failed|delayed)\b", re.IGNORECASE | re.MULTILINE)
_REASON = re.compile(r"^diagnostic-code:[^;\n]*;[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"^status:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(r"^[> ]*message-id:\s*<?([^<>\s]+)", re.IGNORECASE | re.MULTILINE)
_LONGEST = 20_000  # of a report that is looked at
_LONGEST_LINE = 500

# Servers that write a text instead of a report: qmail, Exim, old ones, and Exchange to people.
_SAYS_DELAYED = re.compile(
    r"delivery (?:has been |is |was )?delayed|delayed (?:mail|delivery|\d+ hours)"
    r"|still being (?:re)?tried|not yet been delivered|will (?:keep|continue) trying"
    r"|could not send message for|zustellung (?:wurde |ist )?verzögert|remise (?:est )?retardée"
    r"|entrega (?:se ha )?retrasad[oa]|consegna (?:è )?in ritardo|bezorging (?:is )?vertraagd"
    r"|entrega (?:está )?atrasad[oa]",
    re.IGNORECASE,
)
_SAYS_FAILED = re.compile(
    r"undeliver|nondeliver|delivery (?:has )?fail|could not be delivered|cannot be delivered"
    r"|(?:unable|not able) to deliver|returned (?:mail|to sender)|failure notice"
    r"|permanent(?:ly)? (?:fatal )?(?:error|fail)|unzustellbar|nicht zugestellt|non remis"
    r"|pas pu être (?:remis|délivré)|no se (?:puede|pudo) entregar|non recapitabile"
    r"|non è stato (?:possibile )?(?:recapita|consegna)|onbestelbaar|niet worden bezorgd"
    r"|não (?:é possível|pôde ser|foi) entreg",
    re.IGNORECASE,
)
_CODED = re.compile(r"\b[45]\d\d[ -]|\b[45]\.\d\.\d{1,3}\b")


class Undelivered(NamedTuple):
    """A mail that did not arrive."""

    message_ids: tuple[str, ...]  # of what came back in the report
    why: str
    delayed: bool = False  # the server goes on trying


def undelivered(message: Message) -> Undelivered | None:
    """What a machine says of a mail that did not arrive; None for any other mail."""
    status = _part(message, "message/delivery-status")
    if not status:
        return _told(message)
    actions = {action.lower() for action in _ACTION.findall(status)}
    if not actions:
        return None
    reason = _REASON.search(status) or _STATUS.search(status)
    return Undelivered(
        message_ids=_returned(message),
        why=reason[1][:300] if reason else "no reason was given",
        delayed="failed" not in actions,
    )


def _told(message: Message) -> Undelivered | None:
    """In words. Only a machine's, and only of a mail that it names."""
    text = message.text[:_LONGEST]
    said = f"{message.subject}\n{text.partition('Message-ID')[0]}"
    if not message.automatic or not (_SAYS_FAILED.search(said) or _SAYS_DELAYED.search(said)):
        return None
    lines = (line[:_LONGEST_LINE] for line in text.splitlines())
    reason = next((line for line in lines if _CODED.search(line)), message.subject)
    return Undelivered(
        message_ids=(*_returned(message), message.in_reply_to.strip("<> ")),
        why=" ".join(reason.split())[:300],
        delayed=bool(_SAYS_DELAYED.search(said)) and not _SAYS_FAILED.search(message.subject),
    )


def _returned(message: Message) -> tuple[str, ...]:
    returned = [nested.message_id.strip("<> ") for nested in message.nested]
    returned += _MESSAGE_ID.findall(_part(message, "text/rfc822-headers"))
    returned += _MESSAGE_ID.findall(message.text[:_LONGEST])
    return tuple(dict.fromkeys(filter(None, returned)))


def _part(message: Message, media_type: str) -> str:
    found = [a.content for a in message.attachments if a.media_type == media_type]
    return b"\n".join(found)[:_LONGEST].decode("utf-8", "replace").replace("\r\n", "\n")
