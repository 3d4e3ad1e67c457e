"""`mailagent doctor --proof` and `doctor`, as commands, on a server of this run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.agent import write_home
from tests.servers import PASSWORD, MailServers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


_PROOF = ("--proof", "--wait", "0")  # nobody is there to answer


def _doctor(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mailagent", "doctor", "--home", str(home), *options]
    environment = {"MAILAGENT_MAILBOX_PASSWORD": PASSWORD, "MAILAGENT_SMTP_PASSWORD": PASSWORD}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=100, env=environment, check=False
    )


def test_the_proof_is_tried_and_its_outcome_kept(tmp_path: Path, mailservers: MailServers) -> None:
    write_home(tmp_path / "home", mailservers)
    ran = _doctor(tmp_path / "home", *_PROOF, "--through", f"localhost:{mailservers.mx_port}")
    assert ran.returncode == 0, ran.stderr
    assert f"authentication-results {mailservers.authserv_id}" in ran.stdout
    assert "taken out of mail from outside" in ran.stdout
    again = _doctor(tmp_path / "home")
    assert "nothing speaks against them" in again.stdout


def test_a_way_in_that_is_none_is_said(tmp_path: Path, embedded_servers: MailServers) -> None:
    write_home(tmp_path / "home", embedded_servers)
    ran = _doctor(tmp_path / "home", *_PROOF, "--through", "localhost:smtp")
    assert ran.returncode == 78
    assert "is no host and port" in ran.stderr
