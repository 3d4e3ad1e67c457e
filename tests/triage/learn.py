"""`python -m tests.triage.learn`: how much each trait speaks for each kind (likeness.tsv).

A plain logistic regression over mails that are known; the variants of one text weigh little more
than the text. The same mails give the same table.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from parsers.mail.mime import read_message
from parsers.triage.likeness import ALWAYS, TABLE
from parsers.triage.look import traits_of
from tests.triage import blind, mails
from tests.triage.mails import Labelled

_STEPS = 200
_HELD = 0.3  # how strongly weights are held down: what few mails show says little
_SHARPER = 1.3  # so that what is given .7 is right in nineteen of twenty of those not learned from
_LEAST = 0.05  # a weight below it changes nothing


def known() -> Iterator[Labelled]:
    """All texts but those that measure."""
    sets = (mails.texts, mails.unseen, mails.last, mails.fresh, mails.second)
    folders = ("third", "more", "wider", "fifth", "sixth", "eighth")
    return chain(*(made() for made in sets), *map(blind.told, folders))


def table(counted: Iterable[Labelled]) -> str:
    """A line for each trait that two texts share."""
    rows = list(counted)
    seen = [frozenset(traits_of(mail.raw, read_message(mail.raw))) for mail in rows]
    names = [_name(mail) for mail in rows]
    texts = [mail.id.rpartition("/")[0] for mail in rows]
    traits = _shared(seen, texts)
    kinds = sorted(set(names))
    return _written([*traits, ALWAYS], kinds, _fitted(seen, names, texts, traits, kinds))


def _name(mail: Labelled) -> str:
    return f"{mail.kind}/{mail.topic}" if mail.topic else mail.kind


def _shared(seen: list[frozenset[str]], texts: list[str]) -> list[str]:
    where: dict[str, set[str]] = defaultdict(set)
    for shown, text in zip(seen, texts, strict=True):
        for trait in shown:
            where[trait].add(text)
    return sorted(trait for trait, found in where.items() if len(found) > 1)


def _fitted(
    seen: list[frozenset[str]],
    names: list[str],
    texts: list[str],
    traits: list[str],
    kinds: list[str],
) -> np.ndarray:
    """Accelerated gradient descent from nothing, always the same number of steps."""
    column = {trait: at for at, trait in enumerate(traits)}
    shown = np.zeros((len(seen), len(traits) + 1), np.float32)
    for row, found in enumerate(seen):
        shown[row, [column[trait] for trait in found if trait in column]] = 1
    shown[:, -1] = 1
    wanted = np.zeros((len(seen), len(kinds)), np.float32)
    wanted[np.arange(len(seen)), [kinds.index(name) for name in names]] = 1
    variants = Counter(texts)
    weigh = np.array([variants[text] ** -0.5 for text in texts], np.float32)[:, None]
    whole = weigh.sum()
    step = 1.0 / (shown.sum(1).mean() / 8 + _HELD / whole)
    now = before = np.zeros((shown.shape[1], len(kinds)), np.float32)
    for at in range(_STEPS):
        ahead = now + at / (at + 3) * (now - before)
        scores = shown @ ahead
        share = np.exp(scores - scores.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        slope = shown.T @ ((share - wanted) * weigh) / whole + _HELD / whole * ahead
        before, now = now, ahead - step * slope
    return now * _SHARPER


def _written(traits: list[str], kinds: list[str], weights: np.ndarray) -> str:
    lines = []
    for trait, row in sorted(zip(traits, weights, strict=True), key=lambda one: one[0]):
        told = [f"{k}:{w:.2f}" for k, w in zip(kinds, row, strict=True) if abs(w) >= _LEAST]
        if told:
            lines.append(f"{trait}\t{' '.join(told)}\n")
    return "".join(lines)


def main() -> None:
    """Writes the table anew."""
    written = table(known())
    TABLE.write_text(written, "utf-8")
    sys.stdout.write(f"{written.count(chr(10))} lines in {TABLE.name}\n")


if __name__ == "__main__":
    main()
