"""`mailagent read --as reply`, as people and scripts call it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mailagent.cli.read import read_command
from tests.language.suite import HERE, Case, mail

KEYS = {"path", "decision", "left_out", "reject_reason", "edits", "when", "items", "to", "reason"}
BILL = str(HERE / "shown" / "bill.json")
APP = typer.Typer()
APP.command()(read_command)


def written(folder: Path, name: str, own: str) -> str:
    path = folder / name
    path.write_bytes(mail(Case("bill", "gmail", own, {"decision": ""})))
    return str(path)


@pytest.mark.slow
def test_one_object_a_line(tmp_path: Path) -> None:
    paths = [written(tmp_path, "a.eml", "approve not 3"), str(tmp_path / "none.eml")]
    paths.append(written(tmp_path, "b.eml", "later monday"))
    at = ["--at", "2026-11-30T11:00:00+00:00"]
    result = CliRunner().invoke(APP, ["--as", "reply", "--shown", BILL, *at, "--json", *paths])
    assert result.exit_code == 1
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert set(first) == set(third) == KEYS
    assert (first["path"], first["decision"], first["left_out"]) == (paths[0], "approve", [3])
    assert second == {"path": paths[1], "error": "No such file or directory"}
    assert (third["decision"], third["when"]) == ("later", "2026-12-07T08:00:00+00:00")


@pytest.mark.slow
def test_a_file_with_line_feeds_alone_is_a_mail(tmp_path: Path) -> None:
    path = Path(written(tmp_path, "a.eml", "due 15 Dec"))
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    result = CliRunner().invoke(APP, ["--as", "reply", "--shown", BILL, str(path)])
    assert result.exit_code == 0
    assert "a.eml: edit, edits due_date=2026-12-15" in result.stdout


def test_what_no_gate_lets_through(tmp_path: Path) -> None:
    path = Path(written(tmp_path, "a.eml", "approve"))
    raw = path.read_bytes()
    path.write_bytes(b"From: b@corp.example\r\n" + raw)
    machine = tmp_path / "b.eml"
    machine.write_bytes(b"Auto-Submitted: auto-replied\r\n" + raw)
    args = ["--as", "reply", "--shown", BILL, "--json", str(path), str(machine)]
    two, auto = map(json.loads, CliRunner().invoke(APP, args).stdout.splitlines())
    assert (two["decision"], two["reason"]) == ("unclear", "there are 2 from fields, not one")
    assert auto["decision"] == "automatic"


@pytest.mark.parametrize(
    ("sent", "at", "why"),
    [
        ('{"zone": "Mars/Base"}', None, "time zone"),
        ('{"kind": "poem"}', None, "kind"),
        ("{", None, "JSON"),
        ("{}", "soon", "no time"),
    ],
)
def test_bad_options_are_said(tmp_path: Path, sent: str, at: str | None, why: str) -> None:
    shown = tmp_path / "shown.json"
    shown.write_text(sent)
    path = written(tmp_path, "a.eml", "approve")
    args = ["--as", "reply", "--shown", str(shown), path, *(["--at", at] if at else [])]
    result = CliRunner().invoke(APP, args, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert why in result.stderr
