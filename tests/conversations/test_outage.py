"""Every conversation goes as it goes, with a model that is away, slow, or talking nonsense."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outage import MODELS, VARIABLE

ROOT = Path(__file__).parents[2]
# Every kind goes over a desk (`tests/stages/test_outage.py`); here one goes by real mail as well.
# `EVERY_CONVERSATION=1` runs them all.
_SOME = ("test_contracts.py",)
_ALL = tuple(
    sorted(p.name for p in Path(__file__).parent.glob("test_*.py") if p.name != Path(__file__).name)
)
SUITE = _ALL if os.environ.get("EVERY_CONVERSATION") else _SOME


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("model", MODELS)
def test_the_conversations(model: str) -> None:
    """With one proof on the embedded server: the rest is the same code."""
    files = [f"tests/conversations/{name}" for name in SUITE]
    chosen = ["-k", "embedded-dkim", "-m", "not servers"]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            *chosen,
            *files,
        ],
        cwd=ROOT,
        env={**os.environ, VARIABLE: model},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert " passed" in run.stdout
