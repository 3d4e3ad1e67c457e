"""`mailagent doctor` asks the model one small question, and says what stands in the way."""

from pathlib import Path

import pytest

from mailagent.cli.doctor import model
from mailagent.settings import read_settings
from tests.model_server import Wire, fails, message, model_server, says
from tests.settings.home_of import GOOD, home_of

_MODEL = '\n[model]\nprovider = "{provider}"\nname = "test-model"\nurl = "{url}"\nattempts = 1\n'


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
@pytest.mark.parametrize(
    ("wire", "ok", "told"),
    [
        (says({"kind": "invoice", "quote": "Invoice"}), True, "test-model answers (0."),
        (fails(401, "authentication_error"), False, ""),
        (fails(529, "overloaded_error"), False, ""),
        (message("I will not.", "refusal"), False, ""),
    ],
)
def test_the_key_is_tried(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    provider: str,
    wire: Wire,
    *,
    ok: bool,
    told: str,
) -> None:
    monkeypatch.setenv("MAILAGENT_MODEL_KEY", "k-test")
    monkeypatch.setenv("MAILAGENT_MAILBOX_PASSWORD", "p-test")
    with model_server() as server:
        server.will(wire)
        config = GOOD + _MODEL.format(provider=provider, url=server.url)
        found = model(read_settings(home_of(tmp_path, config)))
        assert found.well is ok
        assert told in found.what
        assert "k-test" not in found.what
        assert "k-test" in str(server.headers)


def test_off_is_no_fault(tmp_path: Path) -> None:
    assert model(read_settings(home_of(tmp_path))).well
