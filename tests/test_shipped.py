"""The data that travels with the program is found."""

from pathlib import Path

import pytest

from mailagent import shipped as module
from mailagent.shipped import shipped


def test_in_a_checkout_it_stands_at_the_top() -> None:
    assert (shipped("config") / "mailagent.toml").is_file()


def test_in_a_wheel_it_travels_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_shipped" / "config").mkdir(parents=True)
    monkeypatch.setattr(module, "_HERE", tmp_path)
    assert shipped("config") == tmp_path / "_shipped" / "config"
    assert shipped("templates") == tmp_path.parent / "templates"
