"""What servers say of a mail that did not arrive, in a report or in words."""

import pytest

from mailagent.core.bounce import undelivered
from mailagent.core.message import Attachment, Message

OURS = "k2n7@corp.example"


def report(fields: str, *, headers: str = f"Message-ID: <{OURS}>\n") -> Message:
    parts = {"message/delivery-status": fields, "text/rfc822-headers": headers}
    return Message(
        automatic="it is a multipart/report",
        attachments=tuple(
            Attachment(name="", media_type=kind, content=text.encode(), inline=True)
            for kind, text in parts.items()
        ),
    )


def told(subject: str, text: str, in_reply_to: str = "") -> Message:
    return Message(subject=subject, text=text, automatic="so it says", in_reply_to=in_reply_to)


@pytest.mark.parametrize(
    ("action", "delayed"), [("failed", False), ("Failed", False), ("delayed", True)]
)
def test_a_report(action: str, delayed: bool) -> None:
    said = (
        f"Reporting-MTA: dns; mx\n\nAction: {action}\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 no"
    )
    bounce = undelivered(report(said))
    assert bounce is not None
    assert (bounce.message_ids, bounce.why, bounce.delayed) == ((OURS,), "550 no", delayed)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_success(action: str) -> None:
    assert undelivered(report(f"Action: {action}\nStatus: 2.0.0")) is None


def test_one_of_several_people_who_was_not_reached() -> None:
    bounce = undelivered(report("Action: delayed\n\nAction: failed\nStatus: 5.1.1"))
    assert bounce is not None
    assert not bounce.delayed


_COPY = f"------ This is a copy of the message. ------\n\nMessage-ID: <{OURS}>"


@pytest.mark.parametrize(
    ("subject", "text", "why", "delayed"),
    [
        (
            "Mail delivery failed: returning message to sender",
            (
                "A message that you sent could not be delivered.\n\n  ben@corp.example\n"
                f"    SMTP error: 550 5.1.1 unknown user\n\n{_COPY}"
            ),
            "SMTP error: 550 5.1.1 unknown user",
            False,
        ),
        (
            "failure notice",
            (
                "Hi. This is the qmail-send program at mx.corp.example.\n\n<ben@corp.example>:\n"
                f"Sorry, no mailbox here by that name. (#5.1.1)\n\n{_COPY}"
            ),
            "Sorry, no mailbox here by that name. (#5.1.1)",
            False,
        ),
        (
            "Warning: message 1kgAbC-0001 delayed 24 hours",
            f"This message was created automatically. It has not yet been delivered.\n\n{_COPY}",
            "Warning: message 1kgAbC-0001 delayed 24 hours",
            True,
        ),
        (
            "Unzustellbar: EUR 5",
            f"Die Nachricht konnte nicht zugestellt werden.\n\n{_COPY}",
            "Unzustellbar: EUR 5",
            False,
        ),
    ],
)
def test_a_report_in_words(subject: str, text: str, why: str, delayed: bool) -> None:
    bounce = undelivered(told(subject, text))
    assert bounce is not None
    assert (bounce.message_ids[0], bounce.why, bounce.delayed) == (OURS, why, delayed)


def test_a_report_that_only_answers() -> None:
    bounce = undelivered(told("Undeliverable: EUR 5", "mailbox full", in_reply_to=f"<{OURS}>"))
    assert bounce is not None
    assert bounce.message_ids == (OURS,)


@pytest.mark.parametrize(
    "text", ["I am away; my answers will be delayed.", "Thank you, we have received your mail."]
)
def test_other_machines_report_nothing(text: str) -> None:
    assert undelivered(told("Re: EUR 5", text, in_reply_to=f"<{OURS}>")) is None


def test_a_person_reports_nothing() -> None:
    mail = told("Undeliverable: EUR 5", "could not be delivered", in_reply_to=f"<{OURS}>")
    assert undelivered(mail.model_copy(update={"automatic": ""})) is None
