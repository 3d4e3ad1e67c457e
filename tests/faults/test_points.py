"""No commit point is forgotten: where the stages call the probe, the agent is killed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mailagent.stages
from tests.faults.points import EVERYWHERE

STAGES = Path(mailagent.stages.__file__).parent


def test_the_agent_is_killed_at_every_point_of_the_stages() -> None:
    killed = {point.name for point in EVERYWHERE}
    for pattern in _points():
        assert any(re.fullmatch(pattern, name) for name in killed), f"nobody dies at {pattern}"


def test_every_point_where_it_is_killed_is_one_of_the_stages() -> None:
    patterns = list(_points())
    for point in EVERYWHERE:
        assert any(re.fullmatch(pattern, point.name) for pattern in patterns), point


def test_a_stage_has_its_points_on_both_sides_of_a_commit() -> None:
    assert len(list(_points())) >= 25


def _points() -> Iterator[str]:
    """The probes of the source, as patterns: what is computed in a name may be anything."""
    for path in STAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".probe"):
                yield _pattern(node.args[0])


def _pattern(name: ast.expr) -> str:
    parts = name.values if isinstance(name, ast.JoinedStr) else [name]
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts
    )
