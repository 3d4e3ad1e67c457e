"""A look reads what is committed, beside any writer, and cannot write."""

import asyncio
from pathlib import Path

import pytest

from mailagent.core.audit import Entry
from tests.desk import open_desk

ENTRY = Entry(actor="test", what="test")


async def test_a_look_waits_for_no_writer_and_sees_nothing_half_done(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        company = desk.office.company.id
        async with desk.begin() as tx:
            before = await tx.audit(ENTRY)
        async with desk.begin() as tx:
            await tx.audit(ENTRY)
            async with asyncio.timeout(5), desk.store.look(company) as look:
                assert await look.chain_head() == (before.seq, before.hash)
        async with desk.store.look(company) as look:
            assert (await look.chain_head())[0] == before.seq + 1


async def test_what_is_looked_at_cannot_be_changed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        with pytest.raises(TypeError, match="cannot be written"):
            async with desk.store.look(desk.office.company.id) as look:
                await look.audit(ENTRY)
        assert await desk.entries("test") == []


async def test_the_chain_within_one_transaction_is_whole(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk, desk.begin() as tx:
        first, second = await tx.audit(ENTRY), await tx.audit(ENTRY)
        assert (second.seq, second.previous) == (first.seq + 1, first.hash)
        assert await tx.head() == second
