"""What the docs say is what the code does."""

import re
from pathlib import Path

from mailagent.core.case import ENDS, MOVES

ROOT = Path(__file__).parents[2]


def test_the_picture_of_the_states_is_the_table_of_moves() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    drawn = set(re.findall(r"^    (\S+) --> (\S+)$", page, re.MULTILINE))
    moves = {(str(a), str(b)) for a, targets in MOVES.items() for b in targets}
    assert drawn == moves | {("[*]", "received")} | {(str(s), "[*]") for s in ENDS}


def test_every_stage_has_its_line() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    stages = {p.stem for p in (ROOT / "mailagent" / "stages").iterdir() if p.stem[0] != "_"}
    said = set(re.findall(r"^\| `(\w+)/?` \|", page, re.MULTILINE))
    assert stages <= said
