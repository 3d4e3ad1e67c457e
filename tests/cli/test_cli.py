"""The command line as a person meets it: whole processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailagent import __version__
from mailagent.settings import read_settings
from tests.settings.home_of import GOOD, home_of

pytestmark = pytest.mark.slow  # whole processes and servers

NOBODY_LISTENS = GOOD.replace("imap.acme.example", "localhost").replace(
    "smtp.acme.example", "localhost"
)
INIT = [
    *("--company", "Acme Ltd", "--ops-address", "ops@acme.example"),
    *("--owner", "Ann Lee", "--owner-address", "ann@acme.example"),
]


def mailagent(*words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mailagent", *map(str, words)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | environ,
        check=False,
        timeout=90,
    )


def test_version() -> None:
    assert mailagent("version").stdout.startswith(f"mailagent {__version__} (Python 3.")


def test_help_loads_nothing_heavy() -> None:
    heavy = ("pydantic", "sqlalchemy", "rich", "structlog", "lxml", "pdfplumber", "keyring")
    # The time itself is measured in bench/: seconds depend on what else runs here.
    code = f"import sys, mailagent.cli; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_every_command_says_what_it_does() -> None:
    listed = mailagent("--help").stdout.partition("Commands:")[2].strip().splitlines()
    assert len(listed) >= 3
    for line in listed:
        name, _, what = line.strip().partition(" ")
        assert what.strip(), f"{name} has no help"
        assert not what.endswith("..."), f"the help of {name} does not fit a line"


def test_a_bad_configuration_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    ran = mailagent("doctor", "--home", home_of(tmp_path, GOOD + "port = 'x'\n"))
    assert ran.returncode == 78
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith(f"mailagent: {tmp_path}/mailagent.toml: [smtp] port should be")


def test_init_makes_a_home_that_doctor_can_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    here = ("--imap-host", "localhost", "--smtp-host", "localhost")  # where nobody listens
    ran = mailagent("init", "--home", home, *INIT, *here)
    assert ran.returncode == 0, ran.stderr
    assert f"written  {home}/mailagent.toml" in ran.stdout
    assert f"mailagent enroll --home {home} ann@acme.example" in ran.stdout
    ran = mailagent("doctor", "--home", home, MAILAGENT_MAILBOX_PASSWORD="x")
    for well in ("configuration", "passwords", "places", "audit"):
        assert f"ok    {well}" in ran.stdout
    for stop in ("mailbox", "sending", "people"):
        assert f"STOP  {stop}" in ran.stdout
    assert "mailagent enroll ann@acme.example" in ran.stdout


def test_init_writes_over_nothing_unless_forced(tmp_path: Path) -> None:
    home_of(tmp_path, "# mine\n")
    ran = mailagent("init", "--home", tmp_path, *INIT)
    assert ran.returncode == 78
    assert "`--force` writes it anew" in ran.stdout
    assert (tmp_path / "mailagent.toml").read_text() == "# mine\n"
    assert mailagent("init", "--home", tmp_path, "--force", *INIT).returncode == 0
    assert "Ann Lee" in (tmp_path / "mailagent.toml").read_text()


def test_init_takes_no_name_for_an_address(tmp_path: Path) -> None:
    ran = mailagent("init", "--home", tmp_path, *INIT[:2], "--ops-address", "Ops", *INIT[4:])
    assert ran.returncode == 78
    assert "'Ops' is no address" in ran.stderr
    assert not (tmp_path / "mailagent.toml").exists()


def test_init_switches_one_task_on(tmp_path: Path) -> None:
    assert mailagent("init", "--home", tmp_path, *INIT, "--country", "de").returncode == 0
    settings = read_settings(tmp_path)
    assert [name for name, task in settings.tasks.items() if task.on] == ["bills"]
    assert (settings.company.country, settings.company.currency) == ("DE", "EUR")


def test_init_without_a_terminal_names_what_is_missing(tmp_path: Path) -> None:
    ran = mailagent("init", "--home", tmp_path, *INIT[2:])
    assert ran.returncode == 78
    assert "--company is missing" in ran.stderr


def test_init_tells_what_a_known_mail_host_needs(tmp_path: Path) -> None:
    ran = mailagent(
        "init", "--home", tmp_path, *INIT[:2], "--ops-address", "a@gmail.com", *INIT[4:]
    )
    assert "app password" in ran.stdout
    assert "imap.gmail.com" in (tmp_path / "mailagent.toml").read_text()


def test_doctor_names_what_stands_in_the_way(tmp_path: Path) -> None:
    ran = mailagent("doctor", "--home", home_of(tmp_path, NOBODY_LISTENS))
    assert ran.returncode == 1
    assert "STOP  passwords" in ran.stdout
    assert "ok    places" in ran.stdout


def test_doctor_sees_a_place_it_may_not_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = home_of(tmp_path, NOBODY_LISTENS + '[files]\nroot = "file/inside"\n')
    ran = mailagent("doctor", "--home", home)
    assert "STOP  places" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_no_command_takes_a_password() -> None:
    listed = mailagent("--help").stdout.partition("Commands:")[2].strip().splitlines()
    for name in (line.split()[0] for line in listed):
        assert "--password" not in mailagent(name, "--help").stdout
