"""Where the agent lives."""

from pathlib import Path

from mailagent.settings import find_home


def test_what_is_given_wins(tmp_path: Path) -> None:
    environ = {"MAILAGENT_HOME": "/elsewhere"}
    assert find_home(tmp_path, environ, here=Path("/")) == tmp_path


def test_the_environment_comes_next(tmp_path: Path) -> None:
    (tmp_path / "mailagent.toml").touch()
    assert find_home(None, {"MAILAGENT_HOME": "/elsewhere"}, tmp_path) == Path("/elsewhere")


def test_a_folder_with_a_configuration_is_a_home(tmp_path: Path) -> None:
    (tmp_path / "mailagent.toml").touch()
    assert find_home(None, {}, tmp_path) == tmp_path


def test_otherwise_it_is_where_programs_keep_their_data(tmp_path: Path) -> None:
    assert find_home(None, {"XDG_DATA_HOME": "/data"}, tmp_path) == Path("/data/mailagent")
    assert find_home(None, {}, tmp_path) == Path.home() / ".local/share/mailagent"
