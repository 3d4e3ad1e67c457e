"""Whose words ask: a mail that is sent on whole speaks for the one who wrote it."""

from email.message import EmailMessage

from mailagent.core.cover import cover_of
from mailagent.core.meeting import Meeting, meeting_of
from parsers.kinds import read_document
from parsers.mail.mime import read_message


def mail(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = "Wed, 6 May 2026 09:30:00 +0200"
    message.set_content(text)
    return message


def read(raw: bytes) -> Meeting:
    message = read_message(raw)
    cover = cover_of(message, "Europe/Berlin", ("ops@acme.example",), (), ("ann@acme.example",))
    around = cover.on("", is_mail=True)
    return meeting_of(read_document(message.text.encode(), cover=around))


def test_sent_on_as_an_attachment() -> None:
    asked = "Hi Ann, could we meet on Thursday at 10 for an hour?\n"
    inner = mail("Sam Doe <sam@partner.example>", "Ann <ann@acme.example>", "Review", asked)
    outer = mail("Ann <ann@acme.example>", "ops@acme.example", "FW: Review", "fyi\n")
    outer.add_attachment(inner)
    found = read(outer.as_bytes())
    assert found.requester.address == "sam@partner.example"
    assert [one.address for one in found.attendees] == ["ann@acme.example"]
    assert (found.minutes, [f"{time.start:%d %H}" for time in found.times]) == (60, ["07 10"])


def test_an_html_mail_alone() -> None:
    message = mail("Sam <sam@partner.example>", "ann@acme.example", "Call", "")
    message.clear_content()
    message.set_content("<p>Hi Ann,</p><p>are you free on <b>Friday</b> at 3pm?</p>", "html")
    assert [f"{time.start:%d %H}" for time in read(message.as_bytes()).times] == ["08 15"]
