"""What lies in deploy/ names commands and places that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent / "deploy"


def test_the_unit_starts_what_there_is_as_nobody_special() -> None:
    unit = (DEPLOY / "mailagent.service").read_text()
    assert re.search(r"^ExecStart=\S+/mailagent run --home /var/lib/mailagent$", unit, re.MULTILINE)
    assert "User=mailagent" in unit
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert f"\n{line}\n" in unit
    (stop,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert int(stop) > 5  # it ends by itself before it is killed


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_unit() -> None:
    ran = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "mailagent.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Unknown" not in ran.stderr


def test_the_container_takes_what_is_in_the_folder_and_is_not_root() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = [w for line in lines if line.startswith("COPY ") for w in line.split()[1:-1]]
    here = [name for name in copied if not name.startswith(("--", "/"))]
    assert here
    assert all((DEPLOY.parent / name).exists() for name in here)
    assert "USER mailagent" in lines


def test_the_container_holds_what_runs_and_nothing_that_tests() -> None:
    def locked(path: Path) -> set[str]:
        return set(re.findall(r"^\S+==\S+", path.read_text(), re.MULTILINE))

    runs = locked(DEPLOY / "requirements.lock")
    assert runs < locked(DEPLOY.parent / "requirements.lock")  # what was tested, and less
    assert not [one for one in runs if one.startswith(("pytest", "mypy", "ruff", "radicale"))]
