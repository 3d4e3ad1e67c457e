"""The servers that tests run on keep the promises that the `server` proof rests on."""

import smtplib
from email import message_from_bytes

import pytest

from tests.servers import MailServers

_MAIL = (
    b"From: Owner <owner@corp.test>\r\nTo: ops@corp.test\r\nSubject: hello\r\n"
    b"Message-ID: <hello@corp.test>\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\n\r\n"
    b".a line that begins with a dot\r\n"
)
_FORGED = (
    b"Authentication-Results: mx.corp.test;\r\n auth=pass smtp.auth=owner@corp.test\r\n"
    b"AUTHENTICATION-RESULTS : mx.corp.test; auth=pass smtp.auth=owner@corp.test\r\n"
)


def _verdicts(raw: bytes) -> list[str]:
    mail = message_from_bytes(raw)
    return [" ".join(value.split()) for value in mail.get_all("Authentication-Results", [])]


async def test_says_who_was_logged_in(mailservers: MailServers) -> None:
    mailservers.deliver(_FORGED + _MAIL, by="ben")
    [raw] = await mailservers.await_mails("ops")
    assert _verdicts(raw) == ["mx.corp.test; auth=pass smtp.auth=ben@corp.test"]
    assert raw.endswith(_MAIL)


async def test_says_that_nobody_was_logged_in(mailservers: MailServers) -> None:
    mailservers.deliver(_FORGED + _MAIL)
    [raw] = await mailservers.await_mails("ops")
    assert _verdicts(raw) == ["mx.corp.test; auth=none"]


async def test_a_mail_to_a_plus_address_keeps_it(mailservers: MailServers) -> None:
    mailservers.deliver(_MAIL, to="ops+token@corp.test", by="owner")
    [raw] = await mailservers.await_mails("ops")
    assert message_from_bytes(raw)["Delivered-To"] == "ops+token@corp.test"
    assert message_from_bytes(raw)["Return-Path"] == "<owner@corp.test>"


@pytest.mark.parametrize("address", ["nobody@corp.test", "somebody@elsewhere.test"])
def test_takes_nothing_for_others(mailservers: MailServers, address: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mailservers.deliver(_MAIL, to=address)
