"""A mail to somebody outside: every word of it as it was approved, in plain text."""

from email.utils import format_datetime

from mailagent.core.itip import message
from mailagent.core.letter import OutgoingMail, OutsideLetter
from mailagent.render import mime
from mailagent.render.foreign import file_name


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
        raw=mime.whole([(k, v) for k, v in headers if v], _body(letter)),
    )


def _body(letter: OutsideLetter) -> mime.Part:
    """What is said, and the file that comes with it."""
    body, file = _said(letter), letter.encloses
    if file is None:
        return body
    enclosed = mime.attached(file.content, file.media_type, file_name(file.name))
    return mime.multipart("mixed", mime.boundary(letter.message_id, "all"), (body, enclosed))


def _said(letter: OutsideLetter) -> mime.Part:
    """For people, and for their calendar where it is about a meeting."""
    text = mime.text_part(letter.text, "plain")
    if letter.itip is None:
        return text
    content = message(letter.itip, letter.at)
    calendar = mime.calendar_part(content, letter.itip.method.value)
    return mime.multipart("alternative", mime.boundary(letter.message_id, "both"), (text, calendar))
