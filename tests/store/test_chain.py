"""The audit chain within one transaction, where its head is read once."""

from pathlib import Path

from mailagent.core.audit import Entry
from tests.desk import open_desk

ENTRY = Entry(actor="test", what="test")


async def test_the_chain_within_one_transaction_is_whole(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            first, second = await tx.audit(ENTRY), await tx.audit(ENTRY)
            assert (second.seq, second.previous) == (first.seq + 1, first.hash)
            assert await tx.head() == second
        async with desk.begin() as tx:
            assert await tx.head() == second
            assert (await tx.audit(ENTRY)).previous == second.hash
