"""What is to be known of a mail that may be a decision."""

from mailagent.core.gates.shape import plain_address
from mailagent.core.message import Arrival, Message
from mailagent.core.reply import Reply
from parsers.mail.automatic import why_automatic
from parsers.mail.dkim import claims_in
from parsers.mail.headers import date_of, fields_of, first, header_block, server_verdict, values_of
from parsers.mail.mime import read_message
from parsers.mail.reply import split_html_reply, split_reply
from parsers.text.html import html_text

_ROUTING = ("to", "cc", "delivered-to", "x-original-to", "in-reply-to", "references")


def reply_facts(arrival: Arrival) -> Reply:
    """The facts of one mail; nothing is judged here."""
    block = header_block(arrival.raw)
    fields = fields_of(block)
    message = read_message(arrival.raw)
    text = _text_part(message)
    parts = split_reply(text)
    html = split_html_reply(message.html) if message.html.strip() else None
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
        own=parts.own,
        own_html=html.own if html else None,
        quoted=parts.quoted if text.strip() or html is None else html.quoted,
    )


def _text_part(message: Message) -> str:
    """The text part alone: where a mail has none, its Message carries the text of the HTML."""
    if message.html and message.text == html_text(message.html):
        return ""
    return message.text
