"""Secrets come from three places, and show themselves nowhere."""

from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringLocked

from mailagent.core.errors import ConfigInvalid
from mailagent.settings import read_settings
from mailagent.settings.passwords import Passwords, read_passwords
from tests.settings.home_of import GOOD, home_of

WITH_LOGIN = GOOD + 'user = "ops@acme.example"\n'


def _passwords(home: Path, environ: dict[str, str] | None = None) -> Passwords:
    return read_passwords(read_settings(home), environ or {})


def _keep_secret(home: Path, content: str = 'mailbox_password = "filed"\n') -> Path:
    path = home / "secrets.toml"
    path.write_text(content)
    path.chmod(0o600)
    return path


def _unlocked(service: str, name: str) -> str | None:
    return f"{service} {name}" if name == "mailbox_password" else None


def _locked(service: str, name: str) -> str | None:
    raise KeyringLocked


@pytest.fixture
def with_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", _unlocked)


def test_the_environment_comes_first(tmp_path: Path, with_keyring: None) -> None:
    _keep_secret(home_of(tmp_path))
    found = _passwords(tmp_path, {"MAILAGENT_MAILBOX_PASSWORD": "said"})
    assert found.mailbox.get_secret_value() == "said"


def test_the_keyring_comes_before_the_file(tmp_path: Path, with_keyring: None) -> None:
    _keep_secret(home_of(tmp_path))
    assert _passwords(tmp_path).mailbox.get_secret_value() == "mailagent/acme mailbox_password"


def test_a_locked_keyring_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", _locked)
    _keep_secret(home_of(tmp_path))
    assert _passwords(tmp_path).mailbox.get_secret_value() == "filed"


def test_a_missing_password_names_all_three_places(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        _passwords(home_of(tmp_path))
    for place in ("secrets.toml", "keyring set mailagent/acme", "MAILAGENT_MAILBOX_PASSWORD"):
        assert place in str(caught.value)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    path = _keep_secret(home_of(tmp_path))
    path.chmod(mode)
    with pytest.raises(ConfigInvalid, match=f"chmod 600 {path}"):
        _passwords(tmp_path)


def test_one_password_serves_for_sending_too(tmp_path: Path) -> None:
    _keep_secret(home_of(tmp_path, WITH_LOGIN))
    smtp = _passwords(tmp_path).smtp
    assert smtp is not None
    assert smtp.get_secret_value() == "filed"


def test_sending_can_have_a_password_of_its_own(tmp_path: Path) -> None:
    _keep_secret(home_of(tmp_path, WITH_LOGIN), 'mailbox_password = "a"\nsmtp_password = "b"\n')
    smtp = _passwords(tmp_path).smtp
    assert smtp is not None
    assert smtp.get_secret_value() == "b"


def test_a_server_without_login_gets_no_password(tmp_path: Path) -> None:
    _keep_secret(home_of(tmp_path))
    assert _passwords(tmp_path).smtp is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('mailbox_pasword = "hunter2"', "mailbox_pasword is not known (did you mean mailbox_"),
        ("mailbox_password = 12345", "mailbox_password should be a text"),
    ],
)
def test_a_wrong_secret_is_told_without_its_value(tmp_path: Path, content: str, told: str) -> None:
    _keep_secret(home_of(tmp_path), content)
    with pytest.raises(ConfigInvalid) as caught:
        _passwords(tmp_path)
    assert told in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "12345" not in str(caught.value)


def test_passwords_do_not_show_themselves(tmp_path: Path) -> None:
    _keep_secret(home_of(tmp_path, WITH_LOGIN))
    found = _passwords(tmp_path)
    assert "filed" not in f"{found} {found!r} {found.model_dump_json()}"
