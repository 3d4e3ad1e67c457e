"""Machines are recognised; people never are taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.automatic import why_automatic


def mail(extra: str = "", *, subject: str = "Re: EUR 5 [ops 4F7Q]", body: str = "approve") -> bytes:
    sender = "" if "From:" in extra else "From: Ann Lee <ann@corp.example>\n"
    text = f"{sender}{extra}To: ops@corp.example\nSubject: {subject}\n\n{body}\n"
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "extra",
    [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: auto-generated (failure)\n",
        "Precedence: bulk\n",
        "Precedence: auto_reply\n",
        "List-Id: <x.corp.example>\n",
        "List-Unsubscribe: <mailto:x@corp.example>\n",
        "X-Autoreply: yes\n",
        "X-Autorespond: x\n",
        "X-Failed-Recipients: ann@corp.example\n",
        "Return-Path: <>\n",
        "Return-Path: < >\n",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
        "Content-Type: message/disposition-notification\n",
        "From: MAILER-DAEMON@corp.example\n",
        "From: postmaster@corp.example\n",
        "From: No Reply <no-reply@corp.example>\n",
        "From: <do-not-reply+7@corp.example>\n",
        "From: team-bounces@lists.example\n",
        "From: newsletter@corp.example\n",
        "From: ann@corp.example\nSender: list-bounces@corp.example\n",
    ],
)
def test_machines_by_their_header(extra: str) -> None:
    assert why_automatic(mail(extra))


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office: Re: EUR 5",
        "Out of the Office",
        "Automatic reply: EUR 5 [ops 4F7Q]",
        "AutoReply: EUR 5",
        "Automatische Antwort: EUR 5",
        "Abwesenheitsnotiz: EUR 5",
        "=?utf-8?q?R=C3=A9ponse_automatique_:_EUR_5?=",
        "Respuesta automática: EUR 5",
        "Risposta automatica: EUR 5",
        "Automatisch antwoord: EUR 5",
        "Resposta automática: EUR 5",
        "Accepted: EUR 5 [ops 4F7Q]",
        "Zugesagt: EUR 5",
        "Accepté : EUR 5",
        "Tentative: EUR 5",
        "Undeliverable: EUR 5",
        "Undelivered Mail Returned to Sender",
        "Delivery Status Notification (Failure)",
        "Mail delivery failed: returning message to sender",
        "Unzustellbar: EUR 5",
        "Read: EUR 5",
        "Gelesen: EUR 5",
    ],
)
def test_machines_by_their_subject(subject: str) -> None:
    assert why_automatic(mail(subject=subject))


@pytest.mark.parametrize(
    "subject",
    [
        "Unable to deliver your parcel",
        "Returned to sender: your package 4471",
        "Zustellung fehlgeschlagen: Ihr Paket",
        "Impossible de remettre votre colis",
        "No se puede entregar su paquete",
        "Mancata consegna del pacco",
        "Bezorging mislukt: uw pakket",
    ],
)
def test_what_a_carrier_says_of_a_parcel_is_no_answer_of_a_mail_server(subject: str) -> None:
    assert why_automatic(mail(subject=subject, body="See you tomorrow.")) is None


def test_the_answer_to_an_invitation() -> None:
    part = "Content-Type: text/calendar; method={}; charset=utf-8\n"
    assert why_automatic(mail(part.format("REPLY"), body="BEGIN:VCALENDAR"))
    assert why_automatic(mail(part.format('"reply"'), body="BEGIN:VCALENDAR"))
    assert why_automatic(mail(part.format("REQUEST"), body="BEGIN:VCALENDAR")) is None


def test_a_bounce_that_says_nothing_in_its_header() -> None:
    for body in (
        "This message was created automatically by mail delivery software.",
        "***\n\n Your message could not be delivered to\nben@corp.example",
        "Hi. This is the qmail-send program at corp.example.",
    ):
        assert why_automatic(mail(subject="EUR 5", body=body))


@pytest.mark.parametrize(
    ("extra", "subject", "body"),
    [
        ("", "Re: EUR 5 [ops 4F7Q]", "approve"),
        ("X-Auto-Response-Suppress: All\n", "Re: EUR 5", "approve"),
        ("Auto-Submitted: no\n", "Re: EUR 5", "approve"),
        ("Precedence: first-class\n", "Re: EUR 5", "approve"),
        ("Return-Path: <ann@corp.example>\n", "Re: EUR 5", "approve"),
        ("X-Mailing-List-Id: 7\n", "Re: EUR 5", "approve"),
        ("", "Re: Automatic reply: EUR 5", "is he away?"),
        ("", "Fwd: Undeliverable: EUR 5", "what is this"),
        ("", "Delivery failure of pallet 7", "please check"),
        ("", "Out of office supplies", "order some"),
        ("", "Abwesenheiten im Dezember", "Liste anbei"),
        ("", "Automation replaces paper", "read this"),
        ("", "EUR 5", "I got this:\n> Your message could not be delivered to ben@corp.example"),
        ("From: Noah Reply <noah.repley@corp.example>\n", "EUR 5", "approve"),
        ("From: Damon <daemonique@corp.example>\n", "EUR 5", "approve"),
        ("From: Al Ert <alert.ann@corp.example>\n", "EUR 5", "approve"),
    ],
)
def test_people(extra: str, subject: str, body: str) -> None:
    assert why_automatic(mail(extra, subject=subject, body=body)) is None


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(noise: bytes) -> None:
    for raw in (noise, mail() + noise, b"Content-Type: text/calendar" + noise + mail()):
        assert why_automatic(raw) is None or why_automatic(raw)
