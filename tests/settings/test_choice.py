"""A choice is kept in mailagent.toml, and nothing else in it changes."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from mailagent.core.errors import ConfigInvalid
from mailagent.settings.choice import keep_plus_tags

DAY = date(2026, 11, 27)
TEXT = """\
# ours
[company]
id = "corp"  # never changes
{tags}name = "Corp [Ltd]"

[[people]]
id = "ann"
"""


@pytest.mark.parametrize("tags", ["", "plus_tags = true\n", "plus_tags=true # so it was\n"])
def test_only_its_own_line_changes(tmp_path: Path, tags: str) -> None:
    path = tmp_path / "mailagent.toml"
    path.write_text(TEXT.format(tags=tags))
    assert keep_plus_tags(tmp_path, False, DAY)
    text = path.read_text()
    assert tomllib.loads(text)["company"] == {
        "plus_tags": False,
        "id": "corp",
        "name": "Corp [Ltd]",
    }
    assert [line for line in text.splitlines() if "plus_tags" not in line] == TEXT.format(
        tags=""
    ).splitlines()
    assert "2026-11-27" in text
    assert not keep_plus_tags(tmp_path, False, DAY)
    assert path.read_text() == text
    assert keep_plus_tags(tmp_path, True, DAY)
    assert tomllib.loads(path.read_text())["company"]["plus_tags"] is True


def test_a_file_that_is_written_otherwise_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mailagent.toml"
    path.write_text('company.id = "corp"\n')
    with pytest.raises(ConfigInvalid, match="no line"):
        keep_plus_tags(tmp_path, False, DAY)
    assert path.read_text() == 'company.id = "corp"\n'
