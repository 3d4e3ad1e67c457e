"""What holds for every test: no network, no keyring, and honesty about what was left out."""

import os
import shutil
import sys
from collections.abc import Generator
from ipaddress import ip_address
from typing import Any

import hypothesis
import pytest
import structlog
from _pytest.terminal import TerminalReporter

pytest_plugins = ["tests.servers", "tests.agent"]

# Bounded by the time of the whole test, not of one example: other tests run beside it.
hypothesis.settings.register_profile("mailagent", deadline=None)
hypothesis.settings.load_profile("mailagent")

_LEFT_OUT = "needs Dovecot and Postfix"
_SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for _name in [name for name in os.environ if name.startswith("MAILAGENT_")]:
    del os.environ[_name]


class NetworkReached(RuntimeError):
    """A test tried to leave this machine. No OSError: nobody is to take it for a bad line."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--servers",
        choices=("auto", "required"),
        default="auto",
        help="required: to leave out tests on real mail servers is a failure",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Its own tracebacks draw every local variable: seconds, for each error a test logs on purpose.
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
    sys.addaudithook(_stay_on_this_machine)
    missing = _missing()
    if missing and config.getoption("--servers") == "required":
        raise pytest.UsageError(f"tests on real mail servers miss {missing}: make servers, as root")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = _missing()
    for item in items:
        if missing and item.get_closest_marker("servers"):
            item.add_marker(pytest.mark.skip(reason=f"{_LEFT_OUT}: {missing} missing"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where servers are required, a test on them that skips itself has failed."""
    report = yield
    required = item.config.getoption("--servers") == "required"
    if required and report.skipped and item.get_closest_marker("servers"):
        report.outcome = "failed"
        report.longrepr = f"left out: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sorted({r.nodeid for r in skipped if _LEFT_OUT in str(r.longrepr)})
    if left_out:
        terminalreporter.section("left out: tests on real mail servers")
        for nodeid in left_out:
            terminalreporter.write_line(f"  {nodeid}")
        terminalreporter.write_line(f"{len(left_out)} left out. They run with: make test SERVERS=1")


def _missing() -> str:
    names = [name for name in ("dovecot", "postfix") if not shutil.which(name, path=_SBIN)]
    if not names and os.geteuid() != 0:
        return "the right to start Postfix (root)"
    return " and ".join(names)


def _stay_on_this_machine(event: str, args: tuple[Any, ...]) -> None:
    match event, args:
        case ("socket.connect" | "socket.sendto", (_, (host, *_), *_)):
            _refuse_to_leave(host)
        case ("socket.getaddrinfo", (host, *_)):
            _refuse_to_leave(host)


def _refuse_to_leave(host: object) -> None:
    if host in (None, "", "localhost", b"localhost"):
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        here = ip_address(name).is_loopback or ip_address(name).is_unspecified
    except ValueError:
        here = False
    if not here:
        raise NetworkReached(f"a test tried to reach {name}")
