"""From `init` to the first approved bill, at a terminal and in a mail client.

On a host that `config/providers.toml` knows, the servers need no options; here they have ports.
"""

import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.agent import due_bill, mail_with
from tests.cli.terminal import Terminal
from tests.clients import Mail
from tests.servers import PASSWORD, MailServers

pytestmark = [pytest.mark.slow, pytest.mark.servers, pytest.mark.timeout(280)]

OWNER, OPS = "owner@corp.test", "ops@corp.test"


async def test_eight_answers_to_the_first_approved_bill(
    tmp_path: Path, real_servers: MailServers
) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home)
    _init(terminal, real_servers)
    (welcome,) = await real_servers.await_mails("owner")
    assert "mailagent enroll" in Mail(welcome).text

    proof = terminal.command("doctor", "--proof", "--through", f"localhost:{real_servers.mx_port}")
    asked = Mail((await real_servers.await_mails("owner", 2, seconds=60))[1])
    real_servers.deliver(_reply(asked, "ok"), to=asked.reply_to, by="owner")
    proof.expect("answers are found by  plus-tag and Message-ID")
    assert proof.ends() == 0

    _enroll(terminal, real_servers)
    run = terminal.command("run")
    run.expect("Working for Corp Ltd")
    bill = due_bill()
    real_servers.deliver(mail_with(bill), by="owner")
    draft = Mail((await real_servers.await_mails("owner", 3, seconds=60))[2])
    assert bill.number in draft.text
    reply = _reply(draft, "approve")
    real_servers.deliver(reply, to=draft.reply_to or OPS, by="owner")
    receipt = Mail((await real_servers.await_mails("owner", 4, seconds=60))[3])
    assert receipt.text.startswith("Done: ")
    run.process.send_signal(signal.SIGTERM)
    assert run.ends() == 0

    with closing(sqlite3.connect(home / "mailagent.db")) as base:
        assert base.execute("select state from cases").fetchall() == [("done",)]
    assert len(terminal.answers) <= 8, terminal.answers
    assert not re.search(rf"\b{PASSWORD}\b", terminal.seen)


def _reply(to: Mail, word: str) -> bytes:
    return (
        f"From: Ann Lee <{OWNER}>\r\nTo: {to.reply_to or OPS}\r\n"
        f"Subject: Re: {to.subject}\r\nMessage-ID: <{uuid4().hex}@corp.test>\r\n"
        f"In-Reply-To: {to.message_id}\r\n\r\n{word}\r\n"
    ).encode()


def _enroll(terminal: Terminal, servers: MailServers) -> None:
    enroll = terminal.command("enroll", OWNER)
    code = enroll.expect(r"with this subject:\s+(ENROLL-\w+)")[1]
    head = f"From: Ann Lee <{OWNER}>\r\nTo: {OPS}\r\nSubject: {code}\r\n"
    servers.deliver(f"{head}Message-ID: <e@corp.test>\r\n\r\n.\r\n".encode(), by="owner")
    enroll.expect(r"Pin this\?")
    enroll.types("y")
    enroll.expect("Enrol one now")
    enroll.types("n")
    assert enroll.ends() == 0


def _init(terminal: Terminal, servers: MailServers) -> None:
    where = (
        *("--imap-host", f"localhost:{servers.imap_port}"),
        *("--smtp-host", f"localhost:{servers.smtp_port}"),
        *(("--ca-file", str(servers.ca)) if servers.ca else ()),
    )
    init = terminal.command("init", *where)
    for question, typed in (
        ("Address that documents are sent to", OPS),
        (r"Password of ops@corp.test .*later\): ", PASSWORD),
        ("Who decides", f"Ann Lee <{OWNER}>"),
        ("Name of the company", "Corp Ltd"),
        ("Country", "GB"),
        ("Time zone", "Europe/London"),
    ):
        init.expect(question)
        init.types(typed)
    init.expect(r"([A-Z2-7]{5}-){11}[A-Z2-7]")
    init.expect("mailbox opens")
    assert init.ends() == 0


def test_wrong_answers_are_asked_for_again_and_it_can_be_run_again(
    tmp_path: Path, real_servers: MailServers
) -> None:
    terminal = Terminal(tmp_path / "home")
    where = (
        *("--imap-host", f"localhost:{real_servers.imap_port}"),
        *("--smtp-host", f"localhost:{real_servers.smtp_port}", "--ca-file", str(real_servers.ca)),
        *("--company", "Corp Ltd", "--country", "DE", "--timezone", "Europe/Berlin"),
    )
    init = terminal.command("init", *where)
    init.expect("documents are sent to")
    init.types("Ann Lee")
    init.expect("is no address")
    init.types(OPS)
    init.expect(r"later\): ")
    init.types("wrong")
    init.expect("Who decides")
    init.types("Ann Lee")
    init.expect("has no address")
    init.types(OWNER)
    init.expect("refused the login")
    init.expect(r"later\): ")
    init.types(PASSWORD)
    init.expect("mailbox opens")
    assert init.ends() == 0
    config = (tmp_path / "home" / "mailagent.toml").read_text()
    again = terminal.command("init")
    again.expect("is there already")
    again.expect("mailbox opens")
    assert again.ends() == 0
    assert (tmp_path / "home" / "mailagent.toml").read_text() == config
    assert len(re.findall(r"a first mail went", terminal.seen)) == 2
    welcomes = [Mail(raw) for raw in real_servers.mails("owner")]
    assert len({mail.message_id for mail in welcomes}) == 1
