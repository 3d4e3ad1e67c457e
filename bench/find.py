"""How long `find` takes: python bench/find.py [--documents 10000]"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from mailagent.bootstrap import SystemClock
from mailagent.core.capability import StoreFile
from mailagent.core.value import sha256
from mailagent.store.store import SqlStore
from tests.desk import JsonRenderer, MemoryBlobs

WORDS = [
    f"{a}{b}{c}"
    for a in ("mun", "ber", "lei", "ham")
    for b in "aeiou"
    for c in ("ch", "lin", "zig")
]
FIRST = 7  # starts
ASKED = ("lease munich", "invoice", "lease", "contract party17 muach", "nothing like this", "le")


async def fill(store: SqlStore, documents: int) -> None:
    dice = random.Random(6)
    for start in range(0, documents, 500):
        async with store.begin("corp") as tx:
            for at in range(start, min(start + 500, documents)):
                words = " ".join(dice.choices(WORDS, k=400))
                kind = "lease" if at % 7 == 0 else "invoice"
                said = f"{words} {kind} {'munich' if at % 5 == 0 else ''}"
                day = date(2020, 1, 1) + timedelta(days=at % 2000)
                file = StoreFile(
                    folder="x",
                    name=f"{at}.pdf",
                    content=sha256(str(at).encode()),
                    kind="contract" if at % 7 == 0 else "invoice",
                    party=f"party{at % 300}",
                    day=day,
                )
                await tx.note_filed(at, file, f"k{at}", f"x/{at}.pdf", said)


async def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'mailagent.db'}"
        store = SqlStore(url, clock=SystemClock(), blobs=MemoryBlobs(), renderer=JsonRenderer())
        await store.open()
        await fill(store, documents)
        for asked in ASKED:
            took, total = [], 0
            for _ in range(15):
                start = time.perf_counter()
                async with store.begin("corp") as tx:
                    total = (await tx.find_filed(asked, 20)).total
                took.append(1000 * (time.perf_counter() - start))
            print(f"| {asked} | {total} | {statistics.median(took):.0f} | {max(took):.0f} |")
        await store.close()
        took = [await first(url, Path(folder) / "mailagent.db") for _ in range(FIRST)]
        print(
            f"| {ASKED[0]}, the first of all | | {statistics.median(took):.0f} | {max(took):.0f} |"
        )


async def first(url: str, path: Path) -> float:
    """The first question after a start, the database's pages gone out of memory."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    store = SqlStore(url, clock=SystemClock(), blobs=MemoryBlobs(), renderer=JsonRenderer())
    await store.open()
    start = time.perf_counter()
    async with store.begin("corp") as tx:
        await tx.find_filed(ASKED[0], 20)
    took = 1000 * (time.perf_counter() - start)
    await store.close()
    return took


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    asyncio.run(main(parser.parse_args().documents))
