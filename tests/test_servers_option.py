"""Tests on real servers are never left out in silence."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

pytest_plugins = ["pytester"]

ONE_TEST = """
import pytest

@pytest.mark.servers
def test_on_servers():
    pytest.skip("did not start")
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    pytester.makeini("[pytest]\nmarkers =\n    servers: real ones\n")
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text())
    pytester.makepyfile(ONE_TEST)
    return pytester


def _without_servers(run: pytest.Pytester) -> None:
    text = (run.path / "conftest.py").read_text()
    (run.path / "conftest.py").write_text(text.replace('"dovecot", "postfix"', '"no-such-server",'))


def _with_servers(run: pytest.Pytester) -> None:
    text = (run.path / "conftest.py").read_text()
    (run.path / "conftest.py").write_text(f"{text}\n\ndef _missing() -> str:\n    return ''\n")


def test_a_person_is_told_what_was_left_out_and_how_to_get_it(run: pytest.Pytester) -> None:
    _without_servers(run)
    result = run.runpytest_subprocess("-p", "no:cacheprovider")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*::test_on_servers", "1 left out. They run with: make test S*"])


def test_ci_fails_without_servers(run: pytest.Pytester) -> None:
    _without_servers(run)
    result = run.runpytest_subprocess("--servers=required")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*tests on real mail servers miss no-such-server*"])


def test_ci_fails_when_a_test_on_servers_skips_itself(run: pytest.Pytester) -> None:
    _with_servers(run)
    result = run.runpytest_subprocess("--servers=required")
    result.assert_outcomes(failed=1)
