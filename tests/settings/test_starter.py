"""A new home can be read at once, and nobody else can read its secrets."""

from pathlib import Path

import pytest

from mailagent.core.errors import ConfigInvalid
from mailagent.settings import read_settings
from mailagent.settings.passwords import read_passwords
from mailagent.settings.providers import Server, provider_of
from mailagent.settings.starter import Start, short_name, write_home

START = Start(
    company='Meyer & Söhne "Nord" GmbH',
    ops_address="ops@meyer.example",
    owner="Änne Meyer",
    owner_address="anne@meyer.example",
    imap=Server(host="imap.meyer.example", port=993),
    smtp=Server(host="smtp.meyer.example", port=465),
    login="ops@meyer.example",
)


def test_what_was_answered_is_what_is_set(tmp_path: Path) -> None:
    write_home(tmp_path / "new", START, 'pass"word')
    settings = read_settings(tmp_path / "new")
    assert settings.company.name == 'Meyer & Söhne "Nord" GmbH'
    assert settings.company.domain == "meyer.example"
    assert settings.people[0].id == "anne"
    assert settings.mailbox.host == "imap.meyer.example"
    assert read_passwords(settings, {}).mailbox.get_secret_value() == 'pass"word'


def test_secrets_are_written_for_the_owner_only(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").touch(mode=0o644)
    write_home(tmp_path, START, "x")
    assert (tmp_path / "secrets.toml").stat().st_mode & 0o777 == 0o600


def test_rules_that_somebody_wrote_stay(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("# mine\n")
    write_home(tmp_path, START)
    assert (tmp_path / "policy.toml").read_text() == "# mine\n"


def test_a_wrong_answer_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match="addresses"):
        write_home(tmp_path / "new", START.model_copy(update={"owner_address": "anne"}))
    assert not (tmp_path / "new").exists()


def test_hints_are_right_once_their_marks_are_taken_off(tmp_path: Path) -> None:
    write_home(tmp_path, START)
    for name in ("tasks.toml", "policy.toml"):
        lines = (tmp_path / name).read_text().partition("\n#\n")[2].splitlines()
        (tmp_path / name).write_text("\n".join(line.removeprefix("# ") for line in lines))
    settings = read_settings(tmp_path)
    assert settings.tasks["bills"].approvers == ("anne",)
    assert settings.rules[-1].name == "large-bill"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Acme Ltd", "acme-ltd"),
        ("Ögelin & Co.", "ogelin-co"),
        ("42 Ltd", "ltd"),
        ("日本", "company"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name, "company") == short


def test_known_mail_hosts() -> None:
    gmail = provider_of("somebody@GMAIL.com")
    assert gmail is not None
    assert gmail.imap.host == "imap.gmail.com"
    assert provider_of("ops@acme.example") is None
