"""Dovecot as providers set it up: folders below a prefix, parted by other letters."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connectors.mail.imap import ImapMailbox
from connectors.server import Security
from tests.mailstack import MailStack
from tests.servers import DOMAIN, PASSWORD, USERS, MailServers

pytestmark = [pytest.mark.slow, pytest.mark.servers]
RAW = b"From: jo@acme.test\r\nSubject: s\r\nMessage-ID: <%d@acme.test>\r\n\r\nhello\r\n"


@pytest.fixture(params=[("INBOX.", "."), ("", "\\"), ("Mail/", "/")], ids=["INBOX.", "\\", "Mail/"])
def spelt(request: pytest.FixtureRequest) -> Iterator[MailStack]:
    prefix, separator = request.param
    stack = MailStack(DOMAIN, USERS, PASSWORD, prefix=prefix, separator=separator)
    try:
        stack.start_mailboxes()
        yield stack
    finally:
        stack.stop()


def servers_of(stack: MailStack) -> MailServers:
    return MailServers(
        kind="dovecot",
        imap_port=stack.ports["imap"],
        smtp_port=0,
        mx_port=0,
        security=Security.STARTTLS,
        ca=stack.ca,
    )


async def test_mails_are_found_moved_and_found_again(spelt: MailStack) -> None:
    servers = servers_of(spelt)
    theirs = f"{spelt.prefix}Ops{spelt.separator}Done"
    old = f"{spelt.prefix}Archive{spelt.separator}2025"
    with servers.client("ops") as client:
        client.append("INBOX", RAW % 1)
        client.create_folder(old)
        client.append(old, RAW % 2)
    box = ImapMailbox(servers.imap())
    try:
        _, (header,) = await box.sweep(0, 0)
        there = await box.move(header.place, "Ops/Done", "<1@acme.test>")
        assert there is not None
        assert there.folder == "Ops/Done"
        assert servers.mails("ops", theirs) == [RAW % 1]
        assert [mail.raw for mail in await box.fetch([there])] == [RAW % 1]
        # Somebody moves it by hand: it is found by its name, wherever it lies.
        with servers.client("ops") as client:
            client.select_folder(theirs)
            client.move(client.search(), "INBOX")
        again = await box.move(there, "Ops/Waiting", "<1@acme.test>")
        assert again is not None
        assert again.folder == "Ops/Waiting"
        past = await box.since("Archive/2025", datetime(2025, 1, 1, tzinfo=UTC).date())
        assert [each.place.folder for each in past] == ["Archive/2025"]
        assert await box.strays([]) == []
    finally:
        await box.close()
