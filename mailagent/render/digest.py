"""The parts of a brief that make it the weekly digest."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.digest import BEFORE, MOST_LINES, Digest, Past
from mailagent.core.figures import Figures
from mailagent.render.foreign import clean, without_accounts
from mailagent.render.words import Words

_RATES = ("completion", "approval", "correction", "escalation", "tool_errors", "untouched")
_COUNTS = ("incidents", "ignored", "mails", "words")


class Line(NamedTuple):
    """Something, how much of it, and how it was before."""

    label: str
    value: str
    before: str = ""

    @property
    def text(self) -> str:
        """In one line."""
        return ": ".join(filter(None, (self.label, ", ".join(filter(None, self[1:])))))


class Part(NamedTuple):
    """One heading and what stands under it."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


class Chart(NamedTuple):
    """A picture by its name, and what it says in words."""

    name: str
    caption: str
    values: tuple[float | None, ...]


class DigestPage(NamedTuple):
    """What both forms show of a week."""

    headline: str
    parts: tuple[Part, ...]
    charts: tuple[Chart, ...]


def digest_page(digest: Digest, words: Words) -> DigestPage:
    """The page of a week."""
    parts = (
        Part(words("digest.due"), _capped(_due(digest, words), words)),
        Part(words("digest.done"), tuple(_done(digest, words))),
        Part(words("digest.caught"), tuple(_caught(digest, words))),
        Part(words("digest.wrong"), _capped([_past(one) for one in digest.wrong], words)),
        Part(words("digest.quality"), tuple(_quality(digest, words)), words("digest.against")),
        Part(words("digest.checks"), tuple(map(_past, digest.checks)), words("digest.check")),
        Part(
            words("digest.learned"),
            _capped([Line(clean(one, 100), "") for one in digest.lessons], words),
        ),
    )
    first, last = words.day(digest.week), words.day(digest.week + timedelta(days=6))
    return DigestPage(
        headline=words("digest.headline", first=first, last=last),
        parts=tuple(part for part in parts if part.lines),
        charts=charts(digest, words),
    )


def charts(digest: Digest, words: Words) -> tuple[Chart, ...]:
    """How much was done, and how much of it was right as it was read."""
    done = tuple(float(week["done"]) for week in digest.weeks)
    right = tuple(week.untouched for week in digest.weeks)
    counts = ", ".join(f"{n:.0f}" for n in done)
    shares = ", ".join(_share(rate) for rate in right)
    return (
        Chart("done", words("digest.chart_done", n=len(done), values=counts), done),
        Chart("right", words("digest.chart_right", n=len(right), values=shares), right),
    )


def _due(digest: Digest, words: Words) -> list[Line]:
    if not digest.due:
        return []
    total = Line(words("digest.total"), _money(digest.due_money, words))
    return [
        total,
        *(
            Line(
                f"{words.day(one.day)}  {clean(without_accounts(one.vendor), 60)}",
                words.amount(one.amount, one.currency),
            )
            for one in sorted(digest.due, key=lambda one: one.day)
        ),
    ]


def _done(digest: Digest, words: Words) -> list[Line]:
    return [
        Line(_task(one.task, words), str(one.n), _money(one.money, words)) for one in digest.done
    ]


def _caught(digest: Digest, words: Words) -> list[Line]:
    lines = [
        Line(words.either(f"check.{name}", clean(name.replace("_", " "), 60)), str(n))
        for name, n in digest.caught.items()
    ]
    if digest.caught_money:
        lines.append(Line(words("digest.kept_back"), _money(digest.caught_money, words)))
    return lines


def _quality(digest: Digest, words: Words) -> list[Line]:
    now, before = digest.now, digest.before
    lines = [
        _beside(name, _share(getattr(now, name)), _share(getattr(before, name)), words)
        for name in _RATES
        if getattr(now, name) is not None or getattr(before, name) is not None
    ]
    if now.turnaround is not None:
        lines.append(_beside("turnaround", _hours(now), _hours(before), words))
    lines += [
        _beside(name, str(now[name]), words.number(f"{before[name] / BEFORE:.1f}"), words)
        for name in _COUNTS
    ]
    if digest.minutes_saved:
        used = {one.task: digest.baselines.get(one.task, 0) for one in digest.done}
        named = ", ".join(f"{_task(task, words)} {n}" for task, n in used.items() if n)
        label = f"{words('digest.saved')} ({words('digest.baseline', tasks=named)})"
        lines.append(Line(label, words("digest.minutes", n=digest.minutes_saved)))
    return lines


def _beside(name: str, now: str, before: str, words: Words) -> Line:
    return Line(words(f"digest.{name}"), now, words("digest.before", value=before))


def _capped(lines: list[Line], words: Words) -> tuple[Line, ...]:
    """One screen: what does not fit is counted."""
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    more = words("digest.more", n=len(lines) - MOST_LINES)
    return (*lines[:MOST_LINES], Line(more, ""))


def _past(one: Past) -> Line:
    return Line(f"{one.ref}  {clean(without_accounts(one.title), 80)}", clean(one.words, 80))


def _task(name: str, words: Words) -> str:
    return words.either(f"digest.task.{name}", clean(name, 40))


def _money(money: Mapping[str, Decimal], words: Words) -> str:
    return " + ".join(words.amount(amount, currency) for currency, amount in money.items())


def _hours(figures: Figures) -> str:
    took = figures.turnaround
    return "-" if took is None else f"{took.total_seconds() / 3600:.1f} h"


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0%}"
