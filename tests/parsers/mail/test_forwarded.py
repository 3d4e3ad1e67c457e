"""Who wrote what was sent on, whatever client sent it on."""

import time
from datetime import UTC, datetime

import pytest

from mailagent.core.message import Arrival, Message, Place
from parsers.mail.forwarded import Original, original_sender
from parsers.mail.mime import read_message
from parsers.mail.reply_facts import reply_facts
from tests.parsers.mail.forwards import FIRST, Forward
from tests.parsers.mail.more_forwards import SECOND
from tests.parsers.mail.third_forwards import FOURTH, THIRD

WHO = "billing@nordlicht.example"


@pytest.mark.parametrize(
    "head",
    [
        f"---------- Forwarded message ---------\nFrom: Nord Licht <{WHO}>\nDate: Mon, 17 Nov 2025",
        f"________________________________\nFrom: Nord <{WHO}>\nSent: Monday\nTo: Ann <o@c.test>",
        f"Begin forwarded message:\n\n> From: Nord <{WHO}>\n> Subject: Bill\n> Date: 17 Nov 2025",
        f"-------- Forwarded Message --------\nSubject: Bill\nDate: Mon\nFrom: Nord <{WHO}>\nTo: x",
        f"*Von:* Nord <{WHO}>\n*Gesendet:* Montag\n*An:* Ann\n*Betreff:* Rechnung",
        f"De : Nord <{WHO}>\nEnvoyé : lundi\nÀ : Ann\nObjet : Facture",
        f"Da: Nord <{WHO}>\nInviato: lunedì\nA: Ann\nOggetto: Fattura",
        f"De: Nord [mailto:{WHO}]\nEnviado el: lunes\nPara: Ann\nAsunto: Factura",
        f"Van: Nord <{WHO}>\nVerzonden: maandag\nAan: Ann\nOnderwerp: Factuur",
        f"From: A very long name of a company that does not fit\n <{WHO}>\nSubject: Bill",
    ],
)
def test_the_quoted_head_names_the_sender(head: str) -> None:
    found = original_sender(Message(text=f"Smith job\n\n{head}\n\nPlease pay.\n"))
    assert found
    assert found.address == WHO


def test_an_attached_mail_names_its_sender() -> None:
    inner = Message(sender=f"Nord <{WHO}>", sender_address=WHO)
    found = original_sender(Message(text="Smith job", nested=(inner,)))
    assert found
    assert found.address == WHO


@pytest.mark.parametrize("forward", [*FIRST, *SECOND, *THIRD, *FOURTH], ids=lambda each: each.name)
def test_forwards_of_all_clients_say_who_wrote_and_what_stands_above(forward: Forward) -> None:
    found = original_sender(read_message(forward.raw))
    assert found
    assert found.address == forward.sender
    at = Place(folder="INBOX", uidvalidity=1, uid=1)
    arrived = Arrival(place=at, raw=forward.raw, received_at=datetime(2025, 11, 18, tzinfo=UTC))
    facts = reply_facts(arrived)
    for said in (facts.own, facts.own_html):
        assert not said or said.split() == forward.own.split()
    assert bool(facts.own or facts.own_html) is bool(forward.own)


def test_our_own_people_did_not_write_it() -> None:
    text = "From: Ben <ben@corp.test>\nDate: Monday\n\nOn 3 Dec 2025 Jo <jo@acme.test> wrote:\n> hi"
    ours = Message(sender_address="ann@private.test", text=text)
    assert _named(original_sender(ours)) == "ben@corp.test"
    assert _named(original_sender(ours, {"ben@corp.test"})) == "jo@acme.test"
    assert original_sender(ours, {"ben@corp.test"}, inline=False) is None
    assert _named(original_sender(ours.model_copy(update={"sender_address": "x@corp.test"}))) == (
        "jo@acme.test"
    )


def _named(found: Original | None) -> str:
    return found.address if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please pay this, it is from: billing@nordlicht.example as always",
        "from: Ann to you",
        "From: nobody at all\nSubject: Bill",
    ],
)
def test_where_nothing_says_so_nobody_is_named(text: str) -> None:
    assert original_sender(Message(text=text)) is None


@pytest.mark.parametrize(
    "piece",
    [
        "From: ",
        "> ",
        "from: a@",
        "*_" * 50,
        "From:\n",
        "a@b",
        "On 1 Jan 2025 a@b\n",
        "--- Forwarded message ---From:",
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    short, long = (_cost(piece * (size // len(piece))) for size in (100_000, 400_000))
    assert long < 10 * short + 0.01  # four times the text: squares would be sixteen


def _cost(text: str) -> float:
    """Processor time, the best of three: other work on the machine does not count."""

    def once() -> float:
        began = time.process_time()
        original_sender(Message(text=text))
        return time.process_time() - began

    return min(once() for _ in range(3))
