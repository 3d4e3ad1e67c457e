"""The whole demo, as a person starts it: one run, and what it leaves behind."""

import os
import re
import signal
import subprocess
import sys
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest

from mailagent.core.errors import AlreadyRunning, ConfigInvalid
from mailagent.demo.folder import made_ready
from mailagent.engine.lock import only_worker
from tests.cli.test_cli import mailagent

pytestmark = pytest.mark.slow  # whole processes, started and ended

Ran = subprocess.CompletedProcess[str]


def _started(out: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-X", "dev", "-m", "mailagent", "demo", "--out", str(out), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "COLUMNS": "100"},
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    out = tmp_path_factory.mktemp("demo") / "out"
    with _started(out) as process:
        said, errors = process.communicate(timeout=55)
    return out, Ran(process.args, process.returncode, said, errors)


def test_all_that_was_expected_happened(played: tuple[Path, Ran]) -> None:
    _, ran = played
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr == ""
    assert ran.stdout.count("✓") == 8
    assert "✗" not in ran.stdout


def test_the_mails_lie_there_in_their_order(played: tuple[Path, Ran]) -> None:
    mails = sorted((played[0] / "mails").iterdir())
    assert [path.name[:2] for path in mails] == [f"{n:02}" for n in range(1, len(mails) + 1)]
    parsed = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails]
    assert all(mail["Message-ID"] and mail["From"] and mail["Subject"] for mail in parsed)
    ways = [path.name.split("-")[1] for path in mails]
    assert ways.count("forged") == 1
    assert ways.count("agent") == 9


def test_the_forgery_differs_from_the_approval_only_in_who_sent_it(
    played: tuple[Path, Ran],
) -> None:
    forged, approval = (
        next(message_from_bytes(path.read_bytes()) for path in sorted(played[0].rglob(pattern)))
        for pattern in ("*-forged-*.eml", "*-owner-re-eur-135-66*.eml")
    )
    for name in ("From", "To", "Subject", "In-Reply-To", "References"):
        assert forged[name] == approval[name], name
    assert forged.get_payload() == approval.get_payload()


def test_the_page_shows_every_mail_and_loads_nothing(played: tuple[Path, Ran]) -> None:
    out, _ = played
    page = (out / "index.html").read_text("utf-8")
    for path in (out / "mails").iterdir():
        assert f'href="mails/{path.name}"' in page
    assert "default-src 'none'" in unescape(page)
    assert page.count('<iframe sandbox="allow-same-origin"') == page.count("<iframe")
    assert "cid:" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_what_was_approved_is_filed_and_the_chain_holds(played: tuple[Path, Ran]) -> None:
    home = played[0] / "home"
    filed = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert len(filed) == 1
    assert filed[0].read_bytes().startswith(b"%PDF")
    verified = mailagent("audit", "verify", "--home", home)
    assert verified.returncode == 0, verified.stderr
    waiting = mailagent("queue", "--home", home)
    assert "Time sheets" in waiting.stdout


@pytest.mark.timeout(150)  # it plays the whole morning first, beside other tests
def test_serve_stays_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with _started(tmp_path / "out", "--serve") as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        assert process.poll() is None, said
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert errors == ""
    assert re.search(r"IMAP\s+127\.0\.0\.1\s+port \d+", said)
    assert children
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def test_ctrl_c_in_the_middle_is_no_traceback(tmp_path: Path) -> None:
    with _started(tmp_path / "out") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "A bill arrives" in line:
                break
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert "Traceback" not in errors


def test_nothing_but_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "photos" / "cat.jpg"
    precious.parent.mkdir()
    precious.write_bytes(b"cat")
    with pytest.raises(ConfigInvalid, match="the demo did not make"):
        made_ready(precious.parent)
    assert precious.read_bytes() == b"cat"

    first = made_ready(tmp_path / "out")
    (first.mails / "old.eml").touch()
    (first.path / "my notes.txt").touch()
    again = made_ready(tmp_path / "out")
    assert not list(again.mails.iterdir())
    assert (again.path / "my notes.txt").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    made_ready(tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    with pytest.raises(ConfigInvalid):
        made_ready(tmp_path / "link")


def test_a_demo_at_work_is_not_disturbed(tmp_path: Path) -> None:
    folder = made_ready(tmp_path / "out")
    with only_worker(folder.home / "agent.lock"), pytest.raises(AlreadyRunning):
        made_ready(tmp_path / "out")


def test_a_missing_extra_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "pymap.py").write_text("raise ModuleNotFoundError(name='pymap')")
    ran = mailagent("demo", "--out", tmp_path / "out", PYTHONPATH=str(tmp_path))
    assert ran.returncode == 78
    assert ran.stderr.count("\n") == 1
    assert "mailagent[demo]" in ran.stderr
    assert not (tmp_path / "out").exists()
