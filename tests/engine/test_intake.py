"""The intake: whatever the network does, it looks again."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from mailagent.core.errors import (
    DiskFull,
    MailboxRefused,
    MailboxUnavailable,
    StoreBusy,
)
from mailagent.engine import intake
from mailagent.testing import FakeMailbox


class Enough(Exception):
    """The test has seen enough."""


def looking(*outcomes: Exception | None) -> Callable[[], object]:
    """An ingest that ends like this, one after the other, and then the test."""
    left = [*outcomes, Enough()]

    async def ingest() -> int:
        outcome = left.pop(0)
        if outcome is not None:
            raise outcome
        return 0

    return ingest


async def waits_of(monkeypatch: pytest.MonkeyPatch, *outcomes: Exception | None) -> list[float]:
    """How long it slept after each failure."""
    slept: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        slept.append(seconds)
        await sleep(0)

    monkeypatch.setattr("mailagent.engine.intake.asyncio.sleep", note)
    with pytest.raises(Enough):
        await intake.take_in(FakeMailbox(), looking(*outcomes), 0.001)  # type: ignore[arg-type]
    return slept


@pytest.mark.parametrize("error", [MailboxUnavailable("x"), StoreBusy("x"), DiskFull("x")])
async def test_it_waits_longer_after_each_failure(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    assert await waits_of(monkeypatch, error, error, error) == [1, 2, 4]


async def test_a_success_starts_the_waits_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    error = MailboxUnavailable("x")
    assert await waits_of(monkeypatch, error, error, None, error) == [1, 2, 1]


async def test_an_outage_of_days_is_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = await waits_of(monkeypatch, *[MailboxUnavailable("x")] * 1000)
    assert waits[-1] == 300


async def test_it_waits_as_long_as_the_server_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = MailboxUnavailable("x", retry_after=timedelta(minutes=20))
    assert await waits_of(monkeypatch, asked) == [1200]


async def test_a_wrong_password_at_the_start_is_said_at_once() -> None:
    ingest = looking(MailboxRefused("wrong password"))
    with pytest.raises(MailboxRefused):
        await intake.take_in(FakeMailbox(), ingest, 1)  # type: ignore[arg-type]


async def test_a_refusal_later_is_trouble_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await waits_of(monkeypatch, None, MailboxRefused("x"), MailboxRefused("x")) == [1, 2]
