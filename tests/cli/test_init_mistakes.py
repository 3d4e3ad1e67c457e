"""What goes wrong in the first five minutes is said in a sentence, and nothing half is left."""

import errno
from pathlib import Path

import pytest

from mailagent.cli import questions
from mailagent.core.errors import ConfigInvalid
from mailagent.settings.home import CONFIG
from mailagent.settings.providers import Server
from mailagent.settings.starter import Start, write_home

START = Start(
    company='Müller & "Söhne" \\ GmbH',
    ops_address="ops@corp.example",
    owner='Ann "Lee"',
    owner_address="ann@corp.example",
    imap=Server(host="imap.corp.example", port=993),
    smtp=Server(host="smtp.corp.example", port=465),
    login="ops@corp.example",
    country="DE",
    currency="EUR",
    language="de",
    timezone="Europe/Berlin",
)


@pytest.mark.parametrize("below", ["", "deeper/home"])
def test_a_file_in_the_way_is_said_before_anything_is_asked(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigInvalid, match=r"is a file.*--home FOLDER"):
        questions.may_write(tmp_path / "file" / below)
    questions.may_write(tmp_path / "new" / below)


def test_a_folder_of_somebody_else_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write anywhere
    with pytest.raises(ConfigInvalid, match="you may not write in"):
        questions.may_write(tmp_path / "home")


def test_the_agents_own_address_is_no_persons() -> None:
    take = questions.person_beside("ops@corp.example")
    assert take("Ann Lee <ann@corp.example>") == ("Ann Lee", "ann@corp.example")
    with pytest.raises(ValueError, match="the agent's own"):
        take("Ann <OPS@corp.example>")


def test_a_full_disk_leaves_no_half_of_a_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, encoding: str) -> int:
        path.write_bytes(text.encode(encoding)[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            write_home(tmp_path, START)
    assert not list(tmp_path.iterdir())
    write_home(tmp_path, START)
    assert (tmp_path / CONFIG).exists()
