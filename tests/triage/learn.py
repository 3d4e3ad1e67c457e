"""`python -m tests.triage.learn`: counts the traits of mails that are known (likeness.tsv)."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from parsers.mail.mime import read_message
from parsers.triage.likeness import TABLE
from parsers.triage.look import traits_of
from tests.triage import mails
from tests.triage.mails import Labelled


def known() -> Iterator[Labelled]:
    """All texts but those that measure."""
    for some in (mails.texts, mails.unseen, mails.last, mails.fresh):
        yield from some()


def table(counted: Iterable[Labelled]) -> str:
    """A line for each trait that two texts share; forms are counted always."""
    kinds: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    texts: dict[str, set[str]] = defaultdict(set)
    for mail in counted:
        kinds[mail.kind] += 1
        for trait in traits_of(mail.raw, read_message(mail.raw)):
            seen[trait][mail.kind] += 1
            texts[trait].add(mail.id.rpartition("/")[0])
    shared = {"*": kinds, **{t: n for t, n in seen.items() if len(texts[t]) > 1}}
    return "".join(f"{trait}\t{_cell(shared[trait])}\n" for trait in sorted(shared))


def _cell(counts: Counter[str]) -> str:
    return " ".join(f"{kind}:{n}" for kind, n in sorted(counts.items()))


def main() -> None:
    """Writes the table anew."""
    written = table(known())
    TABLE.write_text(written, "utf-8")
    sys.stdout.write(f"{written.count(chr(10))} lines in {TABLE.name}\n")


if __name__ == "__main__":
    main()
