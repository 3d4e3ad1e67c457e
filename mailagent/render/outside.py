"""A mail to somebody outside: plain text, every word of it as it was approved."""

from email.utils import format_datetime

from mailagent.core.letter import OutgoingMail, OutsideLetter
from mailagent.render import mime


def outside(letter: OutsideLetter) -> OutgoingMail:
    """From the company, and marked as a machine's."""
    company = letter.company
    headers = [
        ("From", mime.mailbox(company.name, company.ops_address)),
        ("To", mime.mailbox("", letter.to)),
        *((("Cc", ", ".join(mime.mailbox("", one) for one in letter.cc)),) if letter.cc else ()),
        ("Subject", mime.words(letter.subject)),
        ("Date", format_datetime(letter.at)),
        ("Message-ID", mime.message_id(letter.message_id)),
        ("In-Reply-To", mime.thread([letter.in_reply_to])),
        ("References", mime.thread([letter.in_reply_to])),
        ("Auto-Submitted", "auto-generated"),
    ]
    return OutgoingMail(
        kind="outside",
        recipient=letter.to,
        message_id=letter.message_id,
        raw=mime.whole([(k, v) for k, v in headers if v], mime.text_part(letter.text, "plain")),
    )
