"""What lessons are worth: pairs of bills of one vendor and layout, the second read with what a
correction of the first taught. `python bench/lessons.py --pairs 240`

Every field is taught, not only what was read wrongly: how often is its place found again, how
often is what it says right, and does it ever say anything on another vendor's page?
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from mailagent.core.lesson import Lesson, PagePlace, Taught, keys_of
from mailagent.core.reading import Kind, Reading, Source
from mailagent.tasks.bills import TASK
from parsers.kinds import read_document
from parsers.memory.recall import places, recall
from tests.papers.bill import bill
from tests.papers.countries import COUNTRIES
from tests.papers.facts import Facts, Sums
from tests.papers.facts import make as make_facts
from tests.papers.layout import layout
from tests.papers.making import Paper
from tests.papers.scoring import same

FIELDS = tuple(sorted(TASK.places))
_AT = datetime(2026, 11, 20, tzinfo=UTC)


class Pair(NamedTuple):
    """A bill, and the vendor's next one."""

    first: Paper
    second: Paper


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """The same vendor, account and layout; other things, days, sums and numbers."""
    locales = list(COUNTRIES)
    for index in range(count):
        name = f"pair/{seed}/{index}"
        rng = Random(name)
        before = make_facts(locales[(index * 7 + index // 80) % len(locales)], rng, "invoice")
        after = _next(before, make_facts(before.locale, rng, "invoice"), rng)
        how = layout(seed, index % 80)
        yield Pair(*(Paper(*bill(facts, how, name)) for facts in (before, after)))


def _next(before: Facts, other: Facts, rng: Random) -> Facts:
    """Its form stays as it is, so as many lines; everything that is said in them is another."""
    issued = before.issued + timedelta(days=rng.randint(20, 40))
    due = issued + (before.due - before.issued) if before.due else None
    digits = [str(rng.randint(1, 9)) if c.isdigit() else c for c in before.number[-3:]]
    times = Decimal(rng.randint(2, 9))
    said = [item.description for item in other.items]
    items = tuple(
        replace(
            item, description=said[at % len(said)], price=item.price * times, net=item.net * times
        )
        for at, item in enumerate(before.items)
    )
    number = before.number[:-3] + "".join(digits)
    sums = _times(before.sums, times)
    return replace(before, items=items, sums=sums, issued=issued, due=due, number=number)


def _times(sums: Sums, times: Decimal) -> Sums:
    amounts = {
        each.name: getattr(sums, each.name) * times
        for each in fields(sums)
        if isinstance(getattr(sums, each.name), Decimal) and each.name != "discount_rate"
    }
    shares = [
        replace(share, base=share.base * times, amount=share.amount * times)
        for share in sums.shares
    ]
    return replace(sums, shares=tuple(shares), **amounts)


def taught(paper: Paper) -> tuple[Reading, tuple[Lesson, ...]]:
    """As it is read, and what its owner's corrections of every field teach."""
    truth, shown = paper.label["truth"], paper.label["visible"]
    reading = read_document(paper.content, page_text_only=True)
    wanted = {
        field: _spelled(truth[field])
        for field in FIELDS
        if truth.get(field) is not None and shown.get(field, True)
    }
    marks = (str(truth["seller_name"]), str(truth.get("seller_vat") or ""))
    found = places(paper.content, wanted, reading, marks=marks, part=1)
    keys = keys_of(reading)
    return reading, tuple(_lesson(n, place, marks[0], keys) for n, place in enumerate(found, 1))


def _spelled(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _lesson(number: int, place: PagePlace, vendor: str, keys: tuple[str, ...]) -> Lesson:
    mail = Taught(case=1, ref="4F7Q", person="ann", words="", document="", at=_AT)
    return Lesson(id=number, vendor=vendor, keys=keys, field=place.field, place=place, taught=mail)


def _found(pair: Pair, lesson: Lesson) -> tuple[bool, bool, float]:
    """Whether it is found on the second page, whether it says what stands there, and how sure."""
    only = Reading(kind=Kind.INVOICE, confidence=1)
    said = recall(pair.second.content, only, (lesson,), part=1).fields.get(lesson.field)
    if said is None:
        return False, False, 0
    right = same(lesson.field, str(said.value), pair.second.label["truth"].get(lesson.field))
    return True, right, said.confidence


def main() -> None:
    """Makes the pairs and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=240)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--errors", action="store_true")
    told = parser.parse_args()
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    strangers, before = 0, ()
    for pair in pairs(told.pairs, told.seed):
        first, lessons = taught(pair.first)
        second = read_document(pair.second.content, page_text_only=True)
        for lesson in lessons:
            _count(counts[lesson.field], pair, (first, second), lesson, errors=told.errors)
        other = recall(pair.second.content, second, before, part=1)
        strangers += any(f.source is Source.MEMORY for f in other.fields.values())
        before = lessons
    _print(counts)
    print(f"pages of another vendor on which a lesson said anything: {strangers} of {told.pairs}")


def _count(
    row: dict[str, int], pair: Pair, read: tuple[Reading, Reading], lesson: Lesson, *, errors: bool
) -> None:
    field = lesson.field
    want, was = (paper.label["truth"].get(field) for paper in (pair.second, pair.first))
    if want is None or not pair.second.label["visible"].get(field, True):
        return
    found, right, confidence = _found(pair, lesson)
    row["learned"] += 1
    row["found"] += found
    row["right"] += right
    row["at .9"] += found and confidence >= 0.9
    row["right at .9"] += right and confidence >= 0.9
    first, second = read
    if not same(field, first.text(field), was):  # what a person would really correct
        row["corrected"] += 1
        made = recall(pair.second.content, second, (lesson,), part=1)
        row["next right before"] += same(field, second.text(field), want)
        row["next right"] += same(field, made.text(field), want)
    if errors and found and not right:
        print(pair.second.label["cluster"], want, lesson.place)


def _print(counts: dict[str, dict[str, int]]) -> None:
    names = ("learned", "found", "right", "at .9", "right at .9")
    names += ("corrected", "next right before", "next right")
    print(f"{'':16}" + "".join(f"{name:>18}" for name in names))
    for field, row in sorted(counts.items()):
        print(f"{field:16}" + "".join(f"{row[name]:>18}" for name in names))


if __name__ == "__main__":
    main()
