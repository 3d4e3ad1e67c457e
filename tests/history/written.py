"""A history in a store: its chain, its cases and their mails, by the shortest way there is."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from mailagent.verify_audit import link_hash
from tests.history.lives import Life, Told, told

_STEP = 20_000
_AUDIT = (
    "INSERT INTO audit VALUES (:company, :seq, :at, :actor, :what, :case, :kept, :previous, :hash)"
)


def write(database: Path, company: str, everything: Sequence[Life]) -> int:
    """Appends it to the chain of a store that nobody else has open; how many entries it has now."""
    entries = sorted((one for life in everything for one in told(life)), key=lambda one: one.at)
    with closing(sqlite3.connect(database)) as store, store:
        store.execute("PRAGMA synchronous = OFF")
        head = store.execute(
            "SELECT head_seq, head_hash FROM companies WHERE company = ?", (company,)
        ).fetchone()
        chain = _chained(company, head, entries)
        seq, previous = head
        while rows := list(islice(chain, _STEP)):
            store.executemany(_AUDIT, rows)
            seq, previous = rows[-1]["seq"], rows[-1]["hash"]
        moved = (seq, previous, company)
        store.execute("UPDATE companies SET head_seq = ?, head_hash = ? WHERE company = ?", moved)
        _mails_and_cases(store, company, everything)
    return int(seq)


def _chained(
    company: str, head: tuple[int, str], entries: Iterable[Told]
) -> Iterator[dict[str, Any]]:
    seq, previous = head
    for one in entries:
        seq += 1
        entry = {
            "company": company,
            "seq": seq,
            "at": one.at.isoformat(),
            "actor": one.actor,
            "what": one.what,
            "case": one.case,
            "details": one.details,
            "previous": previous,
        }
        previous = link_hash(entry)
        kept = json.dumps(one.details)
        yield {**entry, "at": _stored(one.at), "kept": kept, "hash": previous}


def _mails_and_cases(store: sqlite3.Connection, company: str, everything: Iterable[Life]) -> None:
    mails, cases = [], []
    for life in everything:
        came, changed = _stored(life.came), _stored(life.done_at)
        place = ("INBOX", 1, life.case)
        mail = (life.case, company, "ops", 1, life.case, *place, f"{life.case:064d}")
        seen = (f"<h{life.case}@x.test>", "", "x@x.test", "", "[]", came, "documents")
        mails.append((*mail, *seen))
        document = '{"name": "x"}'
        told_by = (life.task, life.state, 1, f"Bill {life.case}", came, changed)
        cases.append((life.case, company, life.ref, life.case, document, *told_by))
    store.executemany(f"INSERT INTO messages VALUES ({_gaps(mails[0])})", mails)
    store.executemany(f"INSERT INTO cases VALUES ({_gaps(cases[0])})", cases)


def _gaps(row: Sequence[Any]) -> str:
    return ", ".join("?" for _ in row)


def _stored(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
