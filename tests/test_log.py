"""The log tells what happened, and no secret."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from mailagent.log import configure_log


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def test_one_json_object_a_line(out: io.StringIO) -> None:
    configure_log("json", stream=out)
    structlog.get_logger("mailagent.test").info("case moved", case=7, to="read")
    line = json.loads(out.getvalue())
    assert (line["event"], line["case"], line["level"]) == ("case moved", 7, "info")
    assert line["timestamp"].endswith("Z")


def test_people_get_lines_of_text(out: io.StringIO) -> None:
    configure_log("console", stream=out)
    structlog.get_logger("mailagent.test").info("case moved", case=7)
    assert "case moved" in out.getvalue()
    assert "case=7" in out.getvalue()


@pytest.mark.parametrize("form", ["console", "json"])
def test_secrets_are_hidden(out: io.StringIO, form: str) -> None:
    configure_log("json" if form == "json" else "console", stream=out)
    structlog.get_logger("mailagent.test").warning(
        "signed in", mailbox_password="hunter2", token="hunter2", held=SecretStr("hunter2")
    )
    assert "signed in" in out.getvalue()
    assert "hunter2" not in out.getvalue()


@pytest.mark.parametrize("form", ["console", "json"])
def test_tracebacks_show_no_local_variables(out: io.StringIO, form: str) -> None:
    configure_log("json" if form == "json" else "console", stream=out)
    held = "hunter" + str(2)
    try:
        len(held) / 0
    except ZeroDivisionError:
        structlog.get_logger("mailagent.test").exception("failed")
    assert "ZeroDivisionError" in out.getvalue()
    assert "hunter2" not in out.getvalue()


def test_counts_of_tokens_are_no_secret(out: io.StringIO) -> None:
    configure_log("json", stream=out)
    structlog.get_logger("mailagent.test").info("asked the model", tokens=812)
    assert json.loads(out.getvalue())["tokens"] == 812


def test_other_libraries_speak_from_warnings_on(out: io.StringIO) -> None:
    configure_log("json", "debug", stream=out)
    logging.getLogger("imapclient").info("LOGIN ops")
    logging.getLogger("imapclient").warning("slow")
    structlog.get_logger("connectors.mail.imap").debug("fine detail")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == [
        "slow",
        "fine detail",
    ]
