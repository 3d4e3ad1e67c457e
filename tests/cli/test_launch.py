"""`mailagent tasks enable`: asks, scores, writes, and leaves what its owner wrote."""

from pathlib import Path

from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.cli.store import ask_store
from mailagent.settings import read_settings
from mailagent.store.migrate import migrate
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()
TASKS = """\
# mine
[contracts]
on = false # until May
approvers = []
"""
ANSWERS = ["--repetitive", "yes", "--structured", "partly", "--logged", "yes"]


def test_a_task_is_switched_on_and_off_with_its_reasons_in_the_log(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD, tasks=TASKS)
    migrate(f"sqlite:///{home / 'mailagent.db'}")
    at = ["--home", str(home)]
    given = [*ANSWERS, "--damage", "small", "--owner", "Ann Lee", "--minutes", "12"]
    ran = RUN.invoke(app, ["tasks", "enable", "contracts", *given, *at])
    assert ran.exit_code == 0, ran.output
    assert "nothing of it" in ran.stdout
    assert "Score 9 of 10. Ready" in ran.stdout
    task = read_settings(home).tasks["contracts"]
    assert (task.on, task.mode, task.owner, task.baseline_minutes) == (
        True,
        "approve",
        "Ann Lee",
        12,
    )
    written = (home / "tasks.toml").read_text()
    assert written.startswith("# mine\n[contracts]\non = true # until May\n")
    RUN.invoke(app, ["tasks", "disable", "contracts", *at])
    assert not read_settings(home).tasks["contracts"].on
    entries = ask_store(home, lambda tx: tx.entries())
    said = {entry.what: entry.details for entry in entries}
    assert said["task.enabled"]["score"] == 9
    assert said["task.enabled"]["baseline_minutes"] == 12
    assert said["task.disabled"] == {"task": "contracts"}


def test_what_could_do_harm_begins_in_shadow_and_what_is_not_ready_stays_off(
    tmp_path: Path,
) -> None:
    home = home_of(tmp_path, GOOD)
    at = ["--home", str(home), "--minutes", "0", "--owner", "Ann"]
    RUN.invoke(app, ["tasks", "enable", "contracts", *ANSWERS, "--damage", "large", *at])
    assert read_settings(home).tasks["contracts"].mode == "shadow"
    no = ["--repetitive", "no", "--structured", "no", "--logged", "no", "--damage", "large"]
    ran = RUN.invoke(app, ["tasks", "enable", "filing", *no, *at])
    assert ran.exit_code == 1
    assert "stays as it is" in ran.stdout
    assert "[filing]" not in (home / "tasks.toml").read_text()
    assert RUN.invoke(app, ["tasks", "enable", "filing", *no, "--anyway", *at]).exit_code == 0
    wrong = RUN.invoke(app, ["tasks", "enable", "filing", "--repetitive", "maybe", *at])
    assert "none of yes, partly, no" in str(wrong.exception)
    assert "no account" in str(RUN.invoke(app, ["tasks", "enable", "payments", *at]).exception)
    listed = RUN.invoke(app, ["tasks", "--home", str(home)]).stdout
    assert "contracts  on" in listed
    assert "Never, whatever is set: pay" in listed
