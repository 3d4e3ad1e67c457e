"""`mailagent policy test`: other rules on what was proposed so far."""

from pathlib import Path

from typer.testing import CliRunner

from mailagent.cli import app
from tests.blank import blank_database
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()


def test_a_changed_table_is_tried_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD)
    blank_database(home / "mailagent.db")
    file = tmp_path / "other.toml"
    file.write_text(
        '[[rule]]\nname = "weekend"\nwhen = { weekday = ["saturday"] }\n'
        'verdict = "code"\nwhy = "x"\n'
    )
    ran = RUN.invoke(app, ["policy", "test", str(file), "--home", str(home)])
    assert ran.stdout == "0 proposals: 0 would have been judged otherwise.\n"
    file.write_text(file.read_text().replace("saturday", "caturday"))
    wrong = RUN.invoke(app, ["policy", "test", str(file), "--home", str(home)])
    assert "caturday" not in wrong.stdout
    assert "weekday" in str(wrong.exception)


def test_a_rule_for_somebody_who_is_nobody_is_refused(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD)
    blank_database(home / "mailagent.db")
    file = tmp_path / "other.toml"
    file.write_text(
        '[[rule]]\nname = "r"\nwhen = { person = "anne" }\nverdict = "code"\nwhy = "x"\n'
    )
    ran = RUN.invoke(app, ["policy", "test", str(file), "--home", str(home)])
    assert "nobody known: 'anne'" in str(ran.exception)
