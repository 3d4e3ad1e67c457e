"""An authenticator app is enrolled at the terminal; its secret is shown once, and kept private."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pyotp
import pytest
import typer

from mailagent.cli.enroll import enroll
from mailagent.core.errors import ConfigInvalid
from tests.settings.home_of import GOOD, home_of

NOBODY_LISTENS = GOOD.replace("imap.acme.example", "localhost").replace(
    "smtp.acme.example", "localhost"
)


def test_an_authenticator_is_kept_when_its_code_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, shown = _at_the_terminal(tmp_path, monkeypatch)
    monkeypatch.setattr(typer, "prompt", lambda _question: _code_now(shown))
    enroll("ann@acme.example", home=home, code=True)
    (row,) = _rows(home, "SELECT person, secret FROM authenticators")
    assert row == ("ann", _secret(shown))
    assert len(_rows(home, "SELECT step FROM used_codes")) == 1
    assert _secret(shown) not in str(_rows(home, "SELECT details FROM audit"))
    assert (home / "mailagent.db").stat().st_mode & 0o077 == 0


def test_without_the_right_code_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = _at_the_terminal(tmp_path, monkeypatch)
    monkeypatch.setattr(typer, "prompt", lambda _question: "12 34 56")
    with pytest.raises(ConfigInvalid, match="No code was right"):
        enroll("ann@acme.example", home=home, code=True)
    assert _rows(home, "SELECT * FROM authenticators") == []


def _at_the_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    shown: list[str] = []
    monkeypatch.setenv("MAILAGENT_MAILBOX_PASSWORD", "x")
    monkeypatch.setattr(typer, "echo", lambda line="": shown.append(str(line)))
    return home_of(folder, NOBODY_LISTENS), shown


def _secret(shown: list[str]) -> str:
    return next("".join(line.split()) for line in shown if line.startswith("\n    "))


def _code_now(shown: list[str]) -> str:
    return pyotp.TOTP(_secret(shown)).now()


def _rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "mailagent.db")) as database:
        return database.execute(query).fetchall()
