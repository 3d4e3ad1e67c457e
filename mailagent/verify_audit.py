#!/usr/bin/env python3
"""Proves an exported audit log of mailagent. One file, the standard library, nothing else.

    mailagent audit export > audit.jsonl
    python3 verify_audit.py audit.jsonl
    python3 verify_audit.py audit.jsonl --anchors mailbox.mbox --sender ops@your.company

Each line of the log is an entry that holds the hash of the one before. An entry that was edited,
deleted, inserted or moved breaks the chain. A log whose end was cut off, or which somebody wrote
anew from some entry on, is whole in itself: it is found by the anchors that stand in the mails of
the agent (the header X-Mailagent-Audit, and `audit 1182:9f2c...` at their foot), which lie in
mailboxes that the agent cannot reach.

Exit code 0: whole. 1: broken, and what is said first is the first place. 2: nothing to prove.
"""

import argparse
import hashlib
import json
import mailbox
import re
import sys
from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NamedTuple

GENESIS = "0" * 64
_ANCHOR = re.compile(r"(\d{1,15}):([0-9a-f]{16,64})")
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_HEADER = "X-Mailagent-Audit"
_HASHED = frozenset({"company", "seq", "at", "actor", "what", "case", "details", "previous"})
_KNOWN = _HASHED | {"hash", "opened"}


class Broken(Exception):
    """Where the log does not hold."""


class Anchor(NamedTuple):
    """A link of the chain as somebody outside knows it."""

    seq: int
    hash: str  # at least its first 16 digits
    known_from: str


class Proof:
    """Walks a chain from its first entry on."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self.seq, self.hash = 0, GENESIS
        self.company: str | None = None
        self.matched = 0
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.seq, []).append(anchor)
        self._last = max(self._anchors, default=0)
        self._compare()

    @property
    def anchor(self) -> str:
        """The newest link that held, as it stands at the foot of a mail."""
        return f"{self.seq}:{self.hash[:16]}"

    def take(self, entry: dict[str, Any]) -> None:
        """The next entry; raises Broken."""
        try:
            seq, previous, kept = entry["seq"], entry["previous"], entry["hash"]
            computed = link_hash(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Broken(f"after entry {self.seq}: not an entry ({error!r})") from None
        if seq != self.seq + 1:
            raise Broken(f"entry {self.seq + 1} is missing: entry {seq} follows {self.seq}")
        if previous != self.hash:
            raise Broken(f"entry {seq} does not follow entry {self.seq}")
        if computed != kept:
            raise Broken(f"entry {seq} was changed after it was written")
        if self.company not in (None, entry["company"]):
            raise Broken(f"entry {seq} is of another company")
        _compare_rest(entry)
        self.company, self.seq, self.hash = entry["company"], seq, kept
        if seq in self._anchors:
            self._compare()

    def finish(self) -> None:
        """Nothing follows; raises Broken when somebody knows of more."""
        if self._last > self.seq:
            anchor = self._anchors[self._last][0]
            raise Broken(
                f"the end is cut off: {anchor.known_from} knows entry {self._last}, "
                f"the log ends at {self.seq}"
            )

    def _compare(self) -> None:
        for anchor in self._anchors.get(self.seq, ()):
            if not self.hash.startswith(anchor.hash):
                raise Broken(
                    f"the log was written anew up to entry {self.seq} or before: "
                    f"{anchor.known_from} knows another entry {self.seq}"
                )
            self.matched += 1


def link_hash(entry: dict[str, Any]) -> str:
    """What the hash of an entry has to be."""
    content = {name: entry[name] for name in ("actor", "what", "case", "details")}
    at = entry["at"]
    if at.endswith("Z"):  # one moment has one spelling
        at = f"{at[:-1]}+00:00"
    said = _CANONICAL.encode([entry["company"], entry["seq"], at, content, entry["previous"]])
    return hashlib.sha256(said.encode()).hexdigest()


def _compare_rest(entry: dict[str, Any]) -> None:
    """Nothing stands beside what is hashed, but words that are those it sealed."""
    if beside := sorted(set(entry) - _KNOWN):
        told = f"entry {entry['seq']} says something that no hash covers"
        raise Broken(f"{told}: {_plain(str(beside[0]))}")
    if "opened" in entry:
        _compare_words(entry)


def _compare_words(entry: dict[str, Any]) -> None:
    """Words that were exported with their salt are those that were sealed."""
    try:
        salt, words = entry["opened"]["salt"].encode(), entry["opened"]["words"]
        made = {name: salt + _CANONICAL.encode([name, words[name]]).encode() for name in words}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Broken(f"the words of entry {entry['seq']} cannot be read ({error!r})") from None
    for name, said in made.items():
        if entry["details"].get(name) != {"sealed": hashlib.sha256(said).hexdigest()}:
            told = f"the words of entry {entry['seq']} ({_plain(name)})"
            raise Broken(f"{told} are not those it sealed")


def prove(entries: Iterable[dict[str, Any]], anchors: Iterable[Anchor] = ()) -> Proof:
    """The whole log; raises Broken."""
    proof = Proof(anchors)
    for entry in entries:
        proof.take(entry)
    proof.finish()
    return proof


def entries_of(lines: Iterable[bytes | str]) -> Iterator[dict[str, Any]]:
    """The lines of an export; raises Broken."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise Broken(f"line {number} is no JSON") from None
        if not isinstance(entry, dict):
            raise Broken(f"line {number} is no entry")
        yield entry


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice shows one thing to a person and another to a program."""
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Broken(f"{_plain(twice)} stands twice in one entry")
    return made


def _plain(text: str) -> str:
    """Foreign text for a terminal: one line, nothing that moves its cursor."""
    return "".join(c if c.isprintable() else " " for c in text)[:200]


def anchor_of(text: str, known_from: str) -> Anchor | None:
    """`seq:hash`, as it stands in a mail."""
    found = _ANCHOR.fullmatch(text.strip())
    return Anchor(int(found[1]), found[2], known_from) if found else None


def anchors_in(path: Path, sender: str = "") -> Iterator[Anchor]:
    """The anchors in a mailbox: an mbox file, a Maildir, or a single mail (.eml)."""
    for mail in _mails(path):
        author = parseaddr(str(mail.get("From", "")))[1].lower()
        if sender and author != sender.lower():
            continue
        said = re.sub(r"\s+", "", str(mail.get(_HEADER, "")))
        name = f"the mail of {mail.get('Date', 'an unknown day')} ({mail.get('Subject', '')})"
        anchor = anchor_of(said, _plain(re.sub(r"\s+", " ", name)))
        if anchor and anchor.seq:
            yield anchor


def _mails(path: Path) -> Iterator[Any]:
    if path.is_dir():
        yield from mailbox.Maildir(path, create=False)
    elif path.suffix == ".eml":
        yield mailbox.mboxMessage(path.read_bytes())
    else:
        box = mailbox.mbox(path, create=False)
        try:
            yield from box
        finally:
            box.close()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Proves an exported audit log of mailagent.")
    parser.add_argument("log", type=Path, help="what `mailagent audit export` wrote")
    parser.add_argument("--anchors", type=Path, action="append", default=[], metavar="MAILBOX")
    parser.add_argument("--sender", default="", help="only mails from this address are believed")
    parser.add_argument("--anchor", action="append", default=[], metavar="SEQ:HASH")
    given = parser.parse_args()
    typed = [anchor_of(text, "what you typed") for text in given.anchor]
    if None in typed:
        parser.error("an anchor is like 1182:9f2c41d7a0b35e11")
    try:
        anchors = [anchor for path in given.anchors for anchor in anchors_in(path, given.sender)]
        anchors += [anchor for anchor in typed if anchor]
        with given.log.open("rb") as lines:
            proof = prove(entries_of(lines), anchors)
    except Broken as error:
        sys.stderr.write(f"BROKEN: {error}\n")
        return 1
    except (OSError, mailbox.Error) as error:
        sys.stderr.write(f"Nothing was proved, it cannot be read: {error}\n")
        return 2
    if not proof.seq:
        sys.stderr.write("Nothing was proved: there is no entry in it.\n")
        return 2
    if (given.anchors or given.anchor) and not anchors:
        sys.stderr.write("No anchor was found: the end of the log is not proved.\n")
        return 2
    sys.stdout.write(
        f"whole: {proof.seq} entries, head {proof.seq}:{proof.hash}, "
        f"{proof.matched} anchors agree\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
