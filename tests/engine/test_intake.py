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


async def test_words_are_listened_for_while_a_pile_is_taken_in() -> None:
    mailbox, looks, piles = FakeMailbox(), list[float](), list[int]()
    enough = asyncio.Event()

    async def pile() -> int:
        piles.append(1)
        if len(piles) > 1:
            raise Enough
        await enough.wait()
        return 1

    async def words() -> int:
        looks.append(1)
        if len(looks) == 3:
            enough.set()
        else:
            mailbox.arrive(b"Subject: x\r\n\r\n")
        return 0

    with pytest.raises(Enough):  # at once: the news may have been of something else
        await asyncio.wait_for(intake.take_in(mailbox, pile, 60, words), 5)
    assert len(looks) == 3


async def test_trouble_while_a_pile_is_taken_in_is_trouble_of_the_intake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes: list[Exception] = [MailboxUnavailable("x"), Enough()]

    async def pile() -> int:
        await asyncio.Event().wait()
        return 1

    async def words() -> int:
        raise outcomes.pop(0)

    monkeypatch.setattr("mailagent.engine.intake.asyncio.sleep", _no_sleep)
    with pytest.raises(Enough):
        await asyncio.wait_for(intake.take_in(FakeMailbox(), pile, 60, words), 5)
    assert outcomes == []


async def _no_sleep(_seconds: float) -> None:
    """At once."""
