"""The pool stands whatever its children do."""

import asyncio
import gc
import json
import os
import socket
import warnings
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailagent.core.errors import Transient, Unreadable
from mailagent.core.message import Arrival, Place
from mailagent.core.reading import UNREADABLE, Kind
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from tests.documents import (
    BILLION_LAUGHS,
    Bill,
    Letterhead,
    bill_mail,
    document_of,
    factur_x,
    plain_mail,
)

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

BAD = "tests.reading.bad_child"
TIGHT = Limits(memory=512 << 20, cpu_seconds=1, wall_seconds=3.0, jobs=50)


@pytest.fixture
async def bad() -> AsyncIterator[Pool]:
    pool = Pool(1, TIGHT, program=BAD)
    yield pool
    await pool.close()


async def pid_of(pool: Pool) -> int:
    return int((await pool.open(b"who")).subject.split()[0])


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("hang", "reading it took too long"),
        ("spin", "the reader died over it (signal 24)"),  # SIGXCPU
        ("die", "the reader died over it (signal 6)"),
        ("leave", "the reader died over it (exit 3)"),
        ("grow", "reading it takes too much memory"),
        ("fail", "a reader failed on it (ZeroDivisionError)"),
        ("flood", "the reader died over it (signal 9)"),
        ("fork", "a reader failed on it"),
        ("write", "a reader failed on it"),
    ],
)
async def test_a_bad_end_is_the_mails_and_the_next_job_gets_a_fresh_child(
    bad: Pool, deed: str, why: str
) -> None:
    if deed == "fork" and os.geteuid() == 0:
        pytest.skip("root may always start processes")
    before = await pid_of(bad)
    with pytest.raises(Unreadable, match=why.replace("(", r"\(").replace(")", r"\)")):
        await bad.open(deed.encode())
    assert await pid_of(bad) != before


@pytest.mark.parametrize("deed", ["lie", "pickle"])
async def test_an_answer_is_believed_only_as_far_as_it_makes_sense(bad: Pool, deed: str) -> None:
    before = await pid_of(bad)
    with pytest.raises(Unreadable, match="makes no sense"):
        await bad.open(deed.encode())
    assert await pid_of(bad) == before


async def test_a_refusal_is_passed_on_with_its_advice(bad: Pool) -> None:
    before = await pid_of(bad)
    with pytest.raises(Unreadable) as refusal:
        await bad.open(b"refuse")
    assert str(refusal.value) == "it is torn. Ask for it again."
    assert await pid_of(bad) == before


async def test_a_child_sees_no_secrets(bad: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILAGENT_PASSWORD", "hunter2")
    seen = json.loads((await bad.open(b"environment")).subject)
    of_libraries = {"MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"}
    of_libraries |= {"PYDANTIC_DISABLE_PLUGINS"}
    of_python = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LANG", "LC_CTYPE"}
    assert set(seen) <= of_python | of_libraries


async def test_a_child_is_replaced_after_its_share_of_jobs() -> None:
    pool = Pool(1, replace(TIGHT, jobs=3), program=BAD)
    try:
        pids = [await pid_of(pool) for _ in range(7)]
    finally:
        await pool.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


async def test_a_child_that_died_while_idle_costs_no_mail(bad: Pool) -> None:
    os.kill(await pid_of(bad), 9)
    await asyncio.sleep(0.05)
    assert await pid_of(bad)


async def test_a_child_that_does_not_start_is_no_fault_of_the_mail() -> None:
    pool = Pool(1, TIGHT, program="tests.reading.no_such_module")
    try:
        with pytest.raises(Transient, match="does not start"):
            await pool.open(b"who")
    finally:
        await pool.close()


async def test_a_job_given_up_ends_its_child(bad: Pool) -> None:
    before = await pid_of(bad)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await bad.open(b"hang")
    assert await pid_of(bad) != before


async def test_closing_stops_what_is_under_way_and_leaves_nothing() -> None:
    pool = Pool(2, TIGHT, program=BAD)
    pids = {await pid_of(pool)}
    hanging = asyncio.create_task(pool.open(b"hang"))
    waiting = asyncio.create_task(pool.open(b"hang"))
    await asyncio.sleep(0.3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        await pool.close()
        for task in (hanging, waiting):
            with pytest.raises(Transient):
                await task
        with pytest.raises(Transient):
            await pool.open(b"who")
        gc.collect()
    assert not any(map(_exists, pids))


async def test_children_end_when_the_agent_is_gone(bad: Pool) -> None:
    pid = await pid_of(bad)
    for child in bad._idle:  # what is left of a killed agent: its sockets are closed
        child._socket.shutdown(socket.SHUT_RDWR)
    for _ in range(100):
        await asyncio.sleep(0.02)
        if _is_zombie(pid):
            return
    pytest.fail("it lives on")


def _exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


async def test_the_real_readers_through_the_pool() -> None:
    pool = Pool(2)
    raw, document = bill_mail(Letterhead(), Bill(), factur_x()), factur_x()
    place = Place(folder="INBOX", uidvalidity=1, uid=1)
    try:
        message, reading = await asyncio.gather(
            pool.open(raw), pool.read(document, document_of(document))
        )
        assert message.attachments[0].content == document
        assert (reading.kind, reading.text("total")) == (Kind.INVOICE, "135.66")
        picture = await pool.picture(document, document_of(document), reading)
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
        assert await pool.picture(b"text", document_of(b"text"), UNREADABLE) is None
        reply = await pool.reply(
            Arrival(
                place=place,
                raw=plain_mail(Letterhead(), "Re: [4F7Q]", "approve\n"),
                received_at=Letterhead().at,
            )
        )
        assert (reply.sender, reply.own.strip()) == ("billing@nordlicht.example", "approve")
        assert await pool.signatures(raw, {}) == ()
        with pytest.raises(Unreadable, match="DOCTYPE"):
            await pool.read(BILLION_LAUGHS, document_of(BILLION_LAUGHS))
    finally:
        await pool.close()
