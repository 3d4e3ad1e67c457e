"""What `doctor` says of a machine on which something is odd, and `init` of a server that is not."""

import fcntl
import os
import shutil
import socket
import sqlite3
import ssl
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from imapclient.exceptions import IMAPClientError

from connectors.server import in_words
from mailagent.bootstrap import SystemClock, try_mailbox, try_sending
from mailagent.cli import kept, options
from mailagent.cli.doctor import room
from mailagent.cli.questions import zone_of
from mailagent.cli.store import ask_store
from mailagent.core.errors import MailboxRefused, MailboxUnavailable, SendingUnavailable
from mailagent.settings import read_settings
from mailagent.settings.passwords import Passwords
from mailagent.store.migrate import migrate
from tests.servers import MailServers
from tests.settings.home_of import GOOD, home_of

_PASSWORDS = Passwords.model_validate({"mailbox": "x", "smtp": "x"})


def _home(tmp_path: Path, config: str = GOOD) -> Path:
    home = home_of(tmp_path, config)
    migrate(f"sqlite:///{home / 'mailagent.db'}")
    return home


def test_a_store_that_is_whole_is_named(tmp_path: Path) -> None:
    home = _home(tmp_path)
    found = kept.database(read_settings(home))
    assert found.well
    assert found.what == str(home / "mailagent.db")


def _overwrite(base: Path) -> None:
    base.write_bytes(b"this is no database, but something else was written over it " * 200)


def _move_away(base: Path) -> None:
    base.rename(base.with_suffix(".old"))
    base.symlink_to(base.parent / "nowhere" / "mailagent.db")


@pytest.mark.parametrize(
    ("spoil", "told"), [(_overwrite, "mailagent restore-backup"), (_move_away, "not made yet")]
)
def test_a_store_that_is_not_there_or_not_one(
    tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    home = _home(tmp_path)
    for rest in home.glob("mailagent.db-*"):
        rest.unlink()
    spoil(home / "mailagent.db")
    assert told in kept.database(read_settings(home)).what


@pytest.mark.slow  # it waits for the other program
def test_a_store_that_another_program_holds(tmp_path: Path) -> None:
    home = _home(tmp_path)
    with closing(sqlite3.connect(home / "mailagent.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = kept.database(read_settings(home))
    assert not found.well
    assert "Another program holds the database" in found.what


def test_it_says_whether_an_agent_is_at_work(tmp_path: Path) -> None:
    settings = read_settings(_home(tmp_path))
    assert kept.agent(settings).what == "not at work: `mailagent run`"
    with (settings.home / "agent.lock").open("a") as other:
        assert kept.agent(settings).what.startswith("not at work")
        fcntl.flock(other, fcntl.LOCK_EX)
        assert kept.agent(settings).what == "at work"


def test_a_disk_without_room_says_how_much_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=12_000_000))
    found = room(read_settings(_home(tmp_path)))
    assert not found.well
    assert found.what.startswith("12 MB free; free some on the disk of ")


def test_the_model_s_day_and_what_is_used_of_it(tmp_path: Path) -> None:
    config = GOOD + '\n[model]\nprovider = "openai"\nname = "m"\nurl = "http://localhost:1"\n'
    settings = read_settings(_home(tmp_path, config))
    assert kept.budget(settings).what.startswith("0.00 of ")
    ask_store(
        settings.home,
        lambda tx: tx.spend_on_advice(SystemClock().now().date(), settings.model.budget),
    )
    said = kept.budget(settings).what
    assert said.startswith("2.00 of 2.00 ")
    assert "read without it until tomorrow" in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no address is known for that name"),
        (ConnectionRefusedError(111, "Connection refused"), "nobody listens at that port"),
        (TimeoutError("timed out"), "it does not answer"),
        (OSError(113, "No route to host"), "No route to host"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "wrong version"),
        (EOFError(), "EOFError"),
        (IMAPClientError("unexpected response"), "unexpected response"),
    ],
)
def test_a_server_nobody_reaches_is_told_in_words(error: Exception, said: str) -> None:
    assert said in in_words(error)
    assert "Errno" not in in_words(error)


def test_what_is_tried_by_hand_says_what_to_mend(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        port = nobody.getsockname()[1]
        config = GOOD.replace("imap.acme.example", "127.0.0.1").replace(
            "smtp.acme.example", "127.0.0.1"
        )
        settings = read_settings(home_of(tmp_path, config))
        mailbox = settings.mailbox.model_copy(update={"port": port})
        smtp = settings.smtp.model_copy(update={"port": port})
        settings = settings.model_copy(update={"mailbox": mailbox, "smtp": smtp})
        with pytest.raises(MailboxUnavailable) as fetched:
            try_mailbox(settings, _PASSWORDS)
        with pytest.raises(SendingUnavailable) as sent:
            try_sending(settings, _PASSWORDS)
    for error, section in ((fetched.value, "[mailbox]"), (sent.value, "[smtp]")):
        assert "nobody listens at that port" in str(error)
        assert f"host and port under {section} in {settings.home}" in str(error)
        assert "keeps trying" not in str(error)
        assert "outbox" not in str(error)


def test_a_password_that_is_refused_says_where_it_stands(
    tmp_path: Path, embedded_servers: MailServers
) -> None:
    config = GOOD.replace("imap.acme.example", "localhost")
    settings = read_settings(home_of(tmp_path, config))
    update = {"port": embedded_servers.imap_port, "security": embedded_servers.security}
    mailbox = settings.mailbox.model_copy(update={**update, "user": "ops@corp.test"})
    with pytest.raises(MailboxRefused) as refused:
        try_mailbox(settings.model_copy(update={"mailbox": mailbox}), _PASSWORDS)
    assert "[mailbox]" in str(refused.value)
    assert "secrets.toml" in str(refused.value)
    assert ".." not in str(refused.value)


def test_what_is_printed_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / ".venv" / "bin" / "mailagent"
    own.parent.mkdir(parents=True)
    own.touch(mode=0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    monkeypatch.setattr(sys, "argv", [os.fspath(own)])
    assert options.program() == os.fspath(own)
    monkeypatch.setenv("PATH", os.fspath(own.parent))
    assert options.program() == "mailagent"


def test_a_server_in_utc_does_not_guess_its_owner_s_zone() -> None:
    assert zone_of("DE", "Etc/UTC") == "Europe/Berlin"
    assert zone_of("DE", "Europe/Rome") == "Europe/Rome"
    assert zone_of("KE", "UTC") == "UTC"
