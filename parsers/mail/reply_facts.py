"""What is to be known of a mail that may be a decision."""

from email.utils import parseaddr

from mailagent.core.gates.shape import plain_address
from mailagent.core.message import Arrival
from mailagent.core.reply import Aside, Reply
from parsers.mail.automatic import why_automatic
from parsers.mail.dkim import claims_in
from parsers.mail.headers import date_of, fields_of, first, header_block, server_verdict, values_of
from parsers.mail.mime import bodies_of, read_message
from parsers.mail.reply import split_html_reply, split_reply
from parsers.mail.reply_lines import ReplyParts
from parsers.mail.signing import signed_by

_ROUTING = ("to", "cc", "delivered-to", "x-original-to", "in-reply-to", "references")
_NONE = ReplyParts("", "", "")


def reply_facts(arrival: Arrival) -> Reply:
    """The facts of one mail; nothing is judged here."""
    block = header_block(arrival.raw)
    fields = fields_of(block)
    message = read_message(arrival.raw)
    name = parseaddr(first(fields, "from"))[0]
    text, html = _both(*bodies_of(arrival.raw), name)
    return Reply(
        header=block,
        size=len(arrival.raw),
        folder=arrival.place.folder,
        arrived_at=arrival.received_at,
        fields=fields,
        sender=plain_address(first(fields, "from")),
        subject=message.subject,
        date=date_of(first(fields, "date")),
        message_id=first(fields, "message-id").strip("<> \t"),
        routing=values_of(fields, *_ROUTING),
        claims=claims_in(fields),
        server=server_verdict(fields),
        automatic=why_automatic(arrival.raw) or "",
        media_type=first(fields, "content-type").partition(";")[0].strip().lower() or "text/plain",
        own=text.own,
        own_html=html.own if html else None,
        aside=Aside(
            quoted=text.quoted,
            quoted_html=html.quoted if html else "",
            doubtful=_lines(text.doubtful, html.doubtful if html else ""),
            unmarked=text.unmarked,
            unmarked_html=html.unmarked if html else "",
        ),
    )


def _both(texts: list[str], pages: list[str], name: str) -> tuple[ReplyParts, ReplyParts | None]:
    """The text part and the HTML part. Each piece of them has its own end, and its own words."""
    text = _joined([_unsigned(split_reply(piece), name) for piece in texts])
    said = [_unsigned(split_html_reply(page), name) for page in pages]
    html = _joined(said) if "".join(pages).strip() else None
    if html and html.signature and _words(text.own) == _words(html.own, html.signature):
        # only the markup tells that the last lines are a signature
        text = text._replace(own=html.own, signature=_lines(html.signature, text.signature))
    return text, html


def _unsigned(parts: ReplyParts, name: str) -> ReplyParts:
    """Without a last block that begins with the writer's name, as in From."""
    own, signature = signed_by(parts.own, name)
    if not signature:
        return parts
    return parts._replace(
        own=own,
        signature=_lines(signature, parts.signature),
        doubtful=_lines(signature, parts.doubtful),
    )


def _joined(pieces: list[ReplyParts]) -> ReplyParts:
    return ReplyParts(*(_lines(*texts) for texts in zip(*pieces, strict=True))) if pieces else _NONE


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _words(*texts: str) -> list[str]:
    return " ".join(texts).split()
