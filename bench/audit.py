"""How long it takes to prove an audit log of this many entries with the one-file verifier."""

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailagent.verify_audit import GENESIS, anchor_of, entries_of, link_hash, prove

_START = datetime(2026, 1, 1, tzinfo=UTC)


def write_log(path: Path, count: int) -> str:
    """A log with entries of the usual size; its head."""
    previous = GENESIS
    with path.open("w") as lines:
        for seq in range(1, count + 1):
            entry = {
                "company": "bench",
                "seq": seq,
                "at": (_START + timedelta(seconds=seq)).isoformat(),
                "actor": "agent",
                "what": "case.proposed",
                "case": seq // 10,
                "details": {
                    "from": "read",
                    "to": "proposed",
                    "version": 1,
                    "digest": previous,
                    "rules": ["doubtful-bill"],
                    "money": ["119.00 EUR"],
                    "versions": {"code": "1.0", "policy": previous[:16]},
                },
                "previous": previous,
            }
            previous = entry["hash"] = link_hash(entry)
            lines.write(json.dumps(entry) + "\n")
    return f"{count}:{previous}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/audit.py")
    parser.add_argument("--count", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        head = anchor_of(write_log(path, given.count), "the bench")
        start, used = time.monotonic(), time.process_time()
        with path.open("rb") as lines:
            proof = prove(entries_of(lines), [head] if head else [])
        print(
            f"{proof.seq} entries proved in {time.monotonic() - start:.1f} s "
            f"({time.process_time() - used:.1f} s of processor)"
        )


if __name__ == "__main__":
    main()
