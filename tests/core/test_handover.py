"""What a tool says of a bill that was handed to it, and which one it means."""

from datetime import timedelta
from typing import Any

import pytest

from mailagent.core.bridge import BridgeRules, Tool
from mailagent.core.handover import Handed, HandedState, meant_by, missed, verdict_of
from mailagent.core.message import Message
from tests.values import NOW

RULES = BridgeRules(tool=Tool.DEXT, address="corp@dext.cc")


def handed(ref: str = "4F7Q", **changed: Any) -> Handed:
    given: dict[str, Any] = {
        "key": ref,
        "case": 1,
        "ref": ref,
        "to": RULES.address,
        "tool": "Dext",
        "subject": f"Acme GmbH R-7, EUR 119.00 [{ref}]",
        "message_id": f"ops.{ref.lower()}@corp.test",
        "at": NOW,
        "until": NOW + timedelta(days=3),
    }
    return Handed(**given | changed)


@pytest.mark.parametrize(
    ("subject", "text", "verdict"),
    [
        ("We received your document", "", HandedState.CONFIRMED),
        ("Dext", "Thank you for your submission.", HandedState.CONFIRMED),
        ("Beleg eingegangen", "Ihr Beleg wurde verarbeitet.", HandedState.CONFIRMED),
        ("Submission failed", "We received your mail, but", HandedState.REJECTED),
        ("Your email", "could not be processed", HandedState.REJECTED),
        ("Re: bill", "Der Beleg wurde abgelehnt.", HandedState.REJECTED),
        ("Re: bill", "Which client is this for?", HandedState.ANSWERED),
    ],
)
def test_what_an_answer_says(subject: str, text: str, verdict: HandedState) -> None:
    assert verdict_of(Message(subject=subject, text=text)) is verdict


def test_an_answer_to_our_mail_means_that_bill() -> None:
    both = [handed(), handed("7KD2")]
    answer = Message(in_reply_to="<ops.7kd2@corp.test>")
    found = meant_by(answer, both, RULES)
    assert found is not None
    assert found.ref == "7KD2"


@pytest.mark.parametrize("signed", ["dext.com", "mail.dext.com", "dext.cc"])
def test_the_tool_may_name_the_bill_instead(signed: str) -> None:
    answer = Message(subject="Received: Acme GmbH R-7, EUR 119.00 [4F7Q]", signed_by=signed)
    found = meant_by(answer, [handed(), handed("7KD2")], RULES)
    assert found is not None
    assert found.ref == "4F7Q"


@pytest.mark.parametrize("signed", ["", "notdext.com", "dext.com.evil.test", "xero.com"])
def test_somebody_else_confirms_nothing(signed: str) -> None:
    answer = Message(subject="Received: [4F7Q]", signed_by=signed)
    assert meant_by(answer, [handed()], RULES) is None


def test_a_mail_that_names_two_is_about_neither() -> None:
    answer = Message(text="[4F7Q] and [7KD2] were processed", signed_by="dext.com")
    assert meant_by(answer, [handed(), handed("7KD2")], RULES) is None


def test_silence_is_told_for_two_weeks() -> None:
    silent = handed(state=HandedState.SILENT)
    assert [said.gaps["ref"] for said in missed([silent, handed("7KD2")], NOW)] == ["4F7Q"]
    assert missed([silent], NOW + timedelta(days=30)) == ()
