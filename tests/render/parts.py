"""The parts of a rendered mail, for tests that look at them."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from mailagent.core.letter import Letter
from mailagent.render.mail import Render

TOP = Path(__file__).parents[2]
render = Render(TOP / "templates")


def opened(letter: Letter) -> EmailMessage:
    """As a mail client opens it."""
    mail = message_from_bytes(render(letter).raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str) -> str:
    """The text of the `plain` or the `html` part."""
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def files(mail: EmailMessage) -> dict[str, bytes]:
    """What is attached, by name."""
    return {
        part.get_filename() or "": bytes(part.get_content()) for part in mail.iter_attachments()
    }
